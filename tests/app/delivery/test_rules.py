from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app.core.errors import Conflict, Invalid, MoveRefused
from app.delivery import rules
from app.delivery.rules import AttemptAction, AttemptState, Try
from app.itembank.rules.contents import Head, scored
from app.schemes import assessing
from app.schemes.assessing import Retake
from assessments.forms import ItemKind
from tests.factories.itembank import CONTENT
from tests.factories.packages import a_package, put

RULE = Retake(wait_days=30, most_retakes=2, within_months=12)
FIRST = Try(date(2026, 1, 10), False, date(2026, 1, 20))
SECOND = Try(date(2026, 3, 1), False, date(2026, 3, 5))
ONE, OTHER = UUID(int=1), UUID(int=2)
ITEMS = {kind: scored(Head(kind, 1, "U1", ItemKind(kind)), content) for kind, content in CONTENT.items()}


def test_the_first_try_needs_nothing():
    assert rules.next_try([], RULE, date(2026, 1, 1)) == 1


def test_a_retake_waits_thirty_days_from_the_result():
    assert rules.next_try([FIRST], RULE, date(2026, 2, 19)) == 2
    with pytest.raises(Conflict, match="retake_too_early"):
        rules.next_try([FIRST], RULE, date(2026, 2, 18))


@pytest.mark.parametrize(
    ("tries", "today", "code"),
    [
        ([Try(date(2026, 1, 10), None, None)], date(2026, 6, 1), "attempt_pending"),
        ([Try(date(2026, 1, 10), True, date(2026, 1, 20))], date(2026, 6, 1), "component_passed"),
        ([FIRST, SECOND, Try(date(2026, 5, 1), False, date(2026, 5, 2))], date(2026, 7, 1), "no_retake_left"),
        ([FIRST], date(2027, 1, 11), "retake_too_late"),
    ],
)
def test_a_try_that_the_scheme_does_not_grant_is_refused(tries, today, code):
    with pytest.raises(Conflict) as refusal:
        rules.next_try(tries, RULE, today)

    assert refusal.value.code == code


def test_the_last_day_for_a_retake_is_a_year_after_the_first_try():
    assert rules.next_try([FIRST, SECOND], RULE, date(2027, 1, 10)) == 3


def test_a_retake_takes_a_form_not_sat_before_where_there_is_one():
    assert rules.next_form([ONE, OTHER], {ONE}) == OTHER
    assert rules.next_form([ONE], {ONE}) == ONE


def test_formative_components_count_only_within_one_engagement():
    required = ("C1", "C2", "C3")

    assert rules.missing_formative(required, set()) == required
    assert rules.missing_formative(required, {(ONE, "C1"), (ONE, "C2"), (OTHER, "C3")}) == ("C3",)
    assert rules.missing_formative(required, {(ONE, code) for code in required}) == ()
    assert rules.missing_formative((), set()) == ()


def test_extra_time_is_added_in_percent_of_the_minutes():
    opened = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    assert rules.closing_time(opened, 90, 0) == opened + timedelta(minutes=90)
    assert rules.closing_time(opened, 90, 25) == opened + timedelta(minutes=112, seconds=30)
    assert rules.closing_time(opened, 1, 1) == opened + timedelta(seconds=61)


def test_the_last_second_still_counts():
    closes = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)

    rules.ensure_in_time(closes, closes)
    with pytest.raises(Conflict, match="time_is_up"):
        rules.ensure_in_time(closes + timedelta(microseconds=1), closes)


@pytest.mark.parametrize(
    ("responses", "code"),
    [
        ({"K-9": ["a"]}, "item_unknown"),
        ({"single_choice": ["z"]}, "option_unknown"),
        ({"single_choice": ["a", "a"]}, "option_unknown"),
        ({"single_choice": "words"}, "response_of_other_kind"),
        ({"ordering": ["a", "b", "a"]}, "option_unknown"),
        ({"ordering": {"best": "a"}}, "response_of_other_kind"),
        ({"situational_judgement": {"best": "z", "worst": None}}, "option_unknown"),
        ({"situational_judgement": ["a"]}, "response_of_other_kind"),
        ({"short_answer": ["a"]}, "response_of_other_kind"),
    ],
)
def test_a_response_that_the_item_cannot_have_been_given_is_refused(responses, code):
    with pytest.raises(Invalid) as refusal:
        rules.ensure_responses(ITEMS, responses)

    assert refusal.value.code == code


def test_every_kind_of_item_takes_its_own_kind_of_response_in_part_or_whole():
    whole = {
        "single_choice": ["a"],
        "multiple_choice": ["a", "b"],
        "ordering": ["d", "b", "a", "c"],
        "situational_judgement": {"best": "a", "worst": "d"},
        "short_answer": "Money runs out.",
    }

    rules.ensure_responses(ITEMS, whole)
    rules.ensure_responses(ITEMS, {"ordering": ["d"], "situational_judgement": {"best": None, "worst": "d"}})


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["a"], True),
        ([], False),
        ({"best": "a", "worst": None}, True),
        ({"best": None, "worst": None}, False),
        ("Words.", True),
        (" \n", False),
    ],
)
def test_a_response_that_says_nothing_is_no_answer(given, says):
    assert rules.is_answered(given) is says


def test_a_submitted_attempt_takes_nothing_more():
    assert rules.after(AttemptState.OPEN, AttemptAction.SUBMIT) is AttemptState.SUBMITTED
    for action in AttemptAction:
        with pytest.raises(MoveRefused):
            rules.after(AttemptState.SUBMITTED, action)


def test_the_plan_is_read_from_the_package():
    package = a_package()

    assert assessing.examined(package, 3) == ("F1", "F2", "F3")
    assert assessing.examined(package, 5) == ("F1", "F2", "F3", "F4")
    assert assessing.formative(package, 4) == ("C1", "C2", "C3")
    assert assessing.retake(package) == RULE
    assert [e.code[-4:] for e in assessing.elements_of(package, "F4", 5)] == ["U3.2", "U5.4", "U8.1"]
    assert assessing.critical_elements(package) == {
        f"SME-BM/U{n}" for n in ("1.1", "1.2", "1.4", "2.1", "3.1", "4.1", "5.1")
    }


def test_a_scheme_that_demands_nothing_formative_gates_nothing():
    package = a_package(put("requirements", {"none": "because"}))

    assert assessing.formative(package, 3) == ()
