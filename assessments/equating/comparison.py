"""Whether the choice of a method matters: several conversions of the same form, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

from assessments.equating.conversion import ConversionTable
from assessments.equating.methods import Method
from assessments.errors import AssessmentError
from assessments.estimates import Provenance

COMPARISON_VERSION = "equating-comparison/1"
DIFFERENCE_THAT_MATTERS = 0.5
"""Half a raw point: less does not change a whole score (Dorans & Feigenbaum 1994)."""


@dataclass(frozen=True, slots=True)
class Departure:
    """How far one method's equivalents lie from the reference method's, in points of the old form."""

    method: Method
    differences: tuple[float, ...]
    """Per raw score of the new form: this method less the reference."""
    largest: float
    largest_at: int
    """The raw score with the largest difference in either direction, and that difference with its sign."""
    root_mean_square: float
    """Over the candidates of the new form."""
    beyond: tuple[int, ...]
    """The raw scores at which the difference matters."""
    share_beyond: float
    """The share of the new form's candidates who had one of them."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Conversions against one of them; `matters` says whether any candidate's score would be another."""

    reference: Method
    difference_that_matters: float
    departures: tuple[Departure, ...]
    matters: bool
    provenance: Provenance


def compare(
    tables: Sequence[ConversionTable], *, difference_that_matters: float = DIFFERENCE_THAT_MATTERS
) -> Comparison:
    """Hold conversions of one design against the first, with the line at which a difference matters.

    `difference_that_matters`: in points of the old form, greater than 0. Raises AssessmentError
    `too_few_tables` under two, `tables_differ` when they convert other forms or other candidates,
    `difference_not_positive`. Source: Dorans & Feigenbaum 1994; Kolen & Brennan 2014, chapter 8.
    """
    if len(tables) < 2:
        raise AssessmentError("too_few_tables", found=len(tables))
    if not 0 < difference_that_matters < inf:
        raise AssessmentError("difference_not_positive", found=difference_that_matters)
    reference, *others = tables
    for table in others:
        if _converted(table) != _converted(reference):
            raise AssessmentError("tables_differ", method=table.method.value)
    departures = tuple(_departure(table, reference, difference_that_matters) for table in others)
    return Comparison(
        reference=reference.method,
        difference_that_matters=difference_that_matters,
        departures=departures,
        matters=any(departure.share_beyond > 0 for departure in departures),
        provenance=Provenance(
            method="equating_comparison",
            version=COMPARISON_VERSION,
            n_persons=reference.provenance.n_persons,
            n_items=reference.provenance.n_items,
            options={"methods": [table.method.value for table in tables]},
        ),
    )


def _converted(table: ConversionTable) -> tuple[object, ...]:
    """Return what two conversions must share to be comparable."""
    return table.design, table.new, table.old, tuple(row.share for row in table.rows)


def _departure(table: ConversionTable, reference: ConversionTable, line: float) -> Departure:
    """Compare one conversion with the reference."""
    differences = tuple(
        row.equivalent.value - other.equivalent.value
        for row, other in zip(table.rows, reference.rows, strict=True)
    )
    rows = tuple(zip(table.rows, differences, strict=True))
    row, largest = max(rows, key=lambda pair: abs(pair[1]))
    return Departure(
        method=table.method,
        differences=differences,
        largest=largest,
        largest_at=row.raw,
        root_mean_square=sqrt(sum(row.share * difference**2 for row, difference in rows)),
        beyond=tuple(row.raw for row, difference in rows if abs(difference) > line),
        share_beyond=sum(row.share for row, difference in rows if abs(difference) > line),
    )
