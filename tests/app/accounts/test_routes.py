"""Signing in, going on, signing out; invitations; registration."""

from datetime import timedelta

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app.work import Runtime
from tests.support.counting import events, rows
from tests.support.world import PASSWORD, StandingClock, World

TOKENS = "/public/v1/bodies/alpha/tokens"


def sign_in(client: TestClient, password: str = PASSWORD, email: str = "assessor@alpha.example") -> Response:
    return client.post(TOKENS, json={"grant": "password", "email": email, "password": password})


def refresh(client: TestClient, token: str) -> Response:
    return client.post(TOKENS, json={"grant": "refresh_token", "refresh_token": token})


def is_in(client: TestClient, access: str) -> bool:
    return client.get("/v1/me", headers={"Authorization": f"Bearer {access}"}).status_code == 200


def test_address_and_password_open_a_sign_in(client: TestClient) -> None:
    answer = sign_in(client, email=" Assessor@Alpha.EXAMPLE ")

    assert answer.json()["token_type"] == "Bearer"
    assert answer.headers["cache-control"] == "no-store"
    assert is_in(client, answer.json()["access_token"])


def test_a_wrong_address_and_a_wrong_password_look_the_same(client: TestClient) -> None:
    wrong, unknown = sign_in(client, "wrong").json(), sign_in(client, "wrong", "nobody@alpha.example").json()

    assert wrong.pop("request_id") != unknown.pop("request_id")
    assert wrong == unknown


def test_a_guesser_waits_and_the_right_password_waits_with_her(
    client: TestClient, clock: StandingClock, runtime: Runtime
) -> None:
    assert [sign_in(client, "wrong").status_code for _ in range(5)] == [401] * 5

    blocked = sign_in(client)
    clock.advance(timedelta(seconds=2))

    assert (blocked.status_code, blocked.headers["retry-after"]) == (429, "3")
    assert sign_in(client).status_code == 200
    assert [sign_in(client, "wrong").status_code for _ in range(4)] == [401] * 4
    assert sign_in(client).status_code == 200  # the count began anew
    assert len(events(runtime, "sign_in.failed")) == 9


def test_an_unknown_address_is_slowed_too_but_leaves_no_event(client: TestClient, runtime: Runtime) -> None:
    answers = [sign_in(client, "wrong", "nobody@alpha.example").status_code for _ in range(6)]

    assert answers == [401] * 5 + [429]
    assert events(runtime, "sign_in.failed") == []
    assert "nobody" not in str(rows(runtime, "sign_in_attempts"))


def test_failures_in_one_body_do_not_close_another(client: TestClient) -> None:
    for _ in range(6):
        sign_in(client, "wrong", "assessor@beta.example")

    grant = {"grant": "password", "email": "assessor@beta.example", "password": PASSWORD}
    assert client.post("/public/v1/bodies/beta/tokens", json=grant).status_code == 200


def test_a_refresh_token_works_once_and_leads_to_the_next(client: TestClient) -> None:
    first = sign_in(client).json()

    second = refresh(client, first["refresh_token"])
    third = refresh(client, second.json()["refresh_token"])

    assert [second.status_code, third.status_code] == [200, 200]
    assert is_in(client, third.json()["access_token"])


def test_a_refresh_token_that_comes_back_ends_the_whole_sign_in(client: TestClient, runtime: Runtime) -> None:
    first = sign_in(client).json()
    second = refresh(client, first["refresh_token"]).json()

    again = refresh(client, first["refresh_token"])

    assert (again.status_code, again.json()["code"]) == (401, "refresh_token_reused")
    assert refresh(client, second["refresh_token"]).json()["code"] == "sign_in_ended"
    assert not is_in(client, second["access_token"])
    assert len(events(runtime, "sign_in.reused")) == 1


def test_a_refresh_token_ends_with_its_time(client: TestClient, clock: StandingClock) -> None:
    first = sign_in(client).json()
    clock.advance(timedelta(days=30))

    assert refresh(client, first["refresh_token"]).json()["code"] == "sign_in_ended"


