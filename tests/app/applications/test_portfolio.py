"""The portfolio of a case: for who is free and has declared, under numbers, and the mentor is told."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.work import Caller, Runtime
from tests.factories import marking as a
from tests.factories.practice import OWN, a_link, a_milestone, an_engagement, handed_in
from tests.support.counting import events, rows
from tests.support.world import Member, StandingClock, World

PDF, REDACTED = b"%PDF-1.7 with names", b"%PDF-1.7 without names"


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def engagement(client: TestClient, mentor: Member) -> dict[str, Any]:
    return an_engagement(client, mentor)


@pytest.fixture
def place(engagement: dict[str, Any]) -> str:
    return f"engagements/{engagement['id']}"


@pytest.fixture
def case(system: Caller, world: World, version_id: UUID) -> UUID:
    return a.an_admitted_case(system, world, version_id)


def declare(client: TestClient, member: Member, case: UUID, answer: str = "none") -> None:
    made = client.post(
        f"/v1/cases/{case}/conflict-declarations", json={"answer": answer}, headers=member.headers
    )
    assert made.status_code == 201, made.text


def portfolio(client: TestClient, member: Member, case: UUID) -> Any:
    return client.get(f"/v1/cases/{case}/portfolio", headers=member.headers)


def content(client: TestClient, member: Member, case: UUID, piece: dict[str, Any]) -> Any:
    return client.get(f"/v1/cases/{case}/evidence/{piece['id']}/content", headers=member.headers)


def redact(client: TestClient, mentor: Member, piece: dict[str, Any]) -> None:
    path = f"{OWN}/evidence/{piece['id']}/versions"
    answer = client.post(path, files={"file": ("r", REDACTED)}, headers=mentor.headers)
    assert answer.status_code == 201, answer.text


class TestWhoSees:
    def test_a_reviewer_sees_it_once_she_has_declared(
        self, client: TestClient, world: World, mentor: Member, place: str, case: UUID
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)
        reviewer = world.alpha["application_reviewer"]

        before = [portfolio(client, reviewer, case), content(client, reviewer, case, piece)]
        declare(client, reviewer, case)
        after = content(client, reviewer, case, piece)

        assert [answer.json()["code"] for answer in before] == ["declaration_missing"] * 2
        assert (after.status_code, after.content) == (200, PDF)
        assert after.headers["x-content-type-options"] == "nosniff"
        assert after.headers["content-disposition"].startswith("attachment")

    def test_who_declared_a_conflict_or_trained_her_does_not(
        self, client: TestClient, system: Caller, world: World, mentor: Member, case: UUID
    ) -> None:
        reviewer, decider = world.alpha["application_reviewer"], world.alpha["decision_maker"]
        declare(client, reviewer, case, "declared")
        declare(client, decider, case)
        a.trained_by(system, decider.person_id, mentor.person_id)

        answers = [portfolio(client, member, case) for member in (reviewer, decider)]

        assert [answer.json()["code"] for answer in answers] == ["conflict_declared", "not_impartial"]

    def test_the_auditor_reads_and_declares_nothing(
        self, client: TestClient, world: World, mentor: Member, place: str, case: UUID
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)

        assert content(client, world.alpha["auditor"], case, piece).content == PDF

    def test_others_are_not_let_in(
        self, client: TestClient, world: World, mentor: Member, place: str, case: UUID
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)
        strangers = (world.alpha["assessor"], world.alpha["administrator"], world.alpha["trainer"])

        for member, status in [(found, 403) for found in strangers] + [(world.beta["auditor"], 404)]:
            assert portfolio(client, member, case).status_code == status
            assert content(client, member, case, piece).status_code == status

    def test_what_is_another_persons_is_not_in_the_case(
        self, client: TestClient, world: World, case: UUID
    ) -> None:
        other = world.alpha["trainer"]
        theirs = handed_in(client, other, f"engagements/{an_engagement(client, other)['id']}", PDF)

        answer = content(client, world.alpha["auditor"], case, theirs)

        assert answer.status_code == 404
        assert portfolio(client, world.alpha["auditor"], case).json()["evidence"] == []


class TestWhatIsShown:
    def test_engagements_have_numbers_for_firms_and_milestones_the_mentees_word(
        self,
        client: TestClient,
        world: World,
        mentor: Member,
        engagement: dict[str, Any],
        case: UUID,
    ) -> None:
        path = f"{OWN}/engagements/{engagement['id']}"
        headers = mentor.headers | {"If-Match": '"1"'}
        client.post(f"{path}/milestones", json=a_milestone("initial_goals"), headers=headers)
        client.post(a_link(client, mentor, engagement["id"]), json={})

        shown = portfolio(client, world.alpha["auditor"], case)

        (told,) = shown.json()["engagements"]
        assert (told["firm"], told["milestones_shown"][0]["state"]) == (1, "confirmed")
        assert "livar" not in shown.text.lower()

    def test_an_earlier_version_is_never_shown_again(
        self, client: TestClient, world: World, mentor: Member, place: str, case: UUID
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)
        auditor = world.alpha["auditor"]
        first = content(client, auditor, case, piece)

        redact(client, mentor, piece)

        second = content(client, auditor, case, piece)
        (shown,) = portfolio(client, auditor, case).json()["evidence"]
        assert (first.content, second.content) == (PDF, REDACTED)
        assert (shown["version"]["number"], shown["version"]["is_redacted"]) == (2, True)
        assert second.headers["etag"] == f'"{shown["version"]["sha256"]}"'

    def test_nothing_is_shown_of_what_is_not_redacted_yet_or_stays_where_it_is(
        self, client: TestClient, world: World, mentor: Member, place: str, case: UUID
    ) -> None:
        url = "https://olivardelalba.example/"
        pieces = [
            handed_in(client, mentor, place, PDF, confidentiality="redacted"),
            handed_in(client, mentor, place, PDF, confidentiality="redacted", url=url),
            handed_in(client, mentor, place, confidentiality="attested"),
        ]
        auditor = world.alpha["auditor"]

        shown = portfolio(client, auditor, case)

        assert [found["version"] for found in shown.json()["evidence"]] == [None] * 3
        assert "olivar" not in shown.text
        assert [content(client, auditor, case, piece).status_code for piece in pieces] == [404] * 3

    def test_what_came_after_the_application_is_marked(
        self,
        client: TestClient,
        clock: StandingClock,
        world: World,
        mentor: Member,
        place: str,
        case: UUID,
    ) -> None:
        handed_in(client, mentor, place, PDF)
        clock.advance(timedelta(seconds=1))
        handed_in(client, mentor, place, PDF)

        shown = portfolio(client, world.alpha["auditor"], case).json()["evidence"]

        assert [found["is_after_submission"] for found in shown] == [False, True]

    def test_an_application_pins_what_was_handed_in_by_then(
        self, client: TestClient, runtime: Runtime, version_id: UUID, mentor: Member, place: str
    ) -> None:
        def apply() -> bytes:
            answer = client.post("/v1/me/cases", json=_application(version_id), headers=mentor.headers)
            assert answer.status_code == 201, answer.text
            return bytes(events(runtime, "application.submitted")[-1].body).split(b'"evidence":"')[1][:64]

        bare = apply()
        piece = handed_in(client, mentor, place, PDF)
        one = apply()
        redact(client, mentor, piece)
        two = apply()

        assert len({bare, one, two}) == 3


class TestAccesses:
    def test_the_mentor_sees_who_opened_it_by_role_and_day(
        self,
        client: TestClient,
        clock: StandingClock,
        world: World,
        mentor: Member,
        place: str,
        case: UUID,
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)
        reviewer = world.alpha["application_reviewer"]
        declare(client, reviewer, case)
        content(client, reviewer, case, piece)
        redact(client, mentor, piece)
        clock.advance(timedelta(hours=14, minutes=1))  # past midnight in Madrid, not yet in London
        for name in ("auditor", "person"):
            a.signed_in_again(client, world, name)
        content(client, world.alpha["auditor"], case, piece)

        answer = client.get(f"{OWN}/evidence/{piece['id']}/accesses", headers=mentor.headers)

        assert answer.json()["items"] == [
            {"on": "2026-03-02", "role": "application_reviewer", "version": 1},
            {"on": "2026-03-03", "role": "auditor", "version": 2},
        ]
        assert str(reviewer.person_id) not in answer.text

    def test_her_own_reading_a_refusal_and_the_list_are_no_openings(
        self, client: TestClient, runtime: Runtime, world: World, mentor: Member, place: str, case: UUID
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)
        version = piece["versions"][0]["id"]
        client.get(f"{OWN}/evidence/{piece['id']}/versions/{version}/content", headers=mentor.headers)
        content(client, world.alpha["application_reviewer"], case, piece)
        portfolio(client, world.alpha["auditor"], case)

        answer = client.get(f"{OWN}/evidence/{piece['id']}/accesses", headers=mentor.headers)

        assert answer.json()["items"] == []
        (listed,) = events(runtime, "record.disclosed")
        assert b'"what":"portfolio"' in bytes(listed.body)

    def test_the_log_keeps_the_person_and_the_hash_of_what_she_saw(
        self, client: TestClient, runtime: Runtime, world: World, mentor: Member, place: str, case: UUID
    ) -> None:
        piece = handed_in(client, mentor, place, PDF)
        auditor = world.alpha["auditor"]
        content(client, auditor, case, piece)

        (event,) = rows(runtime, "events", event="record.disclosed")

        assert str(auditor.person_id).encode() in bytes(event.body)
        assert piece["versions"][0]["sha256"].encode() in bytes(event.body)


def _application(version_id: UUID) -> dict[str, Any]:
    return {
        "scheme_version_id": str(version_id),
        "level": 3,
        "phases": ["early_startup"],
        "endorsements": [],
        "language": "en",
        "overview_version": 1,
        "needs_confirmed": ["time", "digital", "languages"],
        "agreement_version": 1,
        "accommodation": {"asked": "none"},
    }
