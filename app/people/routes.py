"""HTTP of people and appointments."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems
from app.people import service
from app.people.schemas import (
    AppointmentCreate,
    AppointmentEnd,
    AppointmentList,
    AppointmentRead,
    PersonCreate,
    PersonRead,
)

router = APIRouter(prefix="/v1", tags=["people"])


@router.post("/people", status_code=201, responses=problems(401, 403, 409))
def people_register(body: PersonCreate, caller: CallerDep) -> PersonRead:
    """Make a person known to the body."""
    return caller.write(service.register, body, answer=PersonRead)


@router.get("/people", responses=problems(401, 403))
def people_search(caller: CallerDep, window: WindowDep) -> Page[PersonRead]:
    """List the people of the body."""
    return caller.read(service.search, window, answer=Page[PersonRead])


@router.get("/people/{person_id}", responses=problems(401, 403, 404))
def people_read(person_id: UUID, caller: CallerDep) -> PersonRead:
    """Read a person; everyone may read herself."""
    return caller.read(service.read, person_id, answer=PersonRead)


@router.post("/people/{person_id}/appointments", status_code=201, responses=problems(401, 403, 404, 409))
def people_appoint(person_id: UUID, body: AppointmentCreate, caller: CallerDep) -> AppointmentRead:
    """Appoint a person to a role for a time."""
    return caller.write(service.appoint, person_id, body, answer=AppointmentRead)


@router.get("/people/{person_id}/appointments", responses=problems(401, 403, 404))
def people_appointments(person_id: UUID, caller: CallerDep) -> AppointmentList:
    """List the appointments of a person."""
    return caller.read(service.appointments, person_id, answer=AppointmentList)


@router.post("/appointments/{appointment_id}/end", responses=problems(401, 403, 404, 409, 412, 428))
def people_end_appointment(appointment_id: UUID, body: AppointmentEnd, caller: CallerDep) -> AppointmentRead:
    """End an appointment; send the version you saw in If-Match."""
    return caller.write(service.end_appointment, appointment_id, body.ends_on, answer=AppointmentRead)
