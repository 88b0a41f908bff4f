"""What is asked about slots and bookings."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.delivery.rules.booking import STANDING, BookingState, SlotState
from app.delivery.tables import BookingRow, SlotRow
from app.work import Work

_TAKING = (*STANDING, BookingState.HELD)


def slot(work: Work, slot_id: UUID, *, lock: bool = False) -> SlotRow:
    """Return a slot of this body, locked where its places are about to be counted."""
    query = select(SlotRow).where(col(SlotRow.body_id) == work.body_id, col(SlotRow.id) == slot_id)
    found = work.session.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("slot")
    return found


def slots(work: Work, wanted: Window) -> Slice[SlotRow]:
    """Return one page of the body's slots."""
    query = select(SlotRow).where(col(SlotRow.body_id) == work.body_id).order_by(col(SlotRow.id))
    if wanted.after is not None:
        query = query.where(col(SlotRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def slots_to_book(
    work: Work, scheme_id: UUID, components: Collection[str], language: str, now: datetime
) -> Sequence[SlotRow]:
    """Return the slots that a candidate may still book, the soonest first; full ones among them."""
    return work.session.exec(
        select(SlotRow)
        .where(
            col(SlotRow.body_id) == work.body_id,
            col(SlotRow.scheme_id) == scheme_id,
            col(SlotRow.component).in_(components),
            col(SlotRow.state) == SlotState.OPEN,
            col(SlotRow.closes_at) >= now,
            sa.or_(col(SlotRow.language).is_(None), col(SlotRow.language) == language),
        )
        .order_by(col(SlotRow.starts_at), col(SlotRow.id))
        .limit(200)
    ).all()


def taken(work: Work, slot_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many places of some slots are taken."""
    query = (
        select(BookingRow.slot_id, sa.func.count())
        .where(
            col(BookingRow.body_id) == work.body_id,
            col(BookingRow.slot_id).in_(slot_ids),
            col(BookingRow.state).in_(_TAKING),
        )
        .group_by(col(BookingRow.slot_id))
    )
    return dict(work.session.exec(query).all())


def booking(work: Work, booking_id: UUID, *, lock: bool = False) -> BookingRow:
    """Return a booking of this body."""
    query = select(BookingRow).where(
        col(BookingRow.body_id) == work.body_id, col(BookingRow.id) == booking_id
    )
    found = work.session.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("booking")
    return found


def case_of_booking(work: Work, booking_id: UUID) -> UUID:
    """Return the case of a booking without loading the booking, which is to be read once it is locked."""
    row = BookingRow
    found = work.session.exec(
        select(row.case_id).where(col(row.body_id) == work.body_id, col(row.id) == booking_id)
    ).first()
    if found is None:
        raise NotFound("booking")
    return found


def standing_booking(work: Work, case_id: UUID, component: str) -> BookingRow | None:
    """Return the booking by which a case is about to take a component."""
    return work.session.exec(
        select(BookingRow).where(
            col(BookingRow.body_id) == work.body_id,
            col(BookingRow.case_id) == case_id,
            col(BookingRow.component) == component,
            col(BookingRow.state).in_(STANDING),
        )
    ).first()


def bookings_of_case(work: Work, case_id: UUID) -> Sequence[BookingRow]:
    """Return all bookings of a case, oldest first."""
    return work.session.exec(
        select(BookingRow)
        .where(col(BookingRow.body_id) == work.body_id, col(BookingRow.case_id) == case_id)
        .order_by(col(BookingRow.id))
    ).all()


def bookings_in(work: Work, slot_id: UUID) -> Sequence[BookingRow]:
    """Return all bookings of a slot, oldest first."""
    return work.session.exec(
        select(BookingRow)
        .where(col(BookingRow.body_id) == work.body_id, col(BookingRow.slot_id) == slot_id)
        .order_by(col(BookingRow.id))
    ).all()


def calendar_of(work: Work, person_id: UUID, since: datetime) -> Sequence[tuple[BookingRow, SlotRow]]:
    """Return a candidate's bookings with their slots from some day on, the soonest first."""
    query = (
        select(BookingRow, SlotRow)
        .join(
            SlotRow,
            sa.and_(
                col(SlotRow.body_id) == col(BookingRow.body_id), col(SlotRow.id) == col(BookingRow.slot_id)
            ),
        )
        .where(
            col(BookingRow.body_id) == work.body_id,
            col(BookingRow.person_id) == person_id,
            col(SlotRow.ends_at) >= since,
        )
        .order_by(col(SlotRow.starts_at), col(BookingRow.id))
    )
    return work.session.exec(query).all()
