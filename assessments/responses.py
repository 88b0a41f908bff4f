"""The table of scored responses that classical statistics start from: complete, and of enough persons."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from assessments.arrays import Floats, matrix
from assessments.errors import AssessmentError, NotEstimable
from assessments.results import Finding

LEAST_PERSONS = 10
FEW_PERSONS = 50
STABLE_PERSONS = 100
LARGEST_SCORE = 1e9
"""Beyond it a number is no score, and its fourth power would leave the range of floating point."""

Missing = Literal["raise", "listwise"]
"""What becomes of a person with a missing response: the whole table is refused, or she is left out of it."""


@dataclass(frozen=True, slots=True)
class Responses:
    """Complete scores (n_persons, n_items), how many cells were missing, and the cautions that follow."""

    table: Floats
    n_missing: int
    findings: tuple[Finding, ...]

    @property
    def n_persons(self) -> int:
        """Count the persons who are in the table."""
        return len(self.table)

    @property
    def n_items(self) -> int:
        """Count the items, or parts, of the table."""
        return int(self.table.shape[1])


def complete(values: ArrayLike, *, missing: Missing = "raise", least: int = LEAST_PERSONS) -> Responses:
    """Read scored responses (n_persons, n_items), NaN = missing, and keep the persons who are complete.

    Raises AssessmentError as `assessments.arrays.matrix` does, `missing_cell` unless `missing` is
    "listwise", `score_too_large`; NotEstimable `too_few_persons` when fewer than `least` remain. Warns under
    50 and under 100 persons, and when persons were left out.
    """
    table = matrix(values, missing=missing == "listwise")
    empty = np.isnan(table)
    kept = table[~empty.any(axis=1)]
    ensure_persons(len(kept), least)
    if np.abs(kept).max() > LARGEST_SCORE:
        raise AssessmentError("score_too_large", largest=LARGEST_SCORE)
    findings = size_findings(len(kept))
    if len(kept) < len(table):
        left_out = len(table) - len(kept)
        message = f"{left_out} of {len(table)} persons had a missing response and were left out"
        findings += (Finding("persons_left_out", message, "0", "house rule"),)
    return Responses(kept, int(empty.sum()), findings)


def ensure_persons(n_persons: int, least: int) -> None:
    """Refuse a group too small for the statistic; raises NotEstimable `too_few_persons`."""
    if n_persons < least:
        raise NotEstimable("too_few_persons", persons=n_persons, least=least)


def size_findings(n_persons: int) -> tuple[Finding, ...]:
    """Caution about the size of a group: figures under 100 persons are unstable, under 50 hardly usable.

    Source: house rule, after the practice of examining bodies not to rely on alpha under 100 candidates.
    """
    if n_persons >= STABLE_PERSONS:
        return ()
    code, line = ("few_persons", FEW_PERSONS) if n_persons < FEW_PERSONS else ("unstable", STABLE_PERSONS)
    message = f"{n_persons} persons; figures of fewer than {line} vary much from group to group"
    return (Finding(code, message, str(line), "house rule"),)
