"""What sessions add up to as they were held, by what others say about them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from app.practice.rules import Amount, Held, SessionKind, SessionState, tally

START = datetime(2026, 2, 9, 9, 0, tzinfo=UTC)
MENTOR, OTHER = UUID(int=1), UUID(int=2)


def held(
    engagement: int,
    state: SessionState,
    *,
    kind: SessionKind = SessionKind.GROUP,
    minutes: int = 90,
    mentor: UUID = MENTOR,
) -> Held:
    ends_at = START + timedelta(minutes=minutes)
    return Held(UUID(int=engagement), mentor, START.date(), START, ends_at, kind, state)


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ({SessionState.LOGGED, SessionState.DISPUTED}, SessionState.LOGGED),
        ({SessionState.ATTESTED, SessionState.LOGGED}, SessionState.ATTESTED),
        ({SessionState.CONFIRMED, SessionState.ATTESTED, SessionState.DISPUTED}, SessionState.CONFIRMED),
        ({SessionState.DISPUTED}, SessionState.DISPUTED),
    ],
)
def test_a_group_is_one_session_and_one_word_that_it_took_place_outweighs_the_rest(
    said: set[SessionState], counted: SessionState
) -> None:
    found = tally(held(number, state) for number, state in enumerate(said))

    assert found.amounts == {counted: Amount(1, 90)}


def test_groups_of_two_mentors_are_two() -> None:
    found = tally([held(1, SessionState.LOGGED), held(2, SessionState.LOGGED, mentor=OTHER)])

    assert found.of(SessionState.LOGGED) == Amount(2, 180)


def test_amounts_are_told_by_state_and_in_hours() -> None:
    found = tally(
        [
            held(1, SessionState.CONFIRMED, kind=SessionKind.SESSION, minutes=29),
            held(2, SessionState.DISPUTED, kind=SessionKind.SESSION, minutes=61),
        ]
    )

    assert (found.of(SessionState.CONFIRMED).hours, found.of(SessionState.DISPUTED).hours) == (
        Decimal("0.48"),
        Decimal("1.02"),
    )
    assert found.of(SessionState.ATTESTED) == Amount(0, 0)
    assert found.total == Amount(2, 90)
