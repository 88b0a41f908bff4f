"""Frameworks out and in as CASE: nothing is lost on the way, and what is broken is named at its place."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.schemes.interchange import framework_from, framework_part, read
from tests.factories.case import Package, exported, foreign
from tests.factories.packages import a_package, found, put
from tests.support.world import World

CASE = "/public/v1/bodies/alpha/schemes/SME-BM/case"
COMMON = {"identifier", "uri", "lastChangeDateTime", "extensions"}
FIELDS = {
    "CFDocument": "caseVersion creator publisher officialSourceURL language version adoptionStatus title"
    " licenseURI",
    "CFItems": "humanCodingScheme CFItemType CFItemTypeURI language fullStatement",
    "CFAssociations": "associationType sequenceNumber originNodeURI destinationNodeURI"
    " CFAssociationGroupingURI notes",
    "CFLicenses": "title licenseText",
    "CFItemTypes": "title description hierarchyCode typeCode",
    "CFAssociationGroupings": "title",
    "CFRubrics": "title CFRubricCriteria",
    "CFRubricCriteria": "category description CFItemURI position rubricId CFRubricCriterionLevels",
    "CFRubricCriterionLevels": "description quality score position rubricCriterionId",
}
"""Which fields CASE 1.1 gives an entry besides those that all have; others refuse a file with any more."""


def entries(package: Package) -> Iterator[tuple[str, Package]]:
    yield "CFDocument", package["CFDocument"]
    lists = {**package, **package["CFDefinitions"]}
    for member in FIELDS:
        for entry in lists.get(member, ()) if member != "CFDocument" else ():
            yield member, entry
    for rubric in package["CFRubrics"]:
        for criterion in rubric["CFRubricCriteria"]:
            yield "CFRubricCriteria", criterion
            yield from (("CFRubricCriterionLevels", level) for level in criterion["CFRubricCriterionLevels"])


def test_the_whole_of_sme_bm_comes_back() -> None:
    reading = read(exported(a_package()))

    assert reading.framework == framework_part(a_package())
    assert reading.findings == ()


def test_sme_bm_has_all_that_a_framework_can_have() -> None:
    package = exported(a_package())

    assert len(package["CFItems"]) == 8 + 32
    assert len(package["CFRubrics"]) == 1 + 32
    assert {
        len(c["CFRubricCriterionLevels"]) for r in package["CFRubrics"] for c in r["CFRubricCriteria"]
    } == {5}
    assert [entry["title"] for entry in package["CFDefinitions"]["CFLicenses"]] == ["CC BY 4.0"]
    groupings = {entry["title"] for entry in package["CFDefinitions"]["CFAssociationGroupings"]}
    assert groupings == {"EMCC competence framework", "EntreComp"}


def test_no_entry_has_a_field_that_case_does_not_know() -> None:
    for member, entry in entries(exported(a_package())):
        assert set(entry) <= COMMON | set(FIELDS[member].split()), member
        assert set(entry) >= COMMON - {"extensions"}, member


def test_every_link_leads_into_the_package_or_says_that_it_leads_out() -> None:
    package = exported(a_package())
    known = {entry["identifier"] for _, entry in entries(package)}
    nodes = [
        entry[end] for entry in package["CFAssociations"] for end in ("originNodeURI", "destinationNodeURI")
    ]
    links = [link for _, entry in entries(package) for name, link in entry.items() if name.endswith("URI")]

    assert {link.get("targetType") for link in links} == {None, "CASE", "ext:named"}
    assert {link["identifier"] for link in links if link.get("targetType") != "ext:named"} <= known
    assert not {node["identifier"] for node in nodes if node["targetType"] == "ext:named"} & known
    assert all(link["title"] and link["uri"] for link in links)


def test_every_identifier_is_a_uuid_of_its_own() -> None:
    identifiers = [entry["identifier"] for _, entry in entries(exported(a_package()))]

    assert len(set(identifiers)) == len(identifiers)
    assert {UUID(found).version for found in identifiers} == {5}


def test_identifiers_stay_and_belong_to_one_body_and_version() -> None:
    later = a_package()
    later["scheme"]["version"] = "1.1"
    once, moved, other, newer = (
        {entry["identifier"] for _, entry in entries(package)}
        for package in (
            exported(a_package()),
            exported(a_package(), base_url="https://elsewhere.example"),
            exported(a_package(), slug="beta"),
            exported(later),
        )
    )

    assert once == moved
    assert not once & other
    assert not once & newer


def test_the_order_is_told_by_numbers_and_not_by_place() -> None:
    package = exported(a_package())
    package["CFItems"].reverse()
    package["CFAssociations"] = sorted(package["CFAssociations"], key=lambda entry: entry["identifier"])

    units = framework_from(package)["units"]

    assert [unit["code"] for unit in units] == [f"SME-BM/U{n}" for n in range(1, 9)]
    assert [element["code"] for element in units[3]["elements"]] == [f"SME-BM/U4.{n}" for n in range(1, 7)]


def test_what_another_tool_has_changed_is_read() -> None:
    package = exported(a_package())
    package["CFItems"][1]["fullStatement"] = "Keeps secrets"

    title = framework_from(package)["units"][0]["elements"][0]["title"]

    assert title["en"] == "Keeps secrets"
    assert title["es"] == a_package()["units"][0]["elements"][0]["title"]["es"]


def test_a_descriptor_keeps_its_level_where_a_lower_one_is_missing() -> None:
    document = a_package()
    del document["units"][0]["elements"][0]["descriptors"]["2"]

    assert framework_from(exported(document)) == framework_part(document)


def test_a_derived_framework_says_so_in_an_association_of_documents() -> None:
    document = a_package()
    document["scheme"]["lineage"][0]["kind"] = "derived"
    package = exported(document)
    root = package["CFDocument"]["identifier"]
    own = [entry for entry in package["CFAssociations"] if entry["originNodeURI"]["identifier"] == root]

    assert [entry["associationType"] for entry in own] == ["ext:derivedFrom", "isRelatedTo"]
    assert framework_from(package) == framework_part(document)


@pytest.mark.parametrize(
    ("mapping", "is_sound"),
    [
        ({"relation": "exact", "uri": "http://data.europa.eu/esco/skill/1"}, True),
        ({"uri": "https://example.org/concepts/1"}, False),
        ({"relation": "similar"}, False),
        ({"uri": "example.org/concepts/1"}, False),
    ],
)
def test_a_mapping_may_name_its_relation_and_address(mapping: Package, is_sound: bool) -> None:
    at = "units/0/elements/0/mappings"

    faults = found(put(at, [{"framework": "ESCO", "category": "mentor individuals"} | mapping]))

    assert {pointer for pointer, _ in faults} == (set() if is_sound else {f"/{at}/0/{next(iter(mapping))}"})


words = st.text("abcdé ñ'", min_size=2, max_size=12).map(lambda text: f"x{text}x")
texts = st.fixed_dictionaries({"en": words, "es": words})
mappings = st.lists(
    st.fixed_dictionaries(
        {"framework": st.sampled_from(["EntreComp", "ESCO"]), "category": words},
        optional={
            "relation": st.sampled_from(["exact", "part"]),
            "uri": st.integers(1, 9).map(lambda n: f"https://example.org/concepts/{n}"),
        },
    ),
    max_size=3,
)


headers = st.fixed_dictionaries(
    {
        "code": st.just("S"),
        "version": st.just("1.0"),
        "title": texts,
        "languages": st.permutations(["en", "es"]),
        "example": st.booleans(),
        "owner": st.fixed_dictionaries({"name": words}),
        "standard": st.just({"number": "ISO/IEC 17024", "editions": ["2012"]}),
    },
    optional={
        "licence": st.fixed_dictionaries({"name": words, "url": st.just("https://a.b/c"), "text": texts}),
        "lineage": st.lists(
            st.fixed_dictionaries(
                {
                    "name": words,
                    "years": st.just("2015"),
                    "kind": st.sampled_from(["inspiration", "derived"]),
                    "note": texts,
                }
            ),
            max_size=2,
        ),
    },
)


def a_level(level: int) -> st.SearchStrategy[Package]:
    given = {"level": st.just(level), "code": words, "certifiable": st.booleans(), "name": texts}
    given |= {"anchor": texts, "serves": st.just({"growth": "none"})}
    return st.fixed_dictionaries(given, optional={"public_title": texts})


def an_element(code: str, levels: int) -> st.SearchStrategy[Package]:
    descriptors = st.fixed_dictionaries({str(n): texts for n in range(1, levels + 1)})
    given = {"code": st.just(code), "critical": st.booleans(), "title": texts, "descriptors": descriptors}
    return st.fixed_dictionaries(given, optional={"mappings": mappings})


@st.composite
def frameworks(draw: st.DrawFn) -> Package:
    """Small frameworks that a scheme package may hold."""
    levels = draw(st.integers(1, 5))
    units = []
    for u in range(1, draw(st.integers(1, 3)) + 1):
        elements = [an_element(f"S/U{u}.{e}", levels) for e in range(1, draw(st.integers(1, 3)) + 1)]
        given = {"code": st.just(f"S/U{u}"), "kind": st.sampled_from(["soft", "hard"]), "title": texts}
        given |= {"elements": st.tuples(*elements).map(list)}
        units.append(draw(st.fixed_dictionaries(given, optional={"mappings": mappings})))
    rule = {"critical_offset": 0, "other_offset": -1, "unit_mean_offset": "-0.5"}
    items = [draw(a_level(level)) for level in range(1, levels + 1)]
    return {"scheme": draw(headers), "levels": {"rule": rule, "items": items}, "units": units}


@settings(max_examples=60, deadline=None)
@given(frameworks())
def test_any_framework_comes_back(document: Package) -> None:
    reading = read(exported(document))

    assert reading.framework == document
    assert reading.findings == ()


def test_anybody_reads_the_published_framework_and_it_comes_back(
    client: TestClient, world: World, version_id: UUID
) -> None:
    told = client.get(CASE)
    manager = world.alpha["scheme_manager"].headers
    back = client.post("/v1/case-frameworks", json=told.json(), headers=manager)

    assert told.status_code == 200, told.text
    assert told.json()["CFDocument"]["adoptionStatus"] == "Adopted"
    assert back.status_code == 200, back.text
    assert back.json() == {"framework": framework_part(a_package()), "findings": [], "gaps": []}


def test_a_cited_version_stays_once_it_is_retired(client: TestClient, world: World, version_id: UUID) -> None:
    version = f"/v1/scheme-versions/{version_id}"
    headers = world.alpha["scheme_manager"].headers
    cited = client.get(CASE).json()["CFDocument"]["uri"].partition("#")[0].partition("/public")[2]
    rev = client.get(version, headers=headers).headers["etag"]

    assert client.post(f"{version}/retirement", headers=headers | {"If-Match": rev}).status_code == 200

    assert client.get(CASE).status_code == 404
    assert client.get(f"/public{cited}").json()["CFDocument"]["adoptionStatus"] == "Deprecated"


def test_a_draft_is_nobodys_to_read(client: TestClient, world: World, version_id: UUID) -> None:
    headers = world.alpha["scheme_manager"].headers
    draft = a_package()
    draft["scheme"]["version"] = "2.0"
    scheme = client.get("/v1/schemes", headers=headers).json()["items"][0]["id"]
    path = f"/v1/schemes/{scheme}/versions"
    assert client.post(path, json={"package": draft}, headers=headers).status_code == 201

    assert client.get(f"{CASE}?version=2.0").status_code == 404
    assert client.get(CASE).json()["CFDocument"]["version"] == "1.0"


def test_a_foreign_framework_is_answered_with_what_a_scheme_would_lack(
    client: TestClient, world: World
) -> None:
    headers = world.alpha["scheme_manager"].headers

    answer = client.post("/v1/case-frameworks", json=foreign({1: 0, 2: 1, 3: 2}), headers=headers)

    assert answer.status_code == 200, answer.text
    assert [found["pointer"] for found in answer.json()["findings"]] == ["/CFItems/0"]
    gaps = {gap["pointer"] for gap in answer.json()["gaps"]}
    assert {"/scheme/code", "/levels/rule", "/units/0/kind", "/units/0/elements/0/critical"} <= gaps
    assert {gap.split("/")[1] for gap in gaps} == {"scheme", "levels", "units"}


def test_a_broken_package_is_refused_over_http(client: TestClient, world: World) -> None:
    headers = world.alpha["scheme_manager"].headers

    answer = client.post("/v1/case-frameworks", json=foreign({1: 2, 2: 1}), headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "case_refused")
    assert [found["code"] for found in answer.json()["findings"]] == ["cycle"]


def test_only_those_who_draft_schemes_have_frameworks_read(client: TestClient, world: World) -> None:
    headers = world.alpha["administrator"].headers

    assert client.post("/v1/case-frameworks", json=foreign({1: 0}), headers=headers).status_code == 403
