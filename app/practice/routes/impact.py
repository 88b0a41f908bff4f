"""HTTP of impact: the firm's consent and figures, what a body counts, and what it comes to."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.edge import CallerDep, LinkSecret, StrangerDep, problems, without_key
from app.practice import service
from app.practice.schemas.impact import (
    ConsentWithdraw,
    FiguresAsked,
    FiguresCreate,
    ImpactAnswer,
    ImpactAnswered,
    ImpactRead,
    ImpactSums,
    IndicatorCreate,
    IndicatorDefined,
    IndicatorList,
    MenteeImpactView,
)

router = APIRouter(tags=["practice"])
_OWN = "/v1/me/practice/engagements/{engagement_id}"
_MENTEE = "/public/v1/bodies/{slug}"


@router.post(f"{_OWN}/figure-requests", status_code=201, responses=problems(401, 403, 404, 409))
def practice_request_figures(engagement_id: UUID, caller: CallerDep) -> FiguresAsked:
    """Have the mentee asked for consent and figures, by a link that she alone receives."""
    return caller.write(service.request_figures, engagement_id, answer=FiguresAsked)


@router.post(f"{_OWN}/figures", status_code=201, responses=problems(401, 403, 404, 409))
def practice_tell_figures(engagement_id: UUID, body: FiguresCreate, caller: CallerDep) -> ImpactRead:
    """Enter figures of the firm with its consent."""
    return without_key(caller).write(service.tell_figures, engagement_id, body.figures, answer=ImpactRead)


@router.get(f"{_OWN}/impact", responses=problems(401, 403, 404))
def practice_own_impact(engagement_id: UUID, caller: CallerDep) -> ImpactRead:
    """See whether the firm consented, and the figures that one entered oneself."""
    return caller.read(service.own_impact, engagement_id, answer=ImpactRead)


@router.get("/v1/practice/engagements/{engagement_id}/impact", responses=problems(401, 403, 404))
def practice_read_impact(engagement_id: UUID, caller: CallerDep) -> ImpactRead:
    """Read a firm's figures as context, if it allows that; the access is recorded."""
    return caller.disclose(service.read_impact, engagement_id, answer=ImpactRead)


@router.get(f"{_MENTEE}/practice-impact/{{secret}}", responses=problems(404, 409))
def practice_asked_figures(slug: str, secret: LinkSecret, caller: StrangerDep) -> MenteeImpactView:
    """Show a mentee what she is asked: consent or refusal, and figures."""
    return caller.of_body(slug).read(service.asked_figures, secret, answer=MenteeImpactView)


@router.post(f"{_MENTEE}/practice-impact/{{secret}}", responses=problems(404, 409))
def practice_answer_figures(
    slug: str, secret: LinkSecret, body: ImpactAnswer, caller: StrangerDep
) -> ImpactAnswered:
    """Take down a firm's consent or refusal, with figures if it consents; a link works once."""
    return caller.of_body(slug).write(service.answer_figures, secret, body, answer=ImpactAnswered)


@router.get(f"{_MENTEE}/practice-consents/{{secret}}", responses=problems(404))
def practice_shown_consent(slug: str, secret: LinkSecret, caller: StrangerDep) -> MenteeImpactView:
    """Show a mentee what she allowed, and which figures are kept."""
    return caller.of_body(slug).read(service.shown_consent, secret, answer=MenteeImpactView)


@router.post(f"{_MENTEE}/practice-consents/{{secret}}/withdrawals", responses=problems(404, 409))
def practice_withdraw_consent(
    slug: str, secret: LinkSecret, body: ConsentWithdraw, caller: StrangerDep
) -> ImpactAnswered:
    """Take back some or all uses of a firm's figures; with the last one they are erased."""
    return caller.of_body(slug).write(service.withdraw_consent, secret, body, answer=ImpactAnswered)


@router.post("/v1/practice/indicators", status_code=201, responses=problems(401, 403, 409))
def practice_define_indicator(body: IndicatorCreate, caller: CallerDep) -> IndicatorDefined:
    """Define what is counted in mentored firms beyond what every body counts."""
    return caller.write(service.define_indicator, body, answer=IndicatorDefined)


@router.get("/v1/practice/indicators", responses=problems(401, 403))
def practice_own_indicators(caller: CallerDep) -> IndicatorList:
    """List the indicators that the body has defined itself, retired ones included."""
    return caller.read(service.own_indicators, answer=IndicatorList)


@router.post(
    "/v1/practice/indicators/{practice_indicator_id}/retirement",
    responses=problems(401, 403, 404, 409, 412, 428),
)
def practice_retire_indicator(practice_indicator_id: UUID, caller: CallerDep) -> IndicatorDefined:
    """Ask no firm for an indicator any more; send the version you saw in If-Match."""
    return caller.write(service.retire_indicator, practice_indicator_id, answer=IndicatorDefined)


@router.get("/v1/practice/impact", responses=problems(401, 403, 404))
def practice_impact_sums(
    caller: CallerDep,
    year: Annotated[int, Query(ge=2000, le=2200, examples=[2026], description="When engagements ended.")],
    person_id: Annotated[UUID | None, Query(description="Firms of this mentor only.")] = None,
) -> ImpactSums:
    """Tell what firms say before, at the end and after: medians over ten firms at least."""
    return caller.read(service.impact_sums, year, person_id, answer=ImpactSums)
