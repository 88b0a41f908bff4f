"""The portfolio on the assessor's desk: what her candidate shows, under a pseudonym and numbers for firms."""

from uuid import UUID

from app.access.permissions import Permission, Role
from app.applications import service as applications
from app.applications.tables import CaseRow
from app.audit.events import Event
from app.marking import queries, rules
from app.marking.service.material import opened, package_of, pseudonym
from app.marking.tables import AssignmentRow
from app.practice import service as practice
from app.practice.service import Download
from app.schemes import assessing
from app.work import Work


def portfolio(work: Work, assignment_id: UUID) -> dict[str, object]:
    """Show the acting assessor what her candidate shows, where her component judges it (IMP-2)."""
    row, case = _opened(work, assignment_id)
    work.record(Event.RECORD_DISCLOSED, row, what="portfolio")
    shown = practice.portfolio(work, case.person_id, submitted_at=case.submitted_at)
    return {"candidate": pseudonym(case.id), **shown}


def evidence_file(work: Work, assignment_id: UUID, evidence_id: UUID) -> Download:
    """Hand out the version of a piece of evidence that may be seen, exactly as it was handed in (FIL-2)."""
    _, case = _opened(work, assignment_id)
    return practice.open_evidence(work, case.person_id, evidence_id, role=Role.ASSESSOR, case_id=case.id)


def _opened(work: Work, assignment_id: UUID) -> tuple[AssignmentRow, CaseRow]:
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment(work, assignment_id, work.person_id)
    opened(work, row)
    case = applications.case(work, row.case_id)
    plan = assessing.component(package_of(work, case), row.component)
    rules.ensure_judges_portfolio(row.component, plan["method"])
    return row, case
