"""Intake windows, requests to join, and replies given to many at once."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, personal, restricted
from app.programmes.rules.states import RequestState

_OTHER_WINDOW = (
    "EXISTS (SELECT 1 FROM programme_windows o WHERE o.body_id = NEW.body_id"
    " AND o.programme_id = NEW.programme_id AND o.id <> NEW.id"
    " AND o.opens_on <= NEW.closes_on AND o.closes_on >= NEW.opens_on)"
)
_HELD_BEYOND = (
    "EXISTS (SELECT 1 FROM programme_requests r WHERE r.body_id = NEW.body_id"
    " AND r.window_id = NEW.id AND r.place_no > NEW.places)"
)


class WindowRow(Audited, table=True):
    """The days on which a programme takes requests, its places, and the days of induction."""

    __tablename__ = "programme_windows"
    __table_args__ = keys(
        sa.Index(None, "body_id", "programme_id"),
        sa.CheckConstraint("closes_on >= opens_on", name="dates"),
        sa.CheckConstraint("places > 0", name="places"),
        programme_id="programmes",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("one_at_a_time", "PRG-1", "INSERT", _OTHER_WINDOW),
        Guard(
            "still_one_at_a_time",
            "PRG-1",
            "UPDATE",
            f"NEW.programme_id <> OLD.programme_id OR {_OTHER_WINDOW}",
        ),
        Guard("places_held", "PRG-2", "UPDATE", _HELD_BEYOND),
    )

    programme_id: UUID = restricted()
    opens_on: date = restricted()
    closes_on: date = restricted()
    places: int = restricted()
    induction_days: list[str] = restricted(sa_type=sa.JSON)


_IN_WINDOW = (
    "EXISTS (SELECT 1 FROM programme_windows w WHERE w.body_id = NEW.body_id AND w.id = NEW.window_id"
    " AND w.programme_id = NEW.programme_id AND NEW.asked_on BETWEEN w.opens_on AND w.closes_on)"
)
_NO_SUCH_PLACE = (
    "NEW.place_no > (SELECT w.places FROM programme_windows w WHERE w.body_id = NEW.body_id"
    " AND w.id = NEW.window_id)"
)
_LIVE = sa.text("state IN ('asked', 'offered', 'waiting', 'member')")


class RequestRow(Audited, table=True):
    """A mentor's request to join, and what became of it; a place is numbered and held by one at a time."""

    __tablename__ = "programme_requests"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "window_id", "place_no"),
        sa.Index(
            "uq_programme_requests_one_live",
            "body_id",
            "programme_id",
            "person_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        sa.Index(None, "body_id", "person_id"),
        sa.CheckConstraint("place_no > 0", name="place_no"),
        sa.CheckConstraint("(state IN ('offered', 'member')) = (place_no IS NOT NULL)", name="place"),
        sa.CheckConstraint("(state IN ('member', 'left')) = (inducted_on IS NOT NULL)", name="inducted"),
        sa.CheckConstraint("(state = 'left') = (left_on IS NOT NULL)", name="left"),
        sa.CheckConstraint("left_on IS NULL OR left_on >= inducted_on", name="dates"),
        sa.CheckConstraint("state <> 'waiting' OR rank IS NOT NULL", name="ranked"),
        sa.CheckConstraint("state <> 'declined' OR reasons IS NOT NULL", name="reasoned"),
        programme_id="programmes",
        window_id="programme_windows",
        person_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("asked_in_window", "PRG-1", "INSERT", f"NEW.state <> 'asked' OR NOT {_IN_WINDOW}"),
        Guard(
            "as_asked",
            "PRG-1",
            "UPDATE",
            "NEW.programme_id <> OLD.programme_id OR NEW.window_id <> OLD.window_id"
            " OR NEW.person_id <> OLD.person_id OR NEW.asked_on <> OLD.asked_on",
        ),
        Guard("within_places", "PRG-2", "UPDATE", _NO_SUCH_PLACE),
        Guard(
            "inducted_after_offer",
            "PRG-3",
            "UPDATE",
            "(NEW.state = 'member' AND OLD.state NOT IN ('offered', 'member'))"
            " OR (NEW.state = 'left' AND OLD.state NOT IN ('member', 'left'))"
            " OR (OLD.inducted_on IS NOT NULL AND NEW.inducted_on <> OLD.inducted_on)",
        ),
    )

    programme_id: UUID = restricted()
    window_id: UUID = restricted()
    person_id: UUID = restricted()
    motivation: str = personal(max_length=1000)
    asked_on: date = restricted()
    state: RequestState = restricted(RequestState.ASKED, sa_type=enum_type(RequestState))
    rank: int | None = restricted(None)
    rank_reasons: str | None = personal(None, max_length=1000)
    """Why it was ranked so; for those who run the programme."""
    reasons: str | None = personal(None, max_length=1000)
    """Why it was replied to so, or why a member was let go; the person is told."""
    replied_on: date | None = restricted(None)
    place_no: int | None = restricted(None)
    inducted_on: date | None = restricted(None)
    left_on: date | None = restricted(None)


class ReplyBatchRow(Audited, table=True):
    """Replies given together, and what became of each row."""

    __tablename__ = "programme_reply_batches"
    __table_args__ = keys(
        sa.Index(None, "body_id", "window_id"),
        window_id="programme_windows",
        replied_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_done", "PRG-5", "UPDATE", "1 = 1"),)

    window_id: UUID = restricted()
    replied_by: UUID = restricted()
    replied_at: datetime = restricted()
    results: list[dict[str, Any]] = restricted(sa_type=sa.JSON)
    """One for each row, in order: request, reply, code and facts of a refusal; reasons are personal."""
    moved_up: list[str] = restricted(sa_type=sa.JSON)
    """Requests that were offered a place because the batch made one free."""
