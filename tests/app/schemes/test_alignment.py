"""Where a framework stands among others, and where help is found: data, shown and passed on, never judged."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.schemes import interchange
from skillcard.reading import framework_from
from tests.factories.case import exported
from tests.factories.packages import Fault, a_package, append, drop, found, put
from tests.support.world import World

RESOURCE = {
    "title": {"en": "A guide to good notes", "es": "Guía para tomar buenas notas"},
    "url": "https://example.org/notes",
    "language": "fr",
    "kind": "guide",
}
AT = "units/0/elements/0"


def test_levels_lie_in_the_european_framework_by_way_of_indication() -> None:
    levels = a_package()["levels"]["items"]

    assert [item["eqf"]["levels"] for item in levels] == [[4], [4, 5], [5], [6], [7]]
    assert {item["eqf"]["indicative"] for item in levels} == {True}
    assert found(drop("levels/items/0/eqf")) == set()


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        (put("levels/items/2/eqf", {"levels": [5], "indicative": False}), "/levels/items/2/eqf/indicative"),
        (drop("levels/items/2/eqf/indicative"), "/levels/items/2/eqf/indicative"),
        (put("levels/items/2/eqf/levels", [9]), "/levels/items/2/eqf/levels/0"),
        (put(f"{AT}/resources", []), f"/{AT}/resources"),
        (put(f"{AT}/resources", [RESOURCE | {"url": "notes"}]), f"/{AT}/resources/0/url"),
        (put(f"{AT}/resources", [RESOURCE | {"kind": "duty"}]), f"/{AT}/resources/0/kind"),
        (put(f"{AT}/resources", [RESOURCE | {"title": {"en": "Notes"}}]), f"/{AT}/resources/0/title/es"),
        (
            put(
                "units/0/mappings",
                [{"framework": "ESCO", "category": "x" * 3, "uri": "https://other.example"}],
            ),
            "/units/0/mappings/0/uri",
        ),
    ],
)
def test_what_claims_too_much_or_leads_nowhere_is_found(fault: Fault, pointer: str) -> None:
    assert found(fault) == {(pointer, "SCH-1")}


def test_all_of_it_comes_back_from_case() -> None:
    esco = {"framework": "ESCO", "category": "mentor", "uri": "http://data.europa.eu/esco/skill/1"}
    document = a_package(put(f"{AT}/resources", [RESOURCE]), append("units/0/mappings", esco))

    read = framework_part_of(document)

    assert found(put(f"{AT}/resources", [RESOURCE]), append("units/0/mappings", esco)) == set()
    assert read["units"][0]["elements"][0]["resources"] == [RESOURCE]
    assert esco in read["units"][0]["mappings"]
    assert [item["eqf"] for item in read["levels"]["items"]] == [
        item["eqf"] for item in document["levels"]["items"]
    ]
    assert read == {part: document[part] for part in ("scheme", "levels", "units")}


def framework_part_of(document: dict[str, Any]) -> dict[str, Any]:
    """What others read out of the CASE package of a document."""
    return dict(interchange.framework_from(exported(document)))


def test_none_of_it_changes_the_skill_card_itself() -> None:
    bare = a_package(drop("levels/items/2/eqf"), drop("units/5/elements/1/resources"))

    assert framework_from(bare) == framework_from(a_package())


def test_the_public_page_shows_where_help_is_found(
    client: TestClient, world: World, version_id: UUID
) -> None:
    package = client.get("/public/v1/bodies/alpha/schemes/SME-BM").json()["package"]

    [resource] = package["units"][5]["elements"][1]["resources"]
    assert (resource["kind"], resource["url"]) == ("collection", "https://www.smeclustergrowth.eu")
