"""Members, the engagements they link, and statements of work."""

import csv
import io
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import a_link, an_engagement, an_import, at_once
from tests.factories.programmes import (
    OWN,
    a_member,
    a_programme,
    a_reply,
    a_request,
    a_window,
    replies,
    sent,
)
from tests.support.counting import events, rows
from tests.support.world import StandingClock, World

FEBRUARY = (
    "oliva,2026-02-09,09:00,10:00,session,\n"
    "oliva,2026-02-20,09:00,10:30,session,\n"
    "oliva,2026-02-21,16:00,18:00,group,\n"
    "wino,2026-02-21,16:00,18:00,group,\n"
    "wino,2026-02-28,23:30,23:59,session,\n"
    "wino,2026-03-01,00:00,00:20,session,\n"
)
EARLY = {"opens_on": "2026-02-01", "induction_days": ["2026-02-10"]}
"""An induction on 10 February: what was held the day before does not belong to the programme."""


@pytest.fixture
def window(client: TestClient, world: World, programme: dict[str, Any]) -> dict[str, Any]:
    return a_window(client, world.alpha, programme, **EARLY)


@pytest.fixture
def member(client: TestClient, world: World, window: dict[str, Any]) -> dict[str, Any]:
    """The person of alpha, a member since 10 February."""
    return a_member(client, world.alpha, window, world.alpha["person"], on="2026-02-10")


@pytest.fixture
def engagements(client: TestClient, world: World) -> dict[str, dict[str, Any]]:
    """Two engagements of hers with sessions in February and on 1 March, none confirmed."""
    mentor = world.alpha["person"]
    found = {
        code: an_engagement(client, mentor, code=code, sme_name=name)
        for code, name in (("oliva", "Olivar del Alba S.L."), ("wino", "Winobranie"))
    }
    loaded = an_import(client, mentor, FEBRUARY)
    assert loaded.status_code == 200, loaded.text
    return found


