"""Meetings that a mentee missed: context for whoever looks at the mentor's practice, and never counted."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from app.core.errors import Conflict, Invalid
from app.practice.rules.calendar import MOST_SESSIONS, Frame, Refused

_Slot = tuple[datetime, datetime]


def ensure_may_note(frame: Frame, planned_at: datetime, planned_on: date, now: datetime) -> None:
    """Refuse a missed meeting that lies ahead or outside its engagement."""
    if planned_at > now:
        raise Invalid("no_show_not_past", pointer="/planned_at")
    if planned_on < frame.started_on or (frame.ended_on is not None and planned_on > frame.ended_on):
        raise Refused("outside_engagement", pointer="/planned_at", started_on=frame.started_on)


def ensure_room(noted: Collection[datetime], held: Iterable[_Slot], planned_at: datetime) -> None:
    """Refuse a missed meeting that is noted already, or at whose time the two did meet."""
    if planned_at in noted:
        raise Conflict("no_show_noted_already")
    if len(noted) >= MOST_SESSIONS:
        raise Conflict("no_shows_full", most=MOST_SESSIONS)
    if any(starts_at <= planned_at < ends_at for starts_at, ends_at in held):
        raise Conflict("no_show_beside_session")
