"""HTTP of incidents and of calendar links."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from app.core.schema import Page
from app.delivery import service
from app.delivery.schemas.incidents import (
    CalendarLink,
    IncidentClose,
    IncidentCreate,
    IncidentRead,
    TouchedAttempts,
)
from app.edge import CallerDep, LinkSecret, StrangerDep, WindowDep, problems, without_key

router = APIRouter(tags=["delivery"])
_CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A calendar with the standing bookings.",
        "content": {"text/calendar": {"schema": {"type": "string"}}},
    }
}


@router.post("/v1/incidents", status_code=201, responses=problems(401, 403, 404))
def delivery_report_incident(body: IncidentCreate, caller: CallerDep) -> IncidentRead:
    """Report what may touch the worth of a result; until it is closed, nothing of it is released."""
    return caller.write(service.report_incident, body, answer=IncidentRead)


@router.get("/v1/incidents", responses=problems(401, 403))
def delivery_search_incidents(caller: CallerDep, window: WindowDep) -> Page[IncidentRead]:
    """List the body's incidents."""
    return caller.read(service.incidents, window, answer=Page[IncidentRead])


@router.get("/v1/incidents/{incident_id}/attempts", responses=problems(401, 403, 404))
def delivery_touched(incident_id: UUID, caller: CallerDep) -> TouchedAttempts:
    """List the attempts that an incident touches."""
    return caller.read(service.touched, incident_id, answer=TouchedAttempts)


@router.post("/v1/incidents/{incident_id}/closure", responses=problems(401, 403, 404, 409, 412, 428))
def delivery_close_incident(incident_id: UUID, body: IncidentClose, caller: CallerDep) -> IncidentRead:
    """Close an incident that somebody else reported; send the version you saw in If-Match."""
    return caller.write(service.close_incident, incident_id, body.finding, answer=IncidentRead)


@router.post("/v1/me/calendar-links", status_code=201, responses=problems(401, 403))
def delivery_link_calendar(caller: CallerDep) -> CalendarLink:
    """Get a secret address of one's bookings for one's own calendar; an earlier one stops working."""
    return without_key(caller).write(service.make_calendar_link, answer=CalendarLink)


@router.delete("/v1/me/calendar-links", status_code=204, responses=problems(401, 403))
def delivery_unlink_calendar(caller: CallerDep) -> None:
    """Let the secret address of one's bookings work no longer."""
    caller.write(service.end_calendar_link)


@router.get(
    "/public/v1/bodies/{slug}/calendars/{secret}",
    response_class=Response,
    responses={**_CALENDAR, **problems(404)},
)
def delivery_calendar(slug: str, secret: LinkSecret, caller: StrangerDep) -> Response:
    """Read somebody's standing bookings as a calendar."""
    content: bytes = caller.of_body(slug).read(service.calendar, secret)
    return Response(content, media_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"})
