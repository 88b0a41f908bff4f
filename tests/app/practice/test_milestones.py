"""Milestones: noted with what showed them, confirmed by the mentee, and shown to who assesses."""

from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.core.errors import Invalid, MoveRefused
from app.core.messages import LOCALES
from app.practice.indicators import milestone_texts
from app.practice.rules import (
    Milestone,
    MilestoneAction,
    MilestoneState,
    after_milestone,
    ensure_seen,
)
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.packages import a_package
from tests.factories.practice import OWN, a_link, a_mentee, a_milestone, an_engagement, an_import, at_once
from tests.support.counting import events, rows
from tests.support.world import Member, World

ONE = "oliva,2025-03-10,09:00,10:30,session,Cash flow\n"


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


def note(client: TestClient, mentor: Member, engagement: dict[str, Any], sent: dict[str, Any]) -> Any:
    rev = client.get(f"{OWN}/engagements/{engagement['id']}", headers=mentor.headers).json()["rev"]
    return client.post(
        f"{OWN}/engagements/{engagement['id']}/milestones",
        json=sent,
        headers=mentor.headers | {"If-Match": f'"{rev}"'},
    )


def listed(client: TestClient, mentor: Member, engagement: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.get(f"{OWN}/engagements/{engagement['id']}/milestones", headers=mentor.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


class TestTexts:
    def test_each_of_the_five_milestones_has_three_indicators_in_every_language(self) -> None:
        texts = milestone_texts()

        assert list(texts) == list(Milestone)
        assert {len(text.indicators) for text in texts.values()} == {3}
        for text in texts.values():
            for told in (text.title, *text.indicators.values()):
                assert set(told) == set(LOCALES)
                assert all(told.values())

    def test_a_milestone_is_called_as_in_the_scheme_package(self) -> None:
        titles = {item["code"]: item["title"] for item in a_package()["requirements"]["milestones"]}

        assert set(titles) == set(milestone_texts())
        for kind, text in milestone_texts().items():
            assert text.title == {language: titles[kind][language] for language in LOCALES}

    def test_anybody_may_read_what_shows_a_milestone(self, client: TestClient) -> None:
        items = client.get("/public/v1/bodies/alpha/milestones").json()["items"]

        assert [item["kind"] for item in items] == list(Milestone)
        assert items[2]["indicators"][0]["text"]["en"].startswith("A useful contact")


class TestRules:
    def test_one_indicator_is_enough(self) -> None:
        ensure_seen(Milestone.AFTER_PLAN, ["new_goals"], {"new_goals", "stands_alone"})

    @pytest.mark.parametrize(
        ("seen", "code", "pointer"),
        [
            ([], "milestone_without_indicator", "/indicators"),
            (["new_goals", "charm"], "indicator_unknown", "/indicators/1/code"),
            (["new_goals", "new_goals"], "indicator_repeated", "/indicators/1/code"),
        ],
    )
    def test_what_shows_nothing_is_refused(self, seen: list[str], code: str, pointer: str) -> None:
        with pytest.raises(Invalid) as refusal:
            ensure_seen(Milestone.AFTER_PLAN, seen, {"new_goals"})

        assert (refusal.value.code, refusal.value.pointer) == (code, pointer)

    def test_what_the_mentee_confirmed_stays_confirmed(self) -> None:
        assert after_milestone(MilestoneState.DISPUTED, MilestoneAction.CONFIRM) is MilestoneState.CONFIRMED
        with pytest.raises(MoveRefused):
            after_milestone(MilestoneState.CONFIRMED, MilestoneAction.DISPUTE)


class TestNoting:
    def test_a_milestone_is_noted_with_its_indicators(
        self, client: TestClient, runtime: Runtime, mentor: Member
    ) -> None:
        made = an_engagement(client, mentor)
        sent = a_milestone("initial_goals", "roadmap", "clear_goals", reached_on="2025-02-10")

        answer = note(client, mentor, made, sent)

        assert (answer.status_code, answer.json()["milestones"]) == (200, ["initial_goals"])
        assert listed(client, mentor, made) == [
            {
                "kind": "initial_goals",
                "state": "noted",
                "reached_on": "2025-02-10",
                "settled_on": None,
                "indicators": [
                    {"code": "roadmap", "note": "Seen: roadmap.", "evidence_id": None},
                    {"code": "clear_goals", "note": "Seen: clear_goals.", "evidence_id": None},
                ],
            }
        ]
        (event,) = events(runtime, "engagement_milestone.reached")
        assert b'"indicators":["roadmap","clear_goals"]' in bytes(event.body)
        assert b"Seen" not in bytes(event.body)

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"indicators": []}, "milestone_without_indicator"),
            ({"indicators": [{"code": "new_goals", "note": "N"}]}, "indicator_unknown"),
            ({"indicators": [{"code": "roadmap", "note": "Olivar del Alba, on one page"}]}, "names_the_firm"),
            ({"reached_on": "2026-03-03"}, "day_not_come"),
            ({"reached_on": "2025-02-02"}, "milestone_before_start"),
        ],
    )
    def test_a_milestone_that_cannot_be_is_refused_and_leaves_nothing(
        self, client: TestClient, runtime: Runtime, mentor: Member, change: dict[str, Any], code: str
    ) -> None:
        made = an_engagement(client, mentor)

        answer = note(client, mentor, made, a_milestone("initial_goals") | change)

        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert rows(runtime, "practice_milestones") == []

    def test_without_the_indicators_the_input_is_not_whole(self, client: TestClient, mentor: Member) -> None:
        made = an_engagement(client, mentor)

        answer = note(client, mentor, made, {"kind": "initial_goals"})

        assert answer.json()["findings"][0]["pointer"] == "/indicators"

    def test_of_many_notes_of_one_milestone_one_is_taken(
        self, client: TestClient, runtime: Runtime, mentor: Member
    ) -> None:
        path = f"{OWN}/engagements/{an_engagement(client, mentor)['id']}/milestones"
        headers = mentor.headers | {"If-Match": '"1"'}

        statuses = at_once(lambda: client.post(path, json=a_milestone("initial_goals"), headers=headers), 6)

        assert statuses == [200] + [412] * 5
        assert len(rows(runtime, "practice_milestones")) == 1

    def test_a_milestone_noted_before_indicators_were_asked_for_stays_valid(
        self, client: TestClient, runtime: Runtime, mentor: Member
    ) -> None:
        made = an_engagement(client, mentor)
        note(client, mentor, made, a_milestone("after_plan"))
        with raw(runtime) as connection:
            _without_guard(connection, "practice_engagements", "untold")
            connection.exec_driver_sql(
                'UPDATE practice_engagements SET milestones = \'["first_advice", "after_plan"]\''
            )

        old, new = listed(client, mentor, made)

        assert (old["kind"], old["state"], old["reached_on"], old["indicators"]) == (
            "first_advice", "noted", None, [],
        )  # fmt: skip
        assert (new["kind"], new["reached_on"], len(new["indicators"])) == ("after_plan", "2026-03-02", 1)

    def test_anothers_milestones_are_not_found(
        self, client: TestClient, world: World, mentor: Member
    ) -> None:
        path = f"{OWN}/engagements/{an_engagement(client, mentor)['id']}/milestones"

        others = (world.alpha["trainer"], world.beta["person"])

        assert [client.get(path, headers=other.headers).status_code for other in others] == [404, 404]


