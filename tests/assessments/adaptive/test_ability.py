from math import exp, inf, log, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

from assessments.adaptive import Bank, Parameters, Prior, eap, wle
from assessments.errors import AssessmentError, NotEstimable
from tests.factories.adaptive import a_bank

BANK = a_bank(12)
GUESSED = a_bank(12, guessing=0.2)
PATTERNS = st.lists(st.booleans(), min_size=1, max_size=12)


def answers(pattern):
    return {f"I{place:02d}": right for place, right in enumerate(pattern)}


def likelihood(bank, pattern, ability):
    product = 1.0
    for item, right in zip(bank.items, pattern, strict=False):
        chance = item.c + (1 - item.c) / (1 + exp(-item.a * (ability - item.b)))
        product *= chance if right else 1 - chance
    return product


@pytest.mark.parametrize("bank", [BANK, GUESSED], ids=["2PL", "3PL"])
@pytest.mark.parametrize("pattern", [(1, 0, 1), (1,) * 12, (0,) * 12, (0, 1) * 6])
def test_eap_is_the_mean_of_the_posterior_by_adaptive_quadrature(bank, pattern):
    def moment(power):
        def density(t):
            normal = exp(-(((t - 0.2) / 1.1) ** 2) / 2) / sqrt(2 * pi) / 1.1
            return t**power * likelihood(bank, pattern, t) * normal

        return quad(density, -12, 12, points=(-3, 0, 3), epsabs=0, epsrel=1e-10, limit=200)[0]

    total, mean = moment(0), moment(1) / moment(0)

    found = eap(bank, answers(map(bool, pattern)), prior=Prior(0.2, 1.1))

    assert found.value == pytest.approx(mean, abs=1e-7)
    assert found.se == pytest.approx(sqrt(moment(2) / total - mean**2), abs=1e-7)


def test_before_any_answer_eap_is_the_prior():
    found = eap(BANK, {}, prior=Prior(0.5, 0.8))

    assert (found.value, found.se, found.n_items) == (pytest.approx(0.5), pytest.approx(0.8, abs=1e-6), 0)


@given(PATTERNS)
@settings(max_examples=30)
def test_wle_maximises_likelihood_times_root_information_under_the_2pl(pattern):
    def minus_height(ability):
        information = bank.curves(ability).information()[: len(pattern)].sum()
        return -log(likelihood(bank, pattern, ability)) - log(information) / 2

    bank = BANK
    best = minimize_scalar(minus_height, bounds=(-6, 6), method="bounded", options={"xatol": 1e-9})

    found = wle(bank, answers(pattern))

    assert not found.at_bound
    assert minus_height(found.value) <= best.fun + 1e-9
    assert found.value == pytest.approx(best.x, abs=1e-4)
    assert found.se == pytest.approx(bank.curves(found.value).information()[: len(pattern)].sum() ** -0.5)


@given(PATTERNS)
@settings(max_examples=30)
def test_wle_solves_warms_equation_under_the_3pl(pattern):
    found = wle(GUESSED, answers(pattern))

    curves = GUESSED.curves(found.value, range(len(pattern)))
    right, wrong = curves.right[:, 0], curves.wrong[:, 0]
    slope, bend = curves.slope[:, 0], curves.bend[:, 0]
    score = ((np.array(pattern) - right) * slope / (right * wrong)).sum()
    bias = (slope * bend / (right * wrong)).sum() / (2 * (slope**2 / (right * wrong)).sum())
    assert found.at_bound or score + bias == pytest.approx(0, abs=1e-9)


def test_wle_of_one_right_and_one_wrong_answer_lies_in_the_middle():
    bank = Bank((Parameters("x", 1, -1), Parameters("y", 1, 1)))

    assert wle(bank, {"x": True, "y": False}).value == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("right", "difficulty", "end"), [(True, 9.0, 6.0), (False, -9.0, -6.0)])
def test_an_ability_beyond_the_scale_is_flagged(right, difficulty, end):
    bank = Bank((Parameters("x", 1, difficulty),))

    found = wle(bank, {"x": right})

    assert (found.value, found.at_bound) == (end, True)


@given(st.lists(st.booleans(), min_size=12, max_size=12), st.integers(0, 11))
def test_a_right_answer_in_place_of_a_wrong_one_never_lowers_the_ability(pattern, place):
    worse = answers([*pattern[:place], False, *pattern[place + 1 :]])
    better = answers([*pattern[:place], True, *pattern[place + 1 :]])

    assert eap(GUESSED, better).value > eap(GUESSED, worse).value
    assert wle(BANK, better).value > wle(BANK, worse).value


def test_what_cannot_be_estimated_is_refused():
    with pytest.raises(NotEstimable, match="no_answers"):
        wle(BANK, {})
    with pytest.raises(AssessmentError, match="unknown_item"):
        eap(BANK, {"Z": True})


@pytest.mark.parametrize("prior", [(0, 0), (0, 7), (9, 1), (inf, 1), (0, float("nan"))])
def test_a_prior_that_is_no_distribution_of_ability_is_refused(prior):
    with pytest.raises(AssessmentError, match="prior_out_of_range"):
        Prior(*prior)
