"""When a session may be logged: in the past, inside its engagement, not too long, beside no other session."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from app.core.errors import Invalid
from app.practice.rules.counting import COUNTING, Counting
from app.practice.rules.states import Channel, SessionKind

MOST_SESSIONS = 400
"""Per engagement: all of them must fit into the one event that tells of their confirmation."""


class Refused(Invalid):
    """A session or record that may not be logged; `pointer` names the column."""


@dataclass(frozen=True)
class Frame:
    """The engagement that a session belongs to, as far as its dates matter."""

    id: UUID
    started_on: date
    ended_on: date | None


@dataclass(frozen=True)
class Draft:
    """A session as the mentor tells it."""

    held_on: date
    starts_at: datetime
    ends_at: datetime
    kind: SessionKind
    note: str | None = None
    channel: Channel | None = None
    type: str | None = None
    """Code of a type of session; None is a plain one."""
    co_mentors: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Whole minutes from start to end."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


_Slot = tuple[datetime, datetime]


@dataclass
class Calendar:
    """All sessions of one mentor; `enter` takes one more or says why not (7.3)."""

    now: datetime
    counting: Counting = COUNTING
    _slots: list[_Slot] = field(default_factory=list)
    _held: dict[_Slot, tuple[SessionKind, set[UUID]]] = field(default_factory=dict)
    _minutes: dict[date, int] = field(default_factory=dict)
    _sizes: dict[UUID, int] = field(default_factory=dict)

    def known(self, sessions: Iterable[tuple[UUID, Draft]]) -> "Calendar":
        """Take in sessions that were logged before, without judging them again."""
        for engagement_id, draft in sessions:
            self._keep(engagement_id, draft)
        return self

    def enter(self, frame: Frame, draft: Draft) -> None:
        """Take in one more session, or refuse it and name the column that is wrong."""
        self._ensure_possible(frame, draft)
        self._ensure_room(frame, draft)
        self._keep(frame.id, draft)

    def _ensure_possible(self, frame: Frame, draft: Draft) -> None:
        if draft.ends_at <= draft.starts_at:
            raise Refused("session_reversed", pointer="/end")
        if draft.ends_at > self.now:
            raise Refused("session_in_future", pointer="/end")
        if (draft.ends_at - draft.starts_at).total_seconds() > self.counting.session_minutes_max * 60:
            raise Refused("session_too_long", pointer="/end", minutes=self.counting.session_minutes_max)
        if draft.held_on < frame.started_on or (
            frame.ended_on is not None and draft.held_on > frame.ended_on
        ):
            raise Refused("outside_engagement", pointer="/date", started_on=frame.started_on)

    def _ensure_room(self, frame: Frame, draft: Draft) -> None:
        if self._sizes.get(frame.id, 0) >= MOST_SESSIONS:
            raise Refused("engagement_full", pointer="/engagement", most=MOST_SESSIONS)
        if (earlier := self._overlapping(frame.id, draft)) is not None:
            raise Refused("session_overlaps", pointer="/start", other=earlier[0].isoformat())
        if (draft.starts_at, draft.ends_at) in self._held:
            return  # the same group session of another SME: its hours are there already
        if self._minutes.get(draft.held_on, 0) + draft.minutes > self.counting.day_minutes_max:
            raise Refused("day_too_long", pointer="/date", minutes=self.counting.day_minutes_max)

    def _overlapping(self, engagement_id: UUID, draft: Draft) -> _Slot | None:
        """Return the slot in the way; a group session stands once for each SME that took part."""
        slot = (draft.starts_at, draft.ends_at)
        if slot in self._held:
            kind, engagements = self._held[slot]
            is_same_group = SessionKind.GROUP is kind is draft.kind and engagement_id not in engagements
            return None if is_same_group else slot
        at = bisect_left(self._slots, slot)
        if at < len(self._slots) and self._slots[at][0] < draft.ends_at:
            return self._slots[at]
        if at > 0 and self._slots[at - 1][1] > draft.starts_at:
            return self._slots[at - 1]
        return None

    def _keep(self, engagement_id: UUID, draft: Draft) -> None:
        slot = (draft.starts_at, draft.ends_at)
        self._sizes[engagement_id] = self._sizes.get(engagement_id, 0) + 1
        if slot in self._held:
            self._held[slot][1].add(engagement_id)
            return
        insort(self._slots, slot)
        self._held[slot] = (draft.kind, {engagement_id})
        self._minutes[draft.held_on] = self._minutes.get(draft.held_on, 0) + draft.minutes
