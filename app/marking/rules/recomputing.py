"""What a result computed anew says of the released one; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class RecomputedOutcome(StrEnum):
    """Whether a released result follows from what is stored."""

    EQUAL = "equal"
    DIFFERENT = "different"
    IMPOSSIBLE = "impossible"
    """The raw material is not whole or not sound."""


@dataclass(frozen=True)
class Recomputed:
    """A comparison: which columns differ, or why nothing could be computed. No value of either is told."""

    outcome: RecomputedOutcome
    differs: tuple[str, ...] = ()
    fault: str | None = None

    @classmethod
    def impossible(cls, fault: str) -> Self:
        """Say that nothing could be computed."""
        return cls(RecomputedOutcome.IMPOSSIBLE, (), fault)


def compared(released: Mapping[str, Any], anew: Mapping[str, Any]) -> Recomputed:
    """Hold each computed column against the released one (EXM-5)."""
    differs = tuple(sorted(name for name, value in anew.items() if released[name] != value))
    return Recomputed(RecomputedOutcome.DIFFERENT if differs else RecomputedOutcome.EQUAL, differs)
