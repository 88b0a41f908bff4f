"""Internal consistency of a test: alpha, KR-20, KR-21 and lambda-2, each with its error of measurement."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from assessments.arrays import Floats, names, vector
from assessments.bootstrap import ensure_level
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Direction, Estimate, Provenance, Threshold
from assessments.reliability.precision import standard_error_of_measurement
from assessments.responses import (
    LEAST_PERSONS,
    Missing,
    Responses,
    complete,
    ensure_persons,
    size_findings,
)
from assessments.results import Finding, Json

VERSIONS = {
    "cronbach_alpha": "cronbach-alpha/1",
    "kr20": "kr20/1",
    "kr21": "kr21/1",
    "guttman_lambda2": "guttman-lambda2/1",
}
TINY = 1e-12
"""A total variance below this share of the item variances is a rounding error, not a variance."""

KNOWLEDGE_TEST = Threshold(0.80, Direction.AT_LEAST, "Prometric, classical item analysis guidelines")
STANDS_ALONE = Threshold(0.90, Direction.AT_LEAST, "Nunnally & Bernstein 1994")
ONE_OF_SEVERAL = Threshold(0.70, Direction.AT_LEAST, "Nunnally & Bernstein 1994")


@dataclass(frozen=True, slots=True)
class Reliability:
    """A reliability coefficient, with the error of measurement, mean and spread in score points."""

    coefficient: Estimate
    sem: float
    mean: float
    sd: float
    """Standard deviation of the total scores, divisor n - 1."""
    provenance: Provenance


def cronbach_alpha(
    values: ArrayLike,
    *,
    items: Sequence[str] | None = None,
    level: float = 0.95,
    missing: Missing = "raise",
) -> Reliability:
    """Estimate reliability as coefficient alpha, with Feldt's exact interval.

    `values`: (n_persons, n_items) item scores, NaN = missing. alpha = k/(k-1) (1 - sum of item variances /
    total variance); the interval assumes normal scores and equal item covariances: (1 - alpha) F, with n-1
    and (n-1)(k-1) degrees of freedom. Items that everybody scored alike are counted in k and named in a
    warning. Raises what `assessments.responses.complete` raises; NotEstimable `too_few_items` under 2,
    `constant_scores` when all totals are equal; AssessmentError `level_out_of_range`. Source: Cronbach 1951;
    Feldt 1965; Feldt, Woodruff & Salih 1987.
    """
    ensure_level(level)
    responses = read_test(values, missing)
    coefficient = _feldt(alpha(responses.table), responses, level)
    return result("cronbach_alpha", coefficient, responses, missing, items=items)


def kr20(
    values: ArrayLike,
    *,
    items: Sequence[str] | None = None,
    level: float = 0.95,
    missing: Missing = "raise",
) -> Reliability:
    """Estimate the reliability of right-or-wrong items by Kuder-Richardson formula 20: alpha of 0/1 scores.

    `values`: (n_persons, n_items) of 0 and 1, NaN = missing. Item variances are p(1-p) and the total
    variance has the divisor n as well, so the value is exactly alpha. Raises AssessmentError
    `not_dichotomous`, and what `cronbach_alpha` raises. Source: Kuder & Richardson 1937; Feldt 1965.
    """
    ensure_level(level)
    responses = read_test(values, missing)
    table = responses.table
    ensure_dichotomous(table)
    n_items = table.shape[1]
    p = table.mean(axis=0)
    value = n_items / (n_items - 1) * (1 - (p * (1 - p)).sum() / table.sum(axis=1).var())
    return result("kr20", _feldt(float(value), responses, level), responses, missing, items=items)


def kr21(scores: ArrayLike, *, n_items: int) -> Reliability:
    """Estimate reliability from number-correct scores alone, as if all items were equally difficult.

    `scores`: (n_persons,) whole, 0 to `n_items`. KR-21 = k/(k-1) (1 - M(k-M) / (k s²)), s² with the divisor
    n; never above KR-20. No interval. Raises AssessmentError `score_out_of_range`, `score_not_whole`;
    NotEstimable `too_few_persons`, `too_few_items`, `constant_scores`. Source: Kuder & Richardson 1937.
    """
    totals = number_correct(scores, n_items=n_items)
    ensure_persons(len(totals), LEAST_PERSONS)
    value = kr21_value(totals, n_items)
    sd = float(totals.std(ddof=1))
    return Reliability(
        coefficient=Estimate(value),
        sem=standard_error_of_measurement(sd, value),
        mean=float(totals.mean()),
        sd=sd,
        provenance=Provenance(
            "kr21",
            VERSIONS["kr21"],
            len(totals),
            n_items,
            warnings=size_findings(len(totals)) + _negative(value),
        ),
    )


def guttman_lambda2(
    values: ArrayLike, *, items: Sequence[str] | None = None, missing: Missing = "raise"
) -> Reliability:
    """Estimate a lower bound of reliability that is never below alpha, and less hurt by unequal items.

    `values`: (n_persons, n_items), NaN = missing. lambda-2 = lambda-1 + sqrt(k/(k-1) C2) / total variance,
    with C2 the sum of the squared covariances of different items. No interval. Raises what `cronbach_alpha`
    raises. Source: Guttman 1945.
    """
    responses = read_test(values, missing)
    covariances = np.cov(responses.table, rowvar=False)
    between = covariances - np.diag(np.diag(covariances))
    n_items = len(covariances)
    spread = np.sqrt(n_items / (n_items - 1) * (between**2).sum())
    value = at_most_one(float((between.sum() + spread) / covariances.sum()))
    return result("guttman_lambda2", Estimate(value), responses, missing, items=items)


def alpha(table: Floats) -> float:
    """Compute coefficient alpha of complete scores (n_persons, n_items) whose totals vary."""
    n_items = table.shape[1]
    of_items, of_total = table.var(axis=0, ddof=1).sum(), table.sum(axis=1).var(ddof=1)
    return float(n_items / (n_items - 1) * (1 - of_items / of_total))


def at_most_one(value: float) -> float:
    """Take back what rounding added to a coefficient that is 1."""
    return min(value, 1.0)


def kr21_value(totals: Floats, n_items: int) -> float:
    """Compute KR-21 of number-correct scores; raises NotEstimable `constant_scores`."""
    if np.ptp(totals) == 0:
        raise NotEstimable("constant_scores", score=float(totals[0]))
    mean, variance = totals.mean(), totals.var()
    return at_most_one(float(n_items / (n_items - 1) * (1 - mean * (n_items - mean) / (n_items * variance))))


def read_test(values: ArrayLike, missing: Missing) -> Responses:
    """Read the responses to a test of two or more items on which the persons differ."""
    responses = complete(values, missing=missing)
    if responses.n_items < 2:
        raise NotEstimable("too_few_items", items=responses.n_items, least=2)
    ensure_varying_totals(responses.table)
    return responses


def ensure_varying_totals(table: Floats) -> None:
    """Refuse a table whose totals are all equal; raises NotEstimable `constant_scores`."""
    totals = table.sum(axis=1)
    if totals.var() <= TINY * table.var(axis=0).sum() or np.ptp(totals) == 0:
        raise NotEstimable("constant_scores", score=float(totals[0]))


def number_correct(scores: ArrayLike, *, n_items: int) -> Floats:
    """Read number-correct scores (n_persons,); raises as `kr21` says."""
    totals = vector(scores)
    if n_items < 2:
        raise NotEstimable("too_few_items", items=n_items, least=2)
    outside = totals[(totals < 0) | (totals > n_items)]
    if len(outside):
        raise AssessmentError("score_out_of_range", score=float(outside[0]), maximum=n_items)
    if (totals % 1).any():
        raise AssessmentError("score_not_whole", score=float(totals[totals % 1 > 0][0]))
    return totals


def ensure_dichotomous(table: Floats) -> None:
    """Refuse scores other than 0 and 1; raises AssessmentError `not_dichotomous`, naming the first cell."""
    other = np.argwhere((table != 0) & (table != 1))
    if len(other):
        row, column = (int(place) for place in other[0])
        raise AssessmentError("not_dichotomous", row=row, column=column, score=float(table[row, column]))


def result(
    method: str,
    coefficient: Estimate,
    responses: Responses,
    missing: Missing,
    *,
    items: Sequence[str] | None = None,
) -> Reliability:
    """Wrap a coefficient of a test with its error of measurement and its cautions."""
    labels = names(items, count=responses.n_items, stem="item")
    totals = responses.table.sum(axis=1)
    sd = float(totals.std(ddof=1))
    constant = tuple(
        label for label, spread in zip(labels, np.ptp(responses.table, axis=0), strict=True) if spread == 0
    )
    options: dict[str, Json] = {"missing": missing}
    return Reliability(
        coefficient=coefficient,
        sem=standard_error_of_measurement(sd, coefficient.value),
        mean=float(totals.mean()),
        sd=sd,
        provenance=Provenance(
            method,
            VERSIONS[method],
            responses.n_persons,
            responses.n_items,
            responses.n_missing,
            options,
            responses.findings + _constant(constant) + _negative(coefficient.value),
        ),
    )


def _feldt(value: float, responses: Responses, level: float) -> Estimate:
    """Give alpha its interval under the analysis of variance model of persons and items."""
    tail = (1 - level) / 2
    of_persons = responses.n_persons - 1
    quantiles = stats.f.ppf((1 - tail, tail), of_persons, of_persons * (responses.n_items - 1))
    value = at_most_one(value)
    low, high = (float(1 - (1 - value) * quantile) for quantile in quantiles)
    return Estimate(value, None, (low, high), level, "feldt")


def _constant(labels: tuple[str, ...]) -> tuple[Finding, ...]:
    """Name the items that tell nobody apart."""
    if not labels:
        return ()
    message = f"everybody scored alike on {', '.join(labels)}"
    return (Finding("constant_items", message, "0", "house rule"),)


def _negative(value: float) -> tuple[Finding, ...]:
    """Caution that a coefficient is no reliability: items disagree, or a key is wrong."""
    if value >= 0:
        return ()
    message = f"the coefficient is {value:.3f}: items run against each other, or a key is wrong"
    return (Finding("negative_reliability", message, "0", "Cronbach 1951"),)
