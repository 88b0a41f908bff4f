"""The pure rules of programmes: states, dates, the board of a window, indicators."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Conflict, Invalid, MoveRefused, Refusal
from app.programmes.rules import dates, states
from app.programmes.rules.board import Board, Standing
from app.programmes.rules.dates import Term
from app.programmes.rules.indicators import Entry, ensure_own_code, ensure_period, reached, standing
from app.programmes.rules.states import HOLDING, Reply, RequestAction, RequestState
from app.programmes.rules.working import belongs, membership, month_of

TODAY = date(2026, 3, 2)
TERM = Term(date(2026, 2, 1), date(2026, 12, 31))


def code_of(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.code


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2027, 1, 1)])
def test_a_programme_starts_within_its_dates(day: date) -> None:
    dates.ensure_may_start(TERM, TERM.first)
    dates.ensure_may_start(TERM, TERM.last)

    with pytest.raises(Conflict) as refused:
        dates.ensure_may_start(TERM, day)

    assert code_of(refused) == "programme_not_due"


def test_closing_early_needs_a_reason() -> None:
    dates.ensure_may_close(TERM, TERM.last, None)
    dates.ensure_may_close(TERM, TODAY, "The funding has ended.")

    with pytest.raises(Invalid) as refused:
        dates.ensure_may_close(TERM, TODAY, None)

    assert code_of(refused) == "closing_reason_missing"


@pytest.mark.parametrize("state", states.ProgrammeState)
@pytest.mark.parametrize("action", states.ProgrammeAction)
def test_a_programme_moves_as_its_table_says(
    state: states.ProgrammeState, action: states.ProgrammeAction
) -> None:
    if (state, action) in states.PROGRAMME_MOVES:
        assert states.after_programme(state, action) is states.PROGRAMME_MOVES[(state, action)]
        return
    with pytest.raises(MoveRefused):
        states.after_programme(state, action)


def test_nothing_leads_out_of_the_last_states_or_to_membership_but_from_an_offer() -> None:
    last = {RequestState.DECLINED, RequestState.WITHDRAWN, RequestState.LEFT}
    joining = {state for (state, _), after in states.REQUEST_MOVES.items() if after is RequestState.MEMBER}

    assert {state for state, _ in states.REQUEST_MOVES}.isdisjoint(last)
    assert joining == {RequestState.OFFERED}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 2, 28), "intake_not_open_yet"),
        (date(2026, 3, 31), None),
        (date(2026, 4, 1), "intake_not_open_yet"),
        (date(2026, 9, 1), None),
        (date(2026, 9, 30), "intake_over"),
    ],
)
def test_the_window_is_named_by_which_a_request_comes_too_early_or_too_late(
    day: date, code: str | None
) -> None:
    spring = Term(date(2026, 3, 1), date(2026, 3, 31))
    autumn = Term(date(2026, 9, 1), date(2026, 9, 29))
    if code is None:
        assert dates.ensure_taking_requests([autumn, spring], day) in {spring, autumn}
        return

    with pytest.raises(Conflict) as refused:
        dates.ensure_taking_requests([autumn, spring], day)

    named = spring if day < spring.first else autumn
    assert code_of(refused) == code
    assert refused.value.facts == {"opens_on": named.first, "closes_on": named.last}


def test_a_window_lies_within_the_programme_and_apart_from_others() -> None:
    window, day = Term(date(2026, 3, 1), date(2026, 3, 31)), date(2026, 4, 10)
    dates.ensure_window(window, [window.first, TERM.last], ends_on=TERM.last, others=[])

    faults = {
        "dates_reversed": lambda: dates.ensure_window(
            Term(window.last, window.first), [day], ends_on=TERM.last, others=[]
        ),
        "window_after_programme": lambda: dates.ensure_window(
            window, [day], ends_on=date(2026, 3, 30), others=[]
        ),
        "induction_out_of_term": lambda: dates.ensure_window(
            window, [date(2026, 2, 28)], ends_on=TERM.last, others=[]
        ),
        "windows_overlap": lambda: dates.ensure_window(
            window, [day], ends_on=TERM.last, others=[Term(window.last, day)]
        ),
    }

    for code, fault in faults.items():
        with pytest.raises(Refusal) as refused:
            fault()
        assert code_of(refused) == code


def request(
    number: int, state: RequestState, *, rank: int | None = None, place: int | None = None
) -> Standing:
    return Standing(UUID(int=number), state, rank, place)


def board(places: int, *requests: Standing) -> Board:
    return Board.of(places, requests)


def test_a_place_that_gets_free_goes_to_the_first_in_line() -> None:
    made = board(
        1,
        request(1, RequestState.MEMBER, place=1),
        request(2, RequestState.WAITING, rank=7),
        request(3, RequestState.WAITING, rank=2),
        request(4, RequestState.WAITING, rank=2),
    )

    made.move(UUID(int=1), RequestAction.LEAVE)
    made.move_up()

    assert made.moved_up == [UUID(int=3)]  # of equal rank, who asked earlier
    assert made.standing[UUID(int=3)].place_no == 1
    assert [one.id.int for one in made.line()] == [4, 2]


def test_a_place_freed_and_given_by_the_same_replies_moves_nobody_up() -> None:
    made = board(
        2,
        request(1, RequestState.OFFERED, place=1),
        request(2, RequestState.WAITING, rank=1),
        request(3, RequestState.ASKED),
    )

    made.reply(UUID(int=1), Reply.DECLINED, "Did not come.")
    made.reply(UUID(int=3), Reply.OFFERED, None)
    made.move_up()

    assert made.moved_up == []
    assert made.free == 1


def test_places_that_are_added_move_the_line_up_and_held_ones_are_not_taken_away() -> None:
    made = board(
        2,
        request(1, RequestState.MEMBER, place=2),
        request(2, RequestState.WAITING, rank=1),
        request(3, RequestState.WAITING, rank=2),
    )
    with pytest.raises(Conflict) as refused:
        made.set_places(1)

    made.set_places(3)
    made.move_up()

    assert code_of(refused) == "places_held"
    assert made.moved_up == [UUID(int=2)]


@pytest.mark.parametrize(
    ("number", "reply", "reasons", "code"),
    [
        (9, Reply.OFFERED, None, "programme_request_unknown"),
        (2, Reply.DECLINED, None, "reasons_missing"),
        (2, Reply.WAITING, None, "rank_missing"),
        (2, Reply.OFFERED, None, "places_taken"),
        (1, Reply.OFFERED, None, "programme_request_move_refused"),
        (4, Reply.OFFERED, None, "offer_past_the_line"),
    ],
)
def test_a_bad_reply_is_refused_and_changes_nothing(
    number: int, reply: Reply, reasons: str | None, code: str
) -> None:
    made = board(
        1,
        request(1, RequestState.MEMBER, place=1),
        request(2, RequestState.ASKED),
        request(3, RequestState.WAITING, rank=1),
        request(4, RequestState.WAITING, rank=2),
    )

    with pytest.raises(Refusal) as refused:
        made.reply(UUID(int=number), reply, reasons)

    assert (code_of(refused), made.changed) == (code, {})


ACTS = st.lists(
    st.tuples(st.integers(1, 8), st.sampled_from([*RequestAction]))
    | st.tuples(st.just(0), st.integers(1, 5)),
    max_size=40,
)


@given(ACTS)
def test_whatever_happens_no_place_is_held_twice_or_beyond_the_window(acts: list[tuple[int, object]]) -> None:
    made = board(2, *(request(number, RequestState.ASKED, rank=9 - number) for number in range(1, 9)))

    for number, what in acts:
        made = Board.of(made.places, made.standing.values())
        try:
            if isinstance(what, RequestAction):
                made.move(UUID(int=number), what)
            else:
                made.set_places(int(str(what)))
        except Conflict:
            continue
        made.move_up()

        held = [one.place_no for one in made.standing.values() if one.place_no is not None]
        assert len(held) == len(set(held))
        assert all(1 <= number <= made.places for number in held)
        assert all((one.state in HOLDING) == (one.place_no is not None) for one in made.standing.values())


def test_an_indicator_never_bears_a_name_that_requirements_use() -> None:
    ensure_own_code("jobs_created")

    for code in ("confirmed_hours", "reflection"):
        with pytest.raises(Invalid) as refused:
            ensure_own_code(code)
        assert code_of(refused) == "indicator_named_like_measure"


def test_a_day_is_counted_once_and_a_correction_stands() -> None:
    first, second = Term(date(2026, 1, 1), date(2026, 1, 31)), Term(date(2026, 2, 1), date(2026, 2, 28))
    ensure_period(first, [first, second], starts_on=first.first, today=TODAY)

    faults = {
        "periods_overlap": (Term(date(2026, 1, 31), date(2026, 2, 1)), first.first),
        "period_before_programme": (first, second.first),
        "day_not_come": (Term(TODAY, date(2026, 3, 3)), first.first),
        "dates_reversed": (Term(second.last, second.first), first.first),
    }
    for code, (term, starts_on) in faults.items():
        with pytest.raises(Refusal) as refused:
            ensure_period(term, [first, second], starts_on=starts_on, today=TODAY)
        assert code_of(refused) == code

    entered = [Entry(second, Decimal(7)), Entry(first, Decimal(3)), Entry(second, Decimal(5))]
    assert [entry.value for entry in standing(entered)] == [Decimal(3), Decimal(5)]
    assert reached(standing(entered), adds_up=True) == Decimal(8)
    assert reached(standing(entered), adds_up=False) == Decimal(5)
    assert reached([], adds_up=True) is None


def test_a_members_work_belongs_to_the_programme_from_induction_until_she_leaves_or_it_closes() -> None:
    march = month_of("2026-03")
    stayed = membership(date(2026, 3, 10), None, date(2026, 3, 1), None)
    left = membership(date(2026, 1, 10), date(2026, 3, 5), date(2026, 3, 1), date(2026, 3, 20))

    assert march == Term(date(2026, 3, 1), date(2026, 3, 31))
    assert not belongs(date(2026, 3, 9), march, [stayed])
    assert belongs(date(2026, 3, 10), march, [stayed])
    assert not belongs(date(2026, 4, 1), march, [stayed])
    assert not belongs(date(2026, 2, 28), month_of("2026-02"), [left])
    assert belongs(date(2026, 3, 5), march, [left])
    assert not belongs(date(2026, 3, 6), march, [left])
    assert belongs(date(2026, 3, 12), march, [left, stayed])
