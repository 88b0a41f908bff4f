from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import AssessmentError
from assessments.marking import (
    AdjudicationRule,
    Cause,
    How,
    Line,
    PassRule,
    Reason,
    Reconciled,
    ReconciledElement,
    Shortfall,
    disagreement,
    reconcile,
    verdict,
)

CRITICAL = frozenset({"c1", "c2"})
ELEMENTS = ("c1", "c2", "e1", "e2", "e3", "e4")
PASS = PassRule(Decimal(0), Decimal(1), Decimal("0.5"))
RULE = AdjudicationRule(straddle_critical=True, noncritical_count=3, noncritical_distance=2)
RATINGS = st.tuples(*[st.integers(0, 5)] * 6).map(lambda row: dict(zip(ELEMENTS, row, strict=True)))


def ratings(*row):
    return dict(zip(ELEMENTS, row, strict=True))


def a_verdict(values, target=3, rule=PASS):
    return verdict(values, CRITICAL, target, rule)


def reasons_for(first, second, rule=RULE, pass_rule=PASS):
    return disagreement(first, second, critical=CRITICAL, target=3, pass_rule=pass_rule, rule=rule)


def reconciled(first, second, third=None):
    return reconcile(first, second, third, critical=CRITICAL, target=3, pass_rule=PASS, rule=RULE)


@pytest.mark.parametrize(
    ("row", "failing"),
    [
        ((3, 3, 3, 3, 3, 3), ()),
        ((3, 3, 2, 2, 2, 3), ()),
        ((5, 2, 5, 5, 5, 5), (Shortfall(Line.CRITICAL, "c2", Decimal(3), Decimal(2)),)),
        ((5, 5, 5, 5, 5, 1), (Shortfall(Line.OTHER, "e4", Decimal(2), Decimal(1)),)),
        ((3, 3, 2, 2, 2, 2), (Shortfall(Line.MEAN, None, Decimal("2.5"), Decimal("2.333333")),)),
    ],
)
def test_a_component_fails_by_the_line_that_it_misses(row, failing):
    found = a_verdict(ratings(*row))

    assert (found.passed, found.failing) == (not failing, failing)
    assert found.n_elements == 6


def test_a_half_between_the_lines_is_read_exactly():
    half = {**ratings(3, 3, 3, 3, 3, 3), "c1": Decimal("2.5"), "e1": Decimal("2.5")}

    assert a_verdict(half).failing == (Shortfall(Line.CRITICAL, "c1", Decimal(3), Decimal("2.5")),)


@pytest.mark.parametrize(
    ("values", "target", "code"),
    [
        ({}, 3, "no_ratings"),
        ({"e1": 6}, 3, "rating_out_of_range"),
        ({"e1": -1}, 3, "rating_out_of_range"),
        ({"e1": Decimal("NaN")}, 3, "rating_out_of_range"),
        ({"e1": 3}, 0, "target_out_of_range"),
        ({"e1": 3}, 6, "target_out_of_range"),
    ],
)
def test_values_outside_the_scale_are_refused(values, target, code):
    with pytest.raises(AssessmentError, match=code):
        a_verdict(values, target)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (ratings(3, 3, 3, 3, 3, 3), ratings(4, 4, 5, 5, 2, 3), ()),
        (
            ratings(3, 3, 3, 3, 3, 3),
            ratings(3, 3, 3, 3, 3, 1),
            (Reason(Cause.VERDICTS_DIFFER, ()),),
        ),
        (
            ratings(3, 3, 3, 3, 3, 3),
            ratings(3, 2, 3, 3, 3, 3),
            (Reason(Cause.VERDICTS_DIFFER, ()), Reason(Cause.CRITICAL_STRADDLES, ("c2",))),
        ),
        (
            ratings(3, 2, 3, 3, 3, 3),
            ratings(2, 3, 3, 3, 3, 3),
            (Reason(Cause.CRITICAL_STRADDLES, ("c1", "c2")),),
        ),
        (
            ratings(3, 3, 3, 3, 3, 3),
            ratings(3, 3, 5, 5, 5, 3),
            (Reason(Cause.NONCRITICAL_APART, ("e1", "e2", "e3")),),
        ),
        (ratings(3, 3, 3, 3, 3, 3), ratings(5, 5, 5, 5, 4, 4), ()),
    ],
)
def test_a_third_is_called_for_named_causes_only(first, second, expected):
    assert reasons_for(first, second) == reasons_for(second, first) == expected


def test_a_rule_may_leave_the_straddle_out():
    lenient = AdjudicationRule(straddle_critical=False, noncritical_count=3, noncritical_distance=2)

    assert reasons_for(ratings(3, 2, 3, 3, 3, 3), ratings(2, 3, 3, 3, 3, 3), lenient) == ()


def test_the_critical_line_follows_the_offset():
    below = PassRule(Decimal(1), Decimal(1), Decimal(1))

    assert reasons_for(ratings(3, 3, 3, 3, 3, 3), ratings(3, 2, 3, 3, 3, 3), pass_rule=below) == ()


