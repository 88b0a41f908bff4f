"""HTTP of sessions: log one, list, import many."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, File, Query

from app.edge import CallerDep, problems
from app.practice import service
from app.practice.rules import BadRows
from app.practice.schemas.sessions import ImportRead, SessionCreate, SessionList, SessionRead

router = APIRouter(tags=["practice"])
_OWN = "/v1/me/practice"


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/sessions", status_code=201, responses=problems(401, 403, 404, 409)
)
def practice_log_session(engagement_id: UUID, body: SessionCreate, caller: CallerDep) -> SessionRead:
    """Log one session."""
    return caller.write(service.log_session, engagement_id, body, answer=SessionRead)


@router.get(f"{_OWN}/engagements/{{engagement_id}}/sessions", responses=problems(401, 403, 404))
def practice_sessions(engagement_id: UUID, caller: CallerDep) -> SessionList:
    """List the sessions of one of one's own engagements."""
    return caller.read(service.sessions, engagement_id, answer=SessionList)


@router.post(f"{_OWN}/sessions/import", responses=problems(401, 403, 409, 413))
def practice_import_sessions(
    caller: CallerDep,
    file: Annotated[
        bytes,
        File(
            description="UTF-8, up to 10,000 sessions. CSV, local times of the body: engagement, date, start,"
            " end, and if you like kind, note, channel, type. Or iCalendar (ICS): single timed events whose"
            " SUMMARY begins with the engagement's code or id; of the categories, GROUP makes a group"
            " session, VIDEO, PHONE, CHAT or IN PERSON tells the channel, TYPE:office_hours the type.",
            examples=[
                "engagement,date,start,end,kind,note\noliva-2025,2025-02-10,09:00,10:30,session,Cash flow\n"
            ],
        ),
    ],
    dry_run: Annotated[bool, Query(description="Judge every row and load none.")] = False,
    language: Annotated[Literal["en", "es"], Query(description="Language of the reasons by row.")] = "en",
    bad_rows: Annotated[
        BadRows,
        Query(description="refuse: one bad row, and none is loaded. skip: load the good, name the bad."),
    ] = BadRows.REFUSE,
) -> ImportRead:
    """Import sessions from a CSV or calendar file; each row is told its result, and none is loaded twice."""
    return caller.write(
        service.import_sessions,
        file,
        dry_run=dry_run,
        language=language,
        bad_rows=bad_rows,
        answer=ImportRead,
    )
