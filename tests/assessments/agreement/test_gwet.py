import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.agreement import Weights, cohen_kappa, gwet_ac
from assessments.errors import NotEstimable
from assessments.results import document
from tests.assessments.agreement.published import pairs, rows, table

GAPS = st.lists(
    st.lists(st.sampled_from([0.0, 1.0, 2.0, np.nan]), min_size=3, max_size=3), min_size=2, max_size=12
)


@pytest.mark.parametrize(
    ("ratings", "categories", "printed"),
    [
        (rows("gwet-15x6x5"), range(5), "0.4448007 0.08418757"),
        (table("krippendorff-2011-c"), range(1, 6), "0.7754441 0.14294995"),
    ],
)
def test_published_coefficients_and_errors_are_reproduced(ratings, categories, printed):
    # irrCAC prints five digits of the second: 0.77544 and 0.14295.
    estimate = gwet_ac(ratings, categories=categories).estimate

    assert f"{estimate.value:.7f} {estimate.se:.8f}" == printed


def test_two_raters_give_the_published_coefficient():
    result = gwet_ac(np.column_stack(pairs("gwet-abstractors")), categories=range(3))

    assert f"{result.estimate.value:.7f}" == "0.8493305"


def test_it_stays_high_where_nearly_all_pass_and_kappa_falls():
    first = [1] * 96 + [0, 0, 1, 1]
    second = [1] * 96 + [1, 1, 0, 0]

    kappa = cohen_kappa(first, second, categories=(0, 1)).estimate.value
    ac = gwet_ac(np.column_stack([first, second]), categories=(0, 1)).estimate.value

    assert kappa < 0
    assert ac > 0.9


def by_hand(ratings: np.ndarray, cost: np.ndarray) -> float:
    """Average over every pair of raters of every unit, one by one."""
    agreement = 1 - cost / cost.max()
    apart, margins = [], []
    for row in ratings:
        values = [int(value) for value in row if not np.isnan(value)]
        if values:
            margins.append([values.count(category) / len(values) for category in range(3)])
        hits = [agreement[a, b] for i, a in enumerate(values) for j, b in enumerate(values) if i != j]
        apart += [np.mean(hits)] if hits else []
    common = np.mean(margins, axis=0)
    chance = agreement.sum() / 6 * np.sum(common * (1 - common))
    return (np.mean(apart) - chance) / (1 - chance)


@given(GAPS, st.sampled_from(Weights))
def test_it_equals_a_count_over_all_pairs_with_and_without_gaps(ratings, weights):
    ratings = np.array(ratings)
    power = {Weights.NONE: 0, Weights.LINEAR: 1, Weights.QUADRATIC: 2}[weights]
    distance = np.abs(np.subtract.outer(np.arange(3), np.arange(3))).astype(float)
    if (np.sum(~np.isnan(ratings), axis=1) >= 2).sum() < 2:
        with pytest.raises(NotEstimable, match="too_few_units"):
            gwet_ac(ratings, categories=range(3), weights=weights)
        return

    result = gwet_ac(ratings, categories=range(3), weights=weights)

    expected = by_hand(ratings, np.sign(distance) * distance**power)
    assert result.estimate.value == pytest.approx(expected, abs=1e-9)
    document(result)
