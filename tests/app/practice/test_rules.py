"""What counts and how much, as properties; when a session may be logged; when two names are one firm."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import Conflict, MoveRefused
from app.demo import content
from app.practice import importing
from app.practice.rules import (
    COUNTING,
    Calendar,
    Draft,
    Engagement,
    EngagementAction,
    EngagementState,
    Frame,
    Measure,
    MentoringSession,
    Milestone,
    Phase,
    Practice,
    Record,
    RecordKind,
    Refused,
    SessionAction,
    SessionKind,
    SessionState,
    Span,
    after_engagement,
    after_session,
    measured,
    phases_evidenced,
    sme_key,
)
from app.practice.rules.measures import MOST_SOURCES

ON = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WHOLE = Span(ON)


def uid(number: int) -> UUID:
    return UUID(int=number)


def engagement(number: int, **changes: object) -> Engagement:
    plain = Engagement(
        id=uid(number),
        sme_key=f"sme {number}",
        own_interest=False,
        phase=Phase.GROWTH,
        state=EngagementState.COMPLETED,
        started_on=date(2025, 1, 7),
        ended_on=date(2025, 9, 7),
        milestones=frozenset({Milestone.INITIAL_GOALS, Milestone.FIRST_ADVICE, Milestone.AFTER_PLAN}),
    )
    return replace(plain, **changes)


def session(number: int, of: int = 1, **changes: object) -> MentoringSession:
    """A confirmed hour on a day of its own."""
    start = datetime(2025, 2, 1, 10, tzinfo=UTC) + timedelta(days=number)
    plain = MentoringSession(
        id=uid(1000 + number),
        engagement_id=uid(of),
        held_on=start.date(),
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        kind=SessionKind.SESSION,
        state=SessionState.CONFIRMED,
    )
    return replace(plain, **changes)


def hours(
    *sessions: MentoringSession, engagements: tuple[Engagement, ...] = (), span: Span = WHOLE
) -> Decimal:
    practice = Practice(engagements=engagements or (engagement(1), engagement(2)), sessions=sessions)
    return measured(practice, Measure.CONFIRMED_HOURS, span).value


@st.composite
def any_session(draw: st.DrawFn) -> MentoringSession:
    start = datetime(2025, 2, 1, 6, tzinfo=UTC) + timedelta(hours=draw(st.integers(0, 24 * 12)))
    return MentoringSession(
        id=uid(draw(st.integers(10_000, 10_000_000))),
        engagement_id=uid(draw(st.integers(1, 3))),
        held_on=start.date(),
        starts_at=start,
        ends_at=start + timedelta(minutes=draw(st.integers(0, 360))),
        kind=draw(st.sampled_from(SessionKind)),
        state=draw(st.sampled_from(SessionState)),
    )


FIRMS = (engagement(1), engagement(2), engagement(3, own_interest=True))
many_sessions = st.lists(any_session(), max_size=12, unique_by=lambda found: found.id)
COUNTED = (
    Measure.CONFIRMED_HOURS,
    Measure.DISTINCT_SMES,
    Measure.COMPLETED_ENGAGEMENTS,
    Measure.YEARS_MENTORING,
)


def values(sessions: list[MentoringSession]) -> list[object]:
    practice = Practice(engagements=FIRMS, sessions=sessions)
    return [measured(practice, name, WHOLE) for name in COUNTED] + [
        phases_evidenced(practice, WHOLE, engagements_per_phase=1)
    ]


class TestCountingProperties:
    @settings(max_examples=60, deadline=None)
    @given(many_sessions, st.randoms(use_true_random=False))
    def test_the_order_of_rows_is_of_no_account(self, sessions, random):
        shuffled = list(sessions)
        random.shuffle(shuffled)

        assert values(shuffled) == values(sessions)

    @settings(max_examples=60, deadline=None)
    @given(many_sessions, any_session(), st.sampled_from([SessionState.LOGGED, SessionState.DISPUTED]))
    def test_what_nobody_confirms_changes_nothing(self, sessions, extra, state):
        assert values([*sessions, replace(extra, state=state)]) == values(sessions)

    @settings(max_examples=60, deadline=None)
    @given(many_sessions, any_session())
    def test_an_own_firm_never_counts(self, sessions, extra):
        assert values([*sessions, replace(extra, engagement_id=uid(3))]) == values(sessions)

    @settings(max_examples=60, deadline=None)
    @given(many_sessions)
    def test_no_day_counts_more_than_ten_hours_and_attested_at_most_half(self, sessions):
        total = hours(*sessions, engagements=FIRMS)
        only = [found for found in sessions if found.state is not SessionState.ATTESTED]

        assert total <= 10 * len({found.held_on for found in sessions})
        assert total <= 2 * max(hours(*only, engagements=FIRMS), total / 2)
        assert hours(*[replace(found, state=SessionState.ATTESTED) for found in sessions]) == 0

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.integers(0, 200), max_size=10, unique=True), st.integers(201, 300))
    def test_a_further_confirmed_session_on_a_free_day_adds_its_hour(self, days, other):
        before = hours(*[session(day) for day in days])

        assert hours(*[session(day) for day in days], session(other)) == before + 1


class TestHours:
    def test_attested_hours_count_as_far_as_confirmed_ones_stand_beside_them(self):
        attested = [session(number, state=SessionState.ATTESTED) for number in range(5)]

        assert hours(*attested) == 0
        assert hours(*attested, session(10), session(11)) == 4

    def test_a_group_session_counts_once_whoever_confirms_it(self):
        one = session(1, of=1, kind=SessionKind.GROUP)
        two = replace(one, id=uid(7), engagement_id=uid(2), state=SessionState.ATTESTED)

        assert hours(one, two) == 1

    def test_overlapping_sessions_count_once(self):
        first = session(1)
        second = replace(first, id=uid(7), starts_at=first.starts_at + timedelta(minutes=30))

        assert hours(first, second) == 1

    def test_a_session_counts_four_hours_at_most_and_parts_of_an_hour_are_cut_not_rounded(self):
        long = session(1, ends_at=session(1).starts_at + timedelta(hours=6))
        short = session(2, ends_at=session(2).starts_at + timedelta(minutes=40))

        assert (hours(long), hours(short)) == (4, Decimal("0.66"))

    def test_a_window_of_24_months_begins_the_day_after_the_same_day(self):
        span = Span(ON, 24)
        days = [replace(session(1), held_on=day) for day in (date(2024, 3, 2), date(2024, 3, 3))]

        assert [hours(found, span=span) for found in days] == [0, 1]

    def test_what_is_later_than_the_day_asked_for_does_not_count(self):
        assert hours(session(1), span=Span(session(1).held_on - timedelta(days=1))) == 0

    def test_more_than_200_sources_are_capped_and_sealed_by_a_digest(self):
        practice = Practice(engagements=[engagement(1)], sessions=[session(number) for number in range(201)])
        found = measured(practice, Measure.CONFIRMED_HOURS, WHOLE)
        other = measured(
            replace(practice, sessions=[*practice.sessions[1:], session(300)]), Measure.CONFIRMED_HOURS, WHOLE
        )

        assert len(found.sources) == MOST_SOURCES + 1
        assert found.sources[-1].startswith("sha256:")
        assert found.sources[-1] != other.sources[-1]


class TestFirmsAndPhases:
    def smes(self, *engagements: Engagement, sessions: list[MentoringSession]) -> int:
        return int(measured(Practice(engagements, sessions), Measure.DISTINCT_SMES, WHOLE).value)

    def test_the_same_firm_twice_is_one(self):
        again = engagement(2, sme_key="sme 1")

        assert self.smes(engagement(1), again, sessions=[session(1, of=1), session(2, of=2)]) == 1

    def test_of_a_group_three_firms_count_besides_those_met_alone(self):
        group = [
            replace(session(1), id=uid(50 + n), engagement_id=uid(n), kind=SessionKind.GROUP)
            for n in range(1, 6)
        ]
        firms = [engagement(n) for n in range(1, 6)]

        assert self.smes(*firms, sessions=group) == 3
        assert self.smes(*firms, sessions=[*group, session(9, of=1)]) == 4

    def test_a_phase_shows_with_two_completed_engagements(self):
        firms = [engagement(1), engagement(2), engagement(3, phase=Phase.TRANSITION)]
        practice = Practice(firms, [session(n, of=n) for n in (1, 2, 3)])

        found = phases_evidenced(practice, WHOLE, engagements_per_phase=2)

        assert found.value == 1
        assert found.sources == (f"engagement:{uid(1)}", f"engagement:{uid(2)}")

    @pytest.mark.parametrize(
        "changes",
        [
            {"state": EngagementState.ENDED},
            {"own_interest": True},
            {"ended_on": date(2025, 4, 6)},
            {"milestones": frozenset({Milestone.INITIAL_GOALS, Milestone.AFTER_PLAN})},
            {"milestones": frozenset({Milestone.INITIAL_GOALS, Milestone.FIRST_ADVICE})},
        ],
    )
    def test_an_engagement_that_lacks_something_is_not_completed(self, changes):
        practice = Practice([engagement(1, **changes)], [session(1)])

        assert measured(practice, Measure.COMPLETED_ENGAGEMENTS, WHOLE).value == 0

    def test_an_engagement_whose_sessions_nobody_confirmed_is_not_completed(self):
        practice = Practice([engagement(1)], [session(1, state=SessionState.LOGGED)])

        assert measured(practice, Measure.COMPLETED_ENGAGEMENTS, WHOLE).value == 0

    def test_completion_demands_a_milestone_besides_first_and_last(self):
        bare = engagement(1, milestones=frozenset({Milestone.INITIAL_GOALS, Milestone.AFTER_PLAN}))

        with pytest.raises(Conflict, match="milestones_too_few"):
            bare.ensure_complete(date(2025, 9, 7), COUNTING)


class TestRecords:
    def test_years_run_side_by_side_count_once(self):
        spans = [
            (date(2019, 1, 1), date(2021, 1, 1)),
            (date(2020, 1, 1), date(2022, 1, 1)),
            (date(2025, 3, 2), None),
        ]
        found = [
            Record(uid(n), RecordKind.EXPERIENCE, start, end, None, None, is_backed=False)
            for n, (start, end) in enumerate(spans)
        ]

        assert measured(Practice(records=found), Measure.BUSINESS_EXPERIENCE_YEARS, WHOLE).value == 4

    def test_mentoring_for_a_year_is_full_on_the_day_and_not_before(self):
        practice = Practice([engagement(1)], [session(1)])
        first = session(1).held_on

        years = [
            measured(
                practice, Measure.YEARS_MENTORING, Span(first.replace(year=2026) + timedelta(days=ahead))
            ).value
            for ahead in (-1, 0)
        ]

        assert years == [Decimal("0.99"), Decimal("1.00")]

    def test_feedback_on_an_own_firm_and_feedback_nobody_backs_do_not_count(self):
        backed = Record(uid(1), RecordKind.FEEDBACK, ON, None, None, uid(1), is_backed=True)
        alone = replace(backed, id=uid(2), engagement_id=None, is_backed=False)

        def count(**changes: object) -> Decimal:
            practice = Practice([engagement(1, **changes)], records=[backed, alone])
            return measured(practice, Measure.FEEDBACK_COUNT, Span(ON, 12)).value

        assert (count(), count(own_interest=True)) == (1, 0)


class TestMoves:
    @pytest.mark.parametrize("state", [EngagementState.COMPLETED, EngagementState.ENDED])
    @pytest.mark.parametrize(
        "action", [one for one in EngagementAction if one is not EngagementAction.HAND_OVER]
    )
    def test_a_closed_engagement_stays_closed(self, state, action):
        with pytest.raises(MoveRefused):
            after_engagement(state, action)

    def test_only_what_ended_early_is_handed_over_and_it_stays_ended(self):
        assert after_engagement(EngagementState.ENDED, EngagementAction.HAND_OVER) is EngagementState.ENDED
        for state in (EngagementState.OPEN, EngagementState.COMPLETED):
            with pytest.raises(MoveRefused):
                after_engagement(state, EngagementAction.HAND_OVER)

    def test_the_mentees_word_stands_over_an_attestation_and_not_the_reverse(self):
        assert after_session(SessionState.ATTESTED, SessionAction.DISPUTE) is SessionState.DISPUTED
        with pytest.raises(MoveRefused):
            after_session(SessionState.DISPUTED, SessionAction.ATTEST)


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Olivar del Alba S.L.", "OLIVAR  DEL ALBA, sl"),
            ("Piekarnia Kłos sp. z o.o.", "piekarnia kłos Sp. z o. o."),
            ("Θαλασσινό Φως Ι.Κ.Ε.", "ΘΑΛΑΣΣΙΝΟ ΦΩΣ"),  # noqa: RUF001 - Greek letters are meant
            ("Bulut Kasa A.Ş.", "Bulut Kasa AŞ"),
        ],
    )
    def test_spellings_of_one_firm_have_one_key(self, one, other):
        assert sme_key(uid(1), one) == sme_key(uid(1), other)

    def test_different_firms_and_different_mentors_have_different_keys(self):
        keys = {
            sme_key(uid(1), "Розова Долчинка ООД"),
            sme_key(uid(1), "Розова Долина ООД"),
            sme_key(uid(2), "Розова Долина ООД"),
        }

        assert len(keys) == 3
        assert sme_key(uid(1), "!?") != sme_key(uid(1), "??")


class TestDemonstration:
    @pytest.mark.parametrize("ahead", range(7))
    def test_it_can_be_logged_on_every_day_of_the_week(self, ahead):
        today = ON + timedelta(days=ahead)
        frames = {
            found["open"]["code"]: Frame(
                uid(number),
                date.fromisoformat(found["open"]["started_on"]),
                date.fromisoformat(found["ended_on"]) if found["ended_on"] else None,
            )
            for number, found in enumerate(content.engagements(today))
        }
        calendar = Calendar(datetime.combine(today, NOW.time(), UTC))

        refused = []
        for entry in importing.entries_of(content.sessions(today).encode(), ZoneInfo("Europe/Madrid")):
            try:
                calendar.enter(frames[entry.engagement], entry.draft)
            except Refused as refusal:
                refused.append((entry.number, refusal.code))

        assert refused == []


def test_sessions_that_touch_do_not_overlap():
    frame = Frame(uid(1), date(2025, 1, 1), None)
    start = datetime(2025, 3, 10, 10, tzinfo=UTC)
    hour = timedelta(hours=1)
    calendar = Calendar(NOW)
    calendar.enter(frame, Draft(start.date(), start, start + hour, SessionKind.SESSION))

    calendar.enter(frame, Draft(start.date(), start + hour, start + 2 * hour, SessionKind.SESSION))
    calendar.enter(frame, Draft(start.date(), start - hour, start, SessionKind.SESSION))

    with pytest.raises(Refused, match="session_overlaps"):
        calendar.enter(frame, Draft(start.date(), start - hour, start + 3 * hour, SessionKind.SESSION))
