"""Practice leaves one body and enters another with its confirmations."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.practice.schemas.exchange import TranscriptRecord, TranscriptSession
from tests.factories.practice import OWN, a_link, an_engagement, an_import, complete, measures, sessions
from tests.support.counting import events
from tests.support.world import Member, World

THREE = (
    "oliva,2025-03-10,09:00,10:30,session,Cash flow\n"
    "oliva,2025-04-14,09:00,11:00,,\n"
    "oliva,2025-05-12,09:00,10:00,,\n"
)


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def there(world: World) -> Member:
    """The same mentor at the other body."""
    return world.beta["person"]


def trusted(client: TestClient, world: World) -> str:
    """Let beta take alpha's word; return the id of that trust."""
    found = client.get("/public/v1/bodies/alpha/keys").json()["items"]
    key = next(one for one in found if one["purpose"] == "exchange")
    wanted = {"name": "Alpha", "kid": key["kid"], "public_pem": key["public_pem"]}
    answer = client.post("/v1/trusted-bodies", json=wanted, headers=world.beta["administrator"].headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def a_transcript(client: TestClient, mentor: Member) -> dict[str, Any]:
    """One completed engagement, of which the mentee confirmed two sessions and disputed one; and records."""
    made = an_engagement(client, mentor)
    an_import(client, mentor, THREE)
    link = a_link(client, mentor, made["id"])
    doubted = client.get(link).json()["sessions"][2]["id"]
    client.post(link, json={"disputed": [doubted], "feedback": "Good questions."})
    seen = client.get(f"{OWN}/engagements/{made['id']}", headers=mentor.headers).json()
    complete(client, mentor, seen, "2025-08-04")
    training = {"kind": "training", "started_on": "2024-10-01", "hours": "40"}
    client.post(f"{OWN}/records", json=training, headers=mentor.headers)
    answer = client.get(f"{OWN}/transcript", headers=mentor.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def handed_in(client: TestClient, mentor: Member, document: Any) -> Any:
    file = document if isinstance(document, bytes) else json.dumps(document).encode()
    return client.post(f"{OWN}/entries", files={"file": ("practice.json", file)}, headers=mentor.headers)


def admitted(client: TestClient, world: World, entry_id: str) -> Any:
    reviewer = world.beta["application_reviewer"].headers
    return client.post(f"/v1/practice/entries/{entry_id}/admission", headers=reviewer)


def test_practice_counts_there_as_it_counted_here(client: TestClient, world: World, runtime, mentor, there):
    trusted(client, world)
    document = a_transcript(client, mentor)

    entry = handed_in(client, there, document)
    before = measures(client, there)
    done = admitted(client, world, entry.json()["id"])

    assert (entry.status_code, entry.json()["state"]) == (201, "handed_in")
    assert before[("confirmed_hours", None)] == "0.00"
    assert (done.status_code, done.json()["state"]) == (200, "admitted")
    told = {name: done.json()[name] for name in ("loaded", "already_there", "refused")}
    assert told == {"loaded": 3, "already_there": 0, "refused": 0}
    assert measures(client, there) == measures(client, mentor)
    assert measures(client, there)[("feedback_count", 12)] == "1"
    [made] = client.get(f"{OWN}/engagements", headers=there.headers).json()["items"]
    states = [one["state"] for one in sessions(client, there, made["id"])]
    assert (made["state"], states) == ("completed", ["confirmed", "confirmed", "disputed"])
    assert len(events(runtime, "engagement.entered")) == 1


def test_a_later_transcript_brings_only_what_is_new(client: TestClient, world: World, mentor, there):
    trusted(client, world)
    first = a_transcript(client, mentor)
    admitted(client, world, handed_in(client, there, first).json()["id"])
    an_engagement(client, mentor, code="second", sme_name="Horno Nuevo", started_on="2025-09-01")
    an_import(client, mentor, "second,2025-09-08,09:00,10:00,,\n")
    later = client.get(f"{OWN}/transcript", headers=mentor.headers).json()

    again = handed_in(client, there, first)
    done = admitted(client, world, handed_in(client, there, later).json()["id"])

    assert (again.status_code, again.json()["code"]) == (409, "transcript_known")
    assert (done.json()["loaded"], done.json()["already_there"]) == (1, 3)
    found = client.get(f"{OWN}/engagements", headers=there.headers).json()["items"]
    assert sorted(one["code"] for one in found) == ["oliva", "second"]
    assert len(client.get(f"{OWN}/records", headers=there.headers).json()["items"]) == 2


def test_practice_that_comes_home_is_not_doubled(client: TestClient, world: World, mentor, there):
    trusted(client, world)
    admitted(client, world, handed_in(client, there, a_transcript(client, mentor)).json()["id"])
    before = measures(client, mentor)
    back = client.get(f"{OWN}/transcript", headers=there.headers).json()
    key = next(
        one
        for one in client.get("/public/v1/bodies/beta/keys").json()["items"]
        if one["purpose"] == "exchange"
    )
    wanted = {"name": "Beta", "kid": key["kid"], "public_pem": key["public_pem"]}
    client.post("/v1/trusted-bodies", json=wanted, headers=world.alpha["administrator"].headers)

    entry = handed_in(client, mentor, back).json()["id"]
    done = client.post(
        f"/v1/practice/entries/{entry}/admission", headers=world.alpha["application_reviewer"].headers
    )

    assert (done.status_code, done.json()["loaded"]) == (200, 0)
    assert measures(client, mentor) == before
    assert len(client.get(f"{OWN}/engagements", headers=mentor.headers).json()["items"]) == 1
    assert len(client.get(f"{OWN}/records", headers=mentor.headers).json()["items"]) == 2


def test_what_stands_in_one_persons_name_is_not_taken_over_in_anothers(
    client: TestClient, world: World, mentor, there
):
    trusted(client, world)
    document = a_transcript(client, mentor)
    admitted(client, world, handed_in(client, there, document).json()["id"])
    other = world.beta["trainer"]

    answer = admitted(client, world, handed_in(client, other, document).json()["id"])

    assert (answer.status_code, answer.json()["code"]) == (409, "practice_of_another")
    assert client.get(f"{OWN}/engagements", headers=other.headers).json()["items"] == []


def test_what_overlaps_is_refused_and_a_taken_code_gets_a_number(client, world, mentor, there):
    trusted(client, world)
    an_engagement(client, there, sme_name="Another firm")
    an_import(client, there, "oliva,2025-03-10,10:00,11:00,,\n")

    done = admitted(client, world, handed_in(client, there, a_transcript(client, mentor)).json()["id"])

    assert (done.json()["loaded"], done.json()["refused"]) == (2, 1)
    found = client.get(f"{OWN}/engagements", headers=there.headers).json()["items"]
    assert sorted(one["code"] for one in found) == ["oliva", "oliva-2"]


def test_how_practice_was_done_goes_along_and_records_of_each_kind(
    client: TestClient, world: World, mentor, there
):
    trusted(client, world)
    made = an_engagement(client, mentor, is_paid=True, touch="high")
    rows = b"engagement,date,start,end,channel,type\noliva,2025-03-10,09:00,10:00,video,goal_setting\n"
    an_import(client, mentor, rows)
    end = {"ended_on": "2025-05-01", "reason": "need_changed"}
    version = mentor.headers | {"If-Match": '"1"'}
    client.post(f"{OWN}/engagements/{made['id']}/end", json=end, headers=version)
    referral = {
        "kind": "referral", "type": "higher_education", "started_on": "2025-04-01",
        "to_whom": "The university", "element": "SME-BM/U4.2", "note": "Transfer prices.",
    }  # fmt: skip
    client.post(f"{OWN}/records", json=referral, headers=mentor.headers)
    document = client.get(f"{OWN}/transcript", headers=mentor.headers).json()

    admitted(client, world, handed_in(client, there, document).json()["id"])

    [engagement] = client.get(f"{OWN}/engagements", headers=there.headers).json()["items"]
    [session] = sessions(client, there, engagement["id"])
    [record] = client.get(f"{OWN}/records", headers=there.headers).json()["items"]
    told = [engagement[name] for name in ("is_paid", "touch", "end_reason")]
    assert told == [True, "high", "need_changed"]
    assert (session["channel"], session["type"]) == ("video", "goal_setting")
    assert {name: record[name] for name in referral} == referral


def test_a_type_that_means_nothing_here_is_left_out(client: TestClient, world: World, mentor, there):
    trusted(client, world)
    named = {"code": "apart", "titles": {"en": "Apart"}}
    own_types, manager = "/v1/practice/activity-types", world.alpha["administrator"].headers
    client.post(own_types, json=named, headers=manager)
    client.post(own_types, json=named | {"code": "odd", "record_kind": "cpd"}, headers=manager)
    made = an_engagement(client, mentor)
    an_import(
        client, mentor, b"engagement,date,start,end,channel,type\noliva,2025-03-10,09:00,10:00,video,apart\n"
    )
    course = {"kind": "cpd", "type": "odd", "started_on": "2025-04-01", "hours": "3"}
    logged = client.post(f"{OWN}/records", json=course, headers=mentor.headers)
    assert logged.status_code == 201, logged.text
    document = client.get(f"{OWN}/transcript", headers=mentor.headers).json()

    admitted(client, world, handed_in(client, there, document).json()["id"])

    [engagement] = client.get(f"{OWN}/engagements", headers=there.headers).json()["items"]
    assert [one["type"] for one in sessions(client, mentor, made["id"])] == ["apart"]
    assert [one["type"] for one in sessions(client, there, engagement["id"])] == [None]
    [record] = client.get(f"{OWN}/records", headers=there.headers).json()["items"]
    assert (record["kind"], record["type"]) == ("cpd", None)


def test_a_transcript_from_before_there_were_these_fields_enters_as_it_is():
    session = {
        "held_on": "2025-03-10", "starts_at": "2025-03-10T08:00:00Z", "ends_at": "2025-03-10T09:00:00Z",
        "kind": "session", "note": None, "state": "logged",
    }  # fmt: skip
    record = {
        "id": "01890000-0000-7000-8000-000000000001", "kind": "training", "started_on": "2025-03-10",
        "ended_on": None, "hours": "4", "given_by": None, "note": None, "engagement_id": None,
        "is_backed": False,
    }  # fmt: skip

    assert TranscriptSession.model_validate_json(json.dumps(session)).channel is None
    assert TranscriptRecord.model_validate_json(json.dumps(record)).element is None
    with pytest.raises(ValueError, match="names its element"):
        TranscriptRecord.model_validate_json(json.dumps(record | {"kind": "referral"}))


def test_what_a_mentee_told_assessors_alone_does_not_leave_with_the_mentor(client: TestClient, mentor):
    made = an_engagement(client, mentor)
    an_import(client, mentor, THREE)
    answer = {"feedback": "She was late each time.", "audience": "assessors"}
    client.post(a_link(client, mentor, made["id"]), json=answer)

    transcript = client.get(f"{OWN}/transcript", headers=mentor.headers)

    [record] = transcript.json()["transcript"]["records"]
    assert (record["kind"], record["note"], record["is_backed"]) == ("feedback", None, True)
    assert "late each time" not in transcript.text


class TestTrust:
    def test_a_body_that_nobody_trusts_is_refused(self, client: TestClient, mentor, there):
        answer = handed_in(client, there, a_transcript(client, mentor))

        assert (answer.status_code, answer.json()["code"]) == (409, "body_not_trusted")

    def test_trust_that_has_ended_takes_nothing_in(self, client: TestClient, world: World, mentor, there):
        path = f"/v1/trusted-bodies/{trusted(client, world)}/end"
        ended = client.post(path, headers=world.beta["administrator"].headers)

        answer = handed_in(client, there, a_transcript(client, mentor))
        again = client.post(path, headers=world.beta["administrator"].headers)

        assert ended.json()["ended_on"] == "2026-03-02"
        assert (answer.status_code, answer.json()["code"]) == (409, "body_not_trusted")
        assert (again.status_code, again.json()["code"]) == (409, "trust_ended_already")

    @pytest.mark.parametrize(
        "pem", ["nonsense", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
    )
    def test_what_is_no_key_is_refused(self, client: TestClient, world: World, pem: str):
        wanted = {"name": "Alpha", "kid": "one", "public_pem": pem}

        answer = client.post("/v1/trusted-bodies", json=wanted, headers=world.beta["administrator"].headers)

        assert (answer.status_code, answer.json()["code"]) == (422, "exchange_key_refused")

    def test_its_own_key_is_refused(self, client: TestClient, world: World):
        found = client.get("/public/v1/bodies/beta/keys").json()["items"]
        key = next(one for one in found if one["purpose"] == "exchange")
        wanted = {"name": "Me", "kid": "another-id", "public_pem": key["public_pem"]}

        answer = client.post("/v1/trusted-bodies", json=wanted, headers=world.beta["administrator"].headers)

        assert (answer.status_code, answer.json()["code"]) == (422, "exchange_key_own")

    def test_a_seal_is_no_key_for_exchange(self, client: TestClient, world: World):
        found = client.get("/public/v1/bodies/alpha/keys").json()["items"]
        tokens = next(one for one in found if one["purpose"] == "tokens")
        wanted = {"name": "Alpha", "kid": tokens["kid"], "public_pem": tokens["public_pem"]}

        answer = client.post("/v1/trusted-bodies", json=wanted, headers=world.beta["administrator"].headers)

        assert (answer.status_code, answer.json()["code"]) == (422, "exchange_key_refused")


class TestForgery:
    def test_one_changed_word_breaks_the_signature(self, client: TestClient, world: World, mentor, there):
        trusted(client, world)
        document = a_transcript(client, mentor)
        for session in document["transcript"]["engagements"][0]["sessions"]:
            session["state"] = "confirmed"

        answer = handed_in(client, there, document)

        assert (answer.status_code, answer.json()["code"]) == (422, "signature_refused")

    def test_another_spacing_is_the_same_document(self, client: TestClient, world: World, mentor, there):
        trusted(client, world)
        pretty = json.dumps(a_transcript(client, mentor), indent=4, ensure_ascii=False).encode()

        assert handed_in(client, there, pretty).status_code == 201

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file_empty"),
            (b"not json", "transcript_malformed"),
            (b"[]", "transcript_refused"),
            (b"{}", "transcript_refused"),
            (b"[" * 100_000, "transcript_malformed"),
            (b'{"transcript": {"hours": 1.5}}', "transcript_refused"),
            (b'{"transcript": ' + b"9" * 5000 + b"}", "transcript_malformed"),
            (b"\xff\xfe", "transcript_malformed"),
        ],
    )
    def test_what_is_no_transcript_is_refused_by_code(
        self, client: TestClient, there, content: bytes, code: str
    ):
        answer = handed_in(client, there, content)

        assert answer.status_code == 422, answer.text
        assert answer.json()["code"] == code or content == b""

    def test_faults_are_named_with_their_place(self, client: TestClient, mentor, there):
        document = a_transcript(client, mentor)
        document["transcript"]["engagements"][0]["phase"] = "decline"
        document["transcript"]["engagements"][0]["ended_on"] = None

        findings = handed_in(client, there, document).json()["findings"]

        assert "/transcript/engagements/0/phase" in {found["pointer"] for found in findings}


class TestJudging:
    @pytest.fixture
    def entry(self, client: TestClient, world: World, mentor: Member, there: Member) -> str:
        trusted(client, world)
        return str(handed_in(client, there, a_transcript(client, mentor)).json()["id"])

    def test_who_judges_sees_both_names_and_leaves_a_trace(self, client, world, runtime, entry):
        reviewer = world.beta["application_reviewer"].headers

        seen = client.get(f"/v1/practice/entries/{entry}", headers=reviewer).json()

        assert (seen["name_there"], seen["name_here"]) == ("Person of Alpha", "Person of Beta")
        assert (seen["from_body"], seen["sessions"], seen["attested_by"]) == ("Alpha", 3, [])
        assert len(events(runtime, "record.disclosed")) == 1

    def test_what_a_body_signed_whose_trust_has_ended_is_admitted_no_more(
        self, client: TestClient, world: World, entry: str, there
    ):
        office = world.beta["administrator"].headers
        [trust] = client.get("/v1/trusted-bodies", headers=office).json()["items"]
        client.post(f"/v1/trusted-bodies/{trust['id']}/end", headers=office)

        answer = admitted(client, world, entry)

        assert (answer.status_code, answer.json()["code"]) == (409, "body_not_trusted")
        assert measures(client, there)[("confirmed_hours", None)] == "0.00"

    def test_a_transcript_is_judged_once(self, client: TestClient, world: World, entry: str, there):
        reviewer = world.beta["application_reviewer"].headers
        path = f"/v1/practice/entries/{entry}"

        refused = client.post(f"{path}/refusal", json={"reason": "Other name."}, headers=reviewer)
        late = client.post(f"{path}/admission", headers=reviewer)

        assert (refused.json()["state"], refused.json()["reason"]) == ("turned_down", "Other name.")
        assert (late.status_code, late.json()["code"]) == (409, "entry_move_refused")
        assert measures(client, there)[("confirmed_hours", None)] == "0.00"

    def test_nobody_admits_her_own(self, client: TestClient, world: World, mentor: Member):
        trusted(client, world)
        reviewer = world.beta["application_reviewer"]
        entry = handed_in(client, reviewer, a_transcript(client, mentor)).json()["id"]

        answer = admitted(client, world, entry)

        assert (answer.status_code, answer.json()["code"]) == (409, "own_practice_admitted")

    def test_a_mentor_sees_hers_alone(self, client: TestClient, world: World, entry: str, there):
        own = client.get(f"{OWN}/entries", headers=there.headers).json()["items"]
        other = client.get(f"{OWN}/entries", headers=world.beta["mentee"].headers).json()["items"]

        assert ([one["id"] for one in own], other) == ([entry], [])
