"""Use cases of handing an engagement over: the need has changed, and another mentor of the body goes on.

Hours stay where they were earned: each mentor keeps the sessions of her own engagement, however short it was.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, NotFound
from app.core.paging import Slice, Window
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.people import service as people
from app.practice import queries, rules
from app.practice.rules import EndReason, EngagementAction, Phase
from app.practice.rules.handing_over import (
    HandOverAction,
    HandOverState,
    after_hand_over,
    ensure_another,
    ensure_continues,
)
from app.practice.schemas.engagements import EngagementTerms
from app.practice.schemas.handing_over import HandOverCreate
from app.practice.service.engagements import end_locked, enter
from app.practice.tables import EngagementRow, HandOverRow
from app.work import Work

_LIVE = {HandOverState.OFFERED, HandOverState.ACCEPTED}


@dataclass(frozen=True)
class Offer:
    """A hand-over as the mentor may know it who is to go on."""

    id: UUID
    from_mentor: str
    sme_name: str
    country: str | None
    sector: str
    phase: Phase
    started_on: date
    ended_on: date | None
    end_reason: EndReason | None
    need: str
    why: str
    offered_on: date
    state: HandOverState


def engagements_of(work: Work, person_id: UUID) -> dict[str, object]:
    """Tell an adviser which engagements a mentor has; the access is recorded."""
    work.require(Permission.PRACTICE_HAND_OVER)
    person = people.known(work, person_id)
    work.record(Event.RECORD_DISCLOSED, person, what="engagements")
    return {"items": queries.engagements(work, person_id)}


def end_for_mentor(work: Work, engagement_id: UUID, ended_on: date, reason: EndReason) -> EngagementRow:
    """End an engagement in its mentor's place; an adviser may see first that the need has changed."""
    work.require(Permission.PRACTICE_HAND_OVER)
    queries.lock_mentor(work, queries.engagement(work, engagement_id).person_id)
    row = queries.engagement_for_update(work, engagement_id)
    return end_locked(work, row, ended_on, reason)


def hand_over(work: Work, engagement_id: UUID, wanted: HandOverCreate) -> HandOverRow:
    """Offer an engagement that has ended to another mentor; its mentor may, and an adviser."""
    engagement = _in_hand(work, engagement_id)
    rules.after_engagement(engagement.state, EngagementAction.HAND_OVER)
    ensure_another(engagement.person_id, wanted.to_person_id)
    people.known(work, wanted.to_person_id)
    if any(found.state in _LIVE for found in queries.hand_overs_of(work, engagement.id)):
        raise Conflict("hand_over_there_already")
    row = HandOverRow(
        body_id=work.body_id,
        engagement_id=engagement.id,
        from_person_id=engagement.person_id,
        offered_by=work.person_id,
        offered_on=work.today,
        **wanted.model_dump(),
    )
    work.session.add(row)
    _tell(work, row)
    work.record(
        Event.HAND_OVER_OFFERED,
        row,
        engagement=engagement.id,
        from_person=row.from_person_id,
        to_person=row.to_person_id,
        reason=engagement.end_reason,
    )
    return row


def hand_overs(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Tell mentor or adviser what became of the hand-overs of an engagement; the access is recorded."""
    engagement = _in_hand(work, engagement_id)
    work.record(Event.RECORD_DISCLOSED, people.known(work, engagement.person_id), what="hand_overs")
    return {"items": queries.hand_overs_of(work, engagement.id)}


def withdraw_hand_over(work: Work, hand_over_id: UUID) -> HandOverRow:
    """Take back an offer that nobody has answered yet; its mentor may, and an adviser."""
    may_all = work.may(Permission.PRACTICE_HAND_OVER)
    if not may_all:
        work.require(Permission.PRACTICE_LOG_OWN)
    row = queries.hand_over_for_update(work, hand_over_id)
    if not may_all and row.from_person_id != work.person_id:
        raise NotFound("hand_over")
    _settle(work, row, HandOverAction.WITHDRAW)
    work.record(Event.HAND_OVER_WITHDRAWN, row, engagement=row.engagement_id)
    return row


def offers(work: Work, wanted: Window) -> Slice[Offer]:
    """Return one page of what other mentors hand over to the caller."""
    work.require(Permission.PRACTICE_LOG_OWN)
    found = queries.hand_overs_to(work, work.person_id, wanted)
    return Slice([_offer(work, row) for row in found.items], found.next)


def accept_hand_over(work: Work, hand_over_id: UUID, wanted: EngagementTerms) -> EngagementRow:
    """Go on with an engagement that another mentor hands over, in an engagement of one's own."""
    row = _offered_to_me(work, hand_over_id)
    earlier = queries.engagement(work, row.engagement_id)
    ensure_continues(earlier.ended_on, wanted.started_on)
    _settle(work, row, HandOverAction.ACCEPT)
    work.session.flush()  # the database asks for the acceptance before the engagement that rests on it
    work.record(Event.HAND_OVER_ACCEPTED, row, engagement=row.engagement_id)
    firm = earlier.model_dump(include={"sme_name", "country", "sector"})
    return enter(work, wanted.model_dump() | firm | {"continues_id": earlier.id})


def decline_hand_over(work: Work, hand_over_id: UUID) -> Offer:
    """Say no to an engagement that another mentor hands over; it may be offered to somebody else."""
    row = _offered_to_me(work, hand_over_id)
    _settle(work, row, HandOverAction.DECLINE)
    work.record(Event.HAND_OVER_DECLINED, row, engagement=row.engagement_id)
    return _offer(work, row)


def _in_hand(work: Work, engagement_id: UUID) -> EngagementRow:
    """Lock an engagement: any of the body for an adviser, her own for a mentor."""
    if work.may(Permission.PRACTICE_HAND_OVER):
        return queries.engagement_for_update(work, engagement_id)
    work.require(Permission.PRACTICE_LOG_OWN)
    return queries.engagement_for_update(work, engagement_id, person_id=work.person_id)


def _offered_to_me(work: Work, hand_over_id: UUID) -> HandOverRow:
    work.require(Permission.PRACTICE_LOG_OWN)
    row = queries.hand_over_for_update(work, hand_over_id)
    if row.to_person_id != work.person_id:
        raise NotFound("hand_over")
    return row


def _settle(work: Work, row: HandOverRow, action: HandOverAction) -> None:
    row.state, row.settled_on = after_hand_over(row.state, action), work.today
    work.session.add(row)


def _offer(work: Work, row: HandOverRow) -> Offer:
    engagement = queries.engagement(work, row.engagement_id)
    told = {"sme_name", "country", "sector", "phase", "started_on", "ended_on", "end_reason"}
    return Offer(
        from_mentor=people.known(work, row.from_person_id).printed_name,
        **engagement.model_dump(include=told),
        **row.model_dump(include={"id", "need", "why", "offered_on", "state"}),
    )


def _tell(work: Work, row: HandOverRow) -> None:
    """Write to the mentor who may accept; the firm is not named in a mail."""
    to = notices.recipient(work, row.to_person_id)
    if to is None:
        return
    mentor = people.known(work, row.from_person_id).printed_name
    notices.send(
        work,
        to,
        NoticeKind.HAND_OVER_OFFERED,
        about=row.id,
        key=f"hand_over:{row.id}",
        facts={"mentor": mentor},
    )
