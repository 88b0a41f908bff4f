"""Use cases of links: which of a member's engagements run in a programme, and what they amount to."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict
from app.practice import service as practice
from app.practice.rules import Held, SessionState, tally
from app.practice.service.tallying import EngagementSeen
from app.programmes import queries
from app.programmes.rules.dates import ensure_open, ensure_running
from app.programmes.rules.working import ALWAYS, ensure_may_link, ensure_may_unlink
from app.programmes.service.working import held_in, linked
from app.programmes.tables import LinkRow
from app.work import Work


def link(work: Work, request_id: UUID, engagement_id: UUID) -> LinkRow:
    """Link one of one's own open engagements to a programme that runs and that one is a member of (PRG-3)."""
    work.require(Permission.PROGRAMMES_ASK_OWN)
    request = queries.request_for_update(work, request_id, person_id=work.person_id)
    engagement = practice.read(work, engagement_id)
    ensure_running(queries.by_id(work, request.programme_id).state)
    ensure_may_link(request.state, engagement.state, own_interest=engagement.own_interest)
    if queries.is_linked(work, engagement_id):
        raise Conflict("engagement_linked_already")
    row = LinkRow(body_id=work.body_id, stream=request.id, engagement_id=engagement_id, linked_on=work.today)
    work.session.add(row)
    work.record(Event.PROGRAMME_ENGAGEMENT_LINKED, request, engagement=engagement_id)
    return row


def unlink(work: Work, request_id: UUID, engagement_id: UUID) -> LinkRow:
    """Take a link back, as long as nobody else has spoken about a session of that engagement."""
    work.require(Permission.PROGRAMMES_ASK_OWN)
    request = queries.request_for_update(work, request_id, person_id=work.person_id)
    row = queries.standing_link(work, request.id, engagement_id)
    ensure_open(queries.by_id(work, request.programme_id).state)
    ensure_may_unlink(tally(practice.sessions_held(work, [engagement_id], ALWAYS.first, ALWAYS.last)))
    row.unlinked_on = work.today
    work.session.add(row)
    work.record(Event.PROGRAMME_ENGAGEMENT_UNLINKED, request, engagement=engagement_id)
    return row


def own_links(work: Work, request_id: UUID) -> dict[str, object]:
    """Return the engagements that one has linked under one's own membership."""
    work.require(Permission.PROGRAMMES_ASK_OWN)
    request = queries.own_request(work, request_id, work.person_id)
    return {"items": queries.links(work, request.id)}


def work_in(work: Work, programme_id: UUID) -> dict[str, object]:
    """Return what runs in a programme without the firms' names: engagements, sessions, hours."""
    work.require(Permission.PROGRAMMES_READ_PEOPLE)
    programme = queries.by_id(work, programme_id)
    found = queries.members(work, programme_id)
    held = [one for one in held_in(work, found, ALWAYS) if one.state is not SessionState.DISPUTED]
    by_engagement: dict[UUID, list[Held]] = defaultdict(list)
    for one in held:
        by_engagement[one.engagement_id].append(one)
    seen = practice.engagements_seen(work, linked(work, found))
    total = tally(held).total
    return {
        "planned_firms": programme.planned_firms,
        "firms": len({one.firm for one in seen}),
        "engagements": len(seen),
        "sessions": total.sessions,
        "hours": total.hours,
        "items": [_told(one, by_engagement[one.id]) for one in seen],
    }


def _told(seen: EngagementSeen, held: Sequence[Held]) -> dict[str, object]:
    total = tally(held).total
    told = {name: getattr(seen, name) for name in _SEEN}
    return told | {"engagement_id": seen.id, "sessions": total.sessions, "hours": total.hours}


_SEEN = ("person_id", "sector", "phase", "modality", "planned_months", "state", "started_on", "ended_on")
