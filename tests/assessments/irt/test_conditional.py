"""The conditional Rasch calibration against enumeration, another program, and its own logic."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import minimize

from assessments.errors import AssessmentError
from assessments.irt.conditional import fit_rasch_cml
from assessments.irt.fitting import fit_irt
from assessments.irt.models import Model
from assessments.results import document
from tests.assessments.irt.samples import dichotomous, holed, patterns

LSAT6 = patterns("lsat6")


def difficulties(fit):
    return np.array([each.difficulty.value for each in fit.items])


def errors(fit):
    return np.array([each.difficulty.se for each in fit.items])


def gamma(ease, score):
    """The elementary symmetric function of an order, term by term."""
    return sum(np.prod(chosen) for chosen in combinations(ease, score))


def enumerated(x, difficulty):
    """Conditional log-likelihood by enumeration of every way to a score."""
    total = 0.0
    for row in x:
        seen = ~np.isnan(row)
        score = int(row[seen].sum())
        total -= (row[seen] @ difficulty[seen]) + np.log(gamma(np.exp(-difficulty[seen]), score))
    return total


def test_difficulties_maximise_the_enumerated_conditional_likelihood():
    rng = np.random.default_rng(1)
    x = holed(rng, dichotomous(rng, [1] * 5, [-1, -0.5, 0, 0.5, 1], persons=150), 0.15)

    fit = fit_rasch_cml(x)

    best = minimize(
        lambda free: -enumerated(x, np.r_[free, -free.sum()]), np.zeros(4), options={"gtol": 1e-6}
    )
    assert difficulties(fit) == pytest.approx(np.r_[best.x, -best.x.sum()], abs=1e-5)
    assert fit.log_likelihood == pytest.approx(-best.fun, abs=1e-8)


def test_errors_are_those_of_the_enumerated_likelihood():
    fit = fit_rasch_cml(LSAT6[::5])

    centre, free, step = np.vstack([np.eye(4), -np.ones(4)]), difficulties(fit)[:4], 1e-4
    hessian = np.empty((4, 4))
    for (i, up), (j, right) in product(enumerate(np.eye(4)), repeat=2):
        corners = [
            sign * other * enumerated(LSAT6[::5], centre @ (free + step * (sign * up + other * right)))
            for sign, other in product((1, -1), repeat=2)
        ]
        hessian[i, j] = sum(corners) / (4 * step**2)
    covariance = centre @ np.linalg.inv(-hessian) @ centre.T
    assert errors(fit) == pytest.approx(np.sqrt(np.diag(covariance)), rel=1e-4)


def test_another_program_agrees():
    girth = pytest.importorskip("girth")

    other = girth.rasch_conditional(LSAT6.T.astype(int))["Difficulty"]

    assert difficulties(fit_rasch_cml(LSAT6)) == pytest.approx(other - other.mean(), abs=1e-3)


def test_marginal_and_conditional_difficulties_of_a_normal_population_agree():
    marginal = np.array([each.location.value for each in fit_irt(LSAT6, model=Model.RASCH).items])

    assert difficulties(fit_rasch_cml(LSAT6)) == pytest.approx(marginal - marginal.mean(), abs=0.01)


def test_the_population_does_not_matter():
    """Two groups far apart bias nothing: that is what conditioning is for."""
    rng, truth = np.random.default_rng(2), np.linspace(-1.5, 1.5, 10)
    theta = np.r_[rng.normal(-2, 0.3, 2_000), rng.normal(2, 0.3, 2_000)]

    fit = fit_rasch_cml(dichotomous(rng, np.ones(10), truth, persons=4_000, theta=theta))

    assert (np.abs(difficulties(fit) - truth) < 3.5 * errors(fit)).all()
    assert all(abs(each.fit.infit - 1) < 0.06 for each in fit.items)


def test_long_tests_neither_overflow_nor_lose_digits():
    rng, truth = np.random.default_rng(3), np.linspace(-4, 4, 120)

    fit = fit_rasch_cml(dichotomous(rng, np.ones(120), truth, persons=400))

    assert fit.converged
    assert np.abs(difficulties(fit) - (truth - truth.mean())).mean() < 0.2


def test_order_changes_nothing_and_labels_travel():
    columns = [3, 0, 4, 1, 2]

    one, other = fit_rasch_cml(LSAT6), fit_rasch_cml(LSAT6[::-1, columns], items=[f"q{i}" for i in columns])

    assert difficulties(other) == pytest.approx(difficulties(one)[columns], abs=1e-9)
    assert [each.item for each in other.items] == ["q3", "q0", "q4", "q1", "q2"]
    assert document(other)


def test_extreme_scores_tell_nothing():
    extreme = np.vstack([LSAT6, np.ones((50, 5)), np.zeros((9, 5))])

    one, other = fit_rasch_cml(LSAT6), fit_rasch_cml(extreme)

    assert one.n_used == other.n_used == 1_000 - 3 - 298
    assert difficulties(other) == pytest.approx(difficulties(one), abs=1e-9)


def test_a_fit_that_did_not_converge_says_so():
    fit = fit_rasch_cml(LSAT6, limit=1)

    assert not fit.converged
    assert [finding.code for finding in fit.provenance.warnings] == ["not_converged"]


def test_few_informative_scores_are_a_caution():
    fit = fit_rasch_cml(LSAT6[::5])

    assert [finding.code for finding in fit.provenance.warnings] == ["small_sample"]


APART = np.full((400, 4), np.nan)
APART[:200, :2] = [[1, 0], [0, 1]] * 100
APART[200:, 2:] = [[1, 0], [0, 1]] * 100
GUTTMAN = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 1, 0], [1, 1, 0, 1]] * 100, dtype=float)


@pytest.mark.parametrize(
    ("x", "code", "facts"),
    [
        (np.column_stack([LSAT6, np.ones(1000)]), "constant_item", {"items": ("item 6",)}),
        (LSAT6 * 2, "not_dichotomous", None),
        (LSAT6[::20], "too_few_persons", None),
        (np.ones((200, 301)), "too_many_items", None),
        (APART, "disconnected_design", {"components": (("item 1", "item 2"), ("item 3", "item 4"))}),
        (GUTTMAN, "disconnected_design", None),
    ],
)
def test_what_cannot_be_compared_is_refused(x, code, facts):
    with pytest.raises(AssessmentError) as refusal:
        fit_rasch_cml(x)

    assert refusal.value.code == code
    if facts:
        assert refusal.value.facts == facts