@pytest.fixture
def linked(
    client: TestClient, world: World, member: dict[str, Any], engagements: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    for engagement in engagements.values():
        link(client, world, member, engagement)
    return engagements


def link(client: TestClient, world: World, member: dict[str, Any], engagement: dict[str, Any]) -> Any:
    path = f"{OWN}/{member['id']}/engagements"
    return sent(client, "POST", path, world.alpha["person"], engagement_id=engagement["id"])


def own_statement(client: TestClient, world: World, month: str = "2026-02") -> dict[str, Any]:
    found: dict[str, Any] = sent(
        client, "GET", f"/v1/me/programme-statement?month={month}", world.alpha["person"]
    )
    return found


def figures(line: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {
        state: (line[state]["sessions"], line[state]["minutes"])
        for state in ("confirmed", "attested", "logged", "disputed")
    }


class TestLinking:
    def test_the_manager_sees_what_runs_without_the_firms_names(
        self, client: TestClient, world: World, programme: dict[str, Any], linked: dict[str, Any]
    ) -> None:
        path = f"/v1/programmes/{programme['id']}/engagements"
        answer = client.get(path, headers=world.alpha["programme_manager"].headers)
        found = answer.json()

        assert {
            name: found[name] for name in ("planned_firms", "firms", "engagements", "sessions", "hours")
        } == {
            "planned_firms": 100,
            "firms": 2,
            "engagements": 2,
            "sessions": 4,
            "hours": "4.32",
        }
        assert [(one["sessions"], one["hours"]) for one in found["items"]] == [(2, "3.50"), (3, "2.82")]
        assert "Oliva" not in answer.text and "oliva" not in answer.text
        assert set(linked) == {"oliva", "wino"}

    def test_before_induction_nothing_is_linked(
        self,
        client: TestClient,
        world: World,
        window: dict[str, Any],
        engagements: dict[str, Any],
        runtime: Runtime,
    ) -> None:
        made = a_request(client, world.alpha["person"])
        replies(client, world.alpha, window, a_reply(made, "offered"))

        answer = client.post(
            f"{OWN}/{made['id']}/engagements",
            json={"engagement_id": engagements["oliva"]["id"]},
            headers=world.alpha["person"].headers,
        )
        with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
            connection.exec_driver_sql(
                "INSERT INTO programme_engagements (body_id, id, rev, stream, engagement_id, linked_on)"
                " SELECT r.body_id, e.id, 99, r.id, e.id, '2026-03-02' FROM programme_requests r"
                " JOIN practice_engagements e ON e.person_id = r.person_id"
            )

        assert (answer.status_code, answer.json()["code"]) == (409, "not_a_member")
        assert refused_by(refused.value) == "PRG-3"

    def test_only_ones_own_open_engagement_with_anothers_firm_is_linked(
        self, client: TestClient, world: World, member: dict[str, Any]
    ) -> None:
        mentor, path = world.alpha["person"], f"{OWN}/{member['id']}/engagements"
        ended = an_engagement(client, mentor, code="ended")
        sent(
            client,
            "POST",
            f"/v1/me/practice/engagements/{ended['id']}/end",
            mentor,
            rev=ended["rev"],
            ended_on="2026-03-01",
        )
        mine = an_engagement(client, mentor, code="mine", own_interest=True)
        anothers = an_engagement(client, world.alpha["mentee"], code="hers")

        answers = [
            client.post(path, json={"engagement_id": one["id"]}, headers=mentor.headers)
            for one in (ended, mine, anothers)
        ]
        by_another = client.post(
            path, json={"engagement_id": anothers["id"]}, headers=world.alpha["mentee"].headers
        )

        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
            (409, "engagement_not_open"),
            (409, "own_firm_in_programme"),
            (404, "not_found"),
        ]
        assert by_another.status_code == 404

    def test_an_engagement_runs_in_one_programme(
        self,
        client: TestClient,
        world: World,
        member: dict[str, Any],
        engagements: dict[str, Any],
        runtime: Runtime,
    ) -> None:
        path, headers = f"{OWN}/{member['id']}/engagements", world.alpha["person"].headers
        wanted = {"engagement_id": engagements["oliva"]["id"]}

        statuses = at_once(lambda: client.post(path, json=wanted, headers=headers), 4)
        refused = client.post(path, json=wanted, headers=headers)

        assert statuses == [201, 409, 409, 409]
        assert refused.json()["code"] == "engagement_linked_already"
        assert len(rows(runtime, "programme_engagements")) == 1
        assert len(events(runtime, "programme_engagement.linked")) == 1

    def test_a_programme_that_does_not_run_has_no_engagements(
        self, client: TestClient, world: World, engagements: dict[str, Any]
    ) -> None:
        planned = a_programme(client, world.alpha, starts_on="2026-05-01")
        made = a_member(client, world.alpha, a_window(client, world.alpha, planned), world.alpha["person"])

        answer = client.post(
            f"{OWN}/{made['id']}/engagements",
            json={"engagement_id": engagements["oliva"]["id"]},
            headers=world.alpha["person"].headers,
        )

        assert (answer.status_code, answer.json()["code"]) == (409, "programme_not_running")

    def test_a_link_made_by_mistake_is_taken_back_until_somebody_has_spoken(
        self,
        client: TestClient,
        world: World,
        member: dict[str, Any],
        linked: dict[str, Any],
        runtime: Runtime,
    ) -> None:
        mentor, path = world.alpha["person"], f"{OWN}/{member['id']}/engagements"
        client.post(a_link(client, mentor, linked["wino"]["id"]), json={})

        undone = client.post(f"{path}/{linked['oliva']['id']}/unlinking", headers=mentor.headers)
        again = client.post(f"{path}/{linked['oliva']['id']}/unlinking", headers=mentor.headers)
        spoken = client.post(f"{path}/{linked['wino']['id']}/unlinking", headers=mentor.headers)

        assert (undone.status_code, undone.json()["unlinked_on"]) == (200, "2026-03-02")
        assert again.status_code == 404
        assert (spoken.status_code, spoken.json()["code"]) == (409, "engagement_spoken_for")
        assert len(sent(client, "GET", path, mentor)["items"]) == 2
        assert len(events(runtime, "programme_engagement.unlinked")) == 1
        link(client, world, member, linked["oliva"])

    def test_the_database_keeps_links_as_they_were_made(
        self, linked: dict[str, Any], runtime: Runtime
    ) -> None:
        with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
            connection.exec_driver_sql(
                "UPDATE programme_engagements SET linked_on = '2026-02-01', rev = rev + 1"
            )

        assert refused_by(refused.value) == "PRG-3"
        assert len(linked) == 2


class TestStatements:
    @pytest.mark.usefixtures("linked")
    def test_a_month_is_that_of_the_bodys_calendar_and_a_group_is_one_session(
        self, client: TestClient, world: World
    ) -> None:
        february, march = own_statement(client, world), own_statement(client, world, "2026-03")

        assert (february["drawn_on"], february["is_month_over"]) == ("2026-03-02", True)
        assert (march["drawn_on"], march["is_month_over"]) == ("2026-03-02", False)
        assert [figures(line)["logged"] for line in february["items"]] == [(3, 90 + 120 + 29)]
        assert [figures(line)["logged"] for line in march["items"]] == [(1, 20)]

    def test_a_statement_drawn_later_says_the_same_except_for_what_others_said(
        self, client: TestClient, world: World, linked: dict[str, Any]
    ) -> None:
        before = own_statement(client, world)
        oliva, wino = (
            a_link(client, world.alpha["person"], linked[code]["id"]) for code in ("oliva", "wino")
        )
        confirmed = client.post(oliva, json={})
        listed = client.get(wino).json()["sessions"]
        late = next(session["id"] for session in listed if session["held_on"] == "2026-02-28")
        client.post(wino, json={"disputed": [late]})

        after = own_statement(client, world)

        assert confirmed.status_code == 200
        assert figures(before["items"][0]) == {
            "confirmed": (0, 0),
            "attested": (0, 0),
            "logged": (3, 239),
            "disputed": (0, 0),
        }
        assert figures(after["items"][0]) == {
            "confirmed": (2, 210),
            "attested": (0, 0),
            "logged": (0, 0),
            "disputed": (1, 29),
        }

    def test_what_was_confirmed_is_not_changed_by_what_is_logged_later(
        self, client: TestClient, world: World, linked: dict[str, Any]
    ) -> None:
        client.post(a_link(client, world.alpha["person"], linked["oliva"]["id"]), json={})
        before = figures(own_statement(client, world)["items"][0])["confirmed"]

        an_import(client, world.alpha["person"], "oliva,2026-02-25,09:00,10:00,session,\n")
        after = figures(own_statement(client, world)["items"][0])

        assert (after["confirmed"], after["logged"]) == (before, (2, 89))

    @pytest.mark.usefixtures("linked")
    def test_what_a_member_does_after_leaving_does_not_belong_to_the_programme(
        self, client: TestClient, world: World, member: dict[str, Any], clock: StandingClock
    ) -> None:
        sent(client, "POST", f"{OWN}/{member['id']}/withdrawal", world.alpha["person"])
        loaded = an_import(client, world.alpha["person"], "oliva,2026-03-02,08:00,09:00,session,\n")

        assert loaded.status_code == 200, loaded.text
        assert figures(own_statement(client, world, "2026-03")["items"][0])["logged"] == (2, 80)
        assert clock.now().date().isoformat() == "2026-03-02"  # the day of leaving still counts

    @pytest.mark.usefixtures("linked")
    def test_the_manager_reads_all_members_and_that_is_recorded(
        self,
        client: TestClient,
        world: World,
        programme: dict[str, Any],
        window: dict[str, Any],
        runtime: Runtime,
    ) -> None:
        a_member(client, world.alpha, window, world.alpha["trainer"], on="2026-02-10")
        path = f"/v1/programmes/{programme['id']}/statement?month=2026-02"
        before = len(events(runtime, "record.disclosed"))

        found = sent(client, "GET", path, world.alpha["programme_manager"])
        statuses = {
            role: client.get(path, headers=world.alpha[role].headers).status_code
            for role in ("auditor", "adviser", "person", "administrator")
        }

        assert [(line["mentor_name"], line["logged"]["hours"]) for line in found["items"]] == [
            ("Person of Alpha", "3.98"),
            ("Trainer of Alpha", "0.00"),
        ]
        assert statuses == {"auditor": 200, "adviser": 403, "person": 403, "administrator": 403}
        assert len(events(runtime, "record.disclosed")) == before + 2

    @pytest.mark.usefixtures("linked")
    def test_it_is_handed_out_as_csv_in_utf_8_with_a_mark(
        self, client: TestClient, world: World, programme: dict[str, Any]
    ) -> None:
        paths = {
            f"/v1/programmes/{programme['id']}/statement.csv": "programme_manager",
            "/v1/me/programme-statement.csv": "person",
        }

        for path, who in paths.items():
            answer = client.get(path, params={"month": "2026-02"}, headers=world.alpha[who].headers)
            [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))

            assert answer.headers["content-type"] == "text/csv; charset=utf-8"
            assert 'filename="statement-2026-02.csv"' in answer.headers["content-disposition"]
            assert answer.content.startswith(b"\xef\xbb\xbf")
            assert (row["mentor_name"], row["drawn_on"]) == ("Person of Alpha", "2026-03-02")
            assert (row["logged_sessions"], row["logged_minutes"], row["logged_hours"]) == (
                "3",
                "239",
                "3.98",
            )

    def test_who_is_nowhere_a_member_has_an_empty_statement(self, client: TestClient, world: World) -> None:
        assert own_statement(client, world)["items"] == []

    @pytest.mark.parametrize(("month", "code"), [("2026-04", "month_not_come"), ("2026-13", "input_refused")])
    def test_a_month_that_is_none_or_has_not_begun_is_refused(
        self, client: TestClient, world: World, month: str, code: str
    ) -> None:
        answer = client.get(
            "/v1/me/programme-statement", params={"month": month}, headers=world.alpha["person"].headers
        )

        assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_members_are_listed_with_their_days(
    client: TestClient, world: World, programme: dict[str, Any], member: dict[str, Any]
) -> None:
    path = f"/v1/programmes/{programme['id']}/members"
    sent(client, "POST", f"{OWN}/{member['id']}/withdrawal", world.alpha["person"])

    [found] = sent(client, "GET", path, world.alpha["adviser"])["items"]

    assert (found["state"], found["inducted_on"], found["left_on"]) == ("left", "2026-02-10", "2026-03-02")
    assert client.get(path, headers=world.alpha["assessor"].headers).status_code == 403
