"""What a mentor's sessions add up to as they were held, by what others say about them.

Not what counts towards certification: nothing is capped here, and disputed sessions are told as such.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from app.practice.rules.states import SessionKind, SessionState

_BY_WEIGHT = (SessionState.CONFIRMED, SessionState.ATTESTED, SessionState.LOGGED, SessionState.DISPUTED)
"""What is said about a group session by several mentees: one word that it took place outweighs the rest."""


@dataclass(frozen=True)
class Held:
    """One session as it was logged, and what others say about it."""

    engagement_id: UUID
    person_id: UUID
    held_on: date
    starts_at: datetime
    ends_at: datetime
    kind: SessionKind
    state: SessionState

    @property
    def minutes(self) -> int:
        """How long it was."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


@dataclass(frozen=True)
class Amount:
    """How many sessions, and how long they were together."""

    sessions: int = 0
    minutes: int = 0

    @property
    def hours(self) -> Decimal:
        """The minutes in hours, to the nearest hundredth."""
        return (Decimal(self.minutes) / 60).quantize(Decimal("0.01"))

    def __add__(self, other: "Amount") -> "Amount":
        """Add two amounts up."""
        return Amount(self.sessions + other.sessions, self.minutes + other.minutes)


@dataclass(frozen=True)
class Tally:
    """Amounts by state."""

    amounts: Mapping[SessionState, Amount]

    def of(self, state: SessionState) -> Amount:
        """Return the amount in one state."""
        return self.amounts.get(state, Amount())

    @property
    def total(self) -> Amount:
        """Everything that was held, whatever is said about it."""
        return sum(self.amounts.values(), Amount())


def tally(held: Iterable[Held]) -> Tally:
    """Add sessions up by state; a group that met is one session, however many SMEs were in it (7.3)."""
    slots: dict[object, list[Held]] = {}
    for one in held:
        alone = one.engagement_id if one.kind is SessionKind.SESSION else None
        slots.setdefault((one.person_id, one.starts_at, one.ends_at, alone), []).append(one)
    amounts: dict[SessionState, Amount] = {}
    for together in slots.values():
        state = min((one.state for one in together), key=_BY_WEIGHT.index)
        amounts[state] = amounts.get(state, Amount()) + Amount(1, together[0].minutes)
    return Tally(amounts)
