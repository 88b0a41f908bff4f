from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import AssessmentError, NotEstimable
from assessments.marking import Reconciled, Verdict
from assessments.results import document, root, rounded
from assessments.scoring import Score
from assessments.standard_setting import AngoffStudy

FRACTIONS = st.fractions(min_value=0, max_value=1000, max_denominator=5000)


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Pair:
    left: Decimal
    right: tuple[Fraction, ...]


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 3), 6, "0.333333"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "0"),
        (Fraction(-7, 10), 0, "-1"),
        (Fraction(5), 1, "5.0"),
    ],
)
def test_rounding_is_half_up(value, places, expected):
    assert str(rounded(value, places)) == expected


@given(FRACTIONS)
def test_a_rounded_value_lies_within_half_a_unit_of_the_last_place(value):
    assert abs(Fraction(rounded(value)) - value) <= Fraction(1, 2 * 10**6)


@given(FRACTIONS)
def test_a_root_lies_within_half_a_unit_of_the_last_place(value):
    found, half = Fraction(root(value)), Fraction(1, 2 * 10**6)

    assert max(found - half, Fraction(0)) ** 2 <= value <= (found + half) ** 2


def test_a_result_keeps_every_digit_as_json():
    result = {"b": Pair(Decimal("38.270000"), (Fraction(344, 9),)), "a": frozenset({"y", "x"})}

    assert document(result) == {"b": {"left": "38.270000", "right": ["344/9"]}, "a": ["x", "y"]}


@pytest.mark.parametrize(
    ("value", "expected"), [(None, None), (True, True), (7, 7), ("x", "x"), (Colour.RED, "red"), ([1], [1])]
)
def test_plain_values_stay_what_they_are(value, expected):
    assert document(value) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_reads_back_as_the_same_float(value):
    assert float(document(value)) == value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_no_result(value):
    with pytest.raises(ValueError, match="is not a result"):
        document({"value": value})


@pytest.mark.parametrize("kind", [Score, Verdict, Reconciled, AngoffStudy])
def test_what_decides_about_a_person_holds_no_float(kind):
    assert "float" not in str(get_type_hints(kind))


@pytest.mark.parametrize("value", [Pair, b"x"])
def test_what_has_no_exact_form_is_refused(value):
    with pytest.raises(TypeError):
        document(value)


def test_a_refusal_names_its_code_and_facts():
    refusal = NotEstimable("too_few_judges", judges=4)

    assert isinstance(refusal, AssessmentError)
    assert (refusal.code, refusal.facts) == ("too_few_judges", {"judges": 4})
    assert str(refusal) == "too_few_judges: judges=4"
    assert str(AssessmentError("no_ratings")) == "no_ratings"
