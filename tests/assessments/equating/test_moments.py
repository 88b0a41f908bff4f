"""Delta-method errors against closed formulas and against each candidate's influence, taken numerically."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import kurtosis, skew

from assessments.equating import Method, equate
from assessments.equating.methods import Recipe, samples
from assessments.equating.moments import moments
from tests.assessments.equating.sittings import anchored, both, errors, randomised

RANDOM = randomised(np.random.default_rng(1), persons=150)
SINGLE = both(np.random.default_rng(2), persons=150)
NEAT = anchored(np.random.default_rng(3), persons=150)
EXTERNAL = anchored(np.random.default_rng(4), persons=150, internal=False)


def persons(counts):
    """The scores of the candidates behind a margin."""
    return np.repeat(np.arange(len(counts)), counts.astype(int))


def test_moments_are_those_of_the_candidates():
    sample = samples(NEAT)[0]
    rows = [
        np.repeat(axis, sample.counts.ravel().astype(int))
        for axis in np.meshgrid(*NEAT.axes(0), indexing="ij")
    ]

    found = moments(sample)

    covariance = np.cov(rows, bias=True)
    expected = [*np.mean(rows, axis=1), covariance[0, 0], covariance[1, 1], covariance[0, 1]]
    assert found == pytest.approx(expected)


def test_errors_of_a_linear_equating_are_those_of_the_published_formula():
    """Kolen & Brennan 2014, chapter 7: random groups, without normality."""
    new, old = (persons(margin) for margin in RANDOM.margins())
    z = (RANDOM.new.points() - new.mean()) / new.std()
    flat = 1 / len(new) + 1 / len(old)
    tilt = skew(new) / len(new) + skew(old) / len(old)
    bow = (kurtosis(new, fisher=False) - 1) / (4 * len(new)) + (kurtosis(old, fisher=False) - 1) / (
        4 * len(old)
    )

    found = errors(equate(RANDOM, Method.LINEAR))

    assert found == pytest.approx(old.std() * np.sqrt(flat + tilt * z + bow * z**2))


def test_errors_of_a_mean_equating_are_those_of_a_difference_of_means():
    new, old = (persons(margin) for margin in RANDOM.margins())

    found = errors(equate(RANDOM, Method.MEAN))

    assert found == pytest.approx(np.sqrt(new.var() / len(new) + old.var() / len(old)))


@pytest.mark.parametrize(
    ("design", "method"),
    [
        (RANDOM, Method.CIRCLE_ARC),
        (SINGLE, Method.MEAN),
        (SINGLE, Method.LINEAR),
        (NEAT, Method.NOMINAL_WEIGHTS_MEAN),
        (NEAT, Method.TUCKER),
        (NEAT, Method.LEVINE_OBSERVED),
        (NEAT, Method.LEVINE_TRUE),
        (NEAT, Method.CHAINED_LINEAR),
        (NEAT, Method.CIRCLE_ARC),
        (EXTERNAL, Method.LEVINE_OBSERVED),
        (EXTERNAL, Method.LEVINE_TRUE),
    ],
)
def test_errors_are_those_of_the_infinitesimal_jackknife(design, method):
    """Give one cell at a time a little more weight, and see how far the equivalents move."""
    recipe, step, variance = Recipe(method, 0.3), 1e-5, 0.0
    for group, counts in enumerate(design.groups):
        size = counts.sum()
        for cell in zip(*np.nonzero(counts), strict=True):
            moved = []
            for sign in (1, -1):
                heavier = counts * (1 - sign * step)
                heavier[cell] += sign * step * size
                groups = (*design.groups[:group], heavier, *design.groups[group + 1 :])
                moved.append(recipe.apply(replace(design, groups=groups)))
            influence = (moved[0] - moved[1]) / (2 * step)
            variance = variance + counts[cell] / size**2 * influence**2

    found = errors(equate(design, method, weight=0.3))

    assert found == pytest.approx(np.sqrt(variance), rel=1e-5, abs=1e-7)
