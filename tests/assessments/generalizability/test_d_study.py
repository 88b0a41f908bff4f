from itertools import product

import numpy as np
import pytest

from assessments.agreement import IccForm, icc
from assessments.errors import AssessmentError, NotEstimable
from assessments.generalizability import Coefficient, Design, d_study, g_study, smallest_sizes
from assessments.results import document
from tests.assessments.generalizability.test_g_study import published

NESTED = g_study(published("brennan-4", 10, 3, 4), design=Design.RATERS_IN_TASKS)
CROSSED = g_study(published("brennan-3", 10, 4, 2), design=Design.PERSONS_BY_TASKS_BY_RATERS)


def test_published_coefficients_of_one_facet_are_reproduced():
    study = d_study(g_study(published("brennan-1"), design=Design.PERSONS_BY_ITEMS), sizes={"i": 12})

    assert (f"{study.g.value:.3f}", f"{study.phi.value:.3f}") == ("0.844", "0.773")


def test_published_coefficients_of_nested_raters_are_reproduced():
    study = d_study(NESTED, sizes={"t": 3, "r": 4})

    assert (f"{study.g.value:.2f}", f"{study.phi.value:.2f}") == ("0.55", "0.46")
    assert (study.g.ci, study.phi.ci) == (None, None)


def test_errors_are_the_averaged_components():
    part = {component.effect: component.variance.value for component in CROSSED.components}

    study = d_study(CROSSED, sizes={"t": 6, "r": 3})

    relative = part["pt"] / 6 + part["pr"] / 3 + part["ptr"] / 18
    absolute = relative + part["t"] / 6 + part["r"] / 3 + part["tr"] / 18
    assert study.relative_variance == pytest.approx(relative)
    assert study.absolute_sem == pytest.approx(absolute**0.5)
    assert study.phi.value == pytest.approx(part["p"] / (part["p"] + absolute))


@pytest.mark.parametrize("seed", range(8))
def test_g_is_alpha_and_the_coefficients_are_intraclass_correlations(seed):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(12, 1)) + np.array([0, 1, 2]) + rng.normal(size=(12, 3))

    crossed = d_study(g_study(scores, design=Design.PERSONS_BY_RATERS), sizes={"r": 3})

    alpha = 1.5 * (1 - scores.var(axis=0, ddof=1).sum() / scores.sum(axis=1).var(ddof=1))
    assert crossed.g.value == pytest.approx(alpha, abs=1e-9)
    assert crossed.g.value == pytest.approx(icc(scores, form=IccForm("3,k")).estimate.value, abs=1e-9)
    assert crossed.phi.value == pytest.approx(icc(scores, form=IccForm("2,k")).estimate.value, abs=1e-9)
    document(crossed)


def test_raters_of_ones_own_give_the_one_way_correlation_and_its_interval():
    scores = published("dyestuff")

    five = d_study(g_study(scores, design=Design.RATERS_IN_PERSONS), sizes={"r": 5})
    one = d_study(g_study(scores, design=Design.RATERS_IN_PERSONS), sizes={"r": 1})

    mean = icc(scores, form=IccForm("1,k")).estimate
    assert five.g == five.phi
    assert five.g.value == pytest.approx(mean.value)
    assert five.g.ci == pytest.approx((max(mean.ci[0], 0), mean.ci[1]))
    assert one.g.ci[1] == pytest.approx(icc(scores, form=IccForm("1,1")).estimate.ci[1])


def test_the_interval_is_that_of_feldt_at_the_studys_own_size():
    scores = published("brennan-1")

    study = d_study(g_study(scores, design=Design.PERSONS_BY_ITEMS), sizes={"i": 12}, ci_level=0.9)

    assert study.g.ci == pytest.approx(icc(scores, form=IccForm("3,k"), ci_level=0.9).estimate.ci)
    assert study.phi.ci == pytest.approx(icc(scores, form=IccForm("2,k"), ci_level=0.9).estimate.ci)
    assert study.g.ci_method == "F"


def test_full_agreement_has_no_interval():
    study = d_study(g_study([[1, 1], [2, 2], [3, 3]], design=Design.PERSONS_BY_RATERS), sizes={"r": 2})

    assert (study.g.value, study.g.ci, study.phi.ci) == (1, None, None)


def test_persons_whose_means_do_not_differ_have_no_interval():
    study = d_study(g_study([[1, 2], [2, 1]], design=Design.PERSONS_BY_RATERS), sizes={"r": 2})

    assert (study.g.value, study.g.ci, study.phi.ci) == (0, None, None)


@pytest.mark.parametrize("coefficient", Coefficient)
@pytest.mark.parametrize("study", [NESTED, CROSSED], ids=["nested", "crossed"])
def test_the_smallest_numbers_are_those_of_a_search_through_all(study, coefficient):
    def value(t: int, r: int) -> float:
        found = d_study(study, sizes={"t": t, "r": r})
        return (found.g if coefficient is Coefficient.G else found.phi).value

    found = smallest_sizes(study, target=0.7, coefficient=coefficient, largest={"t": 15, "r": 8})

    edge = {
        (t, r)
        for t, r in product(range(1, 16), range(1, 9))
        if value(t, r) >= 0.7 and (t == 1 or value(t - 1, r) < 0.7) and (r == 1 or value(t, r - 1) < 0.7)
    }
    assert {(part.sizes["t"], part.sizes["r"]) for part in found} == edge
    totals = [part.sizes["t"] * part.sizes["r"] for part in found]
    assert totals == sorted(totals)


def test_the_smallest_number_of_one_facet_is_found():
    study = g_study(published("brennan-1"), design=Design.PERSONS_BY_ITEMS)

    (found,) = smallest_sizes(study, target=0.9, coefficient=Coefficient.G, largest={"i": 100})

    # .9 / .1 * .1269 / .0574 = 19.9
    assert found.sizes == {"i": 20}


def test_a_target_out_of_reach_names_the_best_value():
    with pytest.raises(NotEstimable, match="target_out_of_reach") as refused:
        smallest_sizes(NESTED, target=0.9, coefficient=Coefficient.PHI, largest={"t": 3, "r": 4})

    assert refused.value.facts["best"] == pytest.approx(0.46, abs=0.005)


@pytest.mark.parametrize(
    ("sizes", "code"), [({"t": 2}, "sizes_do_not_fit"), ({"t": 2, "r": 0}, "size_not_positive")]
)
def test_sizes_that_do_not_fit_the_design_are_refused(sizes, code):
    with pytest.raises(AssessmentError, match=code):
        d_study(NESTED, sizes=sizes)


def test_a_target_that_is_no_coefficient_is_refused():
    with pytest.raises(AssessmentError, match="target_out_of_range"):
        smallest_sizes(NESTED, target=1.0, coefficient=Coefficient.G, largest={"t": 3, "r": 4})


def test_items_that_alone_differ_leave_nothing_to_estimate():
    with pytest.raises(NotEstimable, match="no_variance_between_persons"):
        d_study(g_study([[1, 2], [1, 2]], design=Design.PERSONS_BY_ITEMS), sizes={"i": 2})