@pytest.mark.parametrize("token", ["x" * 32, "0" * 64, "\u0660" * 40])
def test_what_is_no_refresh_token_is_refused(token: str, client: TestClient) -> None:
    assert refresh(client, token).status_code == 401


def test_a_refresh_token_of_another_body_is_refused(client: TestClient) -> None:
    first = sign_in(client).json()
    grant = {"grant": "refresh_token", "refresh_token": first["refresh_token"]}

    assert client.post("/public/v1/bodies/beta/tokens", json=grant).status_code == 401


def test_signing_out_ends_access_at_once(client: TestClient) -> None:
    first = sign_in(client).json()

    ended = client.post(f"{TOKENS}/end", json={"refresh_token": first["refresh_token"]})

    assert (ended.status_code, ended.content) == (204, b"")
    assert not is_in(client, first["access_token"])
    assert refresh(client, first["refresh_token"]).status_code == 401


def test_an_invitation_opens_one_account(client: TestClient, world: World, runtime: Runtime) -> None:
    office = world.alpha["administrator"].headers
    person = client.post("/v1/people", json={"printed_name": "Zoë", "language": "en"}, headers=office).json()
    invited = client.post(
        f"/v1/people/{person['id']}/invitations", json={"email": "z@example.org"}, headers=office
    )
    wanted = {"secret": invited.json()["secret"], "password": "a long pass phrase"}

    first, second = (client.post("/public/v1/bodies/alpha/accounts", json=wanted) for _ in range(2))

    assert (first.status_code, first.json()["person_id"]) == (201, person["id"])
    assert (second.status_code, second.json()["code"]) == (401, "invitation_ended")
    assert sign_in(client, "a long pass phrase", "z@example.org").status_code == 200
    assert wanted["secret"] not in str(rows(runtime, "invitations")) + str(rows(runtime, "events"))


def test_an_invitation_ends_after_thirty_days(client: TestClient, world: World, clock: StandingClock) -> None:
    url = f"/v1/people/{world.alpha['mentee'].person_id}/invitations"
    headers = world.alpha["administrator"].headers
    invited = client.post(url, json={"email": "z@example.org"}, headers=headers).json()
    clock.advance(timedelta(days=30))

    answer = client.post(
        "/public/v1/bodies/alpha/accounts",
        json={"secret": invited["secret"], "password": "a long pass phrase"},
    )

    assert answer.status_code == 401


def test_an_address_has_one_account_in_a_body_and_may_have_one_in_each(client: TestClient) -> None:
    wanted = {
        "printed_name": "Zoë",
        "language": "en",
        "email": "z@example.org",
        "password": "a long pass phrase",
    }
    answers = [
        client.post(f"/public/v1/bodies/{slug}/registrations", json=wanted)
        for slug in ("alpha", "alpha", "beta")
    ]

    assert [answer.status_code for answer in answers] == [201, 409, 201]
    assert answers[1].json()["code"] == "email_taken"


@pytest.mark.parametrize("password", ["sh0rt", "x" * 201, ""])
def test_a_password_has_its_length(password: str, client: TestClient) -> None:
    wanted = {"printed_name": "Zoë", "language": "en", "email": "z@example.org", "password": password}

    answer = client.post("/public/v1/bodies/alpha/registrations", json=wanted)

    assert (answer.status_code, answer.json()["findings"][0]["pointer"]) == (422, "/password")
    assert not password or password not in answer.text


def test_no_password_is_kept_in_clear(client: TestClient, runtime: Runtime) -> None:
    wanted = {
        "printed_name": "Zoë",
        "language": "en",
        "email": "z@example.org",
        "password": "a long pass phrase",
    }
    client.post("/public/v1/bodies/alpha/registrations", json=wanted, headers={"Idempotency-Key": "k"})

    assert rows(runtime, "accounts", email="z@example.org")[0].password_hash.startswith("$argon2id$")
    assert "a long pass phrase" not in str(rows(runtime, "events")) + str(rows(runtime, "idempotency_keys"))
