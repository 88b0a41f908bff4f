"""Many-facet calibration against the models it contains, its own equations and simulated raters."""

import numpy as np
import pytest

from assessments.errors import AssessmentError, NotEstimable
from assessments.irt.facets import Estimator, Step, fit_facets
from assessments.irt.fitting import fit_irt
from assessments.irt.models import Model
from assessments.irt.ratings import Rating
from assessments.results import document
from tests.assessments.irt.samples import partial_credit

SEVERITY = np.array([-0.8, -0.2, 0.1, 0.4, 0.5])
DIFFICULTY = np.array([-0.5, 0.1, 0.6])
STEPS = np.array([-1.0, 0.1, 0.9])


def rated(seed=1, persons=300, raters_each=2):
    """Each person is seen by some raters on all items."""
    rng = np.random.default_rng(seed)
    theta = rng.normal(0, 1.2, persons)
    found = []
    for person in range(persons):
        for rater in rng.choice(5, raters_each, replace=False):
            at = (DIFFICULTY[:, None] + SEVERITY[rater] + STEPS).tolist()
            scores = partial_credit(rng, np.ones(3), at, persons=1, theta=theta[[person]])[0]
            found += [
                Rating(f"p{person:03}", f"i{item}", f"r{rater}", int(score))
                for item, score in enumerate(scores)
            ]
    return found


RATINGS = rated()


def measures(elements):
    return np.array([one.measure.value for one in elements])


def codes(fit):
    return [finding.code for finding in fit.provenance.warnings]


def changed(chosen, to):
    """The ratings, with those that are chosen scored otherwise."""
    return [
        Rating(one.person, one.item, one.rater, to() if callable(to) else to) if chosen(one) else one
        for one in RATINGS
    ]


@pytest.mark.parametrize("estimator", Estimator)
@pytest.mark.parametrize("step", Step)
def test_simulated_raters_and_items_are_recovered(step, estimator):
    fit = fit_facets(RATINGS, step=step, estimator=estimator)

    stretch = 1.0 if estimator is Estimator.MML else 1.15
    errors = np.array([one.measure.se for one in fit.raters])
    assert (np.abs(measures(fit.raters) / stretch - (SEVERITY - SEVERITY.mean())) < 4 * errors).all()
    assert np.corrcoef(measures(fit.items), DIFFICULTY)[0, 1] > 0.98
    assert sum(measures(fit.raters)) == pytest.approx(0, abs=1e-9)
    assert all(sum(one.value for one in scale) == pytest.approx(0, abs=1e-9) for scale in fit.steps)
    assert len(fit.steps) == (1 if step is Step.RSM else 3)
    assert all(0.85 < one.fit.infit < 1.15 for one in fit.raters)
    assert fit.converged


def test_with_one_item_raters_are_the_items_of_a_rating_scale_model():
    rng = np.random.default_rng(2)
    x = partial_credit(rng, np.ones(4), np.array([[-1], [-0.3], [0.2], [1]]) + STEPS, persons=200)

    fit = fit_facets(
        [
            Rating(f"p{row:03}", "task", f"r{column}", int(x[row, column]))
            for row, column in np.ndindex(x.shape)
        ]
    )

    plain = fit_irt(x, model=Model.RSM)
    locations = np.array([each.location.value for each in plain.items])
    assert fit.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-7)
    assert measures(fit.raters) == pytest.approx(locations - locations.mean(), abs=1e-5)
    assert fit.population_sd.value == pytest.approx(plain.population_sd.value, abs=1e-5)
    assert fit.population_sd.se == pytest.approx(plain.population_sd.se, rel=1e-3)
    assert [one.fit.infit for one in fit.raters] == pytest.approx(
        [each.fit.infit for each in plain.items], abs=1e-5
    )


def expected(fit, one):
    """Expected score of one rating, from the reported measures."""
    ability, rater, item = (
        {each.person: each.ability.value for each in fit.persons}[one.person],
        {each.label: each.measure.value for each in fit.raters}[one.rater],
        {each.label: each.measure.value for each in fit.items}[one.item],
    )
    logits = np.r_[0, np.cumsum([ability - rater - item - step.value for step in fit.steps[0]])]
    return np.exp(logits) @ np.arange(len(logits)) / np.exp(logits).sum()


def test_joint_estimates_reproduce_every_total():
    """The equations of joint likelihood: expected totals are the observed ones (Linacre 1989)."""
    fit = fit_facets(RATINGS, estimator=Estimator.JML)

    extreme = {one.person for one in fit.persons if one.is_extreme}
    assert 0 < len(extreme) < 60
    residual = {}
    for one in RATINGS:
        if one.person not in extreme:
            for label in (one.person, one.rater, one.item):
                residual[label] = residual.get(label, 0) + one.score - expected(fit, one)
    assert max(map(abs, residual.values())) < 1e-3
    assert sum(measures(fit.items)) == pytest.approx(0, abs=1e-9)


