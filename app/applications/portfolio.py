"""The candidate's portfolio, for those who have a duty in her case, and for the auditor."""

from uuid import UUID

from app.access.permissions import Permission, Role
from app.applications import queries
from app.applications.service import ensure_not_own, matter
from app.applications.tables import CaseRow
from app.audit.events import Event
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.practice import service as practice
from app.practice.service import Download
from app.work import Work

_ROLES = (Role.APPLICATION_REVIEWER, Role.DECISION_MAKER, Role.AUDITOR)


def portfolio(work: Work, case_id: UUID) -> dict[str, object]:
    """Show what a candidate shows, to who may read practice and has declared (IMP-2)."""
    case = _opened(work, case_id)
    work.record(Event.RECORD_DISCLOSED, case, what="portfolio")
    return practice.portfolio(work, case.person_id, submitted_at=case.submitted_at)


def evidence(work: Work, case_id: UUID, evidence_id: UUID) -> Download:
    """Hand out the version of a piece of evidence that may be seen, exactly as it was handed in (IMP-2)."""
    case = _opened(work, case_id)
    role = next((role for role in _ROLES if role in work.actor.roles), Role.AUDITOR)
    return practice.open_evidence(work, case.person_id, evidence_id, role=role, case_id=case.id)


def _opened(work: Work, case_id: UUID) -> CaseRow:
    """Open a case's file: who may hold a duty in it is free and has declared; the auditor only reads."""
    work.require(Permission.PRACTICE_READ)
    case = queries.by_id(work, case_id)
    ensure_not_own(work, case, "assess")
    if work.may(Permission.IMPARTIALITY_DECLARE):
        concerned = matter(work, case)
        act = Act.REVIEWED if work.may(Permission.APPLICATIONS_REVIEW) else Act.DECIDED
        impartiality.require_free(work, act, concerned, person_id=work.person_id)
        impartiality.require_declared(work, concerned, work.person_id)
    return case
