"""HTTP of practice: the mentor's own log, what others vouch for, and what staff read."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, File, Path, Query

from app.core.schema import Page
from app.edge import CallerDep, StrangerDep, WindowDep, problems, without_key
from app.practice import service
from app.practice.rules import BadRows
from app.practice.schemas import (
    AttestationCreate,
    AttestationRead,
    EngagementClose,
    EngagementCreate,
    EngagementRead,
    GoalClose,
    GoalCreate,
    GoalList,
    GoalRead,
    ImportRead,
    LinkCreate,
    LinkIssued,
    MenteeAnswer,
    MenteeAnswered,
    MenteeView,
    MilestoneCreate,
    PlanCreate,
    PlanRead,
    PracticeSummary,
    RecordAttest,
    RecordCreate,
    RecordRead,
    RhythmRead,
    SessionCreate,
    SessionList,
    SessionRead,
)

router = APIRouter(tags=["practice"])

Secret = Annotated[str, Path(min_length=16, max_length=128, pattern=r"^[A-Za-z0-9_-]+$")]
_OWN = "/v1/me/practice"


@router.get(_OWN, responses=problems(401, 403))
def practice_own_summary(caller: CallerDep) -> PracticeSummary:
    """Tell what one's own practice amounts to today, each value with its sources."""
    return caller.read(service.own_summary, answer=PracticeSummary)


@router.post(f"{_OWN}/engagements", status_code=201, responses=problems(401, 403, 409))
def practice_open_engagement(body: EngagementCreate, caller: CallerDep) -> EngagementRead:
    """Open an engagement with an SME."""
    return caller.write(service.open_engagement, body, answer=EngagementRead)


@router.get(f"{_OWN}/engagements", responses=problems(401, 403))
def practice_search_engagements(caller: CallerDep, window: WindowDep) -> Page[EngagementRead]:
    """List one's own engagements."""
    return caller.read(service.search, window, answer=Page[EngagementRead])


@router.get(f"{_OWN}/engagements/{{engagement_id}}", responses=problems(401, 403, 404))
def practice_read_engagement(engagement_id: UUID, caller: CallerDep) -> EngagementRead:
    """Read one of one's own engagements."""
    return caller.read(service.read, engagement_id, answer=EngagementRead)


@router.get(f"{_OWN}/engagements/{{engagement_id}}/rhythm", responses=problems(401, 403, 404))
def practice_rhythm(engagement_id: UUID, caller: CallerDep) -> RhythmRead:
    """See how an engagement goes: hours by month, cadence, the days of its reviews."""
    return caller.read(service.rhythm, engagement_id, answer=RhythmRead)


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/milestones", responses=problems(401, 403, 404, 409, 412, 428)
)
def practice_reach_milestone(engagement_id: UUID, body: MilestoneCreate, caller: CallerDep) -> EngagementRead:
    """Note a milestone that was reached; send the version you saw in If-Match."""
    return caller.write(service.reach, engagement_id, body.kind, answer=EngagementRead)


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/plan", status_code=201, responses=problems(401, 403, 404, 409)
)
def practice_write_plan(engagement_id: UUID, body: PlanCreate, caller: CallerDep) -> PlanRead:
    """Write the plan of an engagement, or write it anew; earlier plans stay on record."""
    return caller.write(service.write_plan, engagement_id, body, answer=PlanRead)


@router.get(f"{_OWN}/engagements/{{engagement_id}}/plan", responses=problems(401, 403, 404))
def practice_read_plan(engagement_id: UUID, caller: CallerDep) -> PlanRead:
    """Read the plan of one of one's own engagements."""
    return caller.read(service.plan, engagement_id, answer=PlanRead)


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/goals", status_code=201, responses=problems(401, 403, 404, 409)
)
def practice_set_goal(engagement_id: UUID, body: GoalCreate, caller: CallerDep) -> GoalRead:
    """Set a goal that is specific, measurable, achievable, relevant and time-bound."""
    return caller.write(service.set_goal, engagement_id, body, answer=GoalRead)


