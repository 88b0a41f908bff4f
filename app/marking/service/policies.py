"""What the body decides about marking in a scheme; until it does, the defaults hold."""

from dataclasses import asdict
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.marking import queries
from app.marking.rules import DEFAULT_POLICY, Policy
from app.marking.schemas.allocation import MarkingPolicyCreate
from app.marking.tables import MarkingPolicyRow
from app.schemes import service as schemes
from app.work import Work


def set_policy(work: Work, scheme_id: UUID, wanted: MarkingPolicyCreate) -> MarkingPolicyRow:
    """Decide the figures by which marking in a scheme is allocated, monitored and moderated."""
    work.require(Permission.MARKING_CONFIGURE)
    schemes.known(work, scheme_id)
    number = len(queries.policies_of(work, scheme_id)) + 1
    row = MarkingPolicyRow(
        body_id=work.body_id,
        scheme_id=scheme_id,
        number=number,
        set_by=work.person_id,
        set_on=work.today,
        **wanted.model_dump(),
    )
    work.session.add(row)
    work.record(Event.MARKING_POLICY_SET, row, scheme=scheme_id, number=number, is_moderated=row.is_moderated)
    return row


def read_policy(work: Work, scheme_id: UUID) -> object:
    """Return the figures in force in a scheme."""
    if not work.may(Permission.MARKING_MARK):
        work.require(Permission.MARKING_MONITOR)
    schemes.known(work, scheme_id)
    found = queries.policies_of(work, scheme_id)
    if found:
        return found[0]
    return {"scheme_id": scheme_id, "number": 0, "set_by": None, "set_on": None, **asdict(DEFAULT_POLICY)}


def policy_of(work: Work, scheme_id: UUID) -> Policy:
    """Return the figures in force; callers have asked their own permission."""
    found = queries.policies_of(work, scheme_id)
    if not found:
        return DEFAULT_POLICY
    return Policy(**{name: getattr(found[0], name) for name in asdict(DEFAULT_POLICY)})
