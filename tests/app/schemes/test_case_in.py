"""Frameworks that other tools wrote, and broken ones: what is read, what is named, what is refused."""

import pytest

from app.core.errors import Findings
from app.schemes.interchange import Reading, framework_from, read
from app.schemes.interchange.case_shape import MOST_ITEMS
from tests.factories.case import Package, a_rubric, foreign, identifier


def layers(reading: Reading) -> list[tuple[str, list[str]]]:
    return [
        (unit["title"]["en-US"], [element["title"]["en-US"] for element in unit["elements"]])
        for unit in reading.framework["units"]
    ]


def named(reading: Reading) -> set[tuple[str, str]]:
    return {(found.pointer, found.code) for found in reading.findings}


def refused(package: Package) -> set[tuple[str, str]]:
    with pytest.raises(Findings, match="case_refused") as refusal:
        read(package)
    return {(pointer, code) for pointer, code, _ in refusal.value.findings}


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({1: 0, 2: 1, 3: 1}, [("Item 1", ["Item 2", "Item 3"])]),
        ({1: 0, 2: 0}, [("Mentoring", ["Item 1", "Item 2"])]),
        ({1: 0, 2: 1, 3: 2, 4: 2}, [("Item 2", ["Item 3", "Item 4"])]),
        ({1: 0, 2: 1, 3: 2, 4: 1}, [("Item 1", ["Item 4"]), ("Item 2", ["Item 3"])]),
        ({1: 0, 2: 1, 3: 0}, [("Mentoring", ["Item 3"]), ("Item 1", ["Item 2"])]),
        ({2: 1, 3: 1}, [("Item 1", ["Item 2", "Item 3"])]),
    ],
    ids=[
        "two layers",
        "no groups",
        "three layers",
        "mixed layers",
        "loose items",
        "no association with the document",
    ],
)
def test_any_hierarchy_becomes_groups_and_elements(
    parents: dict[int, int], expected: list[tuple[str, list[str]]]
) -> None:
    assert layers(read(foreign(parents))) == expected


def test_a_group_of_groups_is_named_as_flattened() -> None:
    assert named(read(foreign({1: 0, 2: 1, 3: 2}))) == {("/CFItems/0", "flattened")}


def test_a_deep_chain_is_read() -> None:
    depth = 3000
    reading = read(foreign({n: n - 1 for n in range(1, depth + 1)}))

    assert layers(reading) == [(f"Item {depth - 1}", [f"Item {depth}"])]


def test_a_foreign_rubric_gives_levels_and_descriptors() -> None:
    rubric = a_rubric(2, {"quality": "Good", "description": "Does more", "score": 1.5}, {"quality": "Fair"})

    framework = framework_from(foreign({1: 0, 2: 1}, CFRubrics=[rubric]))

    assert [(item["level"], item["name"]) for item in framework["levels"]["items"]] == [
        (1, {"en-US": "Fair"}),
        (2, {"en-US": "Good"}),
    ]
    assert framework["units"][0]["elements"][0]["descriptors"] == {"1": {}, "2": {"en-US": "Does more"}}


def test_a_foreign_licence_and_relation_are_read() -> None:
    package = foreign({1: 0, 2: 1})
    package["CFDefinitions"] = {
        "CFLicenses": [{"identifier": identifier(800), "title": "Free", "uri": "https://a.b"}]
    }
    package["CFAssociations"].append(
        {
            "identifier": identifier(801),
            "associationType": "exactMatchOf",
            "originNodeURI": {"identifier": identifier(2)},
            "destinationNodeURI": {"identifier": "x", "title": "Listens", "uri": "https://other.example/x"},
        }
    )

    reading = read(package)

    assert reading.framework["scheme"]["licence"] == {"name": "Free", "text": {}, "url": "https://a.b"}
    assert reading.framework["units"][0]["elements"][0]["mappings"] == [
        {
            "framework": "other.example",
            "category": "Listens",
            "relation": "exact",
            "uri": "https://other.example/x",
        }
    ]
    assert reading.findings == ()


