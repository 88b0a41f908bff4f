"""The life of a scheme version over HTTP: drafted, judged, published and thereby frozen, retired."""

from typing import Any

import pytest
import sqlalchemy as sa
from httpx import Response
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.core.errors import MoveRefused
from app.schemes.rules import MOVES, VersionAction, VersionState, after, may_publish_example
from app.work import Runtime
from tests.factories.packages import a_package, drop
from tests.factories.schemes import a_published_version
from tests.support.counting import rows
from tests.support.world import World


@pytest.fixture
def manager(client: TestClient, world: World) -> TestClient:
    client.headers.update(world.alpha["scheme_manager"].headers)
    return client


def drafted(manager: TestClient, package: dict[str, Any]) -> Response:
    schemes = manager.get("/v1/schemes").json()["items"]
    scheme = (
        schemes[0]
        if schemes
        else manager.post("/v1/schemes", json={"code": "SME-BM", "titles": {"en": "S"}}).json()
    )
    return manager.post(f"/v1/schemes/{scheme['id']}/versions", json={"package": package})


def published(manager: TestClient, version: dict[str, Any]) -> Response:
    return manager.post(
        f"/v1/scheme-versions/{version['id']}/publication", headers={"If-Match": f'"{version["rev"]}"'}
    )


@pytest.mark.parametrize("state", VersionState)
@pytest.mark.parametrize("action", VersionAction)
def test_a_version_moves_only_as_its_life_allows(state: VersionState, action: VersionAction) -> None:
    if (state, action) in MOVES:
        assert after(state, action) is MOVES[(state, action)]
    else:
        with pytest.raises(MoveRefused, match="version_move_refused"):
            after(state, action)


def test_nothing_leads_back_to_a_draft() -> None:
    assert {state for (state, _), after_it in MOVES.items() if after_it is VersionState.DRAFT} == {
        VersionState.DRAFT
    }


@pytest.mark.parametrize(
    ("is_example", "is_demo", "may"), [(True, True, True), (True, False, False), (False, False, True)]
)
def test_a_package_of_examples_is_for_demonstrations(is_example: bool, is_demo: bool, may: bool) -> None:
    assert may_publish_example(is_example=is_example, is_demo_body=is_demo) is may


def test_a_draft_may_have_faults_but_is_not_published_with_them(manager: TestClient) -> None:
    version = drafted(manager, a_package(drop("conduct"), drop("fees"))).json()

    found = manager.get(f"/v1/scheme-versions/{version['id']}/findings").json()["findings"]
    refused = published(manager, version)

    assert {fault["pointer"] for fault in found} == {"/conduct", "/fees"}
    assert (refused.status_code, refused.json()["code"]) == (422, "package_refused")
    assert refused.json()["findings"] == found


@pytest.mark.parametrize(
    ("package", "pointer"),
    [
        ({}, "/scheme/version"),
        ({"scheme": []}, "/scheme/version"),
        ({"scheme": {"code": "SME-BM"}}, "/scheme/version"),
        ({"scheme": {"code": "SME-BM", "version": "x" * 21}}, "/scheme/version"),
        ({"scheme": {"code": "OTHER", "version": "1.0"}}, "/scheme/code"),
        ({"scheme": {"code": "SME-BM", "version": "1.0"}, "a": [0.5]}, "/a/0"),
        ({"scheme": {"code": "SME-BM", "version": "1.0"}, "a": {"b": 2**53}}, "/a/b"),
    ],
)
def test_a_package_that_cannot_be_filed_is_refused_at_its_place(
    package: dict[str, Any], pointer: str, manager: TestClient
) -> None:
    answer = drafted(manager, package)

    assert (answer.status_code, answer.json()["code"]) == (422, "package_refused")
    assert [fault["pointer"] for fault in answer.json()["findings"]] == [pointer]


@pytest.mark.parametrize("version", ["1\x00", "1\n2", " 1", "ë", "1/2"])
def test_a_version_name_that_cannot_be_stored_is_refused(version: str, manager: TestClient) -> None:
    answer = drafted(manager, {"scheme": {"code": "SME-BM", "version": version}})

    assert answer.status_code == 422, answer.text


