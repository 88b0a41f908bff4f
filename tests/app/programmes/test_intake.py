"""Intake windows, requests to join, their ranks, and who may read them."""

from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import at_once
from tests.factories.programmes import (
    MENTORS,
    OWN,
    WINDOW,
    a_member,
    a_programme,
    a_reply,
    a_request,
    a_window,
    asked,
    inducted,
    own,
    ranked,
    replies,
    sent,
    states,
)
from tests.support.counting import events, rows
from tests.support.world import World

WISH = {"programme": "business-ready", "motivation": "I led such a firm."}


class TestAsking:
    def test_a_mentor_asks_while_the_window_is_open(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        made = a_request(client, world.alpha["person"])

        assert (made["state"], made["asked_on"]) == ("asked", "2026-03-02")
        assert made["induction_days"] == window["induction_days"]
        assert own(client, world.alpha["person"]) == [made]
        assert own(client, world.alpha["mentee"]) == []
        assert len(events(runtime, "programme.requested")) == 1

    @pytest.mark.parametrize(
        ("opens_on", "closes_on", "code"),
        [
            ("2026-03-03", "2026-03-31", "intake_not_open_yet"),
            ("2026-02-01", "2026-03-01", "intake_over"),
        ],
    )
    def test_outside_it_the_window_is_named(
        self,
        client: TestClient,
        world: World,
        programme: dict[str, Any],
        opens_on: str,
        closes_on: str,
        code: str,
    ) -> None:
        a_window(
            client, world.alpha, programme, opens_on=opens_on, closes_on=closes_on, induction_days=[closes_on]
        )

        answer = client.post(OWN, json=WISH, headers=world.alpha["person"].headers)

        assert (answer.status_code, answer.json()["code"]) == (409, code)
        assert answer.json()["facts"] == {"opens_on": opens_on, "closes_on": closes_on}
        assert opens_on in answer.json()["detail"]

    @pytest.mark.usefixtures("programme")
    def test_no_window_and_no_programme_are_told_apart(self, client: TestClient, world: World) -> None:
        headers = world.alpha["person"].headers

        unannounced = client.post(OWN, json=WISH, headers=headers)
        unknown = client.post(OWN, json=WISH | {"programme": "unheard-of"}, headers=headers)

        assert (unannounced.status_code, unannounced.json()["code"]) == (409, "intake_unannounced")
        assert unknown.status_code == 404

    @pytest.mark.usefixtures("window")
    def test_a_person_has_one_request_that_lives(
        self, client: TestClient, world: World, runtime: Runtime
    ) -> None:
        headers = world.alpha["person"].headers

        statuses = at_once(lambda: client.post(OWN, json=WISH, headers=headers), 6)
        refused = client.post(OWN, json=WISH, headers=headers)

        assert statuses == [201, 409, 409, 409, 409, 409]
        assert refused.json()["code"] == "programme_request_there_already"
        assert len(rows(runtime, "programme_requests")) == 1

    def test_who_withdrew_may_ask_again_and_who_was_declined_in_another_window_only(
        self, client: TestClient, world: World, window: dict[str, Any]
    ) -> None:
        person, headers = world.alpha["person"], world.alpha["person"].headers
        first = a_request(client, person)
        sent(client, "POST", f"{OWN}/{first['id']}/withdrawal", person)
        second = a_request(client, person)
        replies(client, world.alpha, window, a_reply(second, "declined", "Too little time."))

        answer = client.post(OWN, json=WISH, headers=headers)

        assert (answer.status_code, answer.json()["code"]) == (409, "programme_request_declined_already")
        assert [(one["state"], one["reasons"]) for one in own(client, person)] == [
            ("declined", "Too little time."),
            ("withdrawn", None),
        ]

    @pytest.mark.usefixtures("window")
    def test_nobody_withdraws_anothers_request(self, client: TestClient, world: World) -> None:
        made = a_request(client, world.alpha["person"])

        answer = client.post(f"{OWN}/{made['id']}/withdrawal", headers=world.alpha["mentee"].headers)

        assert answer.status_code == 404

    def test_a_closed_programme_takes_no_request_and_gives_no_reply(
        self, client: TestClient, world: World, programme: dict[str, Any], window: dict[str, Any]
    ) -> None:
        made, manager = a_request(client, world.alpha["person"]), world.alpha["programme_manager"]
        path = f"/v1/programmes/{programme['id']}/closing"
        sent(client, "POST", path, manager, rev=programme["rev"], reason="The funding ended.")

        late = client.post(OWN, json=WISH, headers=world.alpha["mentee"].headers)
        reply = replies(client, world.alpha, window, a_reply(made, "offered"))
        withdrawn = client.post(f"{OWN}/{made['id']}/withdrawal", headers=world.alpha["person"].headers)

        assert (late.status_code, late.json()["code"]) == (409, "programme_closed")
        assert (reply.status_code, reply.json()["code"]) == (409, "programme_closed")
        assert withdrawn.status_code == 200


class TestWindows:
    @pytest.mark.usefixtures("window")
    def test_two_are_not_open_at_once(
        self,
        client: TestClient,
        world: World,
        programme: dict[str, Any],
        runtime: Runtime,
    ) -> None:
        answer = client.post(
            f"/v1/programmes/{programme['id']}/intake-windows",
            json=WINDOW
            | {"opens_on": "2026-03-31", "closes_on": "2026-04-30", "induction_days": ["2026-05-01"]},
            headers=world.alpha["programme_manager"].headers,
        )
        with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
            connection.exec_driver_sql(
                "INSERT INTO programme_windows (body_id, id, rev, programme_id, opens_on, closes_on, places,"
                " induction_days) SELECT body_id, programme_id, 99, programme_id, '2026-03-31', '2026-04-30',"
                " 1, induction_days FROM programme_windows"
            )

        assert (answer.status_code, answer.json()["code"]) == (409, "windows_overlap")
        assert refused_by(refused.value) == "PRG-1"

    def test_added_places_go_to_the_first_in_line(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        requests = asked(client, world.alpha, *MENTORS[:4])
        later, sooner = (
            ranked(client, world.alpha, requests[2], 9),
            ranked(client, world.alpha, requests[3], 4),
        )
        replies(
            client,
            world.alpha,
            window,
            a_reply(requests[0], "offered"),
            a_reply(requests[1], "offered"),
            a_reply(later, "waiting"),
            a_reply(sooner, "waiting"),
        )

        wanted = {name: window[name] for name in WINDOW} | {"places": 3}
        path = f"/v1/intake-windows/{window['id']}"
        manager = world.alpha["programme_manager"]
        changed = sent(client, "PUT", path, manager, rev=window["rev"], **wanted)
        fewer = client.put(
            path,
            json=wanted | {"places": 2},
            headers=manager.headers | {"If-Match": f'"{changed["rev"]}"'},
        )
        line = sent(client, "GET", f"{path}/waiting-list", world.alpha["adviser"])

        assert states(client, world.alpha, window)[sooner["person_id"]] == "offered"
        assert [(one["request_id"], one["rank"]) for one in line["items"]] == [(later["id"], 9)]
        assert (fewer.status_code, fewer.json()["code"]) == (409, "places_held")
        assert [len(rows(runtime, "programme_requests", place_no=number)) for number in (1, 2, 3)] == [
            1,
            1,
            1,
        ]


class TestRanking:
    @pytest.mark.usefixtures("window")
    def test_a_request_is_ranked_with_reasons_that_the_person_does_not_see(
        self, client: TestClient, world: World, runtime: Runtime
    ) -> None:
        made = a_request(client, world.alpha["person"])

        found = ranked(client, world.alpha, made, 3)
        stale = client.put(
            f"/v1/programme-requests/{made['id']}/rank",
            json={"rank": 1, "reasons": "Better."},
            headers=world.alpha["programme_manager"].headers | {"If-Match": '"1"'},
        )

        assert (found["rank"], found["rank_reasons"]) == (3, "Knows the trade.")
        assert "rank" not in str(own(client, world.alpha["person"]))
        assert stale.status_code == 412
        assert b"Knows the trade." not in events(runtime, "programme_request.ranked")[0].body

    def test_what_is_replied_to_is_not_ranked(
        self, client: TestClient, world: World, window: dict[str, Any]
    ) -> None:
        made = a_request(client, world.alpha["person"])
        replies(client, world.alpha, window, a_reply(made, "offered"))

        answer = client.put(
            f"/v1/programme-requests/{made['id']}/rank",
            json={"rank": 1, "reasons": "Better."},
            headers=world.alpha["programme_manager"].headers | {"If-Match": '"2"'},
        )

        assert (answer.status_code, answer.json()["code"]) == (409, "programme_request_replied_already")

    def test_nobody_has_a_say_in_her_own_request(
        self, client: TestClient, world: World, window: dict[str, Any]
    ) -> None:
        manager = world.alpha["programme_manager"]
        made = a_request(client, manager)
        path = f"/v1/programme-requests/{made['id']}"

        rank = client.put(
            f"{path}/rank", json={"rank": 1, "reasons": "Me."}, headers=manager.headers | {"If-Match": '"1"'}
        )
        reply = replies(client, world.alpha, window, a_reply(made, "offered")).json()
        induct = client.post(f"{path}/induction", json={"inducted_on": "2026-03-01"}, headers=manager.headers)

        assert {answer.json()["code"] for answer in (rank, induct)} == {"own_programme_request"}
        assert [row["code"] for row in reply["rows"]] == ["own_programme_request"]


class TestReading:
    def test_requests_are_read_by_those_who_run_the_programme_and_that_is_recorded(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        a_request(client, world.alpha["person"])
        path = f"/v1/intake-windows/{window['id']}/requests"

        statuses = {
            role: client.get(path, headers=world.alpha[role].headers).status_code
            for role in ("programme_manager", "adviser", "auditor", "assessor", "decision_maker", "person")
        }

        assert statuses == {
            "programme_manager": 200,
            "adviser": 200,
            "auditor": 200,
            "assessor": 403,
            "decision_maker": 403,
            "person": 403,
        }
        assert len(events(runtime, "record.disclosed")) == 3

    def test_what_mentors_write_does_not_stand_in_the_log(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        made = a_request(client, world.alpha["person"])
        replies(client, world.alpha, window, a_reply(made, "declined", "Too little time."))

        bodies = [row.body for row in rows(runtime, "events")]

        assert not any(b"such a firm" in body or b"Too little time" in body for body in bodies)

    def test_a_page_follows_a_page(self, client: TestClient, world: World, window: dict[str, Any]) -> None:
        asked(client, world.alpha, *MENTORS[:3])
        path = f"/v1/intake-windows/{window['id']}/requests"

        first = sent(client, "GET", f"{path}?limit=2", world.alpha["adviser"])
        second = sent(client, "GET", f"{path}?limit=2&cursor={first['next']}", world.alpha["adviser"])

        assert [len(page["items"]) for page in (first, second)] == [2, 1]
        assert second["items"][0]["mentor_name"] == "Trainer of Alpha"


def test_mentors_are_recruited_before_the_programme_starts(client: TestClient, world: World) -> None:
    planned = a_programme(client, world.alpha, starts_on="2026-05-01")
    window = a_window(client, world.alpha, planned)

    member = a_member(client, world.alpha, window, world.alpha["person"])

    assert (member["state"], member["inducted_on"]) == ("member", "2026-03-01")


@pytest.mark.parametrize(
    ("day", "code"), [("2026-03-03", "day_not_come"), ("2026-02-28", "induction_day_unknown")]
)
def test_an_induction_lies_on_a_day_of_the_window_that_has_come(
    client: TestClient, world: World, window: dict[str, Any], day: str, code: str
) -> None:
    made = a_request(client, world.alpha["person"])
    replies(client, world.alpha, window, a_reply(made, "offered"))

    answer = client.post(
        f"/v1/programme-requests/{made['id']}/induction",
        json={"inducted_on": day},
        headers=world.alpha["programme_manager"].headers,
    )

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert inducted(client, world.alpha, made)["state"] == "member"
