"""What the clock tells in an engagement, and on which day: rules first, then a life lived through by mail."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.practice.rules.prompts import CLOSING, FIGURES, OPEN, Prompt, Standing, due
from app.practice.rules.reviews import Course, Side, windows
from app.practice.rules.rhythm import ReviewKind
from app.work import Runtime
from app.worker import Days
from tests.factories.marking import raw
from tests.factories.practice import MENTEE, OWN, a_mentee, an_engagement
from tests.factories.reviews import answers, as_mentor, in_first_weeks, review_path
from tests.support.days import begin_day, live, mailbox, newest_path, path_in, to_engaged
from tests.support.world import StandingClock, World

START = date(2026, 3, 2)
GOING_ON = Course(START, 6, None)
DAY = timedelta(days=1)
MENTOR = "person@alpha.example"


def told_through(course: Course, days: list[date]) -> dict[Prompt, date]:
    """Live through some days, telling what is due on each."""
    told: dict[Prompt, date] = {}
    for today in days:
        found = due(Standing(course, told=told), today)
        assert not set(found) & set(told) - {Prompt.SKILLS}
        told |= dict.fromkeys(found, today)
    return {prompt: day for prompt, day in told.items() if prompt not in {*FIGURES, Prompt.SKILLS}}


def suggested_on(course: Course, days: list[date], skilled_on: date | None = None) -> list[date]:
    """Live through some days; return those on which a skills session is suggested."""
    told: dict[Prompt, date] = {}
    found = []
    for today in days:
        if Prompt.SKILLS in due(Standing(course, told=told, skilled_on=skilled_on), today):
            told[Prompt.SKILLS] = today
            found.append(today)
    return found


YEAR = [START + DAY * n for n in range(400)]


def test_a_skills_session_is_suggested_each_quarter_until_the_end() -> None:
    assert suggested_on(Course(START, 12, None), YEAR) == [
        date(2026, 6, 2),
        date(2026, 9, 2),
        date(2026, 12, 2),
    ]


def test_a_skills_session_starts_the_quarter_anew() -> None:
    days = [date(2026, 7, 20) + DAY * n for n in range(200)]

    assert suggested_on(Course(START, 12, None), days, skilled_on=date(2026, 7, 20)) == [
        date(2026, 10, 20),
        date(2027, 1, 20),
    ]


def test_a_suggestion_whose_month_has_passed_by_waits_for_the_next_quarter() -> None:
    assert suggested_on(Course(START, 12, None), [date(2026, 7, 3), date(2026, 9, 5)]) == [date(2026, 9, 5)]


def test_no_skills_session_is_suggested_after_the_end() -> None:
    assert suggested_on(Course(START, 12, date(2026, 5, 30)), YEAR) == []


def test_day_by_day_each_thing_is_told_on_its_day() -> None:
    days = [START + DAY * n for n in range(250)]

    assert told_through(GOING_ON, days) == {
        Prompt.FIRST_WEEKS_OPEN: date(2026, 4, 13),
        Prompt.FIRST_WEEKS_CLOSING: date(2026, 4, 20),
        Prompt.MID_POINT_OPEN: date(2026, 5, 26),
        Prompt.MID_POINT_CLOSING: date(2026, 6, 2),
        Prompt.TWO_THIRDS: date(2026, 7, 3),
        Prompt.END_OPEN: date(2026, 8, 26),
        Prompt.END_CLOSING: date(2026, 9, 2),
    }


LIVED = st.lists(st.integers(0, 500), max_size=25).map(
    lambda numbers: sorted({START + DAY * n for n in numbers})
)


@given(LIVED, st.sampled_from([3, 6, 12]), st.none() | st.integers(0, 400))
def test_whatever_days_the_service_was_down_nothing_is_told_twice_or_too_late(
    days: list[date], months: int, ended: int | None
) -> None:
    course = Course(START, months, None if ended is None else START + DAY * ended)
    by_kind = {review.kind: review for review in windows(course)}

    told = told_through(course, days)

    for kind, review in by_kind.items():
        for prompt in (OPEN[kind], CLOSING[kind]):
            assert prompt not in told or review.opens_on <= told[prompt] <= review.due_on
        if CLOSING[kind] in told:
            assert told[OPEN[kind]] < review.due_on - 7 * DAY <= told[CLOSING[kind]]
    if Prompt.TWO_THIRDS in told:
        assert told[Prompt.TWO_THIRDS] < by_kind[ReviewKind.END].opens_on


def test_whoever_is_late_is_told_once_that_the_review_is_open_and_not_that_it_closes_too() -> None:
    assert told_through(GOING_ON, [date(2026, 4, 21), date(2026, 4, 22), date(2026, 4, 27)]) == {
        Prompt.FIRST_WEEKS_OPEN: date(2026, 4, 21)
    }


@pytest.mark.parametrize(
    ("answered", "found"),
    [
        ({Side.MENTOR}, (Prompt.FIRST_WEEKS_CLOSING,)),
        ({Side.MENTOR, Side.STAFF}, (Prompt.FIRST_WEEKS_CLOSING,)),
        ({Side.MENTOR, Side.MENTEE}, ()),
    ],
)
def test_a_reminder_goes_out_while_mentor_or_mentee_is_missing(answered: set[Side], found: tuple) -> None:
    told = {Prompt.FIRST_WEEKS_OPEN: date(2026, 4, 13)}

    standing = Standing(GOING_ON, {ReviewKind.FIRST_WEEKS: answered}, told)

    assert due(standing, date(2026, 4, 20)) == found


def test_an_engagement_that_has_ended_is_called_on_no_more() -> None:
    assert Prompt.TWO_THIRDS not in told_through(
        Course(START, 6, date(2026, 7, 2)), [date(2026, 7, 3), date(2026, 7, 4)]
    )


def subjects(lived: list) -> list[tuple[date, str, str]]:
    """Day, addressee and subject of each mail about the engagement."""
    return [(day, mail.address.split("@")[0], mail.subject) for day, mail in lived if to_engaged([mail])]


def test_mentor_and_mentee_are_written_to_on_the_right_days_and_on_no_other(
    client: TestClient, runtime: Runtime, world: World
) -> None:
    engagement = an_engagement(client, world.alpha["person"], started_on=START.isoformat())["id"]
    a_mentee(client, world.alpha["person"], engagement)

    lived = live(runtime, datetime(2026, 10, 1, 9, tzinfo=UTC))

    mentor, mentee, firm = "Person of Alpha", "katerina", "Olivar del Alba S.L."
    open_mentor, open_mentee = (
        f"Time to look back at your work with {firm}",
        f"How is it going with {mentor}?",
    )

    def both(day: date, to_mentor: str, to_mentee: str) -> list[tuple[date, str, str]]:
        return [(day, "person", to_mentor), (day, mentee, to_mentee)]

    def closing(day: date, until: str) -> list[tuple[date, str, str]]:
        return both(
            day,
            f"A review of your work with {firm} closes on {until}",
            f"How is it going with {mentor}? A few questions until {until}",
        )

    assert subjects(lived) == [
        (date(2026, 3, 16), mentee, f"How is {firm} doing? A few figures, if you agree"),
        *both(date(2026, 4, 13), open_mentor, open_mentee),
        *closing(date(2026, 4, 20), "27 April 2026"),
        *both(date(2026, 5, 26), open_mentor, open_mentee),
        *closing(date(2026, 6, 2), "9 June 2026"),
        (date(2026, 6, 2), "person", f"A skills session with {firm}?"),
        *both(
            date(2026, 7, 3),
            f"Two thirds of your time with {firm} are over",
            f"Two thirds of your time with {mentor} are over",
        ),
        *both(date(2026, 8, 26), open_mentor, open_mentee),
        *closing(date(2026, 9, 2), "9 September 2026"),
    ]
    assert all("Olivar" in mail.text for mail in to_engaged(mail for _, mail in lived))


def test_the_mentee_answers_by_the_link_of_her_mail_and_is_reminded_no_more(
    client: TestClient, runtime: Runtime, world: World
) -> None:
    engagement = an_engagement(client, world.alpha["person"], started_on=START.isoformat())["id"]
    a_mentee(client, world.alpha["person"], engagement, language="es")
    mail = to_engaged(mail for _, mail in live(runtime, datetime(2026, 4, 13, 9, tzinfo=UTC)))[-1]
    link = review_path(path_in(mail, runtime))

    told = client.post(link, json={"answers": answers("mentee")})
    later = live(runtime, datetime(2026, 4, 28, 9, tzinfo=UTC))

    assert (mail.subject, told.status_code) == ("¿Qué tal con Person of Alpha?", 200)
    assert [(day, mail.address) for day, mail in later if to_engaged([mail])] == [(date(2026, 4, 20), MENTOR)]


def test_two_days_begun_at_once_and_a_day_begun_twice_write_to_nobody_twice(
    client: TestClient, runtime: Runtime, world: World
) -> None:
    in_first_weeks(client, world.alpha["person"])

    begin_day(runtime)
    Days(runtime).begin()
    begin_day(runtime)

    assert [mail.address for mail in to_engaged(mailbox(runtime))] == [MENTOR, MENTEE["email"]]


def test_a_mentor_who_has_answered_is_not_asked_and_a_firm_without_mentee_neither(
    client: TestClient, runtime: Runtime, world: World
) -> None:
    started_on = (START - timedelta(weeks=7)).isoformat()
    engagement = an_engagement(client, world.alpha["person"], started_on=started_on)["id"]
    as_mentor(client, world, engagement)

    begin_day(runtime)

    assert to_engaged(mailbox(runtime)) == []


def test_a_mentee_who_has_left_is_written_to_no_more(
    client: TestClient, runtime: Runtime, world: World
) -> None:
    headers = world.alpha["person"].headers
    started_on = (START - timedelta(weeks=7)).isoformat()
    engagement = an_engagement(client, world.alpha["person"], started_on=started_on)["id"]
    gone = a_mentee(client, world.alpha["person"], engagement)["id"]
    left = client.post(f"{OWN}/engagements/{engagement}/mentees/{gone}/leaving", headers=headers)
    a_mentee(client, world.alpha["person"], engagement, email="next@firm.example")

    begin_day(runtime)

    assert left.status_code == 200, left.text
    assert [mail.address for mail in to_engaged(mailbox(runtime))] == [MENTOR, "next@firm.example"]


def test_two_thirds_is_an_event_for_the_programmes_own_systems(
    client: TestClient, runtime: Runtime, clock: StandingClock, world: World
) -> None:
    engagement = an_engagement(client, world.alpha["person"], started_on="2025-11-01")["id"]

    begin_day(runtime)
    clock.advance(DAY)
    begin_day(runtime)

    with runtime.database.reading() as session:
        found = session.execute(sa.text("SELECT body FROM events WHERE event = 'engagement.two_thirds'"))
        [event] = [bytes(body) for body in found.scalars()]
    assert b'"on":"2026-03-02"' in event and b'"planned_end_on":"2026-05-01"' in event
    assert engagement.encode() in event


def test_the_day_begins_where_the_body_is(
    client: TestClient, runtime: Runtime, clock: StandingClock, world: World
) -> None:
    """The window opens on 3 March; in Madrid that day begins at 23:00 UTC of the day before."""
    opens_tomorrow = (START + DAY - timedelta(weeks=6)).isoformat()
    in_first_weeks(client, world.alpha["person"], started_on=opens_tomorrow)

    clock.instant = datetime(2026, 3, 2, 22, 59, tzinfo=UTC)
    begin_day(runtime)
    before = [mail for mail in mailbox(runtime) if mail.address == MENTOR]
    clock.instant = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    begin_day(runtime)
    after = [mail for mail in mailbox(runtime) if mail.address == MENTOR]

    assert (len(before), len(after)) == (0, 1)


def test_what_was_told_stays_told(client: TestClient, runtime: Runtime, world: World) -> None:
    in_first_weeks(client, world.alpha["person"])
    begin_day(runtime)

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE practice_prompts SET prompt = 'end_open', rev = rev + 1")

    assert refused_by(refused.value) == "7.4"
    assert newest_path(runtime, MENTEE["email"]).startswith("/review/alpha/")