def test_without_adjudication_the_mean_counts_and_for_critical_elements_the_lower():
    found = reconciled(ratings(3, 5, 3, 2, 4, 3), ratings(4, 3, 4, 3, 4, 3))

    assert [(entry.value, entry.how) for entry in found.elements] == [
        (Decimal(3), How.LOWER),
        (Decimal(3), How.LOWER),
        (Decimal("3.5"), How.MEAN),
        (Decimal("2.5"), How.MEAN),
        (Decimal("4.0"), How.MEAN),
        (Decimal("3.0"), How.MEAN),
    ]
    assert (found.reasons, found.n_assessors) == ((), 2)


@pytest.mark.parametrize(
    ("element", "pair", "third", "value", "how"),
    [
        ("e1", (1, 4), 5, "4.5", How.THIRD_WITH_NEARER),
        ("e1", (1, 4), 2, "1.5", How.THIRD_WITH_NEARER),
        ("e1", (4, 1), 4, "4.0", How.THIRD_WITH_NEARER),
        ("e1", (1, 3), 2, "2", How.THIRD_STANDS),
        ("e1", (3, 3), 5, "4.0", How.THIRD_WITH_NEARER),
        ("c1", (2, 4), 5, "4", How.THIRD_WITH_NEARER),
        ("c1", (2, 5), 4, "4", How.THIRD_WITH_NEARER),
        ("c1", (2, 4), 3, "3", How.THIRD_STANDS),
        ("c1", (4, 4), 2, "2", How.THIRD_WITH_NEARER),
    ],
)
def test_with_adjudication_the_third_counts_with_the_nearer(element, pair, third, value, how):
    # c2 straddles the line, so adjudication is called for whatever the element under test does.
    first, second, last = ratings(3, 3, 3, 3, 3, 3), ratings(3, 2, 3, 3, 3, 3), ratings(3, 3, 3, 3, 3, 3)

    found = reconciled({**first, element: pair[0]}, {**second, element: pair[1]}, {**last, element: third})

    entry = next(entry for entry in found.elements if entry.element == element)
    assert entry == ReconciledElement(element, Decimal(value), how)
    assert found.n_assessors == 3


def test_reconciled_values_can_be_judged():
    found = reconciled(ratings(3, 3, 3, 3, 3, 3), ratings(3, 2, 3, 3, 3, 3), ratings(3, 3, 3, 3, 3, 4))

    assert isinstance(found, Reconciled)
    assert found.values()["e4"] == Decimal("3.5")
    assert a_verdict(found.values()).passed


def test_adjudication_needs_a_third():
    with pytest.raises(AssessmentError) as refusal:
        reconciled(ratings(3, 2, 3, 3, 3, 3), ratings(2, 3, 3, 3, 3, 3))

    assert (refusal.value.code, refusal.value.facts["causes"]) == ("third_missing", ("critical_straddles",))


def test_a_third_opinion_is_not_taken_where_none_is_called_for():
    with pytest.raises(AssessmentError, match="third_not_called_for"):
        reconciled(*[ratings(3, 3, 3, 3, 3, 3)] * 3)


def test_all_assessors_rate_the_same_elements():
    short = {"c1": 3, "c2": 3}

    with pytest.raises(AssessmentError) as refusal:
        reconciled(ratings(3, 3, 3, 3, 3, 3), short)
    assert (refusal.value.code, refusal.value.facts["elements"]) == (
        "elements_differ",
        ("e1", "e2", "e3", "e4"),
    )
    with pytest.raises(AssessmentError, match="elements_differ"):
        reconciled(ratings(3, 3, 3, 3, 3, 3), ratings(3, 2, 3, 3, 3, 3), short)


@pytest.mark.parametrize("rating", [True, Decimal(3)])
def test_an_assessor_rates_in_whole_numbers(rating):
    with pytest.raises(AssessmentError, match="rating_not_whole"):
        reasons_for({**ratings(3, 3, 3, 3, 3, 3), "e1": rating}, ratings(3, 3, 3, 3, 3, 3))


@given(RATINGS, RATINGS, RATINGS)
def test_it_does_not_matter_who_was_first(first, second, third):
    called = third if reasons_for(first, second) else None

    assert reconciled(first, second, called).elements == reconciled(second, first, called).elements


@given(RATINGS, RATINGS, RATINGS)
def test_a_reconciled_value_lies_between_the_ratings(first, second, third):
    called = third if reasons_for(first, second) else None

    for element, value in reconciled(first, second, called).values().items():
        given_ratings = [first[element], second[element], *([called[element]] if called else [])]
        assert min(given_ratings) <= value <= max(given_ratings)


@given(RATINGS, st.sampled_from(ELEMENTS), st.integers(1, 5))
def test_raising_a_rating_never_fails_a_pass(row, element, target):
    higher = {**row, element: min(row[element] + 1, 5)}

    assert a_verdict(higher, target).passed >= a_verdict(row, target).passed


@given(RATINGS, RATINGS)
def test_two_assessors_who_both_pass_without_a_third_leave_a_pass(first, second):
    if not reasons_for(first, second) and a_verdict(first).passed:
        assert a_verdict(reconciled(first, second).values()).passed
