"""Replies to many requests at once, the waiting list, and places that are never exceeded."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.programmes import (
    MENTORS,
    OWN,
    a_member,
    a_reply,
    a_request,
    a_window,
    asked,
    own,
    ranked,
    replies,
    sent,
    states,
)
from tests.support.counting import events, rows
from tests.support.days import begin_day, mailbox
from tests.support.world import World


class TestReplies:
    def test_good_rows_are_carried_out_and_each_bad_one_is_named(
        self, client: TestClient, world: World, window: dict[str, Any]
    ) -> None:
        one, two, three, four, five = asked(client, world.alpha, *MENTORS[:5])
        four = ranked(client, world.alpha, four, 1)
        unknown = {"id": "01890000-0000-7000-8000-00000000dead"}
        rows_and_codes = [
            (a_reply(one, "offered"), None),
            (a_reply(two, "declined"), "reasons_missing"),
            (a_reply(one, "declined", "Twice."), "programme_request_repeated"),
            (a_reply(two, "declined", "Other sector."), None),
            (a_reply(three, "waiting"), "rank_missing"),
            (a_reply(four, "waiting"), None),
            (a_reply(unknown, "offered"), "programme_request_unknown"),
            (a_reply(five, "offered"), None),
            (a_reply(three, "offered"), "places_taken"),
        ]

        answer = replies(client, world.alpha, window, *(row for row, _ in rows_and_codes)).json()

        assert [row["code"] for row in answer["rows"]] == [code for _, code in rows_and_codes]
        assert answer["rows"][2]["message"] == "Row 1 replies to this request already."
        assert (answer["carried_out"], answer["refused"]) == (4, 5)
        assert sorted(states(client, world.alpha, window).values()) == [
            "asked", "declined", "offered", "offered", "waiting",
        ]  # fmt: skip

    def test_a_batch_is_kept_with_its_results_and_without_the_reasons(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        first, second = asked(client, world.alpha, *MENTORS[:2])

        answer = replies(
            client,
            world.alpha,
            window,
            a_reply(first, "declined", "Other sector."),
            a_reply(second, "declined"),
        ).json()
        read = client.get(f"/v1/reply-batches/{answer['id']}", headers=world.alpha["auditor"].headers)

        assert read.json() == answer
        assert own(client, world.alpha["person"])[0]["reasons"] == "Other sector."
        assert len(events(runtime, "programme_request.moved")) == 1
        assert len(events(runtime, "programme_replies.given")) == 1
        assert "Other sector." not in str(rows(runtime, "programme_reply_batches"))

    def test_people_are_written_to_in_their_own_state_and_once(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        first, second, third = asked(client, world.alpha, *MENTORS[:3])
        third = ranked(client, world.alpha, third, 1)
        replies(
            client,
            world.alpha,
            window,
            a_reply(first, "offered"),
            a_reply(second, "declined", "Other sector."),
            a_reply(third, "waiting"),
        )

        begin_day(runtime)

        mails = {mail.address: mail for mail in mailbox(runtime)}
        assert len(mailbox(runtime)) == 3
        assert "1 March 2026, 2 March 2026, 10 April 2026" in mails["person@alpha.example"].text
        assert "Other sector." in mails["mentee@alpha.example"].text
        assert mails["trainer@alpha.example"].subject == "Business Ready: you are on the waiting list"

    def test_a_dry_run_tells_the_same_and_changes_nothing(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        first, second = asked(client, world.alpha, *MENTORS[:2])
        batch = (a_reply(first, "offered"), a_reply(second, "declined"))

        dry = replies(client, world.alpha, window, *batch, dry_run=True).json()
        wet = replies(client, world.alpha, window, *batch).json()

        assert (dry["id"], dry["is_dry_run"]) == (None, True)
        assert dry["rows"] == wet["rows"]
        assert len(rows(runtime, "programme_reply_batches")) == 1
        assert len(events(runtime, "programme_request.moved")) == 1

    def test_the_same_batch_sent_again_under_its_key_is_carried_out_once(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        made = a_request(client, world.alpha["person"])
        client.headers["Idempotency-Key"] = "offer"

        answers = [replies(client, world.alpha, window, a_reply(made, "offered")).json() for _ in range(2)]

        assert answers[0] == answers[1]
        assert len(rows(runtime, "programme_reply_batches")) == 1

    def test_messages_are_told_in_the_language_asked_for(
        self, client: TestClient, world: World, window: dict[str, Any]
    ) -> None:
        made = a_request(client, world.alpha["person"])

        answer = client.post(
            f"/v1/intake-windows/{window['id']}/reply-batches",
            params={"language": "es"},
            json={"replies": [a_reply(made, "declined")]},
            headers=world.alpha["programme_manager"].headers,
        )

        assert (
            answer.json()["rows"][0]["message"]
            == "A quien se rechaza se le dice por qué; indique los motivos."
        )

    def test_an_offer_past_the_line_is_reasoned(
        self, client: TestClient, world: World, window: dict[str, Any]
    ) -> None:
        first, second = (
            ranked(client, world.alpha, request, number)
            for number, request in enumerate(asked(client, world.alpha, *MENTORS[:2]), start=1)
        )
        replies(client, world.alpha, window, a_reply(first, "waiting"), a_reply(second, "waiting"))

        bare = replies(client, world.alpha, window, a_reply(second, "offered")).json()
        reasoned = replies(client, world.alpha, window, a_reply(second, "offered", "Speaks Basque.")).json()

        assert bare["rows"][0]["code"] == "offer_past_the_line"
        assert reasoned["rows"][0]["is_ok"]


class TestPlaces:
    def test_who_goes_makes_room_for_the_first_in_line(
        self, client: TestClient, world: World, programme: dict[str, Any], runtime: Runtime
    ) -> None:
        window = a_window(client, world.alpha, programme, places=1)
        member = a_member(client, world.alpha, window, world.alpha["person"])
        lined = [
            ranked(client, world.alpha, request, rank)
            for request, rank in zip(asked(client, world.alpha, *MENTORS[1:4]), (3, 1, 2), strict=True)
        ]
        replies(client, world.alpha, window, *(a_reply(request, "waiting") for request in lined))

        sent(client, "POST", f"{OWN}/{member['id']}/withdrawal", world.alpha["person"])
        after_leaving = states(client, world.alpha, window)
        sent(client, "POST", f"{OWN}/{lined[1]['id']}/withdrawal", world.alpha["trainer"])
        after_withdrawal = states(client, world.alpha, window)

        assert [after_leaving[one["person_id"]] for one in (member, *lined)] == [
            "left", "waiting", "offered", "waiting",
        ]  # fmt: skip
        assert [after_withdrawal[one["person_id"]] for one in lined] == ["waiting", "withdrawn", "offered"]
        moved = [event.body for event in events(runtime, "programme_request.moved")]
        assert sum(b'"how":"moved up"' in body for body in moved) == 2

    def test_an_offer_that_is_taken_back_and_a_member_let_go_make_room_too(
        self, client: TestClient, world: World, window: dict[str, Any]
    ) -> None:
        member = a_member(client, world.alpha, window, world.alpha["person"])
        offered, *rest = asked(client, world.alpha, *MENTORS[1:4])
        first, second = (ranked(client, world.alpha, one, rank) for rank, one in enumerate(rest, start=1))
        replies(
            client,
            world.alpha,
            window,
            a_reply(offered, "offered"),
            a_reply(first, "waiting"),
            a_reply(second, "waiting"),
        )

        batch = replies(client, world.alpha, window, a_reply(offered, "declined", "Never came.")).json()
        path = f"/v1/programme-requests/{member['id']}/leave"
        sent(client, "POST", path, world.alpha["programme_manager"], reasons="Could not be reached.")

        assert batch["moved_up"] == [first["id"]]
        found = states(client, world.alpha, window)
        assert [found[one["person_id"]] for one in (first, second)] == ["offered", "offered"]
        assert own(client, world.alpha["person"])[0]["reasons"] == "Could not be reached."

    def test_places_are_never_exceeded_however_many_are_offered_at_once(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        requests = asked(client, world.alpha, *MENTORS)

        def offer(request: dict[str, Any]) -> str | None:
            answer = replies(client, world.alpha, window, a_reply(request, "offered"))
            assert answer.status_code == 200, answer.text
            code: str | None = answer.json()["rows"][0]["code"]
            return code

        codes = together(offer, requests)

        assert sorted(map(str, codes)) == ["None"] * 2 + ["places_taken"] * 4
        assert len(rows(runtime, "programme_requests", state="offered")) == 2

    def test_places_given_back_at_once_go_to_different_people(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        held, lined = asked(client, world.alpha, *MENTORS[:2]), asked(client, world.alpha, *MENTORS[2:])
        replies(client, world.alpha, window, *(a_reply(one, "offered") for one in held))
        lined = [ranked(client, world.alpha, one, rank) for rank, one in enumerate(lined, start=1)]
        replies(client, world.alpha, window, *(a_reply(one, "waiting") for one in lined))

        def withdraw(number: int) -> int:
            path, mentor = f"{OWN}/{held[number]['id']}/withdrawal", world.alpha[MENTORS[number]]
            return client.post(path, headers=mentor.headers).status_code

        statuses = together(withdraw, range(2))

        found = states(client, world.alpha, window)
        assert statuses == [200, 200]
        assert [found[one["person_id"]] for one in lined] == ["offered", "offered", "waiting", "waiting"]
        assert sorted(row.place_no for row in rows(runtime, "programme_requests", state="offered")) == [1, 2]

    @pytest.mark.parametrize(
        ("change", "rule"),
        [
            ("state = 'offered', place_no = 3", "PRG-2"),
            ("state = 'member', place_no = 1, inducted_on = '2026-03-01'", "PRG-3"),
            ("state = 'offered'", "ck_programme_requests_place"),
            ("state = 'waiting'", "ck_programme_requests_ranked"),
            ("state = 'declined'", "ck_programme_requests_reasoned"),
            ("asked_on = '2026-03-01'", "PRG-1"),
        ],
    )
    @pytest.mark.usefixtures("window")
    def test_the_database_keeps_places_gates_and_reasons(
        self,
        client: TestClient,
        world: World,
        runtime: Runtime,
        change: str,
        rule: str,
    ) -> None:
        a_request(client, world.alpha["person"])

        with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
            connection.exec_driver_sql(f"UPDATE programme_requests SET {change}, rev = rev + 1")

        assert refused_by(refused.value) == rule

    def test_the_database_gives_a_place_once_and_takes_no_request_outside_the_window(
        self, client: TestClient, world: World, window: dict[str, Any], runtime: Runtime
    ) -> None:
        first, second = asked(client, world.alpha, *MENTORS[:2])
        replies(client, world.alpha, window, a_reply(first, "offered"))

        with pytest.raises(sa.exc.IntegrityError) as twice, raw(runtime) as connection:
            connection.execute(
                sa.text(
                    "UPDATE programme_requests SET state = 'offered', place_no = 1, rev = rev + 1"
                    " WHERE state = 'asked'"
                )
            )
        with pytest.raises(sa.exc.IntegrityError) as late, raw(runtime) as connection:
            connection.exec_driver_sql(
                "INSERT INTO programme_requests (body_id, id, rev, programme_id, window_id, person_id,"
                " motivation, asked_on, state) SELECT body_id, person_id, 99, programme_id, window_id,"
                " person_id, motivation, '2026-04-01', 'asked' FROM programme_requests WHERE state = 'asked'"
            )

        assert "place_no" in refused_by(twice.value)
        assert refused_by(late.value) == "PRG-1"
        assert second["state"] == "asked"


def together(act: Callable[[Any], Any], subjects: Any) -> list[Any]:
    with ThreadPoolExecutor(len(subjects)) as pool:
        return list(pool.map(act, subjects))
