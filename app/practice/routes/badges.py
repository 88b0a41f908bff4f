"""HTTP of badges: the mentor's own, and what anybody sees under a badge's code."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response

from app.edge import PICTURE_ANSWER, CallerDep, PictureResponse, StrangerDep, problems
from app.practice import service
from app.practice.schemas.badges import BadgeCreate, BadgeList, BadgePublic, BadgeRead

router = APIRouter(tags=["practice"])
_OWN = "/v1/me/practice"
_PUBLIC = "/public/v1/bodies/{slug}/badges/{code}"


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/badges", status_code=201, responses=problems(401, 403, 404, 409)
)
def practice_award_badge(engagement_id: UUID, body: BadgeCreate, caller: CallerDep) -> BadgeRead:
    """Make a public badge for a milestone that the mentee confirmed; it is no certificate."""
    return caller.write(service.award_badge, engagement_id, body, answer=BadgeRead)


@router.get(f"{_OWN}/badges", responses=problems(401, 403))
def practice_badges(caller: CallerDep) -> BadgeList:
    """List one's own badges."""
    return caller.read(service.own_badges, answer=BadgeList)


@router.post(f"{_OWN}/badges/{{badge_id}}/revocation", responses=problems(401, 403, 404, 409))
def practice_revoke_badge(badge_id: UUID, caller: CallerDep) -> BadgeRead:
    """Take a badge back: nobody finds it any more; another one gets another code."""
    return caller.write(service.revoke_badge, badge_id, answer=BadgeRead)


@router.get(_PUBLIC, responses=problems(404))
def practice_badge(slug: str, code: str, caller: StrangerDep) -> BadgePublic:
    """See a badge: recognition for a milestone, confirmed by the mentee, and not a certificate."""
    return caller.of_body(slug).read(service.badge, code, answer=BadgePublic)


@router.get(f"{_PUBLIC}/picture", response_class=PictureResponse, responses=PICTURE_ANSWER | problems(404))
def practice_badge_picture(
    slug: str, code: str, caller: StrangerDep, language: Literal["en", "es"] | None = None
) -> Response:
    """See a badge as a picture (SVG), in the body's language unless another is asked for."""
    return PictureResponse.of(caller.of_body(slug).read(service.badge_picture, code, language))
