from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from assessments.agreement import Weights, agreement_rate, agreement_within, cohen_kappa, weighted_kappa
from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from tests.assessments.agreement.published import pairs

SCALE = range(5)
LISTS = st.lists(st.tuples(st.sampled_from(SCALE), st.sampled_from(SCALE)), min_size=2, max_size=40)


def some_pairs(seed: int, n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    first = rng.integers(0, 5, n)
    return first, np.clip(first + rng.integers(-1, 3, n), 0, 4)


@pytest.mark.parametrize(
    ("name", "weights", "printed"),
    [
        ("sexual-fun", Weights.NONE, "0.12933"),
        ("sexual-fun", Weights.LINEAR, "0.23738"),
        ("sexual-fun", Weights.QUADRATIC, "0.33205"),
        ("cohen-1968", Weights.NONE, "0.492"),
        ("cohen-1968", [[0, 1, 3], [1, 0, 6], [3, 6, 0]], "0.348"),
        ("cohen-1968", [[0, 1, 4], [1, 0, 6], [2, 2, 0]], "0.353"),
        ("gwet-abstractors", Weights.NONE, "0.7964094"),
    ],
)
def test_published_kappas_are_reproduced(name, weights, printed):
    first, second = pairs(name)

    result = cohen_kappa(first, second, categories=range(first.max() + 1), weights=weights)

    assert f"{result.estimate.value:.{len(printed) - 2}f}" == printed


def test_the_standard_error_of_a_published_kappa_is_reproduced():
    first, second = pairs("gwet-abstractors")

    estimate = cohen_kappa(first, second, categories=range(3)).estimate

    assert f"{estimate.se:.8f} {estimate.ci[1]:.3f} {estimate.ci_method}" == "0.05891072 0.912 normal"


@pytest.mark.parametrize(
    ("weights", "wt"), [(Weights.NONE, None), (Weights.LINEAR, "linear"), (Weights.QUADRATIC, "quadratic")]
)
def test_kappa_and_its_error_equal_those_of_statsmodels(weights, wt):
    first, second = some_pairs(1)
    table = np.zeros((5, 5))
    np.add.at(table, (first, second), 1)

    estimate = cohen_kappa(first, second, categories=SCALE, weights=weights).estimate

    peer = cohens_kappa(table, wt=wt)
    assert estimate.value == pytest.approx(peer.kappa, abs=1e-12)
    assert estimate.se == pytest.approx(peer.std_kappa, abs=1e-12)
    assert estimate.ci == pytest.approx((peer.kappa_low, peer.kappa_upp), abs=1e-9)


def test_the_error_of_custom_weights_is_that_of_a_jackknife():
    first, second = some_pairs(2, 300)
    weights = np.array([[0, 1, 2, 5, 9], [2, 0, 1, 2, 5], [4, 1, 0, 1, 2], [5, 2, 1, 0, 3], [9, 5, 2, 1, 0]])

    se = cohen_kappa(first, second, categories=SCALE, weights=weights).estimate.se

    without = np.array(
        [
            cohen_kappa(
                np.delete(first, out), np.delete(second, out), categories=SCALE, weights=weights
            ).estimate.value
            for out in range(300)
        ]
    )
    assert se == pytest.approx(np.sqrt(299 * without.var()), rel=0.01)


@given(LISTS, st.sampled_from(Weights))
def test_kappa_equals_the_exact_one(ratings, weights):
    first, second = zip(*ratings, strict=True)
    assume(len({*first, *second}) > 1)

    exact = weighted_kappa(first, second, categories=SCALE, weights=weights).exact
    result = cohen_kappa(first, second, categories=SCALE, weights=weights)

    assert result.estimate.value == pytest.approx(float(exact), abs=1e-12)
    document(result)


@given(LISTS, st.integers(0, 4))
def test_agreement_within_steps_equals_the_exact_share(ratings, steps):
    first, second = zip(*ratings, strict=True)

    result = agreement_rate(first, second, categories=SCALE, steps=steps)

    exact = agreement_within(first, second, distance=steps).exact
    assert Fraction(result.estimate.value).limit_denominator(100) == exact
    assert 0 <= result.estimate.ci[0] <= result.estimate.value <= result.estimate.ci[1] <= 1


def test_the_interval_of_agreement_is_wilsons():
    first, second = some_pairs(3)

    estimate = agreement_rate(first, second, categories=SCALE, steps=1, ci_level=0.9).estimate

    count = int(np.sum(np.abs(first - second) <= 1))
    assert estimate.ci == pytest.approx(proportion_confint(count, 400, alpha=0.1, method="wilson"), abs=1e-12)


def test_steps_count_categories_and_not_their_distance():
    result = agreement_rate([0.1, 0.4], [0.4, 0.4], categories=[0.1, 0.4, 0.5], steps=1)

    assert result.estimate.value == 1


def test_a_pair_with_a_gap_is_left_out_and_counted():
    first, second = some_pairs(4)
    whole = cohen_kappa(first, second, categories=SCALE)

    gaps = cohen_kappa([*first, np.nan, 1], [*second, 2, np.nan], categories=SCALE)

    assert gaps.estimate == whole.estimate
    assert (gaps.provenance.n_persons, gaps.provenance.n_missing) == (400, 2)


def test_few_pairs_and_full_agreement_are_flagged():
    result = cohen_kappa([1, 2, 3], [1, 2, 3], categories=SCALE)

    assert (result.estimate.value, result.estimate.se, result.estimate.ci) == (1, None, None)
    assert [finding.code for finding in result.provenance.warnings] == ["few_units", "no_interval"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"second": [1]}, "lengths_differ"),
        ({"first": [[1, 2]]}, "not_a_list"),
        ({"first": [1, 9]}, "unknown_category"),
        ({"first": [1, np.inf]}, "not_finite"),
        ({"categories": [1, 1]}, "category_repeated"),
        ({"categories": range(32_001)}, "too_many_categories"),
        ({"categories": [1]}, "one_category"),
        ({"weights": [[0, 1], [1, 0]]}, "weights_shape"),
        ({"weights": [[0, 1, 1], [1, 0, 1], [-1, 1, 0]]}, "weights_negative"),
        ({"weights": [[0, 1, 1], [1, 1, 1], [1, 1, 0]]}, "weights_diagonal"),
        ({"ci_level": 1.0}, "ci_level"),
    ],
)
def test_what_does_not_fit_is_refused(change, code):
    sound = {"first": [1, 2], "second": [1, 2], "categories": [1, 2, 3]}

    with pytest.raises(AssessmentError) as refused:
        cohen_kappa(**(sound | change))

    assert refused.value.code == code