def test_extreme_persons_have_a_finite_joint_measure_inside_the_next_total():
    fit = fit_facets(RATINGS, estimator=Estimator.JML)

    highest = max(one.ability.value for one in fit.persons if not one.is_extreme)
    top = [one for one in fit.persons if one.is_extreme and one.observed_average == 3]
    assert all(highest - 1 < one.ability.value < 10 for one in top)


def test_joint_measures_spread_more_and_agree_in_order():
    marginal, joint = (fit_facets(RATINGS, estimator=estimator) for estimator in Estimator)

    assert np.std(measures(joint.raters)) > np.std(measures(marginal.raters))
    assert np.corrcoef(measures(joint.raters), measures(marginal.raters))[0, 1] > 0.999


def test_fair_averages_take_severity_out():
    fit = fit_facets(RATINGS)

    order = np.argsort(measures(fit.raters))
    assert (np.diff(np.array([one.fair_average for one in fit.raters])[order]) < 0).all()
    middle = np.mean([one.fair_average for one in fit.items])
    assert middle == pytest.approx(np.mean([one.fair_average for one in fit.raters]), abs=0.05)
    harsh = {one.person for one in RATINGS if one.rater == "r4"}
    mild = {one.person for one in RATINGS if one.rater == "r0"} - harsh
    harsh -= {one.person for one in RATINGS if one.rater == "r0"}
    gain = {one.person: one.fair_average - one.observed_average for one in fit.persons}
    assert np.mean([gain[one] for one in harsh]) > np.mean([gain[one] for one in mild]) + 0.3


def test_order_of_ratings_changes_nothing():
    one, other = fit_facets(RATINGS), fit_facets(RATINGS[::-1])

    assert measures(other.raters) == pytest.approx(measures(one.raters), abs=1e-8)
    assert [each.label for each in other.raters] == ["r0", "r1", "r2", "r3", "r4"]
    assert document(other)


def test_raters_apart_and_at_odds_are_named():
    rng = np.random.default_rng(3)
    noisy = changed(lambda one: one.rater == "r2", lambda: 3 * int(rng.integers(0, 2)))

    apart, odd = (
        {finding.code: finding.message for finding in fit_facets(ratings).provenance.warnings}
        for ratings in (RATINGS, noisy)
    )
    assert apart["severity_apart"].startswith("r0")
    assert odd["rater_misfit"] == "r2"


def test_few_ratings_and_a_spent_limit_are_cautions():
    few = [one for one in RATINGS if one.rater != "r4" or one.person < "p020"]

    assert {"few_ratings", "not_converged"} <= set(codes(fit_facets(few, limit=1)))


def test_away_from_the_maximum_measures_have_no_errors():
    ratings = [
        Rating(f"p{person}", f"i{item}", f"r{rater}", (person + item + rater) % 4)
        for person, item, rater in np.ndindex(60, 3, 3)
    ]

    fit = fit_facets(ratings, limit=1)

    assert fit.raters[0].measure.se is None
    assert "not_converged" in codes(fit)


APART = [one for one in RATINGS if (one.person < "p150") == (one.rater < "r2")]
CONFOUNDED = [one for one in RATINGS if (one.item == "i0") == (one.rater in {"r0", "r1"})]


def test_a_disconnected_design_is_refused_by_naming_its_parts():
    with pytest.raises(NotEstimable) as refusal:
        fit_facets(APART)

    assert refusal.value.code == "disconnected_design"
    assert refusal.value.facts["raters"] == (("r0", "r1"), ("r2", "r3", "r4"))
    assert refusal.value.facts["items"] == (("i0", "i1", "i2"),)


def test_raters_who_alone_rate_an_item_are_not_told_from_it():
    with pytest.raises(NotEstimable) as refusal:
        fit_facets(CONFOUNDED)

    assert refusal.value.facts["raters"] == (("r0", "r1"), ("r2", "r3", "r4"))
    assert refusal.value.facts["items"] == (("i0",), ("i1", "i2"))


@pytest.mark.parametrize(
    ("ratings", "options", "code"),
    [
        (RATINGS[:60], {}, "too_few_persons"),
        ([one for one in RATINGS if one.rater == "r0"], {}, "too_few_raters"),
        ([*RATINGS, RATINGS[0]], {}, "rating_repeated"),
        (changed(lambda one: one is RATINGS[0], 1.5), {}, "score_not_whole"),
        (changed(lambda one: one.rater == "r1", 0), {}, "extreme_rater"),
        (changed(lambda one: one.item == "i1", 3), {}, "extreme_item"),
        (changed(lambda one: one.score == 1, 2), {}, "empty_category"),
        (
            changed(lambda one: one.item == "i0" and one.score == 1, 2),
            {"step": Step.PCM},
            "empty_category",
        ),
        (
            [*RATINGS, *(Rating(f"q{n}", "i0", rater, n) for n in (0, 3) for rater in ("r0", "r9"))],
            {"estimator": Estimator.JML},
            "extreme_rater",
        ),
    ],
)
def test_what_cannot_be_measured_is_refused(ratings, options, code):
    with pytest.raises(AssessmentError) as refusal:
        fit_facets(ratings, **options)

    assert refusal.value.code == code
