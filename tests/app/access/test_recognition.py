"""Who is let in: token, sign-in, account and appointment must all hold at this instant."""

from datetime import timedelta
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.access import tokens
from app.access.actor import ActorKind, Claim, Via
from app.bodies import service as bodies
from app.core.secrets import Purpose
from app.work import Runtime, Work
from tests.support.world import START, Member, StandingClock, Tenant, World, as_system


def me(client: TestClient, token: str) -> tuple[int, str]:
    answer = client.get("/v1/me", headers={"Authorization": token})
    return answer.status_code, answer.json().get("code", "")


def test_a_token_lets_its_owner_in(client: TestClient, world: World) -> None:
    answer = client.get("/v1/me", headers=world.alpha["assessor"].headers)

    assert answer.json()["person_id"] == str(world.alpha["assessor"].person_id)
    assert answer.json()["roles"] == ["assessor", "person"]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "bearer x", "Bearer é", "Bearer a.b.c"]
)
def test_whoever_brings_no_token_is_a_stranger(header: str, client: TestClient) -> None:
    answer = client.get("/v1/me", headers={"Authorization": header.encode()} if header else {})

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_a_token_ends_with_its_time(client: TestClient, world: World, clock: StandingClock) -> None:
    clock.advance(timedelta(minutes=15))

    assert me(client, f"Bearer {world.alpha['assessor'].token}") == (401, "token_expired")


@pytest.mark.parametrize(
    "kid", ["{alpha}.NOKEY", "{beta}", "{beta}.", "nobody", "{alpha}/../{beta}", "{alpha}.\x00"]
)
def test_a_token_that_names_a_key_we_do_not_have_is_refused(
    kid: str, client: TestClient, world: World, runtime: Runtime
) -> None:
    alpha = world.alpha
    key = _token_key(runtime, alpha)
    named = kid.format(alpha=alpha.body_id, beta=world.beta.body_id)
    forged = tokens.issue(
        _claim(alpha["assessor"], alpha), tokens.TokenKey(named, key.key), now=START, life=timedelta(1)
    )

    assert me(client, f"Bearer {forged}") == (401, "token_refused")


def test_a_token_signed_by_one_body_under_the_key_id_of_another_is_refused(
    client: TestClient, world: World, runtime: Runtime
) -> None:
    own, other = _token_key(runtime, world.alpha), _token_key(runtime, world.beta)
    for body_id in (world.alpha.body_id, world.beta.body_id):
        claim = Claim(ActorKind.CLIENT, body_id, client_id=world.beta.body_id, via=Via.CLIENT_CREDENTIALS)
        forged = tokens.issue(claim, tokens.TokenKey(other.kid, own.key), now=START, life=timedelta(1))
        assert me(client, f"Bearer {forged}") == (401, "token_refused")


def test_a_well_signed_token_without_a_sign_in_opens_nothing(
    client: TestClient, world: World, runtime: Runtime
) -> None:
    token = tokens.issue(
        _claim(world.alpha["assessor"], world.alpha),
        _token_key(runtime, world.alpha),
        now=START,
        life=timedelta(1),
    )

    assert me(client, f"Bearer {token}") == (401, "sign_in_ended")


def test_a_role_begins_and_ends_with_its_appointment(
    client: TestClient, world: World, clock: StandingClock
) -> None:
    office = world.alpha["administrator"].headers
    person = world.alpha["person"]
    url = f"/v1/people/{person.person_id}/appointments"
    day = {"role": "auditor", "starts_on": "2026-03-03", "ends_on": "2026-03-03"}
    assert client.post(url, json=day, headers=office).status_code == 201
    grant = {"grant": "password", "email": "person@alpha.example", "password": "correct horse battery staple"}

    roles = []
    for _ in range(3):
        token = client.post("/public/v1/bodies/alpha/tokens", json=grant).json()["access_token"]
        roles.append(client.get("/v1/me", headers={"Authorization": f"Bearer {token}"}).json()["roles"])
        clock.advance(timedelta(days=1))

    assert roles == [["person"], ["auditor", "person"], ["person"]]


def test_today_is_the_bodys_day_and_not_greenwichs(
    client: TestClient, world: World, runtime: Runtime, clock: StandingClock
) -> None:
    clock.advance(timedelta(hours=14, minutes=30))  # 23:30 in Greenwich, 00:30 of the next day in Madrid

    def today(work: Work) -> object:
        work.require_system()
        return work.today

    assert str(as_system(runtime, world.alpha.body_id).read(today)) == "2026-03-03"


def test_a_machine_does_what_both_its_scopes_and_the_matrix_allow(client: TestClient, world: World) -> None:
    office = world.alpha["administrator"].headers
    wanted = {"name": "M", "scopes": ["schemes:read", "decisions:take", "people:appoint"]}
    issued = client.post("/v1/clients", json=wanted, headers=office).json()
    grant = {"grant": "client_credentials", "client_id": issued["id"], "client_secret": issued["secret"]}
    token = client.post("/public/v1/bodies/alpha/tokens", json=grant).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    mentee = world.alpha["mentee"].person_id

    answers = [
        client.get("/v1/schemes", headers=headers),  # in both
        client.get("/v1/people", headers=headers),  # in the matrix, not in its scopes
        client.post(  # in its scopes, not in the matrix
            f"/v1/people/{mentee}/appointments",
            json={"role": "assessor", "starts_on": "2026-03-02"},
            headers=headers,
        ),
    ]

    assert [answer.status_code for answer in answers] == [200, 403, 403]


def test_what_belongs_to_another_body_is_not_found(client: TestClient, world: World) -> None:
    office = world.alpha["administrator"].headers
    for member in world.beta.members.values():
        if member.person_id is not None:
            assert client.get(f"/v1/people/{member.person_id}", headers=office).status_code == 404
    role = {"role": "assessor", "starts_on": "2026-03-02"}
    stranger = world.beta["mentee"].person_id

    assert client.post(f"/v1/people/{stranger}/appointments", json=role, headers=office).status_code == 404
    assert client.get("/public/v1/bodies/gamma").status_code == 404


def test_lists_hold_the_own_bodys_people_only(client: TestClient, world: World) -> None:
    answer = client.get("/v1/people?limit=200", headers=world.alpha["administrator"].headers)

    own = {str(member.person_id) for member in world.alpha.members.values() if member.person_id}
    assert {item["id"] for item in answer.json()["items"]} == own


def test_a_client_of_one_body_cannot_sign_in_to_another(client: TestClient, world: World) -> None:
    office = world.alpha["administrator"].headers
    issued = client.post("/v1/clients", json={"name": "M", "scopes": []}, headers=office).json()
    grant = {"grant": "client_credentials", "client_id": issued["id"], "client_secret": issued["secret"]}

    assert client.post("/public/v1/bodies/beta/tokens", json=grant).status_code == 401


def _claim(member: Member, tenant: Tenant) -> Claim:
    unknown = UUID("01890000-0000-7000-8000-00000000dead")
    return Claim(
        ActorKind.HUMAN, tenant.body_id, account_id=member.account_id, sign_in_id=unknown, via=Via.PASSWORD
    )


def _token_key(runtime: Runtime, tenant: Tenant) -> tokens.TokenKey:
    def kid(work: Work) -> str:
        work.require_system()
        return bodies.signing_key(work, Purpose.TOKENS).kid

    return runtime.keyring.token_key(tenant.body_id, as_system(runtime, tenant.body_id).read(kid))
