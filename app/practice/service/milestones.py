"""Use cases of milestones: note one with its indicators, and let the mentee confirm it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Invalid
from app.practice import queries, rules
from app.practice.indicators import milestone_texts
from app.practice.rules import EngagementAction, Milestone, MilestoneAction, MilestoneState
from app.practice.schemas.milestones import MilestoneCreate
from app.practice.tables import ConfirmationLinkRow, EngagementRow, MilestoneIndicatorRow, MilestoneRow
from app.work import Work


def reach(work: Work, engagement_id: UUID, wanted: MilestoneCreate) -> EngagementRow:
    """Note that a milestone was reached, with the indicators that showed it (7.3)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    row = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    work.expect(row)
    row.state = rules.after_engagement(row.state, EngagementAction.REACH)
    row.milestones = rules.with_milestone(row.milestones, wanted.kind)
    _ensure_sound(work, row, wanted)
    milestone = MilestoneRow(
        body_id=work.body_id, stream=row.id, kind=wanted.kind, reached_on=wanted.reached_on or work.today
    )
    work.session.add_all([row, milestone])
    work.session.flush()  # the indicators refer to the milestone
    parts = [
        {"stream": row.id, "milestone_id": milestone.id, **seen.model_dump()} for seen in wanted.indicators
    ]
    work.recorder.insert(MilestoneIndicatorRow, parts)
    work.record(
        Event.MILESTONE_REACHED,
        row,
        kind=wanted.kind,
        reached_on=milestone.reached_on,
        indicators=[seen.code for seen in wanted.indicators],
    )
    return row


def own_milestones(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Return the milestones of one of the mentor's own engagements, with what the mentee says about each."""
    work.require(Permission.PRACTICE_LOG_OWN)
    row = queries.engagement_of(work, work.person_id, engagement_id)
    return {"items": shown(work, [row])[row.id]}


def in_words(work: Work) -> dict[str, object]:
    """Tell anybody what the milestones are and what shows each; there is no secret in it."""
    work.open_to_all()
    items = [
        {
            "kind": kind,
            "title": text.title,
            "indicators": [{"code": code, "text": told} for code, told in text.indicators.items()],
        }
        for kind, text in milestone_texts().items()
    ]
    return {"items": items}


def shown(work: Work, engagements: Sequence[EngagementRow]) -> dict[UUID, list[dict[str, object]]]:
    """Return the milestones of each engagement with their indicators; callers have asked their permission."""
    ids = [row.id for row in engagements]
    noted = {(row.stream, row.kind): row for row in queries.milestones_in(work, ids)}
    seen = _by_milestone(queries.indicators_in(work, ids))
    return {
        row.id: [
            _shown(Milestone(kind), noted.get((row.id, Milestone(kind))), seen) for kind in row.milestones
        ]
        for row in engagements
    }


def to_confirm(work: Work, link: ConfirmationLinkRow) -> list[dict[str, object]]:
    """Return what a mentee is shown of the milestones that her link covers; the link is the permission."""
    texts, seen = milestone_texts(), _by_milestone(queries.indicators_in(work, [link.stream]))
    return [
        {
            "kind": row.kind,
            "title": texts[row.kind].title,
            "reached_on": row.reached_on,
            "indicators": [
                {"code": sign.code, "text": texts[row.kind].indicators[sign.code], "note": sign.note}
                for sign in seen.get(row.id, ())
            ],
        }
        for row in _covered(work, link)
    ]


@dataclass(frozen=True)
class Settled:
    """Which milestones a mentee confirmed and which she disputed."""

    confirmed: list[Milestone]
    disputed: list[Milestone]


def settle(work: Work, link: ConfirmationLinkRow, disputed: Iterable[Milestone]) -> Settled:
    """Settle what a link covers: what the mentee does not dispute is confirmed; the caller records it."""
    doubted, covered = set(disputed), _covered(work, link)
    if doubted - {row.kind for row in covered}:
        raise Invalid("milestone_not_in_link", pointer="/disputed_milestones")
    for row in covered:
        action = MilestoneAction.DISPUTE if row.kind in doubted else MilestoneAction.CONFIRM
        row.state, row.settled_on = rules.after_milestone(row.state, action), work.today
        work.session.add(row)
    return Settled([row.kind for row in covered if row.kind not in doubted], sorted(doubted))


def left_to_confirm(work: Work, engagement_id: UUID) -> int:
    """Return how many milestones of an engagement a link made now would cover."""
    return sum(rules.is_open(row.state) for row in queries.milestones_in(work, [engagement_id]))


def _covered(work: Work, link: ConfirmationLinkRow) -> list[MilestoneRow]:
    """Return the open milestones that were noted before the link was made: she confirms what she saw.

    Ids grow with time, and both are made under the lock on the engagement.
    """
    return [
        row
        for row in queries.milestones_in(work, [link.stream])
        if rules.is_open(row.state) and row.id < link.id
    ]


def _ensure_sound(work: Work, engagement: EngagementRow, wanted: MilestoneCreate) -> None:
    _ensure_day(work, engagement, wanted.reached_on)
    known = milestone_texts()[wanted.kind].indicators
    rules.ensure_seen(wanted.kind, [seen.code for seen in wanted.indicators], known)
    firms = queries.firms(work, engagement.person_id)
    for place, seen in enumerate(wanted.indicators):
        rules.ensure_names_no_firm(seen.note, firms, pointer=f"/indicators/{place}/note")
        if seen.evidence_id is not None:
            _ensure_of_engagement(work, engagement, seen.evidence_id, f"/indicators/{place}/evidence_id")


def _ensure_day(work: Work, engagement: EngagementRow, reached_on: date | None) -> None:
    if reached_on is not None and reached_on > work.today:
        raise Invalid("day_not_come", pointer="/reached_on")
    if reached_on is not None and reached_on < engagement.started_on:
        raise Invalid("milestone_before_start", pointer="/reached_on", started_on=engagement.started_on)


def _ensure_of_engagement(work: Work, engagement: EngagementRow, evidence_id: UUID, pointer: str) -> None:
    if queries.evidence_of(work, engagement.person_id, evidence_id).engagement_id != engagement.id:
        raise Invalid("evidence_elsewhere", pointer=pointer)


def _by_milestone(rows: Iterable[MilestoneIndicatorRow]) -> dict[UUID, list[MilestoneIndicatorRow]]:
    found: dict[UUID, list[MilestoneIndicatorRow]] = {}
    for row in rows:
        found.setdefault(row.milestone_id, []).append(row)
    return found


def _shown(
    kind: Milestone, row: MilestoneRow | None, seen: dict[UUID, list[MilestoneIndicatorRow]]
) -> dict[str, object]:
    if row is None:
        return {
            "kind": kind,
            "state": MilestoneState.NOTED,
            "reached_on": None,
            "settled_on": None,
            "indicators": [],
        }
    return row.model_dump(include={"kind", "state", "reached_on", "settled_on"}) | {
        "indicators": [
            sign.model_dump(include={"code", "note", "evidence_id"}) for sign in seen.get(row.id, ())
        ]
    }
