"""HTTP of reviews of assessors."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems
from app.marking import service
from app.marking.schemas.reviewing import AssessorReviewCreate, AssessorReviewRead, OwnFindingList

router = APIRouter(prefix="/v1", tags=["marking"])


@router.post("/schemes/{scheme_id}/assessor-reviews", status_code=201, responses=problems(401, 403, 404, 409))
def marking_review_assessors(
    scheme_id: UUID, body: AssessorReviewCreate, caller: CallerDep
) -> AssessorReviewRead:
    """Compare the assessors of a period, and block whose agreement is proven to lie below the gate."""
    return caller.write(service.review_assessors, scheme_id, body, answer=AssessorReviewRead)


@router.get("/schemes/{scheme_id}/assessor-reviews", responses=problems(401, 403, 404))
def marking_reviews(scheme_id: UUID, caller: CallerDep, window: WindowDep) -> Page[AssessorReviewRead]:
    """List a scheme's reviews of its assessors."""
    return caller.read(service.search_reviews, scheme_id, window, answer=Page[AssessorReviewRead])


@router.get("/assessor-reviews/{review_id}", responses=problems(401, 403, 404))
def marking_review(review_id: UUID, caller: CallerDep) -> AssessorReviewRead:
    """Read a review with each assessor's agreement, severity and drift."""
    return caller.read(service.read_review, review_id, answer=AssessorReviewRead)


@router.get("/me/assessor-reviews", responses=problems(401, 403))
def marking_own_findings(caller: CallerDep) -> OwnFindingList:
    """Read what reviews found of oneself."""
    return caller.read(service.own_findings, answer=OwnFindingList)
