"""What an assessor reads beside her sheet: reviews of the candidate's engagements, and figures of firms."""

from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.marking import queries
from app.marking.service.material import opened
from app.practice import service as practice
from app.work import Work


def practice_beside(work: Work, assignment_id: UUID) -> dict[str, object]:
    """Show the acting assessor what mentees and staff said, after her declaration; it is recorded (IMP-2)."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment(work, assignment_id, work.person_id)
    case = opened(work, row).case
    work.record(Event.RECORD_DISCLOSED, row, what="engagement reviews and impact")
    return {"items": practice.context_of(work, case.person_id)}