def test_a_version_exists_once(manager: TestClient) -> None:
    answers = [drafted(manager, a_package()) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 409]
    assert answers[1].json()["code"] == "version_taken"


def test_a_draft_is_revised_under_its_own_name(manager: TestClient) -> None:
    version = drafted(manager, a_package()).json()
    url, headers = f"/v1/scheme-versions/{version['id']}/package", {"If-Match": '"1"'}
    other = a_package()
    other["scheme"]["version"] = "9.9"

    renamed = manager.put(url, json={"package": other}, headers=headers)
    revised = manager.put(url, json={"package": a_package(drop("fees"))}, headers=headers)

    assert (renamed.status_code, renamed.json()["code"]) == (409, "version_label_fixed")
    assert (revised.status_code, revised.json()["rev"]) == (200, 2)
    assert revised.json()["package_sha256"] != version["package_sha256"]


def test_a_published_version_is_frozen_and_public(
    client: TestClient, world: World, manager: TestClient
) -> None:
    assert client.get("/public/v1/bodies/alpha/schemes/SME-BM").status_code == 404
    version = a_published_version(client, world.alpha)

    headers = {"If-Match": '"2"'}
    again = manager.post(f"/v1/scheme-versions/{version}/publication", headers=headers)
    revised = manager.put(
        f"/v1/scheme-versions/{version}/package", json={"package": a_package()}, headers=headers
    )

    assert {again.status_code, revised.status_code} == {409}
    assert {again.json()["code"], revised.json()["code"]} == {"version_move_refused"}
    assert client.get("/public/v1/bodies/alpha/schemes/SME-BM").json()["package"] == a_package()
    assert client.get("/public/v1/bodies/beta/schemes/SME-BM").status_code == 404


FORGED = {
    "package": "package = '{}'",
    "digest": "package_sha256 = 'x'",
    "name": "version = '9'",
    "state": "state = 'draft'",
    "day": "published_on = '2020-01-01'",
    "person": "published_by = scheme_id",
}


@pytest.mark.parametrize("what", FORGED)
def test_the_database_keeps_a_published_version_as_it_is(
    what: str, client: TestClient, world: World, runtime: Runtime
) -> None:
    a_published_version(client, world.alpha)
    before = rows(runtime, "scheme_versions")

    with pytest.raises(sa.exc.IntegrityError) as refused, runtime.database.writing() as session:
        session.connection().exec_driver_sql(f"UPDATE scheme_versions SET rev = rev + 1, {FORGED[what]}")

    assert refused_by(refused.value) == "SCH-5"
    assert rows(runtime, "scheme_versions") == before


def test_a_retired_version_takes_no_part_and_does_not_come_back(
    client: TestClient, world: World, manager: TestClient, runtime: Runtime
) -> None:
    version = a_published_version(client, world.alpha)

    retired = manager.post(f"/v1/scheme-versions/{version}/retirement", headers={"If-Match": '"2"'})
    with pytest.raises(sa.exc.IntegrityError) as refused, runtime.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE scheme_versions SET rev = rev + 1, state = 'published'")

    assert (retired.status_code, retired.json()["state"]) == (200, "retired")
    assert client.get("/public/v1/bodies/alpha/schemes/SME-BM").status_code == 404
    assert refused_by(refused.value) == "SCH-5"


def test_publishing_asks_for_the_version_that_was_seen(manager: TestClient) -> None:
    version = drafted(manager, a_package()).json()

    unseen = manager.post(f"/v1/scheme-versions/{version['id']}/publication")
    stale = published(manager, version | {"rev": 2})

    assert (unseen.status_code, stale.status_code) == (428, 412)
    assert stale.json()["current"] == version


def test_a_scheme_code_is_given_once_in_a_body(manager: TestClient, world: World) -> None:
    scheme = {"code": "SME-BM", "titles": {"en": "S"}}
    answers = [
        manager.post("/v1/schemes", json=scheme, headers=tenant["scheme_manager"].headers)
        for tenant in (world.alpha, world.alpha, world.beta)
    ]

    assert [answer.status_code for answer in answers] == [201, 409, 201]
