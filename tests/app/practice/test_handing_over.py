"""When the need changes: an engagement ends with a reason and goes on with another mentor of the body."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.core.errors import MoveRefused
from app.practice.rules.handing_over import MOVES, HandOverAction, HandOverState, after_hand_over
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import OWN, a_link, an_engagement, an_import, at_once, complete, measures
from tests.support.days import begin_day, mailbox
from tests.support.world import Member, World

ALL = "/v1/practice/engagements"
NEED = {"need": "Money for a second mill.", "why": "Raising money is beyond what I have done."}
TERMS = {
    "code": "taken-over", "modality": "digital", "planned_months": 3, "phase": "transition",
    "started_on": "2025-05-05",
}  # fmt: skip


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def other(world: World) -> Member:
    return world.alpha["trainer"]


@pytest.fixture
def adviser(world: World) -> Member:
    return world.alpha["adviser"]


def end(client: TestClient, by: Member, path: str, rev: int = 1, **parts: object) -> Any:
    told = {"ended_on": "2025-05-01", "reason": "need_changed"} | parts
    return client.post(f"{path}/end", json=told, headers=by.headers | {"If-Match": f'"{rev}"'})


@pytest.fixture
def ended(client: TestClient, mentor: Member) -> dict[str, Any]:
    made = an_engagement(client, mentor)
    answer = end(client, mentor, f"{OWN}/engagements/{made['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def offer(client: TestClient, by: Member, engagement: str, to: Member) -> Any:
    told = NEED | {"to_person_id": str(to.person_id)}
    return client.post(f"{ALL}/{engagement}/hand-overs", json=told, headers=by.headers)


def offered_to(client: TestClient, by: Member) -> list[dict[str, Any]]:
    return list(client.get(f"{OWN}/hand-overs", headers=by.headers).json()["items"])


def accept(client: TestClient, by: Member, hand_over: str, **changes: object) -> Any:
    return client.post(f"{OWN}/hand-overs/{hand_over}/acceptance", json=TERMS | changes, headers=by.headers)


def decline(client: TestClient, by: Member, hand_over: str) -> Any:
    return client.post(f"{OWN}/hand-overs/{hand_over}/refusal", headers=by.headers)


def withdraw(client: TestClient, by: Member, hand_over: str) -> Any:
    return client.post(f"/v1/practice/hand-overs/{hand_over}/withdrawal", headers=by.headers)


def told(runtime: Runtime, name: str) -> list[bytes]:
    with runtime.database.reading() as session:
        found = session.execute(sa.text("SELECT body FROM events WHERE event = :name").bindparams(name=name))
        return [bytes(body) for body in found.scalars()]


@pytest.mark.parametrize("state", HandOverState)
@pytest.mark.parametrize("action", HandOverAction)
def test_only_an_offer_moves(state: HandOverState, action: HandOverAction) -> None:
    if (state, action) in MOVES:
        assert state is HandOverState.OFFERED
        assert after_hand_over(state, action) is not HandOverState.OFFERED
        return
    with pytest.raises(MoveRefused):
        after_hand_over(state, action)


class TestEnding:
    def test_an_engagement_ends_with_its_reason_which_reviewers_see(
        self, client: TestClient, world: World, mentor: Member, ended: dict[str, Any]
    ) -> None:
        summary = client.get(
            f"/v1/people/{mentor.person_id}/practice", headers=world.alpha["application_reviewer"].headers
        ).json()

        assert (ended["state"], ended["end_reason"], ended["continues_id"]) == ("ended", "need_changed", None)
        assert [one["end_reason"] for one in summary["engagements"]] == ["need_changed"]

    def test_who_tells_no_reason_has_another_and_a_completed_one_has_none(
        self, client: TestClient, mentor: Member
    ) -> None:
        plain = an_engagement(client, mentor, code="a")
        done = complete(client, mentor, an_engagement(client, mentor, code="b"), "2025-08-04")
        path = f"{OWN}/engagements/{plain['id']}/end"

        bare = client.post(
            path, json={"ended_on": "2025-05-01"}, headers=mentor.headers | {"If-Match": '"1"'}
        )

        assert (bare.json()["end_reason"], done["end_reason"]) == ("other", None)

    def test_an_adviser_ends_an_engagement_in_its_mentors_place(
        self, client: TestClient, runtime: Runtime, mentor: Member, adviser: Member
    ) -> None:
        made = an_engagement(client, mentor)

        stale = end(client, adviser, f"{ALL}/{made['id']}", rev=7)
        answer = end(client, adviser, f"{ALL}/{made['id']}", reason="no_fit")

        assert stale.status_code == 412
        assert (answer.json()["state"], answer.json()["end_reason"]) == ("ended", "no_fit")
        (body,) = told(runtime, "engagement.ended")
        assert str(adviser.person_id).encode() in body

    def test_an_engagement_is_ended_by_nobody_else(
        self, client: TestClient, world: World, mentor: Member
    ) -> None:
        made = an_engagement(client, mentor)
        path = f"{ALL}/{made['id']}"

        for role in ("trainer", "assessor", "administrator", "client"):
            assert end(client, world.alpha[role], path).status_code == 403
        assert end(client, world.beta["adviser"], path).status_code == 404


class TestOffering:
    def test_a_mentor_offers_her_engagement_and_the_other_sees_what_she_needs_to_know(
        self, client: TestClient, runtime: Runtime, mentor: Member, other: Member, ended: dict[str, Any]
    ) -> None:
        made = offer(client, mentor, ended["id"], other)
        begin_day(runtime)

        assert made.status_code == 201, made.text
        (seen,) = offered_to(client, other)
        assert (seen["id"], seen["sme_name"], seen["need"]) == (
            made.json()["id"], "Olivar del Alba S.L.", NEED["need"],
        )  # fmt: skip
        assert (seen["from_mentor"], seen["end_reason"]) == ("Person of Alpha", "need_changed")
        assert offered_to(client, mentor) == []
        [mail] = mailbox(runtime)
        assert (mail.address, "Olivar" in mail.text) == ("trainer@alpha.example", False)
        (body,) = told(runtime, "hand_over.offered")
        assert (b"need_changed" in body, b"mill" in body) == (True, False)

    def test_an_adviser_offers_an_engagement_that_is_not_hers(
        self, client: TestClient, mentor: Member, other: Member, adviser: Member, ended: dict[str, Any]
    ) -> None:
        made = offer(client, adviser, ended["id"], other).json()

        assert (made["from_person_id"], made["offered_by"]) == (
            str(mentor.person_id), str(adviser.person_id),
        )  # fmt: skip

    def test_another_mentor_offers_nothing_that_is_not_hers(
        self, client: TestClient, world: World, mentor: Member, other: Member, ended: dict[str, Any]
    ) -> None:
        assert offer(client, other, ended["id"], mentor).status_code == 404
        assert offer(client, world.beta["adviser"], ended["id"], other).status_code == 404

    def test_an_engagement_is_not_handed_to_its_own_mentor(
        self, client: TestClient, mentor: Member, adviser: Member, ended: dict[str, Any]
    ) -> None:
        refused = offer(client, adviser, ended["id"], mentor)

        assert (refused.status_code, refused.json()["code"]) == (422, "hand_over_to_oneself")

    def test_nobody_of_another_body_receives_it(
        self, client: TestClient, world: World, mentor: Member, ended: dict[str, Any]
    ) -> None:
        assert offer(client, mentor, ended["id"], world.beta["trainer"]).status_code == 404

    def test_what_is_open_or_completed_is_not_handed_over(
        self, client: TestClient, mentor: Member, other: Member
    ) -> None:
        opened = an_engagement(client, mentor, code="a")
        done = complete(client, mentor, an_engagement(client, mentor, code="b"), "2025-08-04")

        for one in (opened, done):
            refused = offer(client, mentor, one["id"], other)
            assert (refused.status_code, refused.json()["code"]) == (409, "engagement_move_refused")

    def test_of_several_offers_at_once_one_stands(
        self, client: TestClient, mentor: Member, other: Member, ended: dict[str, Any]
    ) -> None:
        assert at_once(lambda: offer(client, mentor, ended["id"], other), 4) == [201, 409, 409, 409]

    def test_who_declined_makes_room_for_the_next(
        self, client: TestClient, world: World, mentor: Member, other: Member, ended: dict[str, Any]
    ) -> None:
        first = offer(client, mentor, ended["id"], other).json()["id"]
        taken = offer(client, mentor, ended["id"], world.alpha["mentee"])
        declined = decline(client, other, first)
        second = offer(client, mentor, ended["id"], world.alpha["mentee"])

        assert (taken.status_code, taken.json()["code"]) == (409, "hand_over_there_already")
        assert (declined.json()["state"], second.status_code) == ("declined", 201)
        assert offered_to(client, other) == []

    def test_an_offer_is_withdrawn_by_its_mentor_or_an_adviser_and_by_nobody_else(
        self, client: TestClient, mentor: Member, other: Member, adviser: Member, ended: dict[str, Any]
    ) -> None:
        first = offer(client, mentor, ended["id"], other).json()["id"]
        strange = withdraw(client, other, first)
        by_mentor = withdraw(client, mentor, first)
        second = offer(client, mentor, ended["id"], other).json()["id"]
        by_adviser = withdraw(client, adviser, second)
        late = accept(client, other, second)

        assert [strange.status_code, by_mentor.status_code, by_adviser.status_code] == [404, 200, 200]
        assert (late.status_code, late.json()["code"]) == (409, "hand_over_move_refused")

    def test_mentor_and_adviser_read_what_became_of_it_and_leave_a_trace(
        self,
        client: TestClient,
        runtime: Runtime,
        mentor: Member,
        other: Member,
        adviser: Member,
        ended: dict[str, Any],
    ) -> None:
        decline(client, other, offer(client, mentor, ended["id"], other).json()["id"])
        path = f"{ALL}/{ended['id']}/hand-overs"

        for by in (mentor, adviser):
            (found,) = client.get(path, headers=by.headers).json()["items"]
            assert (found["state"], found["settled_on"], found["why"]) == (
                "declined", "2026-03-02", NEED["why"],
            )  # fmt: skip
        assert client.get(path, headers=other.headers).status_code == 404
        assert len(told(runtime, "record.disclosed")) == 2

    def test_an_adviser_sees_a_mentors_engagements_and_leaves_a_trace(
        self, client: TestClient, runtime: Runtime, mentor: Member, adviser: Member, ended: dict[str, Any]
    ) -> None:
        path = f"/v1/people/{mentor.person_id}/practice/engagements"

        (found,) = client.get(path, headers=adviser.headers).json()["items"]

        assert (found["id"], found["rev"], found["sme_name"]) == (ended["id"], 2, "Olivar del Alba S.L.")
        assert client.get(path, headers=mentor.headers).status_code == 403
        assert len(told(runtime, "record.disclosed")) == 1


class TestGoingOn:
    def test_who_accepts_goes_on_in_an_engagement_that_names_what_it_continues(
        self, client: TestClient, runtime: Runtime, mentor: Member, other: Member, ended: dict[str, Any]
    ) -> None:
        made = offer(client, mentor, ended["id"], other).json()["id"]

        taken = accept(client, other, made)

        assert taken.status_code == 201, taken.text
        assert (taken.json()["continues_id"], taken.json()["sme_name"]) == (ended["id"], ended["sme_name"])
        assert (taken.json()["phase"], taken.json()["code"]) == ("transition", "taken-over")
        assert [one["state"] for one in offered_to(client, other)] == ["accepted"]
        assert len(told(runtime, "hand_over.accepted")) == 1
        assert ended["id"].encode() in told(runtime, "engagement.opened")[-1]

    def test_both_keep_their_own_hours_however_short_it_was(
        self, client: TestClient, mentor: Member, other: Member
    ) -> None:
        first = an_engagement(client, mentor)
        an_import(client, mentor, "oliva,2025-02-10,09:00,11:00,,\n")
        client.post(a_link(client, mentor, first["id"]), json={})
        rev = client.get(f"{OWN}/engagements/{first['id']}", headers=mentor.headers).json()["rev"]
        end(client, mentor, f"{OWN}/engagements/{first['id']}", rev=rev, ended_on="2025-02-17")
        second = accept(client, other, offer(client, mentor, first["id"], other).json()["id"]).json()
        an_import(client, other, "taken-over,2025-05-12,09:00,10:00,,\n")
        client.post(a_link(client, other, second["id"]), json={})

        for by, hours in ((mentor, "2.00"), (other, "1.00")):
            assert measures(client, by)[("confirmed_hours", None)] == hours
            assert measures(client, by)[("distinct_smes", None)] == "1"

    def test_she_begins_when_the_other_has_ended_and_her_own_firm_stays_her_own(
        self, client: TestClient, mentor: Member, other: Member, ended: dict[str, Any]
    ) -> None:
        made = offer(client, mentor, ended["id"], other).json()["id"]

        early = accept(client, other, made, started_on="2025-04-30")
        ahead = accept(client, other, made, started_on="2026-03-03")
        own = accept(client, other, made, started_on="2025-05-01", own_interest=True)

        assert (early.status_code, early.json()["code"]) == (422, "continues_too_early")
        assert (ahead.status_code, ahead.json()["code"]) == (422, "day_not_come")
        assert own.json()["own_interest"] is True

    def test_a_refused_acceptance_leaves_the_offer_as_it_was(
        self, client: TestClient, mentor: Member, other: Member, ended: dict[str, Any]
    ) -> None:
        an_engagement(client, other, code="taken-over")
        made = offer(client, mentor, ended["id"], other).json()["id"]

        refused = accept(client, other, made)

        assert (refused.status_code, refused.json()["code"]) == (409, "engagement_code_taken")
        assert [one["state"] for one in offered_to(client, other)] == ["offered"]

    def test_nobody_else_accepts_or_declines(
        self, client: TestClient, world: World, mentor: Member, adviser: Member, ended: dict[str, Any]
    ) -> None:
        made = offer(client, mentor, ended["id"], world.alpha["trainer"]).json()["id"]

        for by in (mentor, adviser, world.alpha["mentee"], world.beta["trainer"]):
            assert accept(client, by, made).status_code == 404
            assert decline(client, by, made).status_code == 404
        assert accept(client, world.alpha["trainer"], str(uuid4())).status_code == 404

    def test_of_several_acceptances_at_once_one_opens_an_engagement(
        self, client: TestClient, mentor: Member, other: Member, ended: dict[str, Any]
    ) -> None:
        made = offer(client, mentor, ended["id"], other).json()["id"]

        assert at_once(lambda: accept(client, other, made), 4) == [201, 409, 409, 409]


class TestTheDatabaseItself:
    COPY = "INSERT INTO practice_engagements ({names}) SELECT {values} FROM practice_engagements LIMIT 1"

    def test_no_engagement_continues_what_nobody_accepted(
        self, client: TestClient, runtime: Runtime, world: World, mentor: Member, ended: dict[str, Any]
    ) -> None:
        offer(client, mentor, ended["id"], world.alpha["trainer"])
        changes = {
            "id": f"'{uuid4()}'", "code": "'copy'", "continues_id": f"'{ended['id']}'",
            "person_id": f"'{world.alpha['trainer'].person_id}'",
        }  # fmt: skip

        with pytest.raises(sa.exc.DBAPIError, match=r"rule 7\.3"), raw(runtime) as connection:
            names = [one["name"] for one in sa.inspect(connection).get_columns("practice_engagements")]
            is_sqlite = connection.dialect.name == "sqlite"
            values = [
                changes[name].replace("-", "") if is_sqlite and name in changes and name != "code"
                else changes.get(name, name) + ("::uuid" if name in changes and name != "code" else "")
                for name in names
            ]  # fmt: skip
            connection.exec_driver_sql(self.COPY.format(names=", ".join(names), values=", ".join(values)))

    @pytest.mark.parametrize(
        "change", ["state = 'offered', settled_on = NULL", "state = 'accepted'", "offered_on = '2020-01-01'"]
    )
    def test_what_was_settled_stays(
        self,
        client: TestClient,
        runtime: Runtime,
        mentor: Member,
        other: Member,
        ended: dict[str, Any],
        change: str,
    ) -> None:
        decline(client, other, offer(client, mentor, ended["id"], other).json()["id"])

        with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
            connection.exec_driver_sql(f"UPDATE practice_hand_overs SET {change}, rev = rev + 1")

        assert refused_by(refused.value) == "7.3"

    def test_an_engagement_forgets_neither_its_origin_nor_why_it_ended(
        self, client: TestClient, runtime: Runtime, mentor: Member, other: Member, ended: dict[str, Any]
    ) -> None:
        accept(client, other, offer(client, mentor, ended["id"], other).json()["id"])

        with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
            connection.exec_driver_sql("UPDATE practice_engagements SET continues_id = NULL, rev = rev + 1")
        assert refused_by(refused.value) == "7.3"
        with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
            connection.exec_driver_sql(
                "UPDATE practice_engagements SET end_reason = 'time', rev = rev + 1 WHERE state = 'ended'"
            )
        assert refused_by(refused.value) == "7.3"
