"""HTTP of reviews: mentor, staff, and the mentee by her link."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, LinkSecret, StrangerDep, WindowDep, problems
from app.practice import service
from app.practice.schemas.reviews import (
    EngagementReviewList,
    EngagementReviewRead,
    MenteeReviewAnswer,
    MenteeReviewAnswered,
    MenteeReviewView,
    ReviewAnswerCreate,
    ReviewDueEntry,
    ReviewLinkCreate,
    ReviewLinkSent,
)

router = APIRouter(tags=["practice"])
_OWN = "/v1/me/practice/engagements/{engagement_id}"
_STAFF = "/v1/practice/engagements/{engagement_id}"
_MENTEE = "/public/v1/bodies/{slug}/practice-reviews/{secret}"


@router.get(f"{_OWN}/reviews", responses=problems(401, 403, 404))
def practice_own_reviews(engagement_id: UUID, caller: CallerDep) -> EngagementReviewList:
    """See the reviews of one of one's own engagements, what is asked, and what others shared."""
    return caller.read(service.own_reviews, engagement_id, answer=EngagementReviewList)


@router.post(f"{_OWN}/review-answers", status_code=201, responses=problems(401, 403, 404, 409))
def practice_answer_own_review(
    engagement_id: UUID, body: ReviewAnswerCreate, caller: CallerDep
) -> EngagementReviewRead:
    """Answer an open review of one's own engagement as its mentor, once."""
    return caller.write(service.answer_own_review, engagement_id, body, answer=EngagementReviewRead)


@router.get("/v1/practice/reviews", responses=problems(401, 403))
def practice_reviews_due(caller: CallerDep, window: WindowDep) -> Page[ReviewDueEntry]:
    """List the engagements at whose open reviews the programme has not answered yet."""
    return caller.read(service.reviews_due, window, answer=Page[ReviewDueEntry])


@router.get(f"{_STAFF}/reviews", responses=problems(401, 403, 404, 409))
def practice_staff_reviews(engagement_id: UUID, caller: CallerDep) -> EngagementReviewList:
    """Read the reviews of an engagement as staff, or as somebody who assesses; the access is recorded."""
    return caller.disclose(service.staff_reviews, engagement_id, answer=EngagementReviewList)


@router.post(f"{_STAFF}/review-answers", status_code=201, responses=problems(401, 403, 404, 409))
def practice_answer_staff_review(
    engagement_id: UUID, body: ReviewAnswerCreate, caller: CallerDep
) -> EngagementReviewRead:
    """Answer an open review for the programme, once; it bars from any duty in the mentor's certification."""
    return caller.write(service.answer_staff_review, engagement_id, body, answer=EngagementReviewRead)


@router.post(f"{_STAFF}/review-links", status_code=201, responses=problems(401, 403, 404, 409))
def practice_ask_for_review(engagement_id: UUID, body: ReviewLinkCreate, caller: CallerDep) -> ReviewLinkSent:
    """Send the mentee a new link to an open review; nobody but she sees it."""
    return caller.write(service.ask_for_review, engagement_id, body.kind, answer=ReviewLinkSent)


@router.get(_MENTEE, responses=problems(404, 409))
def practice_asked_review(slug: str, secret: LinkSecret, caller: StrangerDep) -> MenteeReviewView:
    """Show a mentee what she is asked at a review."""
    return caller.of_body(slug).read(service.asked_review, secret, answer=MenteeReviewView)


@router.post(_MENTEE, responses=problems(404, 409))
def practice_answer_review(
    slug: str, secret: LinkSecret, body: MenteeReviewAnswer, caller: StrangerDep
) -> MenteeReviewAnswered:
    """Take down a mentee's answers at a review; a link works once."""
    return caller.of_body(slug).write(
        service.answer_review, secret, body.answers, answer=MenteeReviewAnswered
    )
