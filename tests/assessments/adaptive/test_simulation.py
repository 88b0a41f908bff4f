import numpy as np
import pytest

from assessments.adaptive import Estimator, Policy, Sprt, calibrate_exposure, simulate
from assessments.errors import AssessmentError
from assessments.results import document
from tests.factories.adaptive import a_bank

BANK = a_bank(90)
ABILITIES = np.random.default_rng(5).normal(size=120)


def rng():
    return np.random.default_rng(11)


def test_a_simulation_repeats_from_its_seed():
    policy = Policy(8, among=3)
    few = ABILITIES[:20]

    assert simulate(BANK, policy, abilities=few, rng=rng()) == simulate(
        BANK, policy, abilities=few, rng=rng()
    )


@pytest.mark.parametrize("estimator", Estimator)
def test_errors_are_as_large_as_the_test_says_they_are(estimator):
    policy = Policy(40, se=0.35, estimator=estimator, least_items=5)

    result = simulate(BANK, policy, abilities=ABILITIES, rng=rng())

    assert abs(result.bias.value) < 4 * result.bias.se
    assert result.rmse == pytest.approx(result.mean_se, rel=0.2)
    assert 5 <= result.shortest <= result.length.value <= result.longest <= 40
    assert sum(result.stops.values()) == 120
    assert result.classified_right is None
    assert document(result)["provenance"]["method"] == "adaptive_simulation"


def test_shares_given_add_up_to_the_mean_length():
    result = simulate(BANK, Policy(6, among=5), abilities=ABILITIES[:30], rng=rng())

    assert sum(item.given for item in result.exposure) == pytest.approx(result.length.value)
    assert result.largest_exposure == max(item.given for item in result.exposure)
    assert (result.shortest, result.longest) == (6, 6)


def test_sequential_classification_errs_about_as_often_as_allowed_outside_the_region():
    policy = Policy(60, sprt=Sprt((0.0,), region=0.4))
    outside = np.concatenate([np.full(60, -0.4), np.full(60, 0.4)])

    result = simulate(BANK, policy, abilities=outside, rng=rng())

    # Wald's bounds hold for 95 %; of 120, 103 or fewer right would be seen once in a thousand.
    assert result.classified_right.value > 103 / 120
    assert result.length.value < 40


def test_calibrated_exposure_keeps_every_item_near_the_limit():
    policy = Policy(8)
    free = simulate(BANK, policy, abilities=ABILITIES, rng=rng())

    table = calibrate_exposure(BANK, policy, abilities=ABILITIES, largest=0.3, rng=rng(), rounds=6)

    assert free.largest_exposure == 1.0
    assert table.largest_exposure < 0.42
    assert table.rounds == 6
    assert min(table.exposure.values()) < 0.4
    assert sorted(table.exposure.values())[-8:] == [1.0] * 8


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"largest": 0.0}, "exposure_out_of_range"),
        ({"rounds": 0}, "rounds_not_positive"),
        ({"abilities": [0.0]}, "too_few_persons"),
        ({"abilities": [0.0, float("nan")]}, "missing_cell"),
    ],
)
def test_what_cannot_be_simulated_is_refused(options, code):
    with pytest.raises(AssessmentError, match=code):
        calibrate_exposure(
            BANK, Policy(4), **{"abilities": ABILITIES, "largest": 0.3, "rng": rng(), **options}
        )
