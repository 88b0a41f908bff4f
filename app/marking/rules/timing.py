"""How long a sheet took, measured from when it was opened and saved; nobody tells it by herself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from assessments.results import rounded

PAUSE = timedelta(minutes=30)
"""Between two signs of life of a sheet; what lasts longer is a pause and counts nothing (our proposal)."""
TIMING_VERSION = "signs-of-life/1"


@dataclass(frozen=True)
class Timing:
    """Minutes spent on a sheet: the time between one opening or save and the next, pauses left out."""

    minutes: Decimal
    minutes_per_mark: Decimal
    marks: int
    pauses: int
    pause_minutes: int
    """From how many minutes on a gap was taken for a pause."""
    version: str


def timing(moments: Iterable[datetime], marks: int) -> Timing | None:
    """Measure a sheet by its moments, in any order; None where there are fewer than two, or no marks.

    The moments are each opening, each save, each confirmed line and the submission. A gap longer than
    `PAUSE` counts for nothing, since nobody knows how much of it was work; so the figure is rather too low.
    """
    gaps = [later - earlier for earlier, later in pairwise(sorted(moments))]
    if not gaps or not marks:
        return None
    worked = sum((gap for gap in gaps if gap <= PAUSE), timedelta())
    minutes = Fraction(worked // timedelta(microseconds=1), 60_000_000)
    return Timing(
        rounded(minutes, 1),
        rounded(minutes / marks, 2),
        marks,
        sum(gap > PAUSE for gap in gaps),
        PAUSE // timedelta(minutes=1),
        TIMING_VERSION,
    )
