"""Slots and bookings."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, personal, restricted
from app.delivery.rules import Mode
from app.delivery.rules.booking import BookingState, SlotState

_FULL = (
    "(SELECT COUNT(*) FROM bookings b WHERE b.body_id = NEW.body_id AND b.slot_id = NEW.slot_id"
    " AND b.state IN ('booked', 'checked_in', 'held'))"
    " >= (SELECT s.places FROM slots s WHERE s.body_id = NEW.body_id AND s.id = NEW.slot_id)"
)
_STANDING = sa.text("state IN ('booked', 'checked_in')")
_IN_ORDER = "checked_in_at IS NOT NULL AND identity_confirmed AND agreement_signed AND aids_checked"


class SlotRow(Audited, table=True):
    """A time at which candidates of a scheme may take one component, with so many places."""

    __tablename__ = "slots"
    __table_args__ = keys(
        sa.Index(None, "body_id", "scheme_id", "component", "starts_at"),
        sa.CheckConstraint("starts_at < ends_at AND closes_at <= starts_at", name="times"),
        sa.CheckConstraint("places BETWEEN 1 AND 500", name="places"),
        scheme_id="schemes",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_opened",
            "SEC-2",
            "UPDATE",
            "OLD.state = 'cancelled' OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at"
            " OR NEW.component <> OLD.component OR NEW.scheme_id <> OLD.scheme_id"
            " OR NEW.places < OLD.places OR NEW.mode <> OLD.mode OR NEW.site <> OLD.site",
        ),
    )

    scheme_id: UUID = restricted()
    component: str = restricted(max_length=20)
    language: str | None = restricted(None, max_length=2)
    """In which language it is held; None for any."""
    starts_at: datetime = restricted()
    ends_at: datetime = restricted()
    closes_at: datetime = restricted()
    """Until when candidates book, move and cancel by themselves."""
    mode: Mode = restricted(sa_type=enum_type(Mode))
    site: str = restricted(max_length=200)
    places: int = restricted()
    state: SlotState = restricted(SlotState.OPEN, sa_type=enum_type(SlotState))


class BookingRow(Audited, table=True):
    """A candidate's place in a slot, and the check-in before she begins (SEC-2)."""

    __tablename__ = "bookings"
    __table_args__ = keys(
        sa.Index(
            "uq_bookings_one_at_a_time",
            "body_id",
            "case_id",
            "component",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        sa.Index(None, "body_id", "slot_id"),
        sa.Index(None, "body_id", "person_id"),
        sa.CheckConstraint(f"state NOT IN ('checked_in', 'held') OR ({_IN_ORDER})", name="in_order"),
        sa.CheckConstraint("(checked_in_at IS NULL) = (checked_in_by IS NULL)", name="checked_in"),
        slot_id="slots",
        case_id="cases",
        person_id="people",
        checked_in_by="people",
        involvement_id="involvements",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("places", "SEC-2", "INSERT", _FULL),
        Guard(
            "as_booked",
            "SEC-2",
            "UPDATE",
            "OLD.state NOT IN ('booked', 'checked_in') OR NEW.slot_id <> OLD.slot_id"
            " OR NEW.case_id <> OLD.case_id OR NEW.component <> OLD.component"
            " OR NEW.person_id <> OLD.person_id",
        ),
    )

    slot_id: UUID = restricted()
    case_id: UUID = restricted()
    person_id: UUID = restricted()
    component: str = restricted(max_length=20)
    state: BookingState = restricted(BookingState.BOOKED, sa_type=enum_type(BookingState))
    booked_at: datetime = restricted()
    identity_confirmed: bool = restricted(False)
    agreement_signed: bool = restricted(False)
    aids_checked: bool = restricted(False)
    checked_in_at: datetime | None = restricted(None)
    checked_in_by: UUID | None = restricted(None)
    involvement_id: UUID | None = restricted(None)
    excuse: str | None = personal(None, max_length=4000)
    """Why a candidate did not come, where she said so."""
