"""How many of those who sought a level passed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.estimates import Estimate
from assessments.items.statistics import share

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class LevelPasses:
    """The candidates for one level, and what share of them passed, with Wilson's interval."""

    level: int
    n: int
    passed: int
    share: Estimate


def passes_by_level(levels: Sequence[int], passed: Sequence[bool]) -> Iterator[LevelPasses]:
    """Yield the passes of each level that somebody sought; both (n_persons,)."""
    for level in sorted(set(levels)):
        own = [one for sought, one in zip(levels, passed, strict=True) if sought == level]
        yield LevelPasses(level, len(own), sum(own), share(sum(own), len(own), level=LEVEL))
