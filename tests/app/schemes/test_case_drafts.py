"""A framework of others becomes a draft by one call: identifiers stay, the rest comes from a base."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.schemes.interchange import framework_part, merged
from app.work import Runtime
from tests.factories.case import a_rubric, exported, foreign, identifier
from tests.factories.packages import a_package, drop, put
from tests.factories.requests import the_scheme
from tests.factories.versions import a_rule, drafted, moved_on
from tests.support.counting import events, rows
from tests.support.world import World

NOTE = {"en": "Taken over with one title changed.", "es": "Adoptado con un título cambiado."}
UNKNOWN = "01890000-0000-7000-8000-00000000dead"


def case_draft(client: TestClient, world: World, base: object, case: dict[str, Any], **changes: Any) -> Any:
    manager = world.alpha["scheme_manager"]
    wanted = {"case": case, "base_version_id": str(base), "version": "2.0", "note": NOTE} | changes
    scheme = the_scheme(client, manager)
    return client.post(f"/v1/schemes/{scheme}/case-drafts", json=wanted, headers=manager.headers)


def package_of(client: TestClient, world: World, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    url = f"/v1/scheme-versions/{answer.json()['draft']['id']}"
    package: dict[str, Any] = client.get(url, headers=world.alpha["scheme_manager"].headers).json()["package"]
    return package


def test_ones_own_framework_comes_back_as_a_draft_that_lacks_a_word_on_the_older_only(
    client: TestClient, world: World, runtime: Runtime, version_id: UUID
) -> None:
    case = exported(a_package())
    case["CFItems"][1]["fullStatement"] = "Keeps the secrets of the firm"

    answer = case_draft(client, world, version_id, case)
    package = package_of(client, world, answer)

    assert (answer.json()["draft"]["state"], answer.json()["draft"]["version"]) == ("draft", "2.0")
    assert answer.json()["left_out"] == []
    assert [found["pointer"] for found in answer.json()["findings"]] == ["/transition/rules"]
    assert package["units"][0]["elements"][0]["title"]["en"] == "Keeps the secrets of the firm"
    assert {part: package[part] for part in package.keys() - {"scheme", "units"}} == {
        part: a_package()[part] for part in a_package().keys() - {"scheme", "units"}
    }
    assert len(events(runtime, "scheme_version.drafted")) == 2


def test_the_lineage_says_from_what_it_was_derived(
    client: TestClient, world: World, version_id: UUID
) -> None:
    case = exported(a_package())

    first, *others = package_of(client, world, case_draft(client, world, version_id, case))["scheme"][
        "lineage"
    ]

    assert first == {
        "name": "SME business mentor",
        "years": "2026",
        "kind": "derived",
        "note": NOTE,
        "identifier": case["CFDocument"]["identifier"],
    }
    assert others == a_package()["scheme"]["lineage"]


def test_a_derived_draft_is_published_once_it_speaks_of_the_older_version(
    client: TestClient, world: World, version_id: UUID
) -> None:
    answer = case_draft(client, world, version_id, exported(a_package()))
    package, draft = package_of(client, world, answer), answer.json()["draft"]
    package["transition"]["rules"] = [a_rule("finish")]
    headers = world.alpha["scheme_manager"].headers | {"If-Match": f'"{draft["rev"]}"'}
    client.put(f"/v1/scheme-versions/{draft['id']}/package", json={"package": package}, headers=headers)

    assert moved_on(client, world.alpha, draft["id"], "publication").status_code == 200
    told = client.get("/public/v1/bodies/alpha/schemes/SME-BM/case").json()
    kinds = {link["associationType"] for link in told["CFAssociations"]}
    assert "ext:derivedFrom" in kinds


def test_a_foreign_framework_keeps_its_identifiers_and_the_findings_name_what_it_lacks(
    client: TestClient, world: World, version_id: UUID
) -> None:
    case = foreign(
        {1: 0, 2: 1, 3: 1}, CFRubrics=[a_rubric(2, {"quality": "Novice", "description": "Begins"})]
    )

    answer = case_draft(client, world, version_id, case)
    package = package_of(client, world, answer)

    [unit] = package["units"]
    assert (unit["code"], [element["code"] for element in unit["elements"]]) == (
        identifier(1),
        [identifier(2), identifier(3)],
    )
    assert package["scheme"]["code"] == "SME-BM"
    assert package["scheme"]["languages"] == ["en", "es"]
    assert {"/units/0/kind", "/units/0/elements/0/critical"} <= {
        found["pointer"] for found in answer.json()["findings"]
    }


def test_what_case_does_not_say_of_a_known_code_stands_as_the_base_has_it() -> None:
    base = a_package()
    bare = framework_part(a_package())
    unit, element = bare["units"][0], bare["units"][0]["elements"][0]
    for member in ("kind", "mappings"):
        del unit[member]
    del element["critical"]
    element["descriptors"] = {}
    bare["levels"] = {"items": [{"level": 1, "name": {"en": "Starter"}}]}

    made = merged(base, bare, "2.0", {"name": "x"})

    assert made["units"] == base["units"]
    assert made["levels"]["rule"] == base["levels"]["rule"]
    assert made["levels"]["items"] == [base["levels"]["items"][0] | {"name": {"en": "Starter"}}]
    assert merged(base, framework_part(base), "1.0", {})["scheme"] == base["scheme"] | {
        "lineage": [{}, *base["scheme"]["lineage"]]
    }


@pytest.mark.parametrize("odd", [5, {"a": 1}, ["x"], None])
def test_what_another_tool_put_into_our_extension_breaks_nothing(
    odd: object, client: TestClient, world: World, version_id: UUID
) -> None:
    case = exported(a_package())
    case["CFDocument"]["extensions"]["mentorcert"]["members"] |= {"lineage": odd, "owner": odd}
    level = case["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"][0]
    level["extensions"][0]["mentorcert"]["members"]["level"] = odd

    answer = case_draft(client, world, version_id, case)

    assert answer.status_code in {201, 422}, answer.text


def test_a_base_is_sound_and_ones_own(
    client: TestClient, world: World, runtime: Runtime, version_id: UUID
) -> None:
    faulty = drafted(client, world.alpha, a_package(put("scheme/version", "1.5"), drop("fees")))
    before, case = len(rows(runtime, "scheme_versions")), exported(a_package())

    refused = [
        case_draft(client, world, faulty, case),
        case_draft(client, world, UNKNOWN, case),
        case_draft(client, world, version_id, case, version="1.0"),
        case_draft(client, world, version_id, case, version="1\n0"),
        case_draft(client, world, version_id, case, note={}),
        case_draft(client, world, version_id, foreign({1: 2, 2: 1})),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [
        (409, "base_has_faults"),
        (404, "not_found"),
        (409, "version_taken"),
        (422, "input_refused"),
        (422, "input_refused"),
        (422, "case_refused"),
    ]
    assert len(rows(runtime, "scheme_versions")) == before
