"""Use cases of members: induct who was offered a place, let a member go, list."""

from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.programmes import queries
from app.programmes.queries.intake import RequestSeen
from app.programmes.rules.dates import ensure_induction, ensure_open
from app.programmes.rules.states import RequestAction, after_request
from app.programmes.service.requests import ensure_not_own, move_on
from app.programmes.service.writing import write_of
from app.work import Work


def induct(work: Work, request_id: UUID, inducted_on: date) -> RequestSeen:
    """Make a member of who was offered a place and came to an induction (PRG-3)."""
    work.require(Permission.PROGRAMMES_MANAGE)
    row = queries.request_for_update(work, request_id)
    ensure_not_own(work, row)
    ensure_open(queries.by_id(work, row.programme_id).state)
    days = [date.fromisoformat(day) for day in queries.window(work, row.window_id).induction_days]
    ensure_induction(inducted_on, days, work.today)
    after_request(row.state, RequestAction.INDUCT)
    row.inducted_on = inducted_on
    move_on(work, row, RequestAction.INDUCT, how="inducted")
    work.session.flush()  # the answer is read together with the mentor's name
    return queries.seen_request(work, row.id)


def let_go(work: Work, request_id: UUID, reasons: str) -> RequestSeen:
    """Let a member go, telling her why (PRG-5); her place goes to the first in line."""
    work.require(Permission.PROGRAMMES_MANAGE)
    row = queries.request_for_update(work, request_id)
    ensure_not_own(work, row)
    after_request(row.state, RequestAction.LEAVE)
    row.reasons = reasons
    move_on(work, row, RequestAction.LEAVE, how="let go")
    write_of(work, row)
    work.session.flush()  # the answer is read together with the mentor's name
    return queries.seen_request(work, row.id)


def members(work: Work, programme_id: UUID) -> dict[str, object]:
    """Return all who are or were members of a programme."""
    work.require(Permission.PROGRAMMES_READ_PEOPLE)
    queries.by_id(work, programme_id)
    return {
        "items": [
            one.request.model_dump(include={"person_id", "state", "inducted_on", "left_on"})
            | {"request_id": one.request.id, "mentor_name": one.mentor_name}
            for one in queries.members(work, programme_id)
        ]
    }
