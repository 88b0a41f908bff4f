"""Equating: which score on a new form asks for the same as a given score on an old one.

`designs` reads who sat what, `methods` lists what can be done with it and from how many candidates on,
`conversion` makes the table from new raw scores to old ones, `cuts` finds the new form's cut, `comparison`
asks whether the choice of method matters. Beneath lie the lines (`linear`), the curve for tiny groups
(`arc`), percentiles (`equipercentile`), smoothing (`loglinear`, `presmoothing`) and the errors of it all
(`moments`, `standard_errors`). Equating corrects for difficulty only: forms must be built to the same
blueprint.
"""

from assessments.equating.comparison import Comparison, Departure, compare
from assessments.equating.conversion import Conversion, ConversionTable, equate
from assessments.equating.cuts import CutOption, EquatedCut, equated_cut
from assessments.equating.designs import (
    Design,
    DesignKind,
    RawScale,
    anchor_groups,
    random_groups,
    single_group,
)
from assessments.equating.methods import Method
from assessments.equating.presmoothing import Candidate, Choice, Criterion, Presmoothing, Smoothing

__all__ = [
    "Candidate",
    "Choice",
    "Comparison",
    "Conversion",
    "ConversionTable",
    "Criterion",
    "CutOption",
    "Departure",
    "Design",
    "DesignKind",
    "EquatedCut",
    "Method",
    "Presmoothing",
    "RawScale",
    "Smoothing",
    "anchor_groups",
    "compare",
    "equate",
    "equated_cut",
    "random_groups",
    "single_group",
]
