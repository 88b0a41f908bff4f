"""What a candidate of a given ability would choose at each item: from a nominal model, or from the data."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import softmax
from scipy.stats import norm, rankdata

from assessments.arrays import Floats, matrix, vector
from assessments.errors import AssessmentError, NotEstimable
from assessments.security.evidence import LEAST_PERSONS, chosen_options, keyed_options

LARGEST = 100.0
"""No ability, slope or intercept in logits is beyond."""


def nominal_probabilities(ability: ArrayLike, slopes: ArrayLike, intercepts: ArrayLike) -> Floats:
    """Compute option probabilities (n_persons, n_items, n_options) of the nominal response model.

    `ability` (n_persons,); `slopes` and `intercepts` (n_items, n_options) in logits. Raises AssessmentError
    `shapes_differ`, `parameters_too_large`, and as `assessments.arrays` does. Source: Bock 1972.
    """
    theta, slope, intercept = vector(ability), matrix(slopes), matrix(intercepts)
    if max(np.abs(values).max() for values in (theta, slope, intercept)) > LARGEST:
        raise AssessmentError("parameters_too_large", largest=LARGEST)
    if slope.shape != intercept.shape:
        raise AssessmentError("shapes_differ", slopes=slope.shape, intercepts=intercept.shape)
    probabilities: Floats = softmax(theta[:, np.newaxis, np.newaxis] * slope + intercept, axis=2)
    return probabilities


def smoothed_probabilities(choices: ArrayLike, key: ArrayLike, *, n_options: ArrayLike) -> Floats:
    """Estimate option probabilities (n_persons, n_items, n_options) from what persons of like score chose.

    `choices` (n_persons, n_items) as `chosen_options` reads them, `key` (n_items,). Ability is the normal
    quantile of the rank in proportion right of the items answered; the shares of an option are averaged over
    the others with a Gaussian kernel of width 1.1 n^(-1/5), each person left out of her own, and drawn
    towards even shares with the weight of one answer, so that none is 0 or 1. Nothing is assumed of the
    shape of the curves, and the price is a heavier far tail: over all pairs of honest candidates omega and
    GBT flag more often than their level says, so keep it at .001 and name the pairs. Raises NotEstimable
    `too_few_persons` below 50, AssessmentError as `chosen_options` does and `no_answers` for a person
    without any. Source: Ramsay 1991.
    """
    chosen, offered = chosen_options(choices, n_options)
    right = keyed_options(key, offered)
    n_persons = len(chosen)
    if n_persons < LEAST_PERSONS:
        raise NotEstimable("too_few_persons", found=n_persons, needed=LEAST_PERSONS)
    answered = chosen >= 0
    silent = np.flatnonzero(~answered.any(axis=1))
    if len(silent):
        raise AssessmentError("no_answers", row=int(silent[0]))
    share = (chosen == right).sum(axis=1) / answered.sum(axis=1)
    ability = norm.ppf((rankdata(share) - 0.5) / n_persons)
    width = 1.1 * n_persons**-0.2
    weight = np.exp(-0.5 * ((ability[:, np.newaxis] - ability) / width) ** 2)
    np.fill_diagonal(weight, 0)
    options = np.arange(int(offered.max()))
    prior = (options < offered[:, np.newaxis]) / offered[:, np.newaxis]
    picked = (chosen[:, :, np.newaxis] == options).astype(np.float64)
    voices = weight @ answered
    favour = np.einsum("jk,kio->jio", weight, picked, optimize=True)
    smoothed: Floats = (favour + prior) / (voices[:, :, np.newaxis] + 1)
    return smoothed
