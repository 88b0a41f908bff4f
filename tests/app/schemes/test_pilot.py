"""A scheme is tried out before it is published; who took part gets no certificate from it."""

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.applications.rules import CaseState
from app.core.database import refused_by
from app.work import Caller, Runtime
from tests.factories import marking as a
from tests.factories.certificates import a_seal, granted
from tests.factories.packages import a_package, drop
from tests.support.world import World

CODE = {"code": "SME-BM", "titles": {"en": "SME business mentor"}}


@pytest.fixture
def drafted(client: TestClient, world: World) -> dict[str, Any]:
    headers = world.alpha["scheme_manager"].headers
    scheme = client.post("/v1/schemes", json=CODE, headers=headers).json()
    path = f"/v1/schemes/{scheme['id']}/versions"
    made: dict[str, Any] = client.post(path, json={"package": a_package()}, headers=headers).json()
    return made


@pytest.fixture
def pilot(client: TestClient, world: World, drafted: dict[str, Any]) -> UUID:
    answer = moved(client, world, drafted["id"], "pilot")
    assert (answer.status_code, answer.json()["state"]) == (200, "pilot"), answer.text
    return UUID(drafted["id"])


def moved(client: TestClient, world: World, version: object, move: str) -> Any:
    path, headers = f"/v1/scheme-versions/{version}", world.alpha["scheme_manager"].headers
    etag = client.get(path, headers=headers).headers["etag"]
    return client.post(f"{path}/{move}", headers=headers | {"If-Match": etag})


def applied(client: TestClient, world: World, version: UUID, *, is_pilot: bool = False) -> Any:
    application = {
        "scheme_version_id": str(version), "level": 3, "phases": ["growth"], "endorsements": [],
        "language": "en", "overview_version": 1,
        "needs_confirmed": ["time", "digital", "languages"],
        "agreement_version": 1, "accommodation": {"asked": "none"},
        "is_pilot": is_pilot,
    }  # fmt: skip
    return client.post("/v1/me/cases", json=application, headers=world.alpha["person"].headers)


def test_a_pilot_takes_applications_and_says_so_but_is_not_public(
    client: TestClient, world: World, drafted: dict[str, Any]
) -> None:
    before = applied(client, world, UUID(drafted["id"]))
    moved(client, world, drafted["id"], "pilot")
    unaware = applied(client, world, UUID(drafted["id"]))
    within = applied(client, world, UUID(drafted["id"]), is_pilot=True)

    assert (before.status_code, before.json()["code"]) == (409, "version_not_published")
    assert (unaware.status_code, unaware.json()["code"]) == (409, "pilot_not_as_told")
    assert (within.status_code, within.json()["is_pilot"]) == (201, True)
    public = "/public/v1/bodies/alpha/schemes/SME-BM"
    for path in (public, f"{public}/changes", f"{public}/case", f"{public}/case?version=1.0"):
        assert client.get(path).status_code == 404, path


def test_a_package_with_faults_is_not_tried_out_on_people(
    client: TestClient, world: World, drafted: dict
) -> None:
    headers = world.alpha["scheme_manager"].headers
    path = f"/v1/scheme-versions/{drafted['id']}/package"
    client.put(path, json={"package": a_package(drop("conduct"))}, headers=headers | {"If-Match": '"1"'})

    assert moved(client, world, drafted["id"], "pilot").json()["code"] == "package_refused"


def test_a_pilot_is_frozen_and_becomes_public_or_ends(client: TestClient, world: World, pilot: UUID) -> None:
    headers = world.alpha["scheme_manager"].headers
    revised = client.put(
        f"/v1/scheme-versions/{pilot}/package",
        json={"package": a_package()},
        headers=headers | {"If-Match": '"2"'},
    )
    published = moved(client, world, pilot, "publication")

    assert (revised.status_code, revised.json()["code"]) == (409, "version_move_refused")
    assert (published.status_code, published.json()["state"]) == (200, "published")
    assert applied(client, world, pilot).json()["is_pilot"] is False


def test_a_pilot_that_failed_is_retired_without_ever_being_published(
    client: TestClient, world: World, pilot: UUID
) -> None:
    retired = moved(client, world, pilot, "retirement")

    assert (retired.json()["state"], retired.json()["published_on"]) == ("retired", None)
    assert applied(client, world, pilot).status_code == 409


def test_a_case_of_the_pilot_is_never_granted_not_even_once_it_is_published(
    client: TestClient, world: World, system: Caller, pilot: UUID
) -> None:
    case = a.an_admitted_case(system, world, pilot, is_pilot=True, state=CaseState.EXAMINED)
    moved(client, world, pilot, "publication")
    headers = world.alpha["decision_maker"].headers
    client.post(f"/v1/cases/{case}/conflict-declarations", json={"answer": "none"}, headers=headers)

    answer = client.post(f"/v1/cases/{case}/decisions", json={"kind": "grant"}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (409, "pilot_certifies_nobody"), answer.text


@pytest.mark.parametrize(("is_pilot", "rule"), [(False, "SCH-5"), (True, "DEC-4")])
def test_the_database_issues_no_certificate_out_of_a_pilot(
    world: World, system: Caller, pilot: UUID, is_pilot: bool, rule: str
) -> None:
    a_seal(system)
    people = [world.alpha[name].person_id for name in ("person", "decision_maker")]

    with pytest.raises(sa.exc.IntegrityError) as refused:
        granted(system, pilot, *people, of_pilot=is_pilot)

    assert refused_by(refused.value) == rule


def test_the_database_keeps_what_was_a_pilot_case(
    world: World, system: Caller, runtime: Runtime, pilot: UUID
) -> None:
    a.an_admitted_case(system, world, pilot, is_pilot=True)

    with pytest.raises(sa.exc.IntegrityError) as refused, a.raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE cases SET rev = rev + 1, is_pilot = NOT is_pilot")

    assert refused_by(refused.value) == "GEN-2"
