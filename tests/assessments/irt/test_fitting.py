"""Calibration against printed values, other programs, brute force and its own logic."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.errors import AssessmentError, NotEstimable
from assessments.irt.fitting import fit_irt
from assessments.irt.models import Model
from assessments.results import document
from tests.assessments.irt.samples import dichotomous, graded, holed, partial_credit, patterns

LSAT6 = patterns("lsat6")
STEPS = [[-1.0, 0.2, 1.1], [-0.6, 0.1, 0.9], [-1.4, -0.2, 0.3], [-0.5, 0.6, 1.6], [-0.9, 0.0, 0.7]]


def slopes(fit):
    return [each.slope.value for each in fit.items]


def locations(fit):
    return np.array([each.location.value for each in fit.items])


def thresholds(fit):
    return np.array([[one.value for one in each.thresholds] for each in fit.items])


def codes(fit):
    return [finding.code for finding in fit.provenance.warnings]


def test_lsat6_rasch_as_printed_by_ltm():
    fit = fit_irt(LSAT6, model=Model.RASCH)

    sd = fit.population_sd.value
    assert round(sd, 3) == 0.755
    assert (locations(fit) / sd).round(3).tolist() == [-3.615, -1.322, -0.318, -1.730, -2.780]
    assert round(fit.log_likelihood, 2) == -2466.94


def test_lsat6_two_parameters_as_printed_by_mirt():
    fit = fit_irt(LSAT6, model=Model.TWO_PL)

    assert np.round(slopes(fit), 3).tolist() == [0.826, 0.723, 0.891, 0.688, 0.657]
    assert locations(fit).round(3).tolist() == [-3.359, -1.370, -0.280, -1.866, -3.126]
    assert round(fit.log_likelihood, 3) == -2466.653


def test_lsat7_two_parameters_as_in_the_tests_of_mirt_within_its_tolerance():
    fit = fit_irt(patterns("lsat7"), model=Model.TWO_PL)

    ease = -np.array(slopes(fit)) * locations(fit)
    assert slopes(fit) == pytest.approx([0.9879, 1.0809, 1.7058, 0.7652, 0.7358], abs=2e-3)
    assert ease == pytest.approx([1.8561, 0.808, 1.8042, 0.486, 1.8545], abs=2e-3)


def test_estimates_and_errors_equal_those_of_another_program(recwarn):
    mirt = pytest.importorskip("mirt")

    fit = fit_irt(LSAT6, model=Model.TWO_PL)

    other = mirt.fit_mirt(LSAT6.astype(int), "2PL", n_quadpts=61, tol=1e-9, max_iter=5_000)
    assert slopes(fit) == pytest.approx(other.model.parameters["discrimination"], abs=1e-3)
    assert locations(fit) == pytest.approx(other.model.parameters["difficulty"], abs=3e-3)
    errors = [each.slope.se for each in fit.items]
    assert errors == pytest.approx(other.standard_errors["discrimination"], abs=1e-3)
    errors = [each.location.se for each in fit.items]
    assert errors == pytest.approx(other.standard_errors["difficulty"], abs=3e-3)


@pytest.mark.parametrize(
    ("model", "name", "draw", "places"),
    [(Model.GRM, "GRM", graded, "thresholds"), (Model.GPCM, "GPCM", partial_credit, "steps")],
)
def test_polytomous_estimates_and_errors_equal_those_of_another_program(model, name, draw, places):
    mirt = pytest.importorskip("mirt")
    x = draw(np.random.default_rng(5), [0.8, 1, 1.2, 1.5, 1], STEPS, persons=600)

    fit = fit_irt(x, model=model)

    other = mirt.fit_mirt(x.astype(int), name, n_quadpts=61, tol=1e-7, max_iter=5_000)
    assert fit.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-4)
    assert slopes(fit) == pytest.approx(other.model.parameters["discrimination"], abs=1e-3)
    assert thresholds(fit) == pytest.approx(other.model.parameters[places], abs=1e-3)
    errors = np.array([[one.se for one in each.thresholds] for each in fit.items])
    assert errors == pytest.approx(other.standard_errors[places], abs=1e-3)


def test_an_older_program_agrees_to_its_own_tolerance():
    girth = pytest.importorskip("girth")

    fit = fit_irt(LSAT6, model=Model.TWO_PL)

    other = girth.twopl_mml(LSAT6.T.astype(int), {"quadrature_n": 61})
    assert slopes(fit) == pytest.approx(other["Discrimination"], abs=5e-3)
    assert locations(fit) == pytest.approx(other["Difficulty"], abs=2e-2)


def brute_force(x, fit):
    """Log-likelihood by a loop over persons and items on a grid of its own."""
    grid = np.linspace(-8, 8, 321) * fit.population_sd.value
    weight = np.exp(-0.5 * (grid / fit.population_sd.value) ** 2)
    likelihood = np.tile(weight / weight.sum(), (len(x), 1))
    for column, each in enumerate(fit.items):
        a, b = each.slope.value, np.array([one.value for one in each.thresholds])
        if fit.model.is_graded:
            upper = 1 / (1 + np.exp(-a * (grid[:, None] - b)))
            p = -np.diff(np.column_stack([np.ones(len(grid)), upper, np.zeros(len(grid))]), axis=1)
        else:
            logits = np.cumsum(np.column_stack([np.zeros(len(grid)), a * (grid[:, None] - b)]), axis=1)
            p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        seen = ~np.isnan(x[:, column])
        likelihood[seen] *= p[:, x[seen, column].astype(int)].T
    return np.log(likelihood.sum(axis=1)).sum()


def sample(model, seed=5, persons=600):
    rng = np.random.default_rng(seed)
    if model.is_dichotomous:
        return holed(
            rng, dichotomous(rng, [0.8, 1, 1.2, 1.5, 1], [-1, -0.5, 0, 0.5, 1], persons=persons), 0.1
        )
    draw = graded if model.is_graded else partial_credit
    return holed(rng, draw(rng, [0.8, 1, 1.2, 1.5, 1], STEPS, persons=persons), 0.1)


@pytest.mark.parametrize("model", Model)
def test_the_fit_is_a_maximum_of_the_likelihood_computed_by_brute_force(model):
    x = sample(model)

    fit = fit_irt(x, model=model)

    best = brute_force(x, fit)
    assert fit.log_likelihood == pytest.approx(best, abs=1e-6)
    assert fit.converged
    assert fit.largest_gradient < 1e-4
    for factor in (0.98, 1.02):
        assert brute_force(x, with_scaled(fit, factor)) < best


def with_scaled(fit, factor):
    """The same fit with all thresholds stretched."""
    return replace(
        fit,
        items=tuple(
            replace(each, thresholds=tuple(replace(one, value=one.value * factor) for one in each.thresholds))
            for each in fit.items
        ),
    )


@pytest.mark.parametrize(
    ("poly", "plain"),
    [
        (Model.PCM, Model.RASCH),
        (Model.RSM, Model.RASCH),
        (Model.GPCM, Model.TWO_PL),
        (Model.GRM, Model.TWO_PL),
    ],
)
def test_a_polytomous_model_of_two_categories_is_the_plain_one(poly, plain):
    one, other = fit_irt(LSAT6, model=poly), fit_irt(LSAT6, model=plain)

    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-8)
    assert locations(one) == pytest.approx(locations(other), abs=1e-5)
    assert [each.location.se for each in one.items] == pytest.approx(
        [each.location.se for each in other.items], rel=1e-4
    )


def test_a_rating_scale_shifts_one_set_of_steps_from_item_to_item():
    fit = fit_irt(sample(Model.RSM), model=Model.RSM)

    steps = thresholds(fit) - locations(fit)[:, None]
    assert steps == pytest.approx(np.tile(steps[0], (5, 1)), abs=1e-9)
    assert fit.n_parameters == 5 + 2 + 1


def test_richer_models_never_fit_worse():
    x = sample(Model.RSM)

    rsm, pcm, gpcm = (fit_irt(x, model=model) for model in (Model.RSM, Model.PCM, Model.GPCM))

    assert rsm.log_likelihood <= pcm.log_likelihood <= gpcm.log_likelihood
    assert rsm.aic == pytest.approx(2 * rsm.n_parameters - 2 * rsm.log_likelihood)


@pytest.mark.parametrize("model", [Model.PCM, Model.GPCM, Model.GRM])
def test_simulated_parameters_are_recovered(model):
    rng, truth = np.random.default_rng(11), [0.8, 1.0, 1.2, 1.5, 1.0]
    truth = [1.0] * 5 if model is Model.PCM else truth
    draw = graded if model is Model.GRM else partial_credit

    fit = fit_irt(draw(rng, truth, STEPS, persons=6_000), model=model)

    errors = np.array([[one.se for one in each.thresholds] for each in fit.items])
    assert (np.abs(thresholds(fit) - STEPS) < 4 * errors).all()
    assert np.abs(np.array(slopes(fit)) - truth).max() < 0.15
    assert all(abs(each.fit.infit - 1) < 0.05 and abs(each.fit.outfit - 1) < 0.05 for each in fit.items)


def test_standard_errors_are_the_spread_of_estimates_over_samples():
    rng = np.random.default_rng(3)

    fits = [
        fit_irt(dichotomous(rng, [1] * 6, [-1, -0.6, -0.2, 0.2, 0.6, 1], persons=300), model=Model.RASCH)
        for _ in range(40)
    ]

    spread = np.std([locations(fit) for fit in fits], axis=0, ddof=1)
    errors = np.mean([[each.location.se for each in fit.items] for fit in fits], axis=0)
    assert np.mean(spread / errors) == pytest.approx(1, abs=0.12)


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 2**16))
def test_the_order_of_persons_and_items_changes_nothing(seed):
    rng = np.random.default_rng(seed)
    x = sample(Model.TWO_PL)
    rows, columns = rng.permutation(len(x)), rng.permutation(5)

    one, other = fit_irt(x, model=Model.TWO_PL), fit_irt(x[rows][:, columns], model=Model.TWO_PL)

    assert locations(other) == pytest.approx(locations(one)[columns], abs=1e-6)
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-8)


def test_items_with_different_highest_scores_stand_in_one_fit():
    x = np.column_stack([sample(Model.GPCM), sample(Model.TWO_PL)])

    for model in (Model.PCM, Model.GPCM, Model.GRM):
        fit = fit_irt(x, model=model)
        assert [len(each.thresholds) for each in fit.items] == [3] * 5 + [1] * 5
        assert fit.log_likelihood == pytest.approx(brute_force(x, fit), abs=1e-6)


def short(persons):
    return np.tile([[1, 0, 1], [0, 1, 0]], (persons // 2, 1)).astype(float)


def changed(x, column, values):
    x = x.copy()
    x[: len(values), column] = values
    return x


CONSTANT = changed(LSAT6, 1, [1.0] * 1000)


@pytest.mark.parametrize(
    ("x", "model", "code"),
    [
        (short(98), Model.RASCH, "too_few_persons"),
        (short(498), Model.TWO_PL, "too_few_persons"),
        (LSAT6[:, :2], Model.RASCH, "too_few_items"),
        (CONSTANT, Model.RASCH, "constant_item"),
        (CONSTANT, Model.GRM, "constant_item"),
        (changed(LSAT6, 0, [2.0]), Model.TWO_PL, "not_dichotomous"),
        (changed(LSAT6, 0, [3.0]), Model.GPCM, "empty_category"),
        (changed(LSAT6, 0, [2.0]), Model.RSM, "highest_scores_differ"),
        (changed(LSAT6, 0, [0.5]), Model.RASCH, "score_not_whole"),
        (changed(LSAT6, 0, [-1]), Model.RASCH, "score_not_whole"),
        (changed(LSAT6, 0, [21]), Model.PCM, "score_not_whole"),
        (changed(LSAT6, 0, [float("inf")]), Model.RASCH, "not_finite"),
        (np.vstack([LSAT6, [[np.nan] * 5]]), Model.RASCH, "person_without_response"),
        (np.column_stack([LSAT6, [np.nan] * 1000]), Model.RASCH, "item_without_response"),
    ],
)
def test_what_cannot_be_calibrated_is_refused(x, model, code):
    with pytest.raises(AssessmentError) as refusal:
        fit_irt(x, model=model)

    assert refusal.value.code == code


def test_a_refusal_below_a_gate_names_the_item():
    with pytest.raises(NotEstimable) as refusal:
        fit_irt(CONSTANT, model=Model.RASCH, items=list("abcde"))

    assert refusal.value.facts == {"items": ("b",)}


@pytest.mark.parametrize(
    ("options", "code"), [({"tol": 0}, "tol_out_of_range"), ({"nodes": 7}, "node_count")]
)
def test_options_out_of_range_are_refused(options, code):
    with pytest.raises(AssessmentError) as refusal:
        fit_irt(LSAT6, model=Model.RASCH, **options)

    assert refusal.value.code == code


def test_a_fit_that_did_not_converge_says_so():
    fit = fit_irt(LSAT6, model=Model.TWO_PL, limit=2)

    assert not fit.converged
    assert "not_converged" in codes(fit)


def test_a_small_sample_is_a_caution():
    x = dichotomous(np.random.default_rng(1), [1] * 8, np.linspace(-1, 1, 8), persons=120)

    assert codes(fit_irt(x, model=Model.RASCH)) == ["small_sample"]


def test_a_miskeyed_item_is_named():
    x = dichotomous(np.random.default_rng(2), [1.2] * 6, np.linspace(-1, 1, 6), persons=1_000)
    x[:, 3] = 1 - x[:, 3]

    fit = fit_irt(x, model=Model.TWO_PL)

    finding = next(one for one in fit.provenance.warnings if one.code == "slope_not_positive")
    assert finding.message.endswith("item 4")
    with pytest.raises(AssessmentError):
        fit.bank()


def test_an_item_that_does_not_fit_is_named():
    rng = np.random.default_rng(4)
    x = dichotomous(rng, [1.5] * 10, np.linspace(-1, 1, 10), persons=800)
    x[:, 9] = rng.integers(0, 2, 800)

    fit = fit_irt(x, model=Model.RASCH)

    assert "item 10" in next(one.message for one in fit.provenance.warnings if one.code == "item_misfit")


def test_responses_without_anything_in_common_give_no_errors_but_a_finding():
    x = np.random.default_rng(10).integers(0, 2, (400, 5)).astype(float)

    fit = fit_irt(x, model=Model.RASCH)

    assert fit.population_sd.value < 0.5
    assert "no_common_ability" in codes(fit)


def test_too_few_nodes_for_a_sharp_test_are_a_caution():
    x = dichotomous(np.random.default_rng(6), [3] * 20, np.linspace(-1, 1, 20), persons=600)

    assert "coarse_nodes" in codes(fit_irt(x, model=Model.TWO_PL, nodes=21))


def test_a_steep_item_is_a_caution():
    x = dichotomous(np.random.default_rng(6), [6, 1, 1, 1, 6], [0, -1, 1, 0, 0.5], persons=1_500)

    assert "slope_extreme" in codes(fit_irt(x, model=Model.TWO_PL))


COPIED = LSAT6[:, [0, 0, 2, 3, 4]]
GUTTMAN = np.tril(np.ones((6, 5)), -1).repeat(100, axis=0)

RARE = changed(LSAT6, 0, [1.0] + [0.0] * 999)


@pytest.mark.parametrize("x", [COPIED, GUTTMAN, RARE])
def test_a_likelihood_without_a_maximum_gives_finite_numbers_and_a_finding(x):
    fit = fit_irt(x, model=Model.TWO_PL, limit=300)

    assert document(fit)
    assert not fit.converged


def test_away_from_a_maximum_no_errors_are_given():
    fit = fit_irt(GUTTMAN, model=Model.RASCH, limit=2)

    assert {"not_converged", "no_standard_errors"} <= set(codes(fit))
    assert fit.items[0].location.se is None
    assert fit.population_sd.se is None


def test_the_result_is_plain_and_carries_its_labels():
    fit = fit_irt(sample(Model.GRM), model=Model.GRM, items=list("abcde"))

    written = document(fit)
    assert [row["item"] for row in written["items"]] == list("abcde")
    assert fit.provenance.n_missing == int(np.isnan(sample(Model.GRM)).sum())
    assert fit.items[0].slope.ci[0] < fit.items[0].slope.value < fit.items[0].slope.ci[1]
    assert [each.thresholds for each in fit.bank()] == [
        tuple(one.value for one in each.thresholds) for each in fit.items
    ]
