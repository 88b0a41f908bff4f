"""Cadence, hours a month and the days of the reviews: computed and shown, never judged."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.practice.rules.rhythm import Cadence, Meeting, ReviewKind, rhythm
from tests.factories.practice import OWN, a_link, an_engagement, an_import
from tests.support.world import World

START = date(2026, 1, 31)


def every(days: int, count: int, minutes: int = 60) -> list[Meeting]:
    return [Meeting(START + timedelta(days=days * n), minutes) for n in range(count)]


def test_months_run_from_the_first_day_and_a_short_month_loses_none() -> None:
    found = rhythm(
        START, 3, date(2026, 4, 1), [Meeting(date(2026, 2, 27), 119), Meeting(date(2026, 2, 28), 120)]
    )

    assert [(month.starts_on, month.hours) for month in found.months] == [
        (START, Decimal("1.98")),
        (date(2026, 2, 28), Decimal("2.00")),
        (date(2026, 3, 31), Decimal("0.00")),
    ]
    assert [month.is_enough for month in found.months] == [False, True, False]
    assert [month.is_over for month in found.months] == [True, True, False]


@pytest.mark.parametrize(
    ("days", "cadence"),
    [(14, Cadence.FORTNIGHTLY), (17, Cadence.FORTNIGHTLY), (28, Cadence.MONTHLY), (36, Cadence.SLOWER)],
)
def test_the_usual_gap_gives_the_cadence(days: int, cadence: Cadence) -> None:
    found = rhythm(START, 12, date(2027, 1, 31), every(days, 6))

    assert (found.cadence, found.usual_gap_days) == (cadence, days)


def test_one_long_pause_does_not_change_the_cadence_and_is_shown() -> None:
    late = Meeting(START + timedelta(days=14 * 5 + 90), 60)

    found = rhythm(START, 12, date(2027, 1, 31), [*every(14, 6), late])

    assert (found.cadence, found.longest_gap_days) == (Cadence.FORTNIGHTLY, 90)


@pytest.mark.parametrize("meetings", [[], every(1, 1), every(0, 3)])
def test_without_two_days_there_is_no_cadence(meetings: list[Meeting]) -> None:
    found = rhythm(START, 6, date(2026, 6, 1), meetings)

    assert (found.cadence, found.usual_gap_days, found.longest_gap_days) == (Cadence.UNTOLD, None, None)


def test_reviews_lie_at_six_to_eight_weeks_half_way_and_at_the_end() -> None:
    found = rhythm(date(2026, 1, 1), 12, date(2026, 1, 1), [])

    assert {review.kind: (review.opens_on, review.due_on) for review in found.reviews} == {
        ReviewKind.FIRST_WEEKS: (date(2026, 2, 12), date(2026, 2, 26)),
        ReviewKind.MID_POINT: (date(2026, 6, 25), date(2026, 7, 9)),
        ReviewKind.END: (date(2026, 12, 25), date(2027, 1, 8)),
    }
    assert found.two_thirds_on == date(2026, 9, 2)


MEETINGS = st.lists(
    st.builds(Meeting, st.dates(START, START + timedelta(days=500)), st.integers(1, 240)), max_size=30
)


@given(MEETINGS, st.sampled_from([3, 6, 12]), st.integers(0, 500), st.randoms())
def test_every_hour_held_by_the_day_lies_in_one_month_whatever_the_order(
    meetings, planned, passed, random
) -> None:
    until = START + timedelta(days=passed)
    shuffled = list(meetings)
    random.shuffle(shuffled)

    found = rhythm(START, planned, until, shuffled)

    held = sum(meeting.minutes for meeting in meetings if meeting.held_on <= until)
    assert abs(sum(month.hours for month in found.months) * 60 - held) <= Decimal("0.3") * len(found.months)
    assert found == rhythm(START, planned, until, meetings)


def test_a_mentor_sees_the_rhythm_of_her_engagement_and_nobody_elses(
    client: TestClient, world: World
) -> None:
    mentor = world.alpha["person"]
    engagement = an_engagement(client, mentor)
    rows = "".join(f"oliva,2025-02-{day:02},10:00,11:30,session,\n" for day in (4, 18))
    assert an_import(client, mentor, rows).json()["loaded"] == 2
    path = f"/v1/me/practice/engagements/{engagement['id']}/rhythm"

    seen = client.get(path, headers=mentor.headers)

    assert seen.status_code == 200, seen.text
    assert (seen.json()["cadence"], seen.json()["usual_gap_days"]) == ("fortnightly", 14)
    assert seen.json()["months"][0] == {
        "starts_on": "2025-02-03", "hours": "3.00", "is_over": True, "is_enough": True,
    }  # fmt: skip
    assert client.get(path, headers=world.alpha["mentee"].headers).status_code == 404


def test_disputed_sessions_are_no_meetings(client: TestClient, world: World) -> None:
    mentor = world.alpha["person"]
    engagement = an_engagement(client, mentor)
    an_import(client, mentor, "oliva,2025-02-04,10:00,11:30,session,\n")
    public = a_link(client, mentor, engagement["id"])
    [session] = client.get(public).json()["sessions"]
    answered = client.post(public, json={"disputed": [session["id"]]})

    assert answered.status_code == 200, answered.text
    rhythm_of = client.get(
        f"/v1/me/practice/engagements/{engagement['id']}/rhythm", headers=mentor.headers
    ).json()
    assert {month["hours"] for month in rhythm_of["months"]} == {"0.00"}


class TestSkillsSessions:
    """One is suggested each quarter: three months after the last, or after the start."""

    def test_three_months_after_the_start_where_there_was_none(self) -> None:
        assert rhythm(START, 12, date(2026, 9, 1), every(14, 9)).next_skills_on == date(2026, 4, 30)

    def test_three_months_after_the_last_one_whatever_came_since(self) -> None:
        held = [Meeting(date(2026, 3, day), 60, "skills_session") for day in (2, 16)]

        found = rhythm(START, 12, date(2026, 4, 1), [*held, Meeting(date(2026, 3, 30), 60, "check_in")])

        assert found.next_skills_on == date(2026, 6, 16)

    @pytest.mark.parametrize("planned", [3, 6])
    def test_none_is_suggested_once_the_engagement_is_over_by_then(self, planned: int) -> None:
        held = [Meeting(date(2026, 5, 2), 60, "skills_session")] if planned == 6 else []

        assert rhythm(START, planned, date(2026, 5, 3), held).next_skills_on is None

    def test_an_engagement_that_has_ended_is_left_in_peace(self) -> None:
        assert rhythm(START, 12, date(2026, 3, 1), [], has_ended=True).next_skills_on is None

    def test_the_day_is_shown_with_the_rhythm_of_an_engagement(
        self, client: TestClient, world: World
    ) -> None:
        mentor = world.alpha["person"]
        made = an_engagement(client, mentor, planned_months=12)
        path = f"{OWN}/engagements/{made['id']}"
        before = client.get(f"{path}/rhythm", headers=mentor.headers).json()["next_skills_on"]
        an_import(
            client, mentor, b"engagement,date,start,end,type\noliva,2025-03-10,09:00,10:00,skills_session\n"
        )
        after = client.get(f"{path}/rhythm", headers=mentor.headers).json()["next_skills_on"]
        closed = client.post(
            f"{path}/end", json={"ended_on": "2025-04-01"}, headers=mentor.headers | {"If-Match": '"1"'}
        )
        assert closed.status_code == 200, closed.text
        ended = client.get(f"{path}/rhythm", headers=mentor.headers).json()["next_skills_on"]

        assert (before, after, ended) == ("2025-05-03", "2025-06-10", None)
