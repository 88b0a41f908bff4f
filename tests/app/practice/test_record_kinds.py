"""What a mentor shows beside sessions: each kind of record with what it needs, and nothing less."""

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.core.errors import Findings
from app.practice.rules import RecordKind
from app.practice.rules.records import NEEDED, ensure_whole
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import OWN
from tests.support.world import Member, World

WHOLE: dict[str, dict[str, str]] = {
    "joint_project": {"note": "Price list of the mill, worked out together in four afternoons."},
    "introduction": {"to_whom": "An importer in Gdańsk", "note": "Two pallets on trial."},
    "referral": {
        "to_whom": "The contact point of the regional university",
        "element": "SME-BM/U4.2",
        "note": "Transfer prices between two countries.",
    },
    "award": {"given_by": "Chamber of Commerce", "note": "Prize for the promotion of enterprise"},
    "peer_observation": {"given_by": "Ağnė Ýlmaz", "note": "She waits longer for an answer than I do."},
}


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


def log(client: TestClient, mentor: Member, kind: str, **parts: object) -> Any:
    record = {"kind": kind, "started_on": "2025-10-01"} | parts
    return client.post(f"{OWN}/records", json=record, headers=mentor.headers)


@given(
    st.sampled_from(RecordKind), st.sets(st.sampled_from(["hours", "note", "to_whom", "given_by", "element"]))
)
def test_a_record_is_refused_exactly_when_a_part_is_missing(kind: RecordKind, parts: set[str]) -> None:
    missing = set(NEEDED.get(kind, ())) - parts

    try:
        ensure_whole(kind, parts)
        found: set[str] = set()
    except Findings as refusal:
        found = {pointer.removeprefix("/") for pointer, _, _ in refusal.findings}

    assert found == missing


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_record_is_kept_as_told(client: TestClient, mentor: Member, kind: str) -> None:
    logged = log(client, mentor, kind, **WHOLE[kind])

    assert logged.status_code == 201, logged.text
    assert {name: logged.json()[name] for name in WHOLE[kind]} == WHOLE[kind]
    assert client.get(f"{OWN}/records", headers=mentor.headers).json()["items"] == [logged.json()]


@pytest.mark.parametrize(("kind", "part"), [(kind, part) for kind, parts in WHOLE.items() for part in parts])
def test_a_record_that_lacks_a_part_is_refused_and_the_part_named(
    client: TestClient, mentor: Member, kind: str, part: str
) -> None:
    refused = log(client, mentor, kind, **{name: text for name, text in WHOLE[kind].items() if name != part})

    assert (refused.status_code, refused.json()["code"]) == (422, "record_incomplete")
    assert [finding["pointer"] for finding in refused.json()["findings"]] == [f"/{part}"]
    assert client.get(f"{OWN}/records", headers=mentor.headers).json()["items"] == []


def test_all_that_is_missing_is_named_at_once(client: TestClient, mentor: Member) -> None:
    refused = log(client, mentor, "referral")

    assert [finding["pointer"] for finding in refused.json()["findings"]] == ["/to_whom", "/element", "/note"]


def test_an_introduction_is_confirmed_in_a_named_persons_own_name(
    client: TestClient, world: World, mentor: Member
) -> None:
    made = log(client, mentor, "introduction", **WHOLE["introduction"]).json()
    third = world.alpha["administrator"]

    attested = client.post(
        f"/v1/practice/records/{made['id']}/attestation", json={"capacity": "referee"}, headers=third.headers
    )

    assert attested.json()["attested_by"] == str(third.person_id)


def test_the_database_keeps_a_referral_with_its_element(
    client: TestClient, mentor: Member, runtime: Runtime
) -> None:
    log(client, mentor, "referral", **WHOLE["referral"])

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE practice_records SET element = NULL, rev = rev + 1")

    assert "referral" in refused_by(refused.value)
