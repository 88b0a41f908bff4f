"""When a review is open, who may answer, who sees what, and which answers fit; pure."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Conflict, Findings
from app.core.messages import LOCALES, PAGE_LANGUAGES
from app.practice.questionnaire import questions_of
from app.practice.rules.questions import AnswerKind, Audience, ensure_fit
from app.practice.rules.reviews import (
    Course,
    ReviewState,
    Side,
    ensure_may_answer,
    is_shown,
    state_of,
    window_of,
    windows,
)
from app.practice.rules.rhythm import ReviewKind

START = date(2026, 1, 1)
GOING_ON = Course(START, 6, None)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Told:
    question: str
    scale: int | None = None
    yes: bool | None = None
    text: str | None = None


def good(kind: ReviewKind, side: Side) -> list[Told]:
    by_kind = {
        AnswerKind.SCALE: {"scale": 4},
        AnswerKind.YES_NO: {"yes": True},
        AnswerKind.TEXT: {"text": "The harvest."},
    }
    return [Told(question.code, **by_kind[question.kind]) for question in questions_of(kind, side)]


@pytest.mark.parametrize("kind", ReviewKind)
def test_a_window_holds_both_of_its_borders_and_no_day_more(kind: ReviewKind) -> None:
    review = window_of(GOING_ON, kind)
    days = (review.opens_on - DAY, review.opens_on, review.due_on, review.due_on + DAY)

    assert [state_of(review, GOING_ON, set(), day) for day in days] == [
        ReviewState.TO_COME, ReviewState.OPEN, ReviewState.OPEN, ReviewState.CLOSED,
    ]  # fmt: skip


def test_a_review_is_answered_once_all_three_sides_are_in() -> None:
    review = window_of(GOING_ON, ReviewKind.END)

    assert state_of(review, GOING_ON, {Side.MENTOR, Side.MENTEE}, review.due_on) is ReviewState.OPEN
    assert state_of(review, GOING_ON, set(Side), review.due_on) is ReviewState.ANSWERED
    assert state_of(review, GOING_ON, set(Side), review.due_on + DAY) is ReviewState.ANSWERED


def test_an_early_end_moves_the_last_review_and_leaves_out_what_had_not_begun() -> None:
    ended_on = date(2026, 2, 20)
    course = Course(START, 6, ended_on)
    first, middle, end = windows(course)

    assert (end.opens_on, end.due_on) == (ended_on - 7 * DAY, ended_on + 7 * DAY)
    assert state_of(first, course, set(), ended_on) is ReviewState.OPEN
    assert state_of(middle, course, set(), ended_on) is ReviewState.LEFT_OUT
    assert state_of(middle, course, {Side.MENTOR}, middle.due_on) is ReviewState.OPEN


def test_a_late_end_moves_no_review() -> None:
    assert windows(Course(START, 6, date(2026, 9, 1))) == windows(GOING_ON)


def test_a_review_may_begin_and_end_on_a_leap_day() -> None:
    last = window_of(Course(date(2027, 8, 31), 6, None), ReviewKind.END)
    after_end = window_of(Course(date(2027, 9, 7), 6, date(2028, 2, 22)), ReviewKind.END)

    assert (last.opens_on, last.due_on) == (date(2028, 2, 22), date(2028, 3, 7))
    assert after_end.due_on == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "answered", "code"),
    [
        (date(2026, 2, 11), set(), "review_not_open"),
        (date(2026, 2, 27), set(), "review_closed"),
        (date(2026, 2, 12), {Side.MENTEE}, "review_answered_already"),
    ],
)
def test_an_answer_out_of_time_or_twice_is_refused(day: date, answered: set[Side], code: str) -> None:
    review = window_of(GOING_ON, ReviewKind.FIRST_WEEKS)

    with pytest.raises(Conflict) as refusal:
        ensure_may_answer(review, GOING_ON, answered, Side.MENTEE, day)

    assert refusal.value.code == code


def test_an_answer_in_time_is_taken() -> None:
    ensure_may_answer(
        window_of(GOING_ON, ReviewKind.FIRST_WEEKS), GOING_ON, {Side.MENTOR}, Side.STAFF, date(2026, 2, 26)
    )


@given(
    st.sampled_from(Audience), st.sampled_from(Side), st.sampled_from(Side), st.sets(st.sampled_from(Side))
)
def test_nobody_reads_anothers_answer_before_her_own_is_in(
    audience: Audience, of: Side, viewer: Side, answered: set[Side]
) -> None:
    shown = is_shown(audience, of, viewer, answered)

    if of is viewer:
        assert shown
    elif viewer not in answered or audience is Audience.ASSESSORS:
        assert not shown
    else:
        assert shown


@pytest.mark.parametrize("kind", ReviewKind)
@pytest.mark.parametrize("side", Side)
def test_the_questionnaire_is_short_and_in_every_language_of_the_side(kind: ReviewKind, side: Side) -> None:
    questions = questions_of(kind, side)

    assert 2 <= len(questions) <= 6
    assert len({question.code for question in questions}) == len(questions)
    languages = set(PAGE_LANGUAGES if side is Side.MENTEE else LOCALES)
    assert all(set(question.text) >= languages and all(question.text.values()) for question in questions)
    ensure_fit(questions, good(kind, side))


@pytest.mark.parametrize("kind", ReviewKind)
def test_mentees_are_asked_for_confidence_their_own_part_and_what_was_in_the_way(kind: ReviewKind) -> None:
    asked = {question.code: question for question in questions_of(kind, Side.MENTEE)}

    assert asked["confidence"].kind is AnswerKind.SCALE
    assert asked["own_part"].kind is AnswerKind.YES_NO
    assert asked["in_the_way"].is_optional
    assert "in_the_way" in {question.code for question in questions_of(kind, Side.MENTOR)}


def test_one_code_is_one_question_wherever_it_is_asked() -> None:
    kinds: dict[str, set[AnswerKind]] = {}
    for kind in ReviewKind:
        for side in Side:
            for question in questions_of(kind, side):
                kinds.setdefault(question.code, set()).add(question.kind)

    assert {code for code, found in kinds.items() if len(found) > 1} == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda told: told[1:], "answer_missing"),
        (lambda told: [*told, Told("shoe_size", scale=5)], "question_unknown"),
        (lambda told: [*told, told[0]], "question_repeated"),
        (lambda told: [Told(told[0].question, yes=True), *told[1:]], "answer_kind_refused"),
        (lambda told: [Told(told[0].question), *told[1:]], "answer_kind_refused"),
        (lambda told: [Told(told[0].question, scale=4, text="And more."), *told[1:]], "answer_kind_refused"),
    ],
)
def test_answers_that_do_not_fit_are_named(change, code: str) -> None:
    questions = questions_of(ReviewKind.FIRST_WEEKS, Side.MENTEE)

    with pytest.raises(Findings) as refusal:
        ensure_fit(questions, change(good(ReviewKind.FIRST_WEEKS, Side.MENTEE)))

    assert [finding[1] for finding in refusal.value.findings] == [code]


def test_what_is_optional_may_be_left_out() -> None:
    told = [answer for answer in good(ReviewKind.END, Side.MENTEE) if answer.question != "in_the_way"]

    ensure_fit(questions_of(ReviewKind.END, Side.MENTEE), told)
