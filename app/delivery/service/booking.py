"""Use cases of slots and bookings: staff open times, candidates take them, somebody checks them in."""

from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.applications.tables import CaseRow
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.dates import day_in
from app.core.errors import Conflict, Invalid, NotFound
from app.core.paging import Slice, Window
from app.delivery import queries, rules
from app.delivery.rules import booking as life
from app.delivery.rules.booking import STANDING, BookingAction, BookingState, SlotState
from app.delivery.schemas.booking import BookingRead, CheckIn, SlotCreate
from app.delivery.service.invigilating import invigilated
from app.delivery.service.readiness import ensure_ready, tries_of
from app.delivery.tables import BookingRow, SlotRow
from app.people import service as people
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work


def open_slot(work: Work, wanted: SlotCreate) -> SlotRow:
    """Open a time at which candidates of a scheme may take one component."""
    work.require(Permission.DELIVERY_PLAN)
    schemes.known(work, wanted.scheme_id)
    life.ensure_slot(
        starts_at=wanted.starts_at, ends_at=wanted.ends_at, closes_at=wanted.closes_at, now=work.now
    )
    row = SlotRow(body_id=work.body_id, **wanted.model_dump())
    work.session.add(row)
    work.record(Event.SLOT_OPENED, row, component=row.component, starts_at=row.starts_at, places=row.places)
    return row


def slots(work: Work, wanted: Window) -> Slice[SlotRow]:
    """Return one page of the body's slots."""
    work.require(Permission.DELIVERY_PLAN)
    return queries.slots(work, wanted)


def cancel_slot(work: Work, slot_id: UUID) -> SlotRow:
    """Cancel a slot with all its standing bookings; their candidates may book another (SEC-2)."""
    work.require(Permission.DELIVERY_PLAN)
    row = queries.slot(work, slot_id, lock=True)
    if row.state is SlotState.CANCELLED:
        raise Conflict("slot_cancelled")
    row.state = SlotState.CANCELLED
    work.session.add(row)
    for found in queries.bookings_in(work, slot_id):
        if found.state in STANDING:
            _move(work, found, BookingAction.CANCEL)
    work.record(Event.SLOT_CANCELLED, row)
    return row


def bookings(work: Work, slot_id: UUID) -> dict[str, object]:
    """Show who booked a slot, with the extra time to plan for and never its reason (ASM-2)."""
    work.require(Permission.DELIVERY_INVIGILATE)
    slot = queries.slot(work, slot_id)
    work.record(Event.RECORD_DISCLOSED, slot, what="bookings")
    return {
        "items": [
            row.model_dump(include={*BookingRead.model_fields, "excuse"})
            | {
                "candidate_name": people.known(work, row.person_id).printed_name,
                "extra_time_percent": applications.extra_time_percent(work, row.case_id),
            }
            for row in queries.bookings_in(work, slot_id)
        ]
    }


def slots_to_book(work: Work, case_id: UUID) -> dict[str, object]:
    """Show a candidate the slots of what she still has to take, full ones too."""
    work.require(Permission.DELIVERY_SIT)
    case = applications.own_case(work, case_id)
    version = schemes.version_of(work, case.scheme_version_id)
    components = assessing.examined(version.package, case.level)
    found = queries.slots_to_book(work, version.scheme_id, components, case.language, work.now)
    taken = queries.taken(work, [row.id for row in found])
    return {
        "items": [
            row.model_dump(include={"id", "component", "starts_at", "ends_at", "closes_at", "mode", "site"})
            | {"places_left": max(0, row.places - taken.get(row.id, 0))}
            for row in found
        ]
    }


def own_bookings(work: Work, case_id: UUID) -> list[tuple[BookingRow, SlotRow]]:
    """Return the standing bookings of one's case, each with its slot."""
    work.require(Permission.DELIVERY_SIT)
    applications.own_case(work, case_id)
    standing = (row for row in queries.bookings_of_case(work, case_id) if row.state in STANDING)
    return [(row, queries.slot(work, row.slot_id)) for row in standing]


def book(work: Work, case_id: UUID, slot_id: UUID) -> BookingRow:
    """Book a slot, or move a standing booking there; gates and waits hold on the slot's day (7.4)."""
    work.require(Permission.DELIVERY_SIT)
    applications.own_case(work, case_id)
    case = applications.case_for_update(work, case_id)
    slot = queries.slot(work, slot_id, lock=True)
    _ensure_for(work, case, slot)
    earlier = queries.standing_booking(work, case_id, slot.component)
    if earlier is not None:
        _leave(work, earlier, slot)
    life.ensure_bookable(
        state=slot.state,
        closes_at=slot.closes_at,
        now=work.now,
        taken=queries.taken(work, [slot.id]).get(slot.id, 0),
        places=slot.places,
    )
    row = BookingRow(
        body_id=work.body_id,
        slot_id=slot.id,
        case_id=case_id,
        person_id=case.person_id,
        component=slot.component,
        booked_at=work.now,
    )
    work.session.add(row)
    work.record(Event.SLOT_BOOKED, row, slot=slot.id, case=case_id, component=slot.component)
    return row


