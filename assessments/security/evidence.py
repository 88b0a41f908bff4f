"""What all indices of this package share: chosen options, compared pairs, and the standing caution."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.arrays import Floats, matrix
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance
from assessments.results import Finding, Json

LEAST_PERSONS = 50
FEW_PERSONS = 100
MOST_OPTIONS = 50
LONGEST = 1e7

Integers = NDArray[np.intp]
Booleans = NDArray[np.bool_]

NEVER_SOLE_EVIDENCE = Finding(
    code="never_sole_evidence",
    message="unlikely under honest work is no proof: look for other evidence, and hear the person",
    threshold="always",
    source="Cizek & Wollack 2017",
)


def chosen_options(choices: ArrayLike, n_options: ArrayLike) -> tuple[Integers, Integers]:
    """Read chosen options (n_persons, n_items), counted from 0, NaN = no answer, which becomes -1.

    `n_options`: one number, or one per item (n_items,); returned per item. Raises AssessmentError
    `option_counts` (not whole numbers of 2 to 50, or not one per item), `unknown_option` naming row and
    column, and as `assessments.arrays.matrix` does.
    """
    table = matrix(choices, missing=True)
    counts = np.asarray(n_options)
    if counts.ndim > 1 or (counts.ndim == 1 and len(counts) != table.shape[1]):
        raise AssessmentError("option_counts", expected=table.shape[1], found=counts.shape)
    if counts.dtype.kind not in "iu" or counts.min() < 2 or counts.max() > MOST_OPTIONS:
        raise AssessmentError("option_counts", least=2, most=MOST_OPTIONS)
    offered = np.broadcast_to(counts, table.shape[1]).astype(np.intp)
    given = np.where(np.isnan(table), -1.0, table)
    answered = ~np.isnan(table)
    wrong = np.argwhere(answered & ((given < 0) | (given >= offered) | (given != np.floor(given))))
    if len(wrong):
        raise AssessmentError("unknown_option", row=int(wrong[0][0]), column=int(wrong[0][1]))
    return given.astype(np.intp), offered


def keyed_options(key: ArrayLike, offered: Integers) -> Integers:
    """Read the right option of each item (n_items,), counted from 0; AssessmentError `key_not_an_option`."""
    right = np.asarray(key)
    if right.shape != offered.shape or right.dtype.kind not in "iu":
        raise AssessmentError("key_not_an_option", expected=len(offered), found=right.shape)
    wrong = np.flatnonzero((right < 0) | (right >= offered))
    if len(wrong):
        raise AssessmentError("key_not_an_option", column=int(wrong[0]))
    return right.astype(np.intp)


def taken_seconds(seconds: ArrayLike) -> Floats:
    """Read response times (n_persons, n_items) in seconds, NaN = none taken.

    Raises AssessmentError `time_not_positive`, `time_too_long` beyond ten million seconds, and as
    `assessments.arrays.matrix` does.
    """
    table = matrix(seconds, missing=True)
    for code, wrong in (("time_not_positive", table <= 0), ("time_too_long", table > LONGEST)):
        if wrong.any():
            row, column = np.argwhere(wrong)[0]
            raise AssessmentError(code, row=int(row), column=int(column))
    return table


def compared_pairs(pairs: Sequence[tuple[str, str]] | None, persons: tuple[str, ...]) -> Integers:
    """Turn (suspected copier, source) labels into rows (n_pairs, 2); None means every ordered pair.

    Raises AssessmentError `unknown_person`, `pair_of_one`, `pair_repeated`; NotEstimable `too_few_persons`
    below two, `no_pairs`.
    """
    if len(persons) < 2:
        raise NotEstimable("too_few_persons", found=len(persons), needed=2)
    if pairs is None:
        grid = np.indices((len(persons), len(persons))).reshape(2, -1).T
        different: Integers = grid[grid[:, 0] != grid[:, 1]].astype(np.intp)
        return different
    if not pairs:
        raise NotEstimable("no_pairs")
    rows = {person: row for row, person in enumerate(persons)}
    unknown = sorted({person for pair in pairs for person in pair} - rows.keys())
    if unknown:
        raise AssessmentError("unknown_person", person=unknown[0])
    alone = [copier for copier, source in pairs if copier == source]
    if alone:
        raise AssessmentError("pair_of_one", person=alone[0])
    if len(set(pairs)) < len(pairs):
        raise AssessmentError("pair_repeated")
    return np.array([(rows[copier], rows[source]) for copier, source in pairs], dtype=np.intp)


def grouped(column: Integers) -> Iterator[tuple[int, Integers]]:
    """Yield each value of a column (n_rows,) with the rows that hold it."""
    values, counts = np.unique(column, return_counts=True)
    order, ends = np.argsort(column, kind="stable"), np.cumsum(counts)
    for value, end, count in zip(values, ends, counts, strict=True):
        yield int(value), order[end - count : end]


def screening(
    version: str,
    present: Booleans,
    options: Mapping[str, Json],
    findings: tuple[Finding, ...] = (),
    *,
    left_out: int = 0,
) -> Provenance:
    """Say where a screening came from; the standing caution comes first, whatever else there is to say.

    `present` (n_persons, n_items): where there was an answer or a time.
    """
    return Provenance(
        method=version.partition("/")[0].replace("-", "_"),
        version=version,
        n_persons=len(present) - left_out,
        n_items=present.shape[1],
        n_missing=int((~present).sum()),
        options={**options, "left_out": left_out},
        warnings=(NEVER_SOLE_EVIDENCE, *findings),
    )


def ensure_level(level: float) -> None:
    """Refuse a level of significance not between 0 and 1 with AssessmentError `level_out_of_range`."""
    if not 0 < level < 1:
        raise AssessmentError("level_out_of_range", level=level)


def ensure_enough(n_persons: int) -> tuple[Finding, ...]:
    """Refuse to estimate from under 50 persons (NotEstimable `too_few_persons`), and warn under 100."""
    if n_persons < LEAST_PERSONS:
        raise NotEstimable("too_few_persons", found=n_persons, needed=LEAST_PERSONS)
    if n_persons < FEW_PERSONS:
        message = f"estimated from {n_persons} persons"
        return (Finding("few_persons", message, f"{FEW_PERSONS} persons", "house rule"),)
    return ()
