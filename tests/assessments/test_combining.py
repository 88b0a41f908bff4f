"""Rules over components: what passes, which line was missed, and what is still awaited."""

from decimal import Decimal
from fractions import Fraction
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.combining import (
    Combined,
    Compensatory,
    Component,
    Conjunctive,
    Disjunctive,
    Line,
    Missed,
    Outcome,
    Weight,
    combine,
    counted,
    with_floors,
)
from assessments.errors import AssessmentError
from assessments.results import document

SOME = settings(max_examples=50, deadline=None)
PASSED, FAILED, INCOMPLETE = Outcome.PASSED, Outcome.FAILED, Outcome.INCOMPLETE
TEST, SESSION, CASE = Line("test", 38), Line("session", Decimal("3.5")), Line("case", 3)
MEAN = Compensatory((Weight("test", 2), Weight("session", 1)), Decimal("0.7"))


def components(**values):
    most = {"test": 60, "session": 5, "case": 5}
    return [Component(code, value, most[code]) for code, value in values.items()]


@pytest.mark.parametrize(
    ("rule", "values", "outcome"),
    [
        (TEST, {"test": 38}, PASSED),
        (TEST, {"test": 37}, FAILED),
        (TEST, {"test": None}, INCOMPLETE),
        (TEST, {}, INCOMPLETE),
        (Conjunctive((TEST, SESSION)), {"test": 38, "session": Decimal("3.5")}, PASSED),
        (Conjunctive((TEST, SESSION)), {"test": 60, "session": Decimal("3.49")}, FAILED),
        (Conjunctive((TEST, SESSION)), {"test": 60}, INCOMPLETE),
        (Conjunctive((TEST, SESSION)), {"test": 0}, INCOMPLETE),
        (Disjunctive((TEST, SESSION)), {"test": 38}, PASSED),
        (Disjunctive((TEST, SESSION)), {"test": 37, "session": 4}, PASSED),
        (Disjunctive((TEST, SESSION)), {"test": 37, "session": 3}, FAILED),
        (Disjunctive((TEST, SESSION)), {"test": 37}, INCOMPLETE),
        (MEAN, {"test": 48, "session": Decimal("2.5")}, PASSED),  # (2 · 0.8 + 0.5) / 3 = 0.7 exactly
        (MEAN, {"test": 48, "session": Decimal("2.49")}, FAILED),
        (MEAN, {"test": 60}, INCOMPLETE),
        (with_floors(MEAN, [SESSION]), {"test": 60, "session": Decimal("3.5")}, PASSED),
        (with_floors(MEAN, [SESSION]), {"test": 60, "session": 3}, FAILED),
        (Conjunctive((TEST, Disjunctive((SESSION, CASE)))), {"test": 37, "case": 3}, FAILED),
        (Conjunctive((TEST, Disjunctive((SESSION, CASE)))), {"test": 38, "case": 2}, INCOMPLETE),
    ],
)
def test_a_rule_gives_its_outcome(rule, values, outcome):
    assert combine(components(**values), rule).outcome is outcome


def test_every_line_missed_is_named_with_what_was_required_and_found():
    rule = Conjunctive((MEAN, TEST, SESSION))

    found = combine(components(test=30, session=Decimal("3.4")), rule)

    assert found.missed == (
        Missed(("test", "session"), Fraction(7, 10), Fraction(14, 25)),
        Missed(("test",), Fraction(38), Fraction(30)),
        Missed(("session",), Fraction(7, 2), Fraction(17, 5)),
    )
    assert found.missing == ()


def test_a_line_missed_is_named_while_another_component_is_awaited():
    found = combine(components(test=30), Conjunctive((TEST, SESSION, MEAN)))

    assert (found.outcome, found.missing) == (INCOMPLETE, ("session",))
    assert [line.components for line in found.missed] == [("test",)]


def test_nothing_stands_against_a_pass_by_another_way():
    found = combine(components(test=30, session=5), Disjunctive((TEST, SESSION, CASE)))

    assert (found.outcome, found.missed, found.missing) == (PASSED, (), ())


def test_thirds_add_up_exactly():
    rule = Compensatory(tuple(Weight(code, 1) for code in ("test", "session", "case")), Fraction(1, 3))

    found = combine(components(test=20, session=Fraction(5, 3), case=Fraction(5, 3)), rule)

    assert found.outcome is PASSED


def test_rules_are_values_that_can_be_compared_and_kept():
    twin = with_floors(Compensatory((Weight("test", 2), Weight("session", 1)), Decimal("0.7")), [SESSION])
    rule = with_floors(MEAN, [SESSION])

    assert (twin, hash(twin), len({twin, rule})) == (rule, hash(rule), 1)
    assert Conjunctive((TEST,)) != Disjunctive((TEST,))
    assert counted(Disjunctive((rule, CASE))) == {"test", "session", "case"}


def test_an_outcome_is_written_down_with_its_rule():
    written = document(combine(components(test=30), Disjunctive((TEST,))))

    assert written == {
        "outcome": "failed",
        "missed": [{"components": ["test"], "required": "38/1", "found": "30/1"}],
        "missing": [],
        "rule": {"parts": [{"component": "test", "least": 38, "kind": "line"}], "kind": "disjunctive"},
        "version": "combining/1",
    }


