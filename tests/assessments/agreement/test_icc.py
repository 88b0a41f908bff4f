import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from assessments.agreement import IccForm, icc
from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from tests.assessments.agreement.published import table

MEANS = (IccForm.ONE_WAY_MEAN, IccForm.TWO_WAY_RANDOM_MEAN, IccForm.TWO_WAY_FIXED_MEAN)
TABLES = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=8)


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("1,1", "0.17 -0.13 0.72"),
        ("2,1", "0.29 0.02 0.76"),
        ("3,1", "0.71 0.34 0.95"),
        ("1,k", "0.44 -0.88 0.91"),
        ("2,k", "0.62 0.07 0.93"),
        ("3,k", "0.91 0.68 0.99"),
    ],
)
def test_shrout_and_fleiss_are_reproduced(form, printed):
    result = icc(table("shrout-fleiss-1979"), form=IccForm(form))

    ends = result.estimate.ci
    assert f"{result.estimate.value:.2f} {ends[0]:.2f} {ends[1]:.2f}" == printed
    assert (result.provenance.method, result.form.value) == (f"icc({form})", form)
    assert [finding.code for finding in result.provenance.warnings] == ["few_units"]


def test_the_mean_squares_are_those_of_the_published_table():
    squares = icc(table("shrout-fleiss-1979"), form=IccForm("2,1")).mean_squares

    printed = [f"{part:.2f}" for part in (squares.units, squares.within, squares.raters, squares.residual)]
    assert printed == ["11.24", "6.26", "32.49", "1.02"]


def test_the_mean_over_fixed_raters_is_cronbachs_alpha():
    ratings = table("shrout-fleiss-1979")
    k = ratings.shape[1]

    result = icc(ratings, form=IccForm.TWO_WAY_FIXED_MEAN)

    alpha = k / (k - 1) * (1 - ratings.var(axis=0, ddof=1).sum() / ratings.sum(axis=1).var(ddof=1))
    assert result.estimate.value == pytest.approx(alpha, abs=1e-12)


@given(TABLES, st.sampled_from(IccForm), st.floats(-1000, 1000), st.floats(0.01, 100))
def test_the_figure_keeps_when_the_scale_is_moved_or_stretched_and_is_never_undefined(
    ratings, form, shift, stretch
):
    ratings = np.array(ratings, dtype=float)
    try:
        result = icc(ratings, form=form)
    except NotEstimable as refused:
        assert refused.code == "no_variance_between_units"
        with pytest.raises(NotEstimable):
            icc(ratings * stretch + shift, form=form)
        return

    moved = icc(ratings * stretch + shift, form=form)

    assert moved.estimate.value == pytest.approx(result.estimate.value, abs=1e-5)
    assert result.estimate.value <= 1 + 1e-12
    if result.estimate.ci is not None:
        assert result.estimate.ci[0] <= result.estimate.ci[1]
    document(result)


@given(TABLES)
def test_the_mean_of_k_is_stepped_up_from_one(ratings):
    forms = [(IccForm(f"{model},1"), IccForm(f"{model},k")) for model in "123"]
    assume(len({sum(row) for row in ratings}) > 1)

    for single, mean in forms:
        one = icc(ratings, form=single).estimate.value
        try:
            many = icc(ratings, form=mean).estimate.value
        except NotEstimable:
            assert 1 + 2 * one <= 1e-9
            continue
        assert many == pytest.approx(3 * one / (1 + 2 * one), rel=1e-9)


@pytest.mark.parametrize("form", IccForm)
def test_ratings_that_agree_fully_give_one_without_an_interval(form):
    result = icc([[1, 1, 1], [2, 2, 2], [3, 3, 3]], form=form)

    assert (result.estimate.value, result.estimate.ci) == (1, None)
    assert [finding.code for finding in result.provenance.warnings] == ["few_units", "no_interval"]


@pytest.mark.parametrize("form", MEANS)
def test_a_mean_of_units_that_do_not_differ_is_not_estimated(form):
    with pytest.raises(NotEstimable, match="no_variance_between_units"):
        icc([[1, 2], [2, 1], [1, 2]], form=form)


def test_a_mean_whose_interval_would_not_end_is_given_without_it():
    result = icc([[0, 1, 0], [1, 0, 0]], form=IccForm.TWO_WAY_RANDOM_SINGLE)

    assert result.estimate.ci is None


@pytest.mark.parametrize("form", IccForm)
def test_ratings_all_alike_are_not_estimated(form):
    with pytest.raises(NotEstimable, match="no_variance_between_units"):
        icc([[0.1, 0.1], [0.1, 0.1], [0.1, 0.1]], form=form)


@pytest.mark.parametrize(
    ("ratings", "level", "code"),
    [
        ([[1, 2]], 0.95, "too_few_units"),
        ([[1], [2]], 0.95, "too_few_raters"),
        ([[1, np.nan], [2, 2]], 0.95, "missing_cell"),
        ([[1, 2], [2, 2]], 0.0, "ci_level"),
    ],
)
def test_what_does_not_fit_is_refused(ratings, level, code):
    with pytest.raises(AssessmentError) as refused:
        icc(ratings, form=IccForm("1,1"), ci_level=level)

    assert refused.value.code == code


@pytest.mark.slow
@pytest.mark.parametrize("form", IccForm)
def test_the_interval_holds_its_level(form):
    rng = np.random.default_rng(7)
    n, k, between, severity, noise = 20, 4, 1.0, 0.25, 1.0
    residual = noise + (severity if form.value[0] == "1" else 0)
    error = residual + (severity if form.value[0] == "2" else 0)
    truth = between / (between + (error / k if form.is_mean else error))

    def holds() -> bool:
        raters = rng.normal(0, severity**0.5, (n if form.value[0] == "1" else 1, k))
        ratings = rng.normal(0, between**0.5, (n, 1)) + raters + rng.normal(0, noise**0.5, (n, k))
        ci = icc(ratings, form=form).estimate.ci
        return ci[0] <= truth <= ci[1]

    held = sum(holds() for _ in range(2000))

    assert held >= stats.binom.ppf(0.001, 2000, 0.945)
