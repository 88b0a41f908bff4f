"""A granted certificate without the road to it, and its sealed document."""

from datetime import date
from typing import Any
from uuid import UUID

from app.access.actor import ActorKind
from app.applications.tables import CaseRow
from app.audit.events import Event
from app.bodies import service as bodies
from app.certificates import jobs, queries, service
from app.certificates.rules import Grant, Move
from app.core.dates import add_months
from app.decisions.rules import DecisionKind
from app.decisions.tables import DecisionRow, SnapshotRow
from app.impartiality import service as impartiality
from app.impartiality.rules import Act, Answer
from app.impartiality.service import Matter
from app.impartiality.tables import DeclarationRow
from app.people import service as people
from app.schemes.service import version_of
from app.work import Caller, Work


def a_seal(system: Caller) -> None:
    system.write(bodies.make_seal_authority)


def granted(
    system: Caller, version_id: UUID, holder: UUID, decider: UUID, **changes: Any
) -> service.CertificateRow:
    """Issue a certificate in a work of its own, as the decision would."""
    issued: service.CertificateRow = system.write(_grant, version_id, holder, decider, changes)
    return issued


def _grant(
    work: Work, version_id: UUID, holder: UUID, decider: UUID, changes: dict[str, Any]
) -> service.CertificateRow:
    work.require_system()
    package = version_of(work, version_id).package
    case = a_case(work, version_id, holder, is_pilot=changes.pop("of_pilot", False))
    wanted: dict[str, Any] = {
        "case_id": case.id,
        "decision_id": changes.get("decision_id") or a_decision(work, case, decider).id,
        "person_id": holder,
        "holder_name": people.known(work, holder).printed_name,
        "scheme_version_id": version_id,
        "scheme_code": "SME-BM",
        "scheme_title": package["scheme"]["title"]["en"],
        "scheme_version": "1.0",
        "scheme_issued_on": work.today,
        "level": 3,
        "level_title": "Certified SME Business Mentor, Junior",
        "phases": (("early_startup", "Early start-up"), ("growth", "Growth")),
        "endorsements": (("tourism", "Tourism"),),
        "limitations": None,
        "effective_on": work.today,
        "expires_on": add_months(work.today, 36),
        "decided_on": work.today,
        "authorised_by": people.known(work, decider).printed_name,
        "language": "en",
    }
    return service.issue(work, Grant(**(wanted | changes)))


def a_case(work: Work, version_id: UUID, holder: UUID, *, is_pilot: bool = False) -> CaseRow:
    case = CaseRow(
        body_id=work.body_id,
        person_id=holder,
        scheme_version_id=version_id,
        level=3,
        phases=["growth"],
        endorsements=[],
        language="en",
        submitted_at=work.now,
        submitted_on=work.today,
        agreement_version=1,
        overview_version=1,
        is_pilot=is_pilot,
    )
    work.session.add(case)
    work.session.flush()
    work.record(Event.APPLICATION_SUBMITTED, case)
    return case


def refused(system: Caller, version_id: UUID, candidate: UUID, decider: UUID) -> None:
    """Refuse a certification in a work of its own."""
    system.write(_refuse, version_id, candidate, decider)


def _refuse(work: Work, version_id: UUID, candidate: UUID, decider: UUID) -> DecisionRow:
    work.require_system()
    case = a_case(work, version_id, candidate)
    return a_decision(work, case, decider, kind=DecisionKind.REFUSE)


def applied(system: Caller, version_id: UUID, candidate: UUID, *, is_pilot: bool = False) -> None:
    """Enter an application in a work of its own."""
    system.write(_apply, version_id, candidate, is_pilot)


def _apply(work: Work, version_id: UUID, candidate: UUID, is_pilot: bool) -> CaseRow:
    work.require_system()
    return a_case(work, version_id, candidate, is_pilot=is_pilot)


def a_decision(
    work: Work, case: CaseRow, decider: UUID, *, kind: DecisionKind = DecisionKind.GRANT
) -> DecisionRow:
    """Return a decision on an empty snapshot, by a decider who declared to be free."""
    declaration = DeclarationRow(
        body_id=work.body_id,
        person_id=decider,
        candidate_id=case.person_id,
        case_id=case.id,
        answer=Answer.NONE,
        declared_at=work.now,
    )
    snapshot = SnapshotRow(
        body_id=work.body_id, case_id=case.id, document={}, sha256="0" * 64, unmet=0, taken_at=work.now
    )
    work.session.add(declaration)
    work.session.add(snapshot)
    work.session.flush()
    work.record(Event.CONFLICT_DECLARED, declaration)
    work.record(Event.SNAPSHOT_TAKEN, snapshot)
    act = impartiality.note(work, Act.DECIDED, Matter(case.id, case.person_id, 24), person_id=decider)
    decision = DecisionRow(
        body_id=work.body_id,
        case_id=case.id,
        kind=kind,
        decided_by=decider,
        actor_kind=ActorKind.HUMAN,
        involvement_id=act.id,
        snapshot_id=snapshot.id,
        unmet=0,
        requirements=[],
        reasons=[],
        decided_at=work.now,
        decided_on=work.today,
    )
    work.session.add(decision)
    work.session.flush()
    work.record(Event.DECISION_GRANTED, decision)
    return decision


def document_of(system: Caller, certificate_id: UUID) -> Any:
    """Return the document row of a certificate."""
    return system.read(_document, certificate_id)


def _document(work: Work, certificate_id: UUID) -> Any:
    work.require_system()
    return queries.documents_of(work, [certificate_id])[certificate_id]


def sealed(system: Caller, certificate_id: UUID) -> Any:
    """Run the sealing job for a certificate and return its document row."""
    jobs.seal(system, document_of(system, certificate_id).id)
    return document_of(system, certificate_id)


def moved(system: Caller, certificate_id: UUID, move: Move) -> None:
    """Move a certificate as a decision would."""
    system.write(_move, certificate_id, move)


def _move(work: Work, certificate_id: UUID, move: Move) -> object:
    work.require_system()
    return service.apply(work, certificate_id, move)


def on(day: str) -> date:
    return date.fromisoformat(day)