@pytest.mark.parametrize("kind", [Combined, Missed, Component, Line, Compensatory, Weight])
def test_what_decides_about_a_person_holds_no_float(kind):
    assert "float" not in str(get_type_hints(kind))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Conjunctive(()), "no_parts"),
        (lambda: Disjunctive(()), "no_parts"),
        (lambda: Compensatory((), 1), "no_parts"),
        (lambda: Compensatory((Weight("test", 1), Weight("test", 2)), 1), "component_repeated"),
        (lambda: Compensatory((Weight("test", 1),), Decimal("1.01")), "line_out_of_range"),
        (lambda: Compensatory((Weight("test", 1),), -1), "line_out_of_range"),
        (lambda: Compensatory((Weight("test", 1),), 0.7), "value_not_exact"),
        (lambda: Weight("test", 0), "weight_not_positive"),
        (lambda: Weight("test", Decimal("NaN")), "value_not_exact"),
        (lambda: Line("test", -1), "line_negative"),
        (lambda: Line("test", 38.0), "value_not_exact"),
        (lambda: Component("test", 61, 60), "value_out_of_range"),
        (lambda: Component("test", -1, 60), "value_out_of_range"),
        (lambda: Component("test", True, 60), "value_not_exact"),
        (lambda: Component("test", Decimal("Infinity"), 60), "value_not_exact"),
        (lambda: Component("test", None, 0), "maximum_not_positive"),
        (lambda: combine(components(test=1) * 2, TEST), "component_repeated"),
        (lambda: combine(components(test=1, case=1), TEST), "unknown_component"),
        (lambda: combine(components(test=1), Line("test", 61)), "line_beyond_maximum"),
    ],
)
def test_what_could_mislead_is_refused(make, code):
    with pytest.raises(AssessmentError) as refusal:
        make()

    assert refusal.value.code == code


CODES = ("a", "b", "c", "d")
POINTS = st.integers(0, 10)
LINES = st.builds(Line, st.sampled_from(CODES), POINTS)
MEANS = st.builds(
    Compensatory,
    st.lists(
        st.builds(Weight, st.sampled_from(CODES), st.integers(1, 5)),
        min_size=1,
        max_size=4,
        unique_by=lambda weight: weight.component,
    ).map(tuple),
    st.integers(0, 10).map(lambda tenths: Fraction(tenths, 10)),
)
RULES = st.recursive(
    LINES | MEANS,
    lambda rules: st.lists(rules, min_size=1, max_size=3).flatmap(
        lambda parts: st.sampled_from([Conjunctive(tuple(parts)), Disjunctive(tuple(parts))])
    ),
    max_leaves=6,
)
VALUES = st.tuples(*[st.none() | POINTS] * 4)
WHOLE = st.tuples(*[POINTS] * 4)


def held(values, rule):
    known = counted(rule)
    return combine(
        [Component(code, value, 10) for code, value in zip(CODES, values, strict=True) if code in known], rule
    )


def met(values, rule):
    """The rule in plain words, for whole results: another way to the same outcome."""
    if isinstance(rule, Line):
        return values[rule.component] >= rule.least
    if isinstance(rule, Compensatory):
        total = sum(weight.weight * values[weight.component] for weight in rule.weights)
        return total >= rule.least * 10 * sum(weight.weight for weight in rule.weights)
    parts = [met(values, part) for part in rule.parts]
    return all(parts) if isinstance(rule, Conjunctive) else any(parts)


@SOME
@given(WHOLE, RULES)
def test_a_whole_result_passes_or_fails_and_a_fail_names_its_line(values, rule):
    found = held(values, rule)

    assert found.outcome is (PASSED if met(dict(zip(CODES, values, strict=True)), rule) else FAILED)
    assert (found.missed == ()) is (found.outcome is PASSED)
    assert all(line.found < line.required for line in found.missed)


@SOME
@given(WHOLE, st.sampled_from(range(4)), st.integers(0, 10), RULES)
def test_more_points_never_turn_a_pass_into_a_fail(values, place, more, rule):
    raised = tuple(min(10, value + more) if at == place else value for at, value in enumerate(values))

    assert not (held(values, rule).outcome is PASSED and held(raised, rule).outcome is FAILED)


@SOME
@given(VALUES, WHOLE, RULES)
def test_a_result_that_arrives_never_undoes_a_pass_and_a_fail_is_never_for_want_of_one(values, late, rule):
    arrived = tuple(new if value is None else value for value, new in zip(values, late, strict=True))

    before, after = held(values, rule).outcome, held(arrived, rule).outcome

    assert before in {after, INCOMPLETE}
    assert after is not INCOMPLETE


def turned(rule):
    """The same rule with the parts of every node in the opposite order."""
    if isinstance(rule, Line):
        return rule
    if isinstance(rule, Compensatory):
        return Compensatory(rule.weights[::-1], rule.least)
    return type(rule)(tuple(turned(part) for part in reversed(rule.parts)))


@SOME
@given(VALUES, RULES)
def test_the_order_of_components_and_of_parts_changes_nothing(values, rule):
    known = [
        Component(code, value, 10) for code, value in zip(CODES, values, strict=True) if code in counted(rule)
    ]

    one, other = combine(known, rule), combine(known[::-1], turned(rule))

    def lines(found):
        return {(frozenset(line.components), line.required, line.found) for line in found.missed}

    assert (one.outcome, one.missing, lines(one)) == (other.outcome, other.missing, lines(other))