@router.get(f"{_OWN}/engagements/{{engagement_id}}/goals", responses=problems(401, 403, 404))
def practice_list_goals(engagement_id: UUID, caller: CallerDep) -> GoalList:
    """List the goals of one of one's own engagements."""
    return caller.read(service.goals, engagement_id, answer=GoalList)


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/goals/{{goal_id}}/closing", responses=problems(401, 403, 404, 409)
)
def practice_close_goal(engagement_id: UUID, goal_id: UUID, body: GoalClose, caller: CallerDep) -> GoalRead:
    """Measure a goal once more and thereby end it, or give it up."""
    return caller.write(service.close_goal, engagement_id, goal_id, body.found, answer=GoalRead)


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/completion", responses=problems(401, 403, 404, 409, 412, 428)
)
def practice_complete_engagement(
    engagement_id: UUID, body: EngagementClose, caller: CallerDep
) -> EngagementRead:
    """Complete an engagement that reached its milestones; send the version you saw in If-Match."""
    return caller.write(service.complete, engagement_id, body.ended_on, answer=EngagementRead)


@router.post(f"{_OWN}/engagements/{{engagement_id}}/end", responses=problems(401, 403, 404, 409, 412, 428))
def practice_end_engagement(engagement_id: UUID, body: EngagementClose, caller: CallerDep) -> EngagementRead:
    """End an engagement early; send the version you saw in If-Match."""
    return caller.write(service.end, engagement_id, body.ended_on, answer=EngagementRead)


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
            " end, kind, note. Or iCalendar (ICS): single timed events whose SUMMARY begins with the"
            " engagement's code or id; the category GROUP makes a group session.",
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


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/confirmation-links",
    status_code=201,
    responses=problems(401, 403, 404, 409),
)
def practice_ask_mentee(engagement_id: UUID, body: LinkCreate, caller: CallerDep) -> LinkIssued:
    """Make a one-time link by which a mentee confirms sessions; the secret is shown this one time."""
    return without_key(caller).write(service.ask, engagement_id, body.mentee_name, answer=LinkIssued)


@router.post(f"{_OWN}/records", status_code=201, responses=problems(401, 403))
def practice_log_record(body: RecordCreate, caller: CallerDep) -> RecordRead:
    """Enter experience, training, feedback, reflection, supervision or CPD."""
    return caller.write(service.log_record, body, answer=RecordRead)


@router.get(f"{_OWN}/records", responses=problems(401, 403))
def practice_search_records(caller: CallerDep, window: WindowDep) -> Page[RecordRead]:
    """List one's own records."""
    return caller.read(service.records, window, answer=Page[RecordRead])


@router.get("/v1/people/{person_id}/practice", responses=problems(401, 403, 404))
def practice_summary(person_id: UUID, caller: CallerDep) -> PracticeSummary:
    """Read what a person's practice amounts to; the access is recorded."""
    return caller.disclose(service.summary, person_id, answer=PracticeSummary)


@router.post(
    "/v1/practice/engagements/{engagement_id}/attestations",
    status_code=201,
    responses=problems(401, 403, 404, 409),
)
def practice_attest(engagement_id: UUID, body: AttestationCreate, caller: CallerDep) -> AttestationRead:
    """Attest sessions in one's own name; it bars from any duty in the mentor's certification."""
    return caller.write(service.attest, engagement_id, body, answer=AttestationRead)


@router.post("/v1/practice/records/{record_id}/attestation", responses=problems(401, 403, 404, 409))
def practice_attest_record(record_id: UUID, body: RecordAttest, caller: CallerDep) -> RecordRead:
    """Attest a record in one's own name; it bars from any duty in the mentor's certification."""
    return caller.write(service.attest_record, record_id, body.capacity, answer=RecordRead)


@router.get("/public/v1/bodies/{slug}/practice-confirmations/{secret}", responses=problems(404, 409))
def practice_asked(slug: str, secret: Secret, caller: StrangerDep) -> MenteeView:
    """Show a mentee the sessions that she is asked to confirm."""
    return caller.of_body(slug).read(service.asked, secret, answer=MenteeView)


@router.post("/public/v1/bodies/{slug}/practice-confirmations/{secret}", responses=problems(404, 409))
def practice_answer(slug: str, secret: Secret, body: MenteeAnswer, caller: StrangerDep) -> MenteeAnswered:
    """Take down a mentee's answer; a link works once."""
    return caller.of_body(slug).write(service.answer, secret, body, answer=MenteeAnswered)