class TestConfirming:
    def test_the_mentee_confirms_what_she_is_shown_and_disputes_by_kind(
        self, client: TestClient, runtime: Runtime, mentor: Member
    ) -> None:
        made = an_engagement(client, mentor)
        an_import(client, mentor, ONE)
        note(client, mentor, made, a_milestone("initial_goals", "roadmap"))
        note(client, mentor, made, a_milestone("first_advice"))
        link = a_link(client, mentor, made["id"])

        shown = client.get(link).json()["milestones"]
        answer = client.post(link, json={"disputed_milestones": ["first_advice"]})

        assert [item["kind"] for item in shown] == ["initial_goals", "first_advice"]
        assert shown[0]["title"]["en"] == "Initial goals set"
        assert shown[0]["indicators"] == [
            {
                "code": "roadmap",
                "text": dict(milestone_texts()[Milestone.INITIAL_GOALS].indicators["roadmap"]),
                "note": "Seen: roadmap.",
            }
        ]
        assert (answer.json()["milestones_confirmed"], answer.json()["milestones_disputed"]) == (1, 1)
        states = [(item["state"], item["settled_on"]) for item in listed(client, mentor, made)]
        assert states == [("confirmed", "2026-03-02"), ("disputed", "2026-03-02")]
        (event,) = events(runtime, "practice_sessions.confirmed")
        assert b'"milestones_confirmed":["initial_goals"]' in bytes(event.body)
        assert b'"milestones_disputed":["first_advice"]' in bytes(event.body)

    def test_a_milestone_noted_after_the_link_is_not_confirmed_by_it(
        self, client: TestClient, mentor: Member
    ) -> None:
        made = an_engagement(client, mentor)
        an_import(client, mentor, ONE)
        link = a_link(client, mentor, made["id"])
        note(client, mentor, made, a_milestone("initial_goals"))

        before = client.get(link).json()["milestones"]
        refused = client.post(link, json={"disputed_milestones": ["initial_goals"]})
        client.post(link, json={})

        assert before == []
        assert (refused.status_code, refused.json()["code"]) == (422, "milestone_not_in_link")
        assert [item["state"] for item in listed(client, mentor, made)] == ["noted"]

    def test_a_milestone_alone_is_worth_a_link_and_a_disputed_one_may_be_asked_again(
        self, client: TestClient, mentor: Member
    ) -> None:
        made = an_engagement(client, mentor)
        note(client, mentor, made, a_milestone("initial_goals"))
        client.post(a_link(client, mentor, made["id"]), json={"disputed_milestones": ["initial_goals"]})

        client.post(a_link(client, mentor, made["id"]), json={})
        nothing_left = client.post(
            f"{OWN}/engagements/{made['id']}/confirmation-links",
            json={"mentee_id": a_mentee(client, mentor, made["id"])["id"]},
            headers=mentor.headers,
        )

        assert [item["state"] for item in listed(client, mentor, made)] == ["confirmed"]
        assert nothing_left.json()["code"] == "nothing_to_confirm"

    def test_who_reviews_sees_whether_the_mentee_confirmed(
        self, client: TestClient, world: World, mentor: Member
    ) -> None:
        made = an_engagement(client, mentor)
        note(client, mentor, made, a_milestone("initial_goals"))
        client.post(a_link(client, mentor, made["id"]), json={})
        note(client, mentor, made, a_milestone("first_advice"))

        summary = client.get(
            f"/v1/people/{mentor.person_id}/practice", headers=world.alpha["application_reviewer"].headers
        ).json()

        (engagement,) = summary["engagements"]
        assert engagement["milestones"] == ["initial_goals", "first_advice"]
        assert [item["state"] for item in engagement["milestones_shown"]] == ["confirmed", "noted"]
        assert engagement["milestones_shown"][0]["indicators"][0]["note"] == "Seen: clear_goals."


