"""G-studies: variance components of balanced designs by the analysis of variance."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import ArrayLike

from assessments.arrays import Floats, cube, matrix
from assessments.errors import NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.generalizability.designs import Design, Effect
from assessments.results import Finding

G_STUDY_VERSION = "g-study/1"
ADVISED_PERSONS = 30


@dataclass(frozen=True, slots=True)
class Component:
    """One source of variance."""

    effect: str
    df: int
    mean_square: float
    variance: Estimate
    """Never negative, with its standard error; in squared units of the score."""
    solved: float
    """The variance as the expected mean squares give it, which may be negative."""
    share: float
    """Part of the sum of all components, for one person met once."""


@dataclass(frozen=True, slots=True)
class GStudy:
    """The variance components of a design; `sizes` says how many of each facet were in the study."""

    design: Design
    sizes: Mapping[str, int]
    components: tuple[Component, ...]
    provenance: Provenance


def g_study(scores: ArrayLike, *, design: Design) -> GStudy:
    """Estimate the variance components of a balanced design with random facets.

    `scores`: (n_persons, n_items), (n_persons, n_raters), or (n_persons, n_tasks, n_raters), complete; in
    `r:p` the columns are places and not raters, in `p x (r:t)` the third axis counts the raters within a
    task. Expected mean squares are solved with negative solutions kept, and only then are these set to zero
    and reported (Brennan 2001, section 3.4; Cronbach's variant sets them to zero while solving). Standard
    errors: 2 MS² / (df + 2) per mean square (Searle, Casella & McCulloch 1992). Balanced data give the REML
    estimates wherever none is negative. Raises AssessmentError `not_a_table`, `not_a_cube`, `not_finite`,
    `missing_cell`; NotEstimable `no_data`, `too_few_levels` (under 2 of anything), `no_variance`. Source:
    Cronbach, Gleser, Nanda & Rajaratnam 1972; Brennan 2001.
    """
    table = matrix(scores) if len(design.axes) == 2 else cube(scores)
    sizes = dict(zip(design.axes, table.shape, strict=True))
    for axis, size in sizes.items():
        if size < 2:
            raise NotEstimable("too_few_levels", facet=axis, levels=size, least=2)
    squares, df = _mean_squares(table, design), _degrees(design.effects, sizes)
    if not squares.any():
        raise NotEstimable("no_variance", design=design.value)
    components = _components(design.effects, sizes, squares, df)
    return GStudy(
        design=design,
        sizes=sizes,
        components=components,
        provenance=Provenance(
            method="g_study",
            version=G_STUDY_VERSION,
            n_persons=sizes["p"],
            n_items=table.size // sizes["p"],
            options={"design": design.value, **sizes},
            warnings=_warnings(components, sizes["p"]),
        ),
    )


def _mean_squares(table: Floats, design: Design) -> Floats:
    """Sweep out one effect after the other, (n_effects,); what is rounding error counts as zero."""
    rest = table - table.mean()
    noise = table.size * (1e-13 * float(np.abs(table).max())) ** 2
    df = _degrees(design.effects, dict(zip(design.axes, table.shape, strict=True)))
    squares = np.zeros(len(df))
    for number, effect in enumerate(design.effects):
        others = tuple(place for place, axis in enumerate(design.axes) if axis not in effect.axes)
        part = rest.mean(axis=others, keepdims=True)
        squared = float(np.vdot(part, part)) * table.size / part.size
        squares[number] = squared / df[number] if squared > noise else 0.0
        rest -= part
    return squares


def _degrees(effects: tuple[Effect, ...], sizes: Mapping[str, int]) -> tuple[int, ...]:
    """Count the degrees of freedom of each effect: its cells, less those of the effects it contains."""
    found: dict[str, int] = {}
    for effect in effects:
        inner = sum(found[other.name] for other in effects if other.axes < effect.axes)
        found[effect.name] = prod(sizes[axis] for axis in effect.axes) - 1 - inner
    return tuple(found.values())


def _components(
    effects: tuple[Effect, ...], sizes: Mapping[str, int], squares: Floats, df: tuple[int, ...]
) -> tuple[Component, ...]:
    """Solve the expected mean squares, in which each component counts once per score that shares it."""
    times = [prod(size for axis, size in sizes.items() if axis not in effect.axes) for effect in effects]
    expected = [
        [times[column] if row.axes <= effect.axes else 0 for column, effect in enumerate(effects)]
        for row in effects
    ]
    solution = np.linalg.inv(np.array(expected, dtype=np.float64))
    solved = solution @ squares
    errors = np.sqrt(solution**2 @ (2 * squares**2 / (np.array(df) + 2)))
    variances = np.maximum(solved, 0)
    total = variances.sum()
    return tuple(
        Component(
            effect=effect.name,
            df=df[number],
            mean_square=float(squares[number]),
            variance=Estimate(float(variances[number]), float(errors[number])),
            solved=float(solved[number]),
            share=float(variances[number] / total),
        )
        for number, effect in enumerate(effects)
    )


def _warnings(components: tuple[Component, ...], n_persons: int) -> tuple[Finding, ...]:
    """Name the components that were set to zero, and a sample too small to rely on."""
    found = [
        Finding(
            "negative_variance",
            f"the variance of {part.effect} came out as {part.solved:.4g} and was set to zero",
            "0",
            "Brennan 2001",
        )
        for part in components
        if part.solved < 0
    ]
    if n_persons < ADVISED_PERSONS:
        message = f"{n_persons} persons; {ADVISED_PERSONS} or more are advised"
        found.append(Finding("few_persons", message, str(ADVISED_PERSONS), "house rule"))
    return tuple(found)
