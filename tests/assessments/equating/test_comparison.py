"""Methods side by side: where they part, for how many candidates, and whether it matters."""

import numpy as np
import pytest

from assessments.equating import Method, compare, equate, random_groups
from assessments.errors import AssessmentError
from assessments.results import document
from tests.assessments.equating.sittings import SCALE, anchored, randomised, values

NEAT = anchored(np.random.default_rng(51))
TUCKER, LEVINE = equate(NEAT, Method.TUCKER), equate(NEAT, Method.LEVINE_OBSERVED)


def test_methods_are_held_against_the_first():
    found = compare([TUCKER, LEVINE, equate(NEAT, Method.CHAINED_LINEAR)])

    assert found.reference is Method.TUCKER
    assert [departure.method for departure in found.departures] == [
        Method.LEVINE_OBSERVED,
        Method.CHAINED_LINEAR,
    ]
    gap = values(LEVINE) - values(TUCKER)
    first = found.departures[0]
    assert first.differences == pytest.approx(gap)
    assert abs(first.largest) == pytest.approx(np.abs(gap).max())
    assert first.largest == pytest.approx(gap[first.largest_at])
    shares = NEAT.margins()[0] / 400
    assert first.root_mean_square == pytest.approx(np.sqrt(shares @ gap**2))


def test_a_difference_matters_where_it_passes_the_line_and_somebody_had_the_score():
    scores = [3, 5] * 10
    design = random_groups(scores, np.array(scores) + 1, new=SCALE, old=SCALE)
    tables = [equate(design, Method.IDENTITY), equate(design, Method.MEAN)]

    found, wide = compare(tables), compare(tables, difference_that_matters=1.5)

    assert (found.matters, wide.matters) == (True, False)
    assert found.departures[0].beyond == tuple(range(37))
    assert found.departures[0].share_beyond == pytest.approx(1)
    assert (wide.departures[0].beyond, wide.departures[0].share_beyond) == ((), 0)


def test_a_comparison_is_a_document():
    found = document(compare([TUCKER, LEVINE]))

    assert found["difference_that_matters"] == "0.5"
    assert found["provenance"]["options"] == {"methods": ["tucker", "levine_observed"]}


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        (lambda: compare([TUCKER]), "too_few_tables"),
        (
            lambda: compare([TUCKER, equate(randomised(np.random.default_rng(1)), Method.LINEAR)]),
            "tables_differ",
        ),
        (lambda: compare([TUCKER, LEVINE], difference_that_matters=0), "difference_not_positive"),
        (
            lambda: compare([TUCKER, LEVINE], difference_that_matters=float("nan")),
            "difference_not_positive",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(attempt, code):
    with pytest.raises(AssessmentError) as refusal:
        attempt()

    assert refusal.value.code == code
