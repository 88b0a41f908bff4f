"""HTTP of proposals, declarations, sheets and results."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.core.schema import Page
from app.edge import BYTES_ANSWER, BytesResponse, CallerDep, WindowDep, problems, without_key
from app.marking import service
from app.marking.schemas.sheets import (
    AssignmentEntry,
    AssignmentRead,
    CandidatePortfolio,
    CoMarksRead,
    DeclarationCreate,
    DeclarationResult,
    MarkConfirm,
    MarksSave,
    OwnResultList,
    PracticeBeside,
    ProgressRead,
    ProposalCreate,
    ProposalRead,
    ProposalViewList,
    RemarkingCreate,
    ResultCreate,
    ResultList,
    ResultRead,
    SheetAside,
    SubmissionCreate,
)
from app.practice.service import Download

router = APIRouter(prefix="/v1", tags=["marking"])


@router.post("/cases/{case_id}/proposals", status_code=201, responses=problems(401, 403, 404, 409))
def marking_propose(case_id: UUID, body: ProposalCreate, caller: CallerDep) -> ProposalRead:
    """Propose an assessor for a seat; one who is not free is refused with the earlier act."""
    return caller.write(service.propose, case_id, body, answer=ProposalRead)


@router.get("/cases/{case_id}/marking", responses=problems(401, 403, 404))
def marking_progress(case_id: UUID, caller: CallerDep) -> ProgressRead:
    """See how far the marking of a case is, and where a third assessor is needed, without marks."""
    return caller.read(service.progress, case_id, answer=ProgressRead)


@router.get("/marking/proposals", responses=problems(401, 403))
def marking_proposals(caller: CallerDep) -> ProposalViewList:
    """List what one is proposed for, with the names that one must declare conflicts on."""
    return caller.read(service.proposals, answer=ProposalViewList)


@router.post("/cases/{case_id}/declarations", status_code=201, responses=problems(401, 403, 404, 409))
def marking_declare(case_id: UUID, body: DeclarationCreate, caller: CallerDep) -> DeclarationResult:
    """Declare conflicts on a case; without any, proposed seats are taken; with one, own sheets close."""
    return caller.write(service.declare, case_id, body.answer, answer=DeclarationResult)


@router.get("/marking/queue", responses=problems(401, 403))
def marking_queue(caller: CallerDep, window: WindowDep) -> Page[AssignmentEntry]:
    """List one's own assignments."""
    return caller.read(service.queue, window, answer=Page[AssignmentEntry])


@router.get("/assignments/{assignment_id}", responses=problems(401, 403, 404, 409))
def marking_read(assignment_id: UUID, caller: CallerDep) -> AssignmentRead:
    """Read one's own rating sheet; when it was opened is kept, to measure how long marking takes."""
    return caller.disclose(service.sheet, assignment_id, answer=AssignmentRead)


@router.get("/assignments/{assignment_id}/portfolio", responses=problems(401, 403, 404, 409))
def marking_portfolio(assignment_id: UUID, caller: CallerDep) -> CandidatePortfolio:
    """See what one's candidate shows, where one's component judges it; the access is recorded."""
    return caller.disclose(service.portfolio, assignment_id, answer=CandidatePortfolio)


@router.get(
    "/assignments/{assignment_id}/evidence/{evidence_id}/content",
    response_class=BytesResponse,
    responses=BYTES_ANSWER | problems(401, 403, 404, 409),
)
def marking_evidence(assignment_id: UUID, evidence_id: UUID, caller: CallerDep) -> Response:
    """Download the version that may be seen, byte for byte; the mentor is told by role and day."""
    found: Download = caller.disclose(service.evidence_file, assignment_id, evidence_id)
    return BytesResponse.of(found.content, sha256=found.sha256, name=found.name)


@router.put("/assignments/{assignment_id}/marks", responses=problems(401, 403, 404, 409, 412, 428))
def marking_save(assignment_id: UUID, body: MarksSave, caller: CallerDep) -> AssignmentRead:
    """Save marks as a draft; send the version you saw in If-Match."""
    return without_key(caller).write(service.save, assignment_id, body.marks, answer=AssignmentRead)


@router.post("/assignments/{assignment_id}/submission", responses=problems(401, 403, 404, 409, 412, 428))
def marking_submit(assignment_id: UUID, body: SubmissionCreate, caller: CallerDep) -> AssignmentRead:
    """Submit a complete sheet; from then on it is frozen. Send the version you saw in If-Match."""
    return without_key(caller).write(service.submit, assignment_id, body.seen, answer=AssignmentRead)


@router.post("/assignments/{assignment_id}/confirmations", responses=problems(401, 403, 404, 409, 412, 428))
def marking_confirm(assignment_id: UUID, body: MarkConfirm, caller: CallerDep) -> AssignmentRead:
    """Take over one line in which a machine took part; before that it counts for nothing. Send If-Match."""
    return without_key(caller).write(service.confirm, assignment_id, body, answer=AssignmentRead)


@router.get("/assignments/{assignment_id}/co-marks", responses=problems(401, 403, 404, 409))
def marking_co_marks(assignment_id: UUID, caller: CallerDep) -> CoMarksRead:
    """Read the other markers' sheets once all that count are in."""
    return caller.read(service.co_marks, assignment_id, answer=CoMarksRead)


@router.get("/assignments/{assignment_id}/practice", responses=problems(401, 403, 404, 409))
def marking_practice(assignment_id: UUID, caller: CallerDep) -> PracticeBeside:
    """Read, beside one's own sheet, reviews of the candidate's engagements; the access is recorded."""
    return caller.disclose(service.practice_beside, assignment_id, answer=PracticeBeside)


@router.post("/cases/{case_id}/results", status_code=201, responses=problems(401, 403, 404, 409))
def marking_release(case_id: UUID, body: ResultCreate, caller: CallerDep) -> ResultRead:
    """Compute the result of a component from its raw material and release it."""
    return caller.write(service.release, case_id, body.component, answer=ResultRead)


@router.post("/cases/{case_id}/remarkings", status_code=201, responses=problems(401, 403, 404, 409))
def marking_remark(case_id: UUID, body: RemarkingCreate, caller: CallerDep) -> SheetAside:
    """Set a sheet aside before the result is released, so that another assessor marks the seat anew."""
    return caller.write(service.remark, case_id, body, answer=SheetAside)


@router.get("/cases/{case_id}/results", responses=problems(401, 403, 404))
def marking_results(case_id: UUID, caller: CallerDep) -> ResultList:
    """Read the released results of a case; the access is recorded."""
    return caller.disclose(service.read_results, case_id, answer=ResultList)


@router.get("/me/cases/{case_id}/results", responses=problems(401, 403, 404))
def marking_own_results(case_id: UUID, caller: CallerDep) -> OwnResultList:
    """Read the released results of one's own case."""
    return caller.read(service.own_results, case_id, answer=OwnResultList)
