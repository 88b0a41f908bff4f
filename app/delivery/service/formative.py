"""Use cases of formative completions."""

from decimal import Decimal
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, Invalid, NotFound
from app.delivery import queries
from app.delivery.rules import Completed
from app.delivery.schemas.sat import FormativeCreate
from app.delivery.tables import FormativeRow
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.people import service as people
from app.work import Work


def complete_formative(work: Work, person_id: UUID, wanted: FormativeCreate) -> FormativeRow:
    """Attest a continuing assessment; its author has trained the person from now on (IMP-1, IMP-3)."""
    work.require(Permission.PRACTICE_ATTEST)
    people.known(work, person_id)
    if wanted.completed_on > work.today:
        raise Invalid("formative_ahead_of_time", pointer="/completed_on")
    if not queries.is_engagement_of(work, person_id, wanted.engagement):
        raise NotFound("engagement")
    earlier = queries.formative_of(work, person_id)
    if any((row.engagement_id, row.component) == (wanted.engagement, wanted.component) for row in earlier):
        raise Conflict("formative_taken", component=wanted.component)
    act = impartiality.note_fact(
        work,
        Act.TRAINED,
        person_id=work.person_id,
        candidate_id=person_id,
        started_on=wanted.completed_on,
        ended_on=wanted.completed_on,
    )
    row = FormativeRow(
        body_id=work.body_id,
        person_id=person_id,
        engagement_id=wanted.engagement,
        component=wanted.component,
        completed_on=wanted.completed_on,
        attested_by=work.person_id,
        involvement_id=act.id,
    )
    work.session.add(row)
    work.record(
        Event.FORMATIVE_COMPLETED,
        row,
        person=person_id,
        component=row.component,
        engagement=row.engagement_id,
    )
    return row


def formative_completed(work: Work, person_id: UUID, component: str) -> Completed | None:
    """Tell that a person completed a formative component; callers have asked their own permission."""
    found = tuple(
        f"formative:{row.id}" for row in queries.formative_of(work, person_id) if row.component == component
    )
    return Completed(Decimal(1), found) if found else None