def cancel_booking(work: Work, booking_id: UUID) -> BookingRow:
    """Give a place back, as long as the slot takes changes."""
    work.require(Permission.DELIVERY_SIT)
    row = _own(work, queries.booking(work, booking_id, lock=True))
    life.ensure_may_change(closes_at=queries.slot(work, row.slot_id).closes_at, now=work.now)
    if row.state is not BookingState.BOOKED:
        life.after_booking(row.state, BookingAction.MOVE)  # says what its life does not know
    return _move(work, row, BookingAction.CANCEL)


def check_in(work: Work, booking_id: UUID, seen: CheckIn) -> BookingRow:
    """Check a candidate in, each condition by its own refusal; who does so invigilates (SEC-2)."""
    work.require(Permission.DELIVERY_INVIGILATE)
    # The case first, as whoever books or begins locks it: two orders would deadlock.
    case = applications.case_for_update(work, queries.case_of_booking(work, booking_id))
    applications.ensure_not_own(work, case, "check in")
    row = queries.booking(work, booking_id, lock=True)
    slot = queries.slot(work, row.slot_id)
    life.ensure_in_slot(starts_at=slot.starts_at, ends_at=slot.ends_at, now=work.now)
    rules.ensure_conditions(**seen.model_dump())
    state = life.after_booking(row.state, BookingAction.CHECK_IN)
    act_id = invigilated(work, case, work.person_id, work.today)
    row.identity_confirmed = row.agreement_signed = row.aids_checked = True
    row.state, row.involvement_id = state, act_id
    row.checked_in_at, row.checked_in_by = work.now, work.person_id
    work.session.add(row)
    work.record(Event.CANDIDATE_CHECKED_IN, row, slot=slot.id, component=row.component)
    return row


def note_no_show(work: Work, booking_id: UUID, excuse: str | None) -> BookingRow:
    """Note that a candidate did not come; it uses up no try, and she may book again."""
    work.require(Permission.DELIVERY_INVIGILATE)
    row = queries.booking(work, booking_id, lock=True)
    life.ensure_missed(starts_at=queries.slot(work, row.slot_id).starts_at, now=work.now)
    row.excuse = excuse
    return _move(work, row, BookingAction.MISS)


def use_booking(work: Work, case: CaseRow, component: str, *, at_any_time: bool = False) -> BookingRow:
    """Use the check-in of a case for what begins now, or was held; refuse to begin without one (SEC-2)."""
    row = queries.standing_booking(work, case.id, component)
    if row is None or row.state is not BookingState.CHECKED_IN:
        raise Conflict("not_checked_in", rule="SEC-2", component=component)
    slot = queries.slot(work, row.slot_id)
    if not at_any_time:
        life.ensure_in_slot(starts_at=slot.starts_at, ends_at=slot.ends_at, now=work.now)
    return _move(work, row, BookingAction.HOLD)


def _ensure_for(work: Work, case: CaseRow, slot: SlotRow) -> None:
    """Refuse a slot of another scheme or language, or of what the case may not take on that day."""
    version = schemes.version_of(work, case.scheme_version_id)
    if slot.scheme_id != version.scheme_id or slot.language not in {None, case.language}:
        raise Invalid("slot_not_for_case", pointer="/slot_id")
    package = ensure_ready(work, case, slot.component)
    day = day_in(bodies.own(work).time_zone, slot.starts_at)
    rules.next_try(tries_of(work, case.id, slot.component), assessing.retake(package), day)


def _leave(work: Work, earlier: BookingRow, slot: SlotRow) -> None:
    if earlier.slot_id == slot.id:
        raise Conflict("slot_booked_already")
    life.ensure_may_change(closes_at=queries.slot(work, earlier.slot_id).closes_at, now=work.now)
    _move(work, earlier, BookingAction.MOVE)
    work.session.flush()  # one standing booking at a time: the old one goes before the new one comes


def _move(work: Work, row: BookingRow, action: BookingAction) -> BookingRow:
    row.state = life.after_booking(row.state, action)
    work.session.add(row)
    work.record(Event.BOOKING_CHANGED, row, state=row.state)
    return row


def _own(work: Work, row: BookingRow) -> BookingRow:
    if row.person_id != work.person_id:
        raise NotFound("booking")
    return row
