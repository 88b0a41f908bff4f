"""Calibrate items by marginal maximum likelihood, with errors, fit and cautions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.arrays import names
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.irt.ascent import Ascent
from assessments.irt.calibration import IrtFit, ItemEstimate
from assessments.irt.cautions import cautions
from assessments.irt.likelihood import Problem, make_problem
from assessments.irt.models import Model, design, reported, start
from assessments.irt.optimum import Summit, maximise
from assessments.irt.quadrature import normal_nodes
from assessments.irt.residuals import mean_squares
from assessments.irt.responses import Responses, read_responses
from assessments.irt.uncertainty import blocks
from assessments.irt.wald import wald

IRT_VERSION = "irt-mml/1"
LEAST_ITEMS = 3


def fit_irt(
    x: ArrayLike,
    *,
    model: Model,
    items: Sequence[str] | None = None,
    nodes: int = 61,
    tol: float = 1e-5,
    limit: int = 1_000,
) -> IrtFit:
    """Calibrate items from responses (n_persons, n_items), scores 0, 1, ... and NaN where not presented.

    Marginal maximum likelihood over a normal ability on `nodes` equally spaced nodes: accelerated EM until a
    step changes no parameter (slope or intercept) by `tol`, then one Newton step; standard errors from the
    observed information, Wald intervals. The highest score of an item is the highest that occurs; missing
    responses are ignorable by assumption. Rasch, PCM and RSM are reported in logits with slope 1. A fit that
    spent its `limit` of evaluations says so in `converged` and in a Finding. Raises AssessmentError
    `not_dichotomous`, `highest_scores_differ` (RSM), `score_not_whole`, `tol_out_of_range`; NotEstimable
    `too_few_persons` (under 100, with slopes 500), `too_few_items` (3), `constant_item`, `empty_category`,
    `person_without_response`, `item_without_response`. Source: Bock & Aitkin 1981; Muraki 1992; Samejima
    1969; Louis 1982.
    """
    if not 0 < tol < 1:
        raise AssessmentError("tol_out_of_range", tol=tol)
    responses = read_responses(x)
    labels = names(items, count=len(responses.counts), stem="item ")
    _ensure_estimable(responses, labels, model)
    spread = design(model, responses.highest)
    problem = make_problem(responses, normal_nodes(nodes), spread, is_graded=model.is_graded)
    ascent, summit = maximise(problem, start(model, responses.counts, spread), tol=tol, limit=limit)
    return _described(problem, ascent, summit, model, labels)


def _ensure_estimable(responses: Responses, labels: Sequence[str], model: Model) -> None:
    """Refuse responses from which the model's parameters cannot be told, naming the items."""
    highest, counts = responses.highest, responses.counts
    if len(labels) < LEAST_ITEMS:
        raise NotEstimable("too_few_items", items=len(labels), least=LEAST_ITEMS)
    if responses.n_persons < model.least_persons:
        raise NotEstimable("too_few_persons", persons=responses.n_persons, least=model.least_persons)
    below = np.arange(counts.shape[1]) < highest[:, None]
    for error, code, is_wrong in (
        (AssessmentError, "not_dichotomous", model.is_dichotomous & (highest > 1)),
        (NotEstimable, "constant_item", (counts > 0).sum(axis=1) < 2),
        (NotEstimable, "empty_category", ((counts == 0) & below).any(axis=1)),
        (AssessmentError, "highest_scores_differ", (model is Model.RSM) & (highest < highest.max())),
    ):
        if is_wrong.any():
            raise error(code, items=_where(labels, is_wrong))


def _where(labels: Sequence[str], is_so: NDArray[np.bool_]) -> tuple[str, ...]:
    """Name the items of which something is so."""
    return tuple(label for label, so in zip(labels, is_so, strict=True) if so)


def _described(
    problem: Problem, ascent: Ascent, summit: Summit, model: Model, labels: tuple[str, ...]
) -> IrtFit:
    """Put what was found under its labels."""
    responses, log_likelihood = problem.responses, summit.expected.log_likelihood
    n_free = problem.design.shape[1]
    items = _items(problem, summit, model, labels)
    shared = None if summit.covariance is None else float(summit.covariance[0, 0])
    return IrtFit(
        model=model,
        items=items,
        population_sd=Estimate(1.0) if model.has_slopes else wald(abs(summit.parameters[0, 0]), shared),
        log_likelihood=log_likelihood,
        n_parameters=n_free,
        aic=2 * n_free - 2 * log_likelihood,
        bic=float(n_free * np.log(responses.n_persons)) - 2 * log_likelihood,
        iterations=ascent.evaluations,
        converged=ascent.converged,
        largest_gradient=float(np.abs(summit.gradient).max()),
        provenance=Provenance(
            method=f"mml_{model.value}",
            version=IRT_VERSION,
            n_persons=responses.n_persons,
            n_items=len(labels),
            n_missing=responses.n_missing,
            options={"nodes": len(problem.nodes.theta)},
            warnings=cautions(problem, ascent, summit, model, items),
        ),
    )


def _items(problem: Problem, summit: Summit, model: Model, labels: Sequence[str]) -> tuple[ItemEstimate, ...]:
    """Turn parameters and their covariance into what is read, item by item."""
    responses = problem.responses
    values, by = reported(model, summit.parameters, responses.highest)
    variances = np.zeros(values.shape)
    if summit.covariance is not None:
        derivative = (blocks(by) @ problem.design).toarray()
        variances = ((derivative @ summit.covariance) * derivative).sum(axis=1).reshape(values.shape)
    fits = mean_squares(summit.curves, summit.expected.by_score, np.eye(len(labels)))
    rows = zip(labels, responses.counts, responses.highest, values, variances, fits, strict=True)
    return tuple(
        ItemEstimate(
            item=label,
            n=int(count.sum()),
            slope=wald(value[0], variance[0]),
            thresholds=tuple(map(wald, value[1 : high + 1], variance[1 : high + 1])),
            location=wald(value[-1], variance[-1]),
            fit=fit,
        )
        for label, count, high, value, variance, fit in rows
    )
