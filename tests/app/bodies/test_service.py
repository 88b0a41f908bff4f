"""Establishing a body and telling its keys."""

import pytest
from starlette.testclient import TestClient

from app.bodies import service as bodies
from app.bodies.schemas import BodyCreate
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.ids import new_id
from app.core.secrets import Purpose
from app.work import Caller, Runtime
from tests.support.counting import events
from tests.support.world import World, as_system

GAMMA = BodyCreate(
    slug="gamma",
    legal_name="Gamma Certification",
    registration_no="3",
    jurisdiction="ES",
    address="Calle Menor 3",
    time_zone="Europe/Madrid",
    language="es",
    is_demo=False,
)


def test_a_body_is_established_under_its_own_id(runtime: Runtime, client: TestClient) -> None:
    body_id = new_id()

    as_system(runtime, body_id).write(bodies.establish, GAMMA)

    assert client.get("/public/v1/bodies/gamma").json()["id"] == str(body_id)
    assert len(events(runtime, "body.established")) == 3


def test_a_short_name_is_given_once(runtime: Runtime) -> None:
    with pytest.raises(Conflict, match="slug_taken"):
        as_system(runtime, new_id()).write(bodies.establish, GAMMA.model_copy(update={"slug": "alpha"}))


def test_a_time_zone_must_exist(runtime: Runtime) -> None:
    with pytest.raises(Invalid, match="time_zone_unknown"):
        as_system(runtime, new_id()).write(
            bodies.establish, GAMMA.model_copy(update={"time_zone": "Europe/Atlantis"})
        )


def test_only_the_service_itself_makes_keys(system: Caller, world: World) -> None:
    stranger = system.of_body(world.alpha.slug)
    for use_case in (bodies.add_key, bodies.publish_key):
        with pytest.raises(Forbidden):
            stranger.write(use_case, Purpose.LOG, *(["kid"] if use_case is bodies.publish_key else []))


def test_keys_are_told_by_their_public_half_only(client: TestClient, system: Caller) -> None:
    system.write(bodies.add_key, Purpose.LOG)

    told = client.get("/public/v1/bodies/alpha/keys").json()["items"]

    assert [key["purpose"] for key in told] == ["tokens", "log", "exchange", "log"]
    assert all(key["public_pem"].startswith("-----BEGIN PUBLIC KEY-----") for key in told)
    assert "PRIVATE" not in str(told)


def test_the_newest_key_signs(system: Caller) -> None:
    kid = system.write(bodies.add_key, Purpose.TOKENS).kid

    def signs(work: object) -> str:
        work.require_system()  # type: ignore[attr-defined] # a work
        return bodies.signing_key(work, Purpose.TOKENS).kid  # type: ignore[arg-type] # a work

    assert system.read(signs) == kid
