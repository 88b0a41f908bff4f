"""HTTP of engagements handed over from one mentor to another."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems
from app.practice import service
from app.practice.schemas.engagements import EngagementEnd, EngagementRead, EngagementTerms
from app.practice.schemas.handing_over import (
    EngagementOutline,
    EngagementOutlines,
    HandOverCreate,
    HandOverList,
    HandOverOffer,
    HandOverRead,
)

router = APIRouter(tags=["practice"])
_ALL = "/v1/practice/engagements/{engagement_id}"
_MINE = "/v1/me/practice/hand-overs"


@router.get("/v1/people/{person_id}/practice/engagements", responses=problems(401, 403, 404))
def practice_engagements_of(person_id: UUID, caller: CallerDep) -> EngagementOutlines:
    """Read which engagements a mentor has; the access is recorded."""
    return caller.disclose(service.engagements_of, person_id, answer=EngagementOutlines)


@router.post(f"{_ALL}/end", responses=problems(401, 403, 404, 409, 412, 428))
def practice_end_for_mentor(engagement_id: UUID, body: EngagementEnd, caller: CallerDep) -> EngagementOutline:
    """End an engagement in its mentor's place; send the version you saw in If-Match."""
    return caller.write(
        service.end_for_mentor, engagement_id, body.ended_on, body.reason, answer=EngagementOutline
    )


@router.post(f"{_ALL}/hand-overs", status_code=201, responses=problems(401, 403, 404, 409))
def practice_hand_over(engagement_id: UUID, body: HandOverCreate, caller: CallerDep) -> HandOverRead:
    """Offer an engagement that has ended to another mentor: one's own, or any as an adviser."""
    return caller.write(service.hand_over, engagement_id, body, answer=HandOverRead)


@router.get(f"{_ALL}/hand-overs", responses=problems(401, 403, 404))
def practice_hand_overs(engagement_id: UUID, caller: CallerDep) -> HandOverList:
    """Read what became of the hand-overs of an engagement; the access is recorded."""
    return caller.disclose(service.hand_overs, engagement_id, answer=HandOverList)


@router.post("/v1/practice/hand-overs/{hand_over_id}/withdrawal", responses=problems(401, 403, 404, 409))
def practice_withdraw_hand_over(hand_over_id: UUID, caller: CallerDep) -> HandOverRead:
    """Take back an offer that was not answered yet."""
    return caller.write(service.withdraw_hand_over, hand_over_id, answer=HandOverRead)


@router.get(_MINE, responses=problems(401, 403))
def practice_offers(caller: CallerDep, window: WindowDep) -> Page[HandOverOffer]:
    """List the engagements that other mentors hand over to oneself."""
    return caller.read(service.offers, window, answer=Page[HandOverOffer])


@router.post(f"{_MINE}/{{hand_over_id}}/acceptance", status_code=201, responses=problems(401, 403, 404, 409))
def practice_accept_hand_over(hand_over_id: UUID, body: EngagementTerms, caller: CallerDep) -> EngagementRead:
    """Go on with what is handed over, in an engagement of one's own that names what it continues."""
    return caller.write(service.accept_hand_over, hand_over_id, body, answer=EngagementRead)


@router.post(f"{_MINE}/{{hand_over_id}}/refusal", responses=problems(401, 403, 404, 409))
def practice_decline_hand_over(hand_over_id: UUID, caller: CallerDep) -> HandOverOffer:
    """Say no to what is handed over; it may be offered to somebody else."""
    return caller.write(service.decline_hand_over, hand_over_id, answer=HandOverOffer)
