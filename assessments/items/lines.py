"""The lines that items are held against, and the flags that come of it: never a stop, always with source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assessments.estimates import Direction, Estimate, FigureVerdict, Threshold, judge

PROMETRIC = "Prometric, classical item analysis guidelines"
HALADYNA = "Haladyna & Downing 1993"

Lines = Mapping[str, Threshold]
"""Code of a flag → its line; a body may set lines otherwise, or leave some out."""

ITEM_LINES: Lines = MappingProxyType(
    {
        "too_hard": Threshold(0.20, Direction.AT_LEAST, PROMETRIC),
        "hard": Threshold(0.30, Direction.AT_LEAST, PROMETRIC),
        "easy": Threshold(0.90, Direction.AT_MOST, PROMETRIC),
        "too_easy": Threshold(0.95, Direction.AT_MOST, PROMETRIC),
        "weak_discrimination": Threshold(0.20, Direction.AT_LEAST, PROMETRIC),
        "poor_discrimination": Threshold(0.10, Direction.AT_LEAST, PROMETRIC),
        "check_key": Threshold(0.0, Direction.AT_LEAST, PROMETRIC),
        "non_functioning": Threshold(0.05, Direction.AT_LEAST, HALADYNA),
        "positive_distractor": Threshold(0.0, Direction.AT_MOST, HALADYNA),
    }
)
OF_DIFFICULTY = ("too_hard", "hard", "easy", "too_easy")
OF_DISCRIMINATION = ("weak_discrimination", "poor_discrimination", "check_key")


@dataclass(frozen=True, slots=True)
class Flag:
    """A figure that misses its line or, its interval holding both sides, may miss it (`uncertain`).

    `option` names the option for flags of options, which may also be `miskey`: a positive distractor that
    goes with ability more than the item itself does.
    """

    code: str
    verdict: FigureVerdict
    threshold: Threshold
    value: Estimate | None
    option: str | None = None


def item_flags(difficulty: Estimate, discrimination: Estimate | None, lines: Lines) -> tuple[Flag, ...]:
    """Hold an item's difficulty and discrimination against their lines."""
    return _flags(OF_DIFFICULTY, difficulty, lines) + _flags(OF_DISCRIMINATION, discrimination, lines)


def distractor_flags(
    option: str, share: Estimate, rest: Estimate | None, item: Estimate | None, lines: Lines
) -> tuple[Flag, ...]:
    """Hold a wrong option against its lines: marked by too few, or by those who know.

    `rest` is the option's correlation with the rest score, `item` that of the item. An option is called
    positive only when its correlation is, however wide the interval.
    """
    found = _flags(("non_functioning",), share, lines, option)
    line = lines.get("positive_distractor")
    if line is None or rest is None or rest.value <= line.value:
        return found
    code = "miskey" if item is not None and rest.value > item.value else "positive_distractor"
    return (*found, Flag(code, judge(rest, line), line, rest, option))


def _flags(
    codes: Sequence[str], value: Estimate | None, lines: Lines, option: str | None = None
) -> tuple[Flag, ...]:
    """Return the lines that are not clearly met."""
    judged = [(code, judge(value, lines[code])) for code in codes if code in lines]
    return tuple(
        Flag(code, verdict, lines[code], value, option)
        for code, verdict in judged
        if verdict is not FigureVerdict.MET
    )