def test_negative_steps_are_refused():
    with pytest.raises(AssessmentError, match="steps_negative"):
        agreement_rate([1], [1], categories=[1, 2], steps=-1)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ([], [], "no_data"),
        ([np.nan], [1], "no_pairs"),
        ([2, 2], [2, 2], "no_expected_disagreement"),
    ],
)
def test_what_is_not_defined_is_not_estimated(first, second, code):
    with pytest.raises(NotEstimable, match=code):
        cohen_kappa(first, second, categories=[1, 2])


@pytest.mark.slow
def test_the_upper_end_of_kappas_interval_is_seldom_too_low():
    """Nobody is to be blocked by chance; the lower end is less sure (it is too high in 5 to 10 of 100)."""
    rng = np.random.default_rng(5)
    joint = np.array([30, 6, 2, 6, 20, 6, 2, 6, 22])
    first, second = (part.ravel() for part in np.indices((3, 3)))

    def ends(counts: np.ndarray) -> tuple[float, tuple[float, float]]:
        rows, columns = np.repeat(first, counts), np.repeat(second, counts)
        estimate = cohen_kappa(rows, columns, categories=range(3), weights=Weights.QUADRATIC).estimate
        return estimate.value, estimate.ci

    truth = ends(joint)[0]
    drawn = np.array([ends(rng.multinomial(50, joint / 100))[1] for _ in range(2000)])

    assert np.mean(drawn[:, 1] < truth) <= 0.025
    assert np.mean(drawn[:, 0] > truth) <= 0.1
