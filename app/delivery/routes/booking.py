"""HTTP of slots and bookings."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.delivery import service
from app.delivery.schemas.booking import (
    BookingCreate,
    BookingList,
    BookingRead,
    CheckIn,
    NoShowNote,
    SlotCreate,
    SlotList,
    SlotRead,
)
from app.edge import CallerDep, WindowDep, problems, without_key

router = APIRouter(tags=["delivery"])


@router.post("/v1/slots", status_code=201, responses=problems(401, 403, 404))
def delivery_open_slot(body: SlotCreate, caller: CallerDep) -> SlotRead:
    """Open a time at which candidates of a scheme may take one component."""
    return caller.write(service.open_slot, body, answer=SlotRead)


@router.get("/v1/slots", responses=problems(401, 403))
def delivery_search_slots(caller: CallerDep, window: WindowDep) -> Page[SlotRead]:
    """List the body's slots."""
    return caller.read(service.slots, window, answer=Page[SlotRead])


@router.post("/v1/slots/{slot_id}/cancellation", responses=problems(401, 403, 404, 409))
def delivery_cancel_slot(slot_id: UUID, caller: CallerDep) -> SlotRead:
    """Cancel a slot with all its standing bookings."""
    return caller.write(service.cancel_slot, slot_id, answer=SlotRead)


@router.get("/v1/slots/{slot_id}/bookings", responses=problems(401, 403, 404))
def delivery_list_bookings(slot_id: UUID, caller: CallerDep) -> BookingList:
    """See who booked a slot, and how much more time to plan; each view is recorded."""
    return without_key(caller).disclose(service.bookings, slot_id, answer=BookingList)


@router.get("/v1/me/cases/{case_id}/slots", responses=problems(401, 403, 404))
def delivery_slots_to_book(case_id: UUID, caller: CallerDep) -> SlotList:
    """See the slots of what one still has to take, the soonest first."""
    return caller.read(service.slots_to_book, case_id, answer=SlotList)


@router.post("/v1/me/cases/{case_id}/bookings", status_code=201, responses=problems(401, 403, 404, 409))
def delivery_book(case_id: UUID, body: BookingCreate, caller: CallerDep) -> BookingRead:
    """Book a slot; a standing booking of the same component moves there."""
    return caller.write(service.book, case_id, body.slot_id, answer=BookingRead)


@router.post("/v1/me/bookings/{booking_id}/cancellation", responses=problems(401, 403, 404, 409))
def delivery_cancel_booking(booking_id: UUID, caller: CallerDep) -> BookingRead:
    """Give one's place in a slot back, as long as it takes changes."""
    return caller.write(service.cancel_booking, booking_id, answer=BookingRead)


@router.post("/v1/bookings/{booking_id}/check-in", responses=problems(401, 403, 404, 409))
def delivery_check_in(booking_id: UUID, body: CheckIn, caller: CallerDep) -> BookingRead:
    """Check a candidate in with identity, agreement and aids in order; one invigilates from then on."""
    return caller.write(service.check_in, booking_id, body, answer=BookingRead)


@router.post("/v1/bookings/{booking_id}/no-show", responses=problems(401, 403, 404, 409))
def delivery_note_no_show(booking_id: UUID, body: NoShowNote, caller: CallerDep) -> BookingRead:
    """Note that a candidate did not come; it uses up no try."""
    return caller.write(service.note_no_show, booking_id, body.excuse, answer=BookingRead)
