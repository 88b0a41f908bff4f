"""The lines that a report holds its figures against: defaults of the field; a body may draw others."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assessments.consistency import CONSISTENT, KAPPA_ONE_OFF
from assessments.errors import AssessmentError
from assessments.estimates import Direction, Threshold
from assessments.items import ITEM_LINES, Lines
from assessments.reliability import KNOWLEDGE_TEST

_LANDIS = "Landis & Koch 1977; the gate is a house rule"

REPORT_LINES: Lines = MappingProxyType(
    {
        **ITEM_LINES,
        "alpha": KNOWLEDGE_TEST,
        "consistency": CONSISTENT,
        "consistency_kappa": KAPPA_ONE_OFF,
        "cut_error": Threshold(1.0, Direction.AT_MOST, "Cohen, Kane & Crooks 1999"),
        "dependability": Threshold(0.80, Direction.AT_LEAST, "Brennan 2001; Bloch & Norman 2012 (AMEE 68)"),
        "rater_kappa": Threshold(0.60, Direction.AT_LEAST, _LANDIS),
        "severity": Threshold(0.50, Direction.AT_MOST, "house rule, after Myford & Wolfe 2004"),
        "verdicts_agree": Threshold(0.80, Direction.AT_LEAST, "house rule, as for two sittings"),
    }
)

IN_POINTS = frozenset({"cut_error", "severity"})
"""Lines in raw or rating points; all others are shares or coefficients."""
INSIDE = frozenset({"dependability", "rater_kappa"})
"""Lines that are aimed at, so that neither nil nor perfection can be asked for."""


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as a body draws it, with its own grounds."""

    value: float
    source: str


def drawn(changes: Mapping[str, NewLine]) -> Lines:
    """Return the lines with a body's own in their places; which side is the good one never changes.

    Raises AssessmentError `unknown_line`, and `line_out_of_range` for a share that is none.
    """
    unknown = sorted(changes.keys() - REPORT_LINES.keys())
    if unknown:
        raise AssessmentError("unknown_line", line=unknown[0])
    for code, line in changes.items():
        if (code not in IN_POINTS and not 0 <= line.value <= 1) or (code in INSIDE and line.value in {0, 1}):
            raise AssessmentError("line_out_of_range", line=code, value=line.value)
    own = {
        code: Threshold(line.value, REPORT_LINES[code].direction, line.source)
        for code, line in changes.items()
    }
    return MappingProxyType({**REPORT_LINES, **own})
