"""HTTP of panel studies."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems, without_key
from app.itembank import service
from app.itembank.schemas.studies import (
    JudgeLeave,
    PanelFeedback,
    PanelJudgeCreate,
    PanelSeatRead,
    PanelStudyCreate,
    PanelStudyListed,
    PanelStudyRead,
    RatingSheetPaper,
    RatingSheetRead,
    RatingsSave,
    SheetFeedback,
    SheetSubmit,
    StudyAbandon,
    StudyReport,
    UndertakingCreate,
)

router = APIRouter(prefix="/v1", tags=["itembank"])


@router.post("/studies", status_code=201, responses=problems(401, 403, 404, 409))
def itembank_plan_study(body: PanelStudyCreate, caller: CallerDep) -> PanelStudyRead:
    """Plan the standard-setting study of a draft form; what is declared here does not change afterwards."""
    return caller.write(service.plan_study, body, answer=PanelStudyRead)


@router.get("/studies", responses=problems(401, 403))
def itembank_search_studies(caller: CallerDep, window: WindowDep) -> Page[PanelStudyListed]:
    """List the body's panel studies."""
    return caller.read(service.search_studies, window, answer=Page[PanelStudyListed])


@router.get("/studies/{study_id}", responses=problems(401, 403, 404))
def itembank_read_study(study_id: UUID, caller: CallerDep) -> PanelStudyRead:
    """Read a study with its panel and how far its rounds are, without ratings."""
    return caller.read(service.read_study, study_id, answer=PanelStudyRead)


@router.post("/studies/{study_id}/judges", status_code=201, responses=problems(401, 403, 404, 409))
def itembank_invite_judge(study_id: UUID, body: PanelJudgeCreate, caller: CallerDep) -> PanelStudyRead:
    """Appoint a person to the panel; she is written to and signs an undertaking before she sees an item."""
    return caller.write(service.invite_judge, study_id, body, answer=PanelStudyRead)


@router.post("/studies/{study_id}/judges/{judge_id}/withdrawal", responses=problems(401, 403, 404, 409))
def itembank_let_judge_go(
    study_id: UUID, judge_id: UUID, body: JudgeLeave, caller: CallerDep
) -> PanelStudyRead:
    """Let a judge go for a recorded reason; her ratings stay on record and do not count."""
    return caller.write(service.let_judge_go, study_id, judge_id, body.reason, answer=PanelStudyRead)


@router.post("/studies/{study_id}/undertaking", status_code=201, responses=problems(401, 403, 404, 409))
def itembank_sign(study_id: UUID, body: UndertakingCreate, caller: CallerDep) -> PanelSeatRead:
    """Sign the undertaking of one's own invitation, and tell conflicts."""
    return caller.write(service.sign, study_id, body.conflicts, answer=PanelSeatRead)


@router.post("/studies/{study_id}/rounds", status_code=201, responses=problems(401, 403, 404, 409))
def itembank_open_round(study_id: UUID, caller: CallerDep) -> PanelStudyRead:
    """Open the next round; each judge gets a sheet of her own."""
    return caller.write(service.open_round, study_id, answer=PanelStudyRead)


@router.post("/studies/{study_id}/rounds/{round_id}/closing", responses=problems(401, 403, 404, 409))
def itembank_close_round(study_id: UUID, round_id: UUID, caller: CallerDep) -> PanelStudyRead:
    """Close a round once all sheets are in."""
    return caller.write(service.close_round, study_id, round_id, answer=PanelStudyRead)


@router.get("/studies/{study_id}/rounds/{round_id}/feedback", responses=problems(401, 403, 404, 409))
def itembank_round_feedback(study_id: UUID, round_id: UUID, caller: CallerDep) -> PanelFeedback:
    """Read how a closed round lies, for the panel's discussion; the access is recorded."""
    return without_key(caller).disclose(service.round_feedback, study_id, round_id, answer=PanelFeedback)


@router.post("/studies/{study_id}/conclusion", responses=problems(401, 403, 404, 409, 412, 428))
def itembank_conclude_study(study_id: UUID, caller: CallerDep) -> PanelStudyRead:
    """Write the form's study and cuts from the last round; send the version you saw in If-Match."""
    return caller.write(service.conclude_study, study_id, answer=PanelStudyRead)


@router.post("/studies/{study_id}/abandonment", responses=problems(401, 403, 404, 409))
def itembank_abandon_study(study_id: UUID, body: StudyAbandon, caller: CallerDep) -> PanelStudyRead:
    """Give a study up for a recorded reason."""
    return caller.write(service.abandon_study, study_id, body.reason, answer=PanelStudyRead)


@router.get("/studies/{study_id}/report", responses=problems(401, 403, 404, 409))
def itembank_report_study(study_id: UUID, caller: CallerDep) -> StudyReport:
    """Read who set the cuts, how, from which ratings and with what cautions; the access is recorded."""
    return without_key(caller).disclose(service.report, study_id, answer=StudyReport)


@router.get("/me/panels", responses=problems(401, 403))
def itembank_own_panels(caller: CallerDep, window: WindowDep) -> Page[PanelSeatRead]:
    """List one's own places in panels, with one's sheets."""
    return caller.read(service.own_seats, window, answer=Page[PanelSeatRead])


@router.get("/rating-sheets/{sheet_id}", responses=problems(401, 403, 404, 409))
def itembank_read_sheet(sheet_id: UUID, caller: CallerDep) -> RatingSheetPaper:
    """Read one's own sheet with the items to rate; the access is recorded."""
    return without_key(caller).disclose(service.read_sheet, sheet_id, answer=RatingSheetPaper)


@router.put("/rating-sheets/{sheet_id}/ratings", responses=problems(401, 403, 404, 409, 412, 428))
def itembank_save_ratings(sheet_id: UUID, body: RatingsSave, caller: CallerDep) -> RatingSheetRead:
    """Save ratings as a draft; send the version you saw in If-Match."""
    return caller.write(service.save_ratings, sheet_id, body.ratings, answer=RatingSheetRead)


@router.post("/rating-sheets/{sheet_id}/submission", responses=problems(401, 403, 404, 409, 412, 428))
def itembank_submit_sheet(sheet_id: UUID, body: SheetSubmit, caller: CallerDep) -> RatingSheetRead:
    """Submit one's complete sheet, once; send the version you saw in If-Match."""
    return caller.write(
        service.submit_sheet, sheet_id, confirms_falls=body.confirms_falls, answer=RatingSheetRead
    )


@router.get("/rating-sheets/{sheet_id}/feedback", responses=problems(401, 403, 404, 409))
def itembank_sheet_feedback(sheet_id: UUID, caller: CallerDep) -> SheetFeedback:
    """Read where one lay in a closed round; the access is recorded."""
    return without_key(caller).disclose(service.sheet_feedback, sheet_id, answer=SheetFeedback)
