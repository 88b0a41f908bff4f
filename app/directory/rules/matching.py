"""How a search scores: wishes with weights, points that add up exactly, and turns among equals.

The database adds up the same points to put mentors in order; here they are taken apart again for the reader.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.core.errors import Invalid
from app.directory.rules.listing import MOST_TURN

MOST_VALUES = 10
"""Values of one wish: 2520 is divided by each of 1 to 10, so that their shares of a weight are exact."""
UNIT = 2520
"""Points of weight 1."""
HEAVIEST = 10
YES = "yes"


class Criterion(StrEnum):
    """What can be wished for, in the order in which small firms value it."""

    EXPERIENCE = "experience"
    EXPERTISE = "expertise"
    SECTOR = "sector"
    LANGUAGE = "language"
    COUNTRY = "country"
    REMOTE = "remote"
    FREE = "free"
    TOUCH = "touch"
    STYLE = "style"


Offer = Mapping[Criterion, frozenset[str]]
"""What one mentor has of each criterion."""


@dataclass(frozen=True)
class Wishes:
    """What somebody looks for: certified scope, which is always required, and wishes with their weights."""

    values: Mapping[Criterion, tuple[str, ...]] = field(default_factory=dict)
    weights: Mapping[Criterion, int] = field(default_factory=dict)
    required: frozenset[Criterion] = frozenset()
    phase: str | None = None
    level: int | None = None
    endorsement: str | None = None
    accepting: bool = False

    def points_each(self, criterion: Criterion) -> int:
        """Return the points of each value: those of one wish share its weight equally."""
        return self.weights[criterion] * UNIT // len(self.values[criterion])

    @property
    def best(self) -> int:
        """The points of a mentor who has all that is wished for."""
        return sum(self.weights[criterion] * UNIT for criterion in self.values)


@dataclass(frozen=True)
class Part:
    """One wish as one mentor meets it."""

    criterion: Criterion
    weight: int
    is_required: bool
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    certified: tuple[str, ...]
    """Those of the matched that a certificate in force says, and not only the mentor."""
    points: int

    @property
    def score(self) -> Decimal:
        """The share of the weight, to two places."""
        return scored(self.points)


def parts(wishes: Wishes, offer: Offer, certified: frozenset[str]) -> tuple[Part, ...]:
    """Take a score apart: for each wish what matched, what is missing, and what it counts."""
    return tuple(
        _part(wishes, criterion, offer.get(criterion, frozenset()), certified)
        for criterion in Criterion
        if criterion in wishes.values
    )


def _part(wishes: Wishes, criterion: Criterion, has: frozenset[str], certified: frozenset[str]) -> Part:
    wanted = wishes.values[criterion]
    proven = certified if criterion is Criterion.SECTOR else frozenset()
    matched = tuple(value for value in wanted if value in has | proven)
    return Part(
        criterion=criterion,
        weight=wishes.weights[criterion],
        is_required=criterion in wishes.required,
        matched=matched,
        missing=tuple(value for value in wanted if value not in matched),
        certified=tuple(value for value in matched if value in proven),
        points=wishes.points_each(criterion) * len(matched),
    )


def scored(points: int) -> Decimal:
    """Return points as a sum of weights, to two places."""
    return (Decimal(points) / UNIT).quantize(Decimal("0.01"))


def mask_of(day: date) -> int:
    """Return the day's mask. A turn XOR the mask is a mentor's place among equals on that day.

    Which of two mentors comes first is told by one bit of the mask, so on half of all days it is the one and
    on the other half the other: everybody's place is the same on average, nobody is last for long, and
    whoever knows the day can work the order out again.
    """
    return int.from_bytes(hashlib.sha256(day.isoformat().encode()).digest()[:4], "big") & MOST_TURN


def place(turn: int, mask: int) -> int:
    """Return a mentor's place among equals under a day's mask."""
    return turn ^ mask


@dataclass(frozen=True)
class Mark:
    """Where a page ended: the day whose order is read on, and the last mentor's points, place and id."""

    day: date
    points: int
    place: int
    listing_id: UUID

    def cursor(self) -> str:
        """Return the mark as a client is given it."""
        text = f"{self.day.toordinal()}.{self.points}.{self.place}.{self.listing_id.hex}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def mark_of(cursor: str, today: date) -> Mark:
    """Read a cursor; one of yesterday may be read on in yesterday's order, an older one not."""
    try:
        told = base64.urlsafe_b64decode(cursor + "==").decode("ascii").split(".")
        day, points, standing = date.fromordinal(int(told[0])), int(told[1]), int(told[2])
        mark = Mark(day, points, standing, UUID(hex=told[3]))
    except (ValueError, IndexError, OverflowError, binascii.Error):
        raise Invalid("cursor_refused", pointer="/query/cursor") from None
    if not today - timedelta(days=1) <= day <= today or max(points, standing) > MOST_TURN:
        raise Invalid("cursor_refused", pointer="/query/cursor")
    return mark


def weighed(given: Sequence[str], usual: Mapping[str, int]) -> dict[Criterion, int]:
    """Return the weights: the usual ones but where `criterion:weight` gives another."""
    weights = {criterion: usual[criterion] for criterion in Criterion}
    for one in given:
        name, _, number = one.partition(":")
        if name not in set(Criterion):
            raise Invalid("weight_unknown", pointer="/query/weight", value=name, allowed=list(Criterion))
        if not (number.isascii() and number.isdigit() and len(number) <= 2 and int(number) <= HEAVIEST):
            raise Invalid("weight_refused", pointer="/query/weight", value=one, most=HEAVIEST)
        weights[Criterion(name)] = int(number)
    return weights
