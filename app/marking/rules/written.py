"""What two assessors' points for written answers come to; pure.

The rule is our own proposal: an answer earns the mean of both assessors' points where their totals for it
differ by at most one point. Where they differ by more, a third decides: her points count, for that answer
alone. She too marks without the others' points.
"""

from collections.abc import Mapping
from fractions import Fraction

from app.marking.rules.sheets import PAIR, Finding, Seat, Stage
from assessments.points import Award

Points = Mapping[str, Mapping[str, int]]
"""Item → criterion of its rubric → points, as one sheet gives them."""
_MOST_APART = 1


def disputed(sheets: Mapping[Seat, Points]) -> frozenset[str]:
    """Return the items whose totals on the two sheets lie too far apart; none before both are in."""
    if not sheets.keys() >= set(PAIR):
        return frozenset()
    first, second = (sheets[seat] for seat in PAIR)
    return frozenset(
        item for item in first if abs(sum(first[item].values()) - sum(second[item].values())) > _MOST_APART
    )


def written_stage(sheets: Mapping[Seat, Points]) -> Stage:
    """Tell how far the marking is, from its submitted sheets; one sheet in looks like none."""
    if not sheets.keys() >= set(PAIR):
        return Stage.MARKING
    is_open = disputed(sheets) and Seat.THIRD not in sheets
    return Stage.ADJUDICATION_NEEDED if is_open else Stage.READY


def written_awards(sheets: Mapping[Seat, Points]) -> dict[str, Award]:
    """Return what each written answer earns, exact; nothing at all before the marking is ready (EXM-6)."""
    if written_stage(sheets) is not Stage.READY:
        return {}
    apart = disputed(sheets)
    first, second = (sheets[seat] for seat in PAIR)
    return {
        item: Award(sheets[Seat.THIRD][item] if item in apart else _mean(first[item], second[item]), True)
        for item in first
    }


def written_findings(asked: Points, given: Points) -> list[Finding]:
    """Name every criterion that a sheet has no points for. `asked` holds the most of each."""
    return [
        (f"/points/{item}/{criterion}", "points_missing", "no points yet")
        for item, criteria in asked.items()
        for criterion in criteria
        if criterion not in given.get(item, {})
    ]


def _mean(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, int | Fraction]:
    return {criterion: Fraction(points + second[criterion], 2) for criterion, points in first.items()}