def test_what_has_no_place_in_a_skill_card_is_named() -> None:
    package = foreign({1: 0, 2: 1}, CFRubrics=[a_rubric(None), a_rubric(1) | {"identifier": identifier(901)}])
    package["CFDocument"] |= {"language": None, "notes": "Old"}
    package["CFDocument"]["licenseURI"] = {"identifier": identifier(810)}
    for item in package["CFItems"]:
        item["educationLevel"] = ["05"]
    package["CFDefinitions"] = {
        "CFSubjects": [{}],
        "CFLicenses": [{"identifier": identifier(n), "title": "L"} for n in (800, 801)],
    }
    package["CFAssociations"] += [
        package["CFAssociations"][1] | {"identifier": identifier(802)},
        package["CFAssociations"][1] | {"identifier": identifier(803), "associationType": "precedes"},
    ]

    assert {pointer for pointer, _ in named(read(package))} == {
        "/CFAssociations/2",
        "/CFAssociations/3",
        "/CFDefinitions/CFLicenses/0",
        "/CFDefinitions/CFLicenses/1",
        "/CFDefinitions/CFSubjects/0",
        "/CFDocument/language",
        "/CFDocument/licenseURI",
        "/CFDocument/notes",
        "/CFItems/0/educationLevel",
        "/CFRubrics/0/CFRubricCriteria/0",
        "/CFRubrics/1/CFRubricCriteria/0",
    }


def deeper(value: object, times: int) -> object:
    for _ in range(times):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        ({"CFDocument": {}}, ("/CFItems", "no_items")),
        (foreign({1: 0}, CFItems=[]), ("/CFItems", "no_items")),
        (foreign({1: 0}, CFItems=[{}] * (MOST_ITEMS + 1)), ("/CFItems", "too_many_items")),
        (
            foreign({1: 9}, CFItems=[{"identifier": identifier(1), "fullStatement": "A"}]),
            ("/CFAssociations/0/destinationNodeURI/identifier", "unknown_parent"),
        ),
        (foreign({1: 2, 2: 3, 3: 1}), ("/CFAssociations/2", "cycle")),
        (foreign({1: 1}), ("/CFAssociations/0", "cycle")),
        (
            foreign({1: 0}, CFItems=[{"identifier": identifier(1), "fullStatement": "A"}] * 2),
            ("/CFItems/1/identifier", "duplicate_identifier"),
        ),
        (
            foreign({1: 0}, CFRubrics=[a_rubric(7)]),
            ("/CFRubrics/0/CFRubricCriteria/0/CFItemURI/identifier", "unknown_item"),
        ),
        (
            foreign({1: 0}, CFItems=[{"identifier": 5, "fullStatement": "A"}]),
            ("/CFItems/0/identifier", "shape"),
        ),
        (foreign({1: 0}, CFItems=["A"]), ("/CFItems/0", "shape")),
        (foreign({1: 0}, CFRubrics={}), ("/CFRubrics", "shape")),
        (foreign({1: 0}, CFDefinitions=[]), ("/CFDefinitions", "shape")),
        (
            foreign({1: 0}, CFRubrics=[a_rubric(1, {"position": True})]),
            ("/CFRubrics/0/CFRubricCriteria/0/CFRubricCriterionLevels/0/position", "shape"),
        ),
        (
            foreign({1: 0}, CFDocument={"identifier": identifier(0), "title": "\ud800"}),
            ("/CFDocument/title", "shape"),
        ),
        (foreign({1: 0}, extensions={"a": float("nan")}), ("/extensions/a", "shape")),
        (foreign({1: 0}, extensions={"a": deeper("b", 60)}), ("/extensions/a" + "/0" * 39, "too_deep")),
    ],
)
def test_a_broken_package_is_refused_at_its_place(package: Package, expected: tuple[str, str]) -> None:
    assert refused(package) == {expected}


@pytest.mark.parametrize("ours", [{"texts": []}, {"texts": {"title": "A"}}, {"members": 1}, {"level": 1}])
def test_our_own_extension_is_checked_like_all_else(ours: Package) -> None:
    package = foreign({1: 0})
    package["CFDocument"]["extensions"] = {"mentorcert": ours}

    (fault,) = refused(package)

    assert fault[0].startswith("/CFDocument/extensions/mentorcert/")