class TestDatabase:
    def test_a_milestone_that_nothing_shows_is_never_confirmed(
        self, client: TestClient, runtime: Runtime, mentor: Member
    ) -> None:
        made = an_engagement(client, mentor)
        note(client, mentor, made, a_milestone("initial_goals"))
        with raw(runtime) as connection:
            _without_guard(connection, "practice_milestone_indicators", "kept")
            connection.exec_driver_sql("DELETE FROM practice_milestone_indicators")

            with pytest.raises(sa.exc.DBAPIError) as refusal:
                connection.exec_driver_sql(
                    "UPDATE practice_milestones SET state = 'confirmed', rev = rev + 1"
                )

        assert refused_by(refusal.value) == "7.3"

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE practice_milestones SET state = 'noted', rev = rev + 1",
            "UPDATE practice_milestones SET state = 'disputed', rev = rev + 1",
            "UPDATE practice_milestones SET reached_on = '2020-01-01', rev = rev + 1",
            "UPDATE practice_milestones SET kind = 'after_plan', rev = rev + 1",
            "UPDATE practice_milestone_indicators SET note = 'better', rev = rev + 1",
            "INSERT INTO practice_milestone_indicators SELECT {columns}"
            " FROM practice_milestone_indicators LIMIT 1",
            "INSERT INTO practice_milestones SELECT {columns} FROM practice_milestones LIMIT 1",
        ],
    )
    def test_what_was_noted_and_confirmed_stays(
        self, client: TestClient, runtime: Runtime, mentor: Member, change: str
    ) -> None:
        made = an_engagement(client, mentor)
        note(client, mentor, made, a_milestone("initial_goals"))
        client.post(a_link(client, mentor, made["id"]), json={})

        with raw(runtime) as connection:
            statement = change.format(columns=_columns(connection, change.split()[2]))
            with pytest.raises(sa.exc.DBAPIError) as refusal:
                connection.exec_driver_sql(statement)

        assert refused_by(refusal.value) == "7.3"


def _columns(connection: sa.Connection, table: str) -> str:
    """A row's columns with an id and a number of its own, so that nothing but the rule is in its way."""
    if table not in {"practice_milestone_indicators", "practice_milestones"}:
        return ""
    new = "'01890000-0000-7000-8000-00000000beef'"
    if connection.dialect.name == "postgresql":
        new += "::uuid"
    else:
        new = new.replace("-", "")
    names = [column["name"] for column in sa.inspect(connection).get_columns(table)]
    return ", ".join({"id": new, "rev": "rev + 100"}.get(name, name) for name in names)


def _without_guard(connection: sa.Connection, table: str, name: str) -> None:
    """Take a guard away, as an administrator of the database could."""
    on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
    connection.exec_driver_sql(f"DROP TRIGGER guard_{table}_{name}{on}")
