"""Presmoothing: which loglinear model smooths the distributions of a design, and how it was chosen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy.stats import chi2

from assessments.arrays import Floats
from assessments.equating.designs import Design
from assessments.equating.loglinear import Fit, smooth, smooth_table
from assessments.errors import AssessmentError, NotEstimable

FORMS = ("new", "old")
LOWEST = 2
"""At least mean and spread are kept: an equating that changed them would undo itself."""
HIGHEST = 10
PRODUCTS = (1, 2)
SIGNIFICANCE = 0.05


class Criterion(Enum):
    """How a degree is chosen: the least AIC, or the highest degree that the model needs by its chi-square."""

    AIC = "aic"
    LIKELIHOOD_RATIO = "likelihood_ratio"


@dataclass(frozen=True, slots=True)
class Presmoothing:
    """Degrees of the loglinear model, or None for those that `criterion` chooses.

    `degree` of the form's score and `anchor_degree` of the anchor's keep as many moments; `products` 1 keeps
    the covariance of both, 2 also the moments x²v, xv² and x²v². `highest` limits the choice. Raises
    AssessmentError `degree` for degrees under 2 (mean and spread have to be kept) or over 10, and for
    `products` other than 1 and 2.
    """

    degree: int | None = None
    anchor_degree: int | None = None
    products: int | None = None
    criterion: Criterion = Criterion.AIC
    highest: int = 6

    def __post_init__(self) -> None:
        """Refuse degrees that make no model of a score distribution."""
        for degree in (self.degree, self.anchor_degree, self.highest):
            if degree is not None and not LOWEST <= degree <= HIGHEST:
                raise AssessmentError("degree", degree=degree, least=LOWEST, most=HIGHEST)
        if self.products not in {None, *PRODUCTS}:
            raise AssessmentError("degree", products=self.products, least=1, most=2)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One model that was tried, with its likelihood-ratio chi-square against the counts."""

    degree: int
    chi_square: float
    df: int
    aic: float
    """chi_square plus twice the parameters: the AIC up to a constant that all candidates share."""
    p_of_step: float | None
    """P-value of the last step up in degree, by the difference of chi-squares; None for the lowest."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The degree of the form, the anchor or their products, and among what; nothing if it was prescribed."""

    term: str
    degree: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Smoothing:
    """The model that smoothed the scores of one form, or of one form and its anchor."""

    form: str
    choices: tuple[Choice, ...]
    chi_square: float
    df: int

    @property
    def degrees(self) -> tuple[int, ...]:
        """List the degrees of the model's terms."""
        return tuple(choice.degree for choice in self.choices)


def plan_smoothing(design: Design, plan: Presmoothing) -> tuple[Smoothing, ...]:
    """Choose the model for each form of a design; the scores of a single group are smoothed form by form.

    The degrees of form and anchor are chosen on their own distributions, then the products on their table.
    Raises NotEstimable as `loglinear.fit` does.
    """
    return tuple(_plan(design, group, plan) for group in range(2))


def distributions(design: Design, smoothings: tuple[Smoothing, ...]) -> tuple[Floats, Floats]:
    """Return the probabilities of both forms' scores, (n_new,) and (n_old,), smoothed if models are given.

    With an anchor, of form and anchor together: (n_new, n_anchor) and (n_old, n_anchor).
    """
    if smoothings:
        return _smoothed(design, 0, smoothings[0].degrees), _smoothed(design, 1, smoothings[1].degrees)
    new, old = design.groups if design.kind.has_anchor else design.margins()
    return new / new.sum(), old / old.sum()


def _plan(design: Design, group: int, plan: Presmoothing) -> Smoothing:
    """Choose the model of one form."""
    margin = design.margins()[group]
    powers = range(LOWEST, plan.highest + 1)
    form = _choose("form", plan.degree, lambda degree: smooth(margin, degree), powers, plan.criterion)
    choices: tuple[Choice, ...] = (form,)
    if design.kind.has_anchor:
        common = design.groups[group].sum(axis=0)
        anchor = _choose(
            "anchor", plan.anchor_degree, lambda degree: smooth(common, degree), powers, plan.criterion
        )
        products = _choose(
            "products",
            plan.products,
            lambda degree: _fit(design, group, (form.degree, anchor.degree, degree)),
            PRODUCTS,
            plan.criterion,
        )
        choices = (form, anchor, products)
    model = _fit(design, group, tuple(choice.degree for choice in choices))
    return Smoothing(FORMS[group], choices, model.chi_square, model.df)


def _fit(design: Design, group: int, degrees: tuple[int, ...]) -> Fit:
    """Fit the model of one form to the counts of a design."""
    if not design.kind.has_anchor:
        return smooth(design.margins()[group], degrees[0])
    rows, columns, products = degrees
    return smooth_table(design.groups[group], design.possible(group), (rows, columns, products))


def _smoothed(design: Design, group: int, degrees: tuple[int, ...]) -> Floats:
    """Return the fitted probabilities of one form in the shape of its counts; impossible cells stay empty."""
    model = _fit(design, group, degrees)
    if not design.kind.has_anchor:
        return model.probabilities
    table = np.zeros(design.groups[group].shape)
    table[design.possible(group)] = model.probabilities
    return table


def _choose(
    term: str,
    prescribed: int | None,
    fitted: Callable[[int], Fit],
    degrees: Iterable[int],
    criterion: Criterion,
) -> Choice:
    """Choose a degree among those that can be fitted, unless it is prescribed.

    AIC: the least (Moses & Holland 2010). Likelihood ratio: the highest degree whose last step up is
    significant at .05, else the lowest (Haberman 1974). Raises NotEstimable as `loglinear.fit` does when not
    even the lowest can be fitted.
    """
    if prescribed is not None:
        return Choice(term, prescribed, ())
    candidates: list[Candidate] = []
    before: Fit | None = None
    for degree in degrees:
        try:
            model = fitted(degree)
        except NotEstimable:
            if before is None:
                raise
            break
        candidates.append(_candidate(degree, model, before))
        before = model
    if criterion is Criterion.AIC:
        best = min(candidates, key=lambda candidate: candidate.aic)
    else:
        # The lowest has no step below it and is taken when none of the others is needed.
        best = next(one for one in reversed(candidates) if (one.p_of_step or 0.0) < SIGNIFICANCE)
    return Choice(term, best.degree, tuple(candidates))


def _candidate(degree: int, model: Fit, before: Fit | None) -> Candidate:
    """Describe a model that was tried, next to the one below it."""
    p_value = None
    if before is not None:
        gain = max(before.chi_square - model.chi_square, 0.0)
        p_value = float(chi2.sf(gain, model.parameters - before.parameters))
    aic = model.chi_square + 2 * model.parameters
    return Candidate(degree, model.chi_square, model.df, aic, p_value)
