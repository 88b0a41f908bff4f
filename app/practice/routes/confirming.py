"""HTTP of what others say about practice: mentees by link, named people by attestation."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, LinkSecret, StrangerDep, problems
from app.practice import service
from app.practice.schemas.confirming import (
    AttestationCreate,
    AttestationRead,
    LinkCreate,
    LinkIssued,
    MenteeAnswer,
    MenteeAnswered,
    MenteeCreate,
    MenteeList,
    MenteeRead,
    MenteeView,
    RecordAttest,
)
from app.practice.schemas.records import RecordRead

router = APIRouter(tags=["practice"])

_OWN = "/v1/me/practice"


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/mentees", status_code=201, responses=problems(401, 403, 404)
)
def practice_add_mentee(engagement_id: UUID, body: MenteeCreate, caller: CallerDep) -> MenteeRead:
    """Name a mentee of an engagement and where mail reaches her."""
    return caller.write(service.add_mentee, engagement_id, body, answer=MenteeRead)


@router.get(f"{_OWN}/engagements/{{engagement_id}}/mentees", responses=problems(401, 403, 404))
def practice_list_mentees(engagement_id: UUID, caller: CallerDep) -> MenteeList:
    """List the mentees of one of one's own engagements."""
    return caller.read(service.mentees, engagement_id, answer=MenteeList)


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/mentees/{{mentee_id}}/leaving",
    responses=problems(401, 403, 404, 409),
)
def practice_part_with_mentee(engagement_id: UUID, mentee_id: UUID, caller: CallerDep) -> MenteeRead:
    """Note that a mentee has left; she is asked no more."""
    return caller.write(service.part_with_mentee, engagement_id, mentee_id, answer=MenteeRead)


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/confirmation-links",
    status_code=201,
    responses=problems(401, 403, 404, 409),
)
def practice_ask_mentee(engagement_id: UUID, body: LinkCreate, caller: CallerDep) -> LinkIssued:
    """Send a mentee a one-time link by which she confirms sessions; she alone receives it."""
    return caller.write(service.ask, engagement_id, body.mentee_id, answer=LinkIssued)


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
def practice_asked(slug: str, secret: LinkSecret, caller: StrangerDep) -> MenteeView:
    """Show a mentee the sessions and milestones that she is asked to confirm."""
    return caller.of_body(slug).read(service.asked, secret, answer=MenteeView)


@router.post("/public/v1/bodies/{slug}/practice-confirmations/{secret}", responses=problems(404, 409))
def practice_answer(slug: str, secret: LinkSecret, body: MenteeAnswer, caller: StrangerDep) -> MenteeAnswered:
    """Take down a mentee's answer; a link works once."""
    return caller.of_body(slug).write(service.answer, secret, body, answer=MenteeAnswered)
