"""D-studies: the error that remains with so many tasks and raters, and how many of them are enough."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from math import prod, sqrt

from assessments.agreement.icc import IccForm, MeanSquares, single_ends
from assessments.agreement.outcome import ensure_level
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.generalizability.designs import Design
from assessments.generalizability.g_study import GStudy

D_STUDY_VERSION = "d-study/1"


class Coefficient(Enum):
    """For ranking persons (G, relative error), or for a pass line (Phi, absolute error)."""

    G = "g"
    PHI = "phi"


@dataclass(frozen=True, slots=True)
class DStudy:
    """What scores averaged over `sizes` are worth; variances and errors are those of the mean score."""

    design: Design
    sizes: Mapping[str, int]
    universe_variance: float
    relative_variance: float
    absolute_variance: float
    relative_sem: float
    absolute_sem: float
    g: Estimate
    phi: Estimate
    provenance: Provenance


def d_study(study: GStudy, *, sizes: Mapping[str, int], ci_level: float = 0.95) -> DStudy:
    """Give error and coefficients of a score averaged over `sizes`, in the design of the G-study.

    `sizes`: how many of each facet but persons, such as {"t": 2, "r": 2}; in `p x (r:t)` r counts the raters
    per task. Relative error sums the components that hold persons and a facet, absolute error all but
    persons, each divided by how often it is averaged. One-facet designs carry the F intervals of the
    intraclass correlations that their coefficients are (Shrout & Fleiss 1979; McGraw & Wong 1996), cut off
    at 0; for two facets no interval is given, since none is exact. Raises AssessmentError
    `sizes_do_not_fit`, `size_not_positive`, `ci_level`; NotEstimable `no_variance_between_persons` when
    neither the persons' nor their error component is above zero. Source: Brennan 2001, chapters 2 and 4.
    """
    ensure_level(ci_level)
    _ensure_sizes(study, sizes)
    universe, relative, absolute = _variances(study, sizes)
    if universe + relative == 0:
        raise NotEstimable("no_variance_between_persons", design=study.design.value)
    ends = {kind: _ends(study, sizes, kind, ci_level) for kind in Coefficient}
    return DStudy(
        design=study.design,
        sizes=dict(sizes),
        universe_variance=universe,
        relative_variance=relative,
        absolute_variance=absolute,
        relative_sem=sqrt(relative),
        absolute_sem=sqrt(absolute),
        g=_with_ends(universe / (universe + relative), ends[Coefficient.G], ci_level),
        phi=_with_ends(universe / (universe + absolute), ends[Coefficient.PHI], ci_level),
        provenance=_origin(study, sizes),
    )


def smallest_sizes(
    study: GStudy, *, target: float, coefficient: Coefficient, largest: Mapping[str, int]
) -> tuple[DStudy, ...]:
    """List the smallest numbers that reach a target, fewest ratings per person first.

    `largest`: how many of each facet could be had at most. Every answer reaches the target and would miss it
    with one fewer of any facet. Raises AssessmentError `target_out_of_range` (not between 0 and 1),
    `sizes_do_not_fit`, `size_not_positive`; NotEstimable `target_out_of_reach`, naming the `best` value
    within reach, and `no_variance_between_persons`. Source: Brennan 2001, chapter 4.
    """
    if not 0 < target < 1:
        raise AssessmentError("target_out_of_range", target=target)
    widest = d_study(study, sizes=largest)
    best = (widest.g if coefficient is Coefficient.G else widest.phi).value
    if best < target:
        raise NotEstimable("target_out_of_reach", target=target, best=best, largest=dict(largest))
    found = sorted(_frontier(study, target, coefficient, largest), key=lambda sizes: prod(sizes.values()))
    return tuple(d_study(study, sizes=sizes) for sizes in found)


def _frontier(
    study: GStudy, target: float, coefficient: Coefficient, largest: Mapping[str, int]
) -> Iterator[dict[str, int]]:
    """Walk along what just reaches the target: with more of the first facet, less of the last will do."""
    *first, last = tuple(study.design.axes[1:])
    fewest = largest[last] + 1
    for number in range(1, largest[first[0]] + 1 if first else 2):
        sizes = dict.fromkeys(first, number) | {last: fewest}
        while sizes[last] > 1 and _value(study, sizes | {last: sizes[last] - 1}, coefficient) >= target:
            sizes[last] -= 1
        if sizes[last] < fewest:
            fewest = sizes[last]
            yield sizes


def _ensure_sizes(study: GStudy, sizes: Mapping[str, int]) -> None:
    """Refuse numbers for other facets than the design has, or below one."""
    facets = set(study.design.axes[1:])
    if set(sizes) != facets:
        raise AssessmentError("sizes_do_not_fit", expected=tuple(sorted(facets)), found=tuple(sorted(sizes)))
    for facet, size in sizes.items():
        if size < 1:
            raise AssessmentError("size_not_positive", facet=facet, size=size)


def _variances(study: GStudy, sizes: Mapping[str, int]) -> tuple[float, float, float]:
    """Give the universe score variance, and the relative and absolute error variance, of the mean score."""
    universe = relative = absolute = 0.0
    for effect, part in zip(study.design.effects, study.components, strict=True):
        averaged = part.variance.value / prod(sizes[axis] for axis in effect.axes - {"p"})
        if effect.axes == {"p"}:
            universe = averaged
            continue
        absolute += averaged
        relative += averaged if "p" in effect.axes else 0.0
    return universe, relative, absolute


def _value(study: GStudy, sizes: Mapping[str, int], coefficient: Coefficient) -> float:
    """Give one coefficient."""
    universe, relative, absolute = _variances(study, sizes)
    return universe / (universe + (relative if coefficient is Coefficient.G else absolute))


def _ends(
    study: GStudy, sizes: Mapping[str, int], coefficient: Coefficient, ci_level: float
) -> tuple[float, float] | None:
    """Take the interval of one observation from the matching intraclass correlation, and step it up."""
    by_effect = [part.mean_square for part in study.components]
    if len(study.sizes) > 2 or by_effect[0] == 0:
        return None
    n, k = study.sizes.values()
    if study.design is Design.RATERS_IN_PERSONS:
        squares = MeanSquares(units=by_effect[0], raters=0.0, within=by_effect[1], residual=0.0)
        ends = single_ends(squares, n, k, IccForm.ONE_WAY_SINGLE, ci_level)
    else:
        squares = MeanSquares(units=by_effect[0], raters=by_effect[1], within=0.0, residual=by_effect[2])
        is_relative = coefficient is Coefficient.G
        form = IccForm.TWO_WAY_FIXED_SINGLE if is_relative else IccForm.TWO_WAY_RANDOM_SINGLE
        ends = single_ends(squares, n, k, form, ci_level)
    if ends is None:
        return None
    (times,) = sizes.values()
    low, high = (times * max(end, 0.0) / (1 + (times - 1) * max(end, 0.0)) for end in ends)
    return low, high


def _with_ends(value: float, ends: tuple[float, float] | None, ci_level: float) -> Estimate:
    """Attach the interval where there is one."""
    return Estimate(value) if ends is None else Estimate(value, None, ends, ci_level, "F")


def _origin(study: GStudy, sizes: Mapping[str, int]) -> Provenance:
    """Say from which G-study the figures came; its cautions stay with them."""
    return Provenance(
        method="d_study",
        version=D_STUDY_VERSION,
        n_persons=study.provenance.n_persons,
        n_items=study.provenance.n_items,
        options={"design": study.design.value, "g_study": study.provenance.version, **sizes},
        warnings=study.provenance.warnings,
    )
