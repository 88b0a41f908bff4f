"""Use cases of decisions: grant, refuse, suspend, reinstate, and explain from the snapshot alone."""

from datetime import date
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.applications.rules import CaseAction
from app.applications.tables import CaseRow
from app.audit.canonical import digest
from app.audit.events import Event
from app.certificates import service as certificates
from app.certificates.rules import Grant, Move
from app.certificates.tables import CertificateRow
from app.core.errors import NotFound
from app.decisions import evidence, queries, rules
from app.decisions.rules import DecisionKind
from app.decisions.schemas import GrantCreate, RefuseCreate, SuspendCreate
from app.decisions.tables import DecisionRow, SnapshotRow
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.impartiality.tables import InvolvementRow
from app.people import service as people
from app.schemes import service as schemes
from app.schemes.requirements import Answer
from app.work import Work


def readiness(work: Work, case_id: UUID) -> dict[str, object]:
    """Show what a decision would be taken on now to who may take it (IMP-2, IMP-3); it is recorded."""
    work.require(Permission.DECISIONS_TAKE)
    case = applications.case(work, case_id)
    matter = applications.matter(work, case)
    impartiality.require_free(work, Act.DECIDED, matter, person_id=work.person_id)
    impartiality.require_declared(work, matter, work.person_id)
    found = evidence.answers(work, case)
    work.record(Event.RECORD_DISCLOSED, case, what="readiness")
    return {
        "case_id": case.id,
        "answers": [answer.to_document() for answer in found],
        "unmet": rules.unmet(found),
        "is_pilot": case.is_pilot,
    }


def grant(work: Work, case_id: UUID, wanted: GrantCreate) -> DecisionRow:
    """Grant the certification applied for, when every requirement is met (DEC-1 to DEC-4, IMP-3)."""
    case, act = _open(work, case_id)
    rules.ensure_certifies(is_pilot=case.is_pilot)
    found = _judged(work, case)
    rules.ensure_may_grant(found)
    snapshot = _snapshot(work, case, found)
    decision = _decide(work, case, act, DecisionKind.GRANT, snapshot=snapshot)
    certificates.issue(work, _grant(work, case, decision, wanted.limitations))
    applications.advance(work, case, CaseAction.GRANT)
    work.record(Event.DECISION_GRANTED, decision, case=case.id, snapshot=snapshot.sha256)
    return decision


def refuse(work: Work, case_id: UUID, wanted: RefuseCreate) -> DecisionRow:
    """Refuse the certification, naming the unmet requirements."""
    case, act = _open(work, case_id)
    found = _judged(work, case)
    rules.ensure_may_refuse(found, wanted.requirements)
    snapshot = _snapshot(work, case, found)
    decision = _decide(
        work, case, act, DecisionKind.REFUSE, snapshot=snapshot, requirements=sorted(set(wanted.requirements))
    )
    applications.advance(work, case, CaseAction.REFUSE)
    work.record(Event.DECISION_REFUSED, decision, case=case.id, requirements=decision.requirements)
    return decision


def suspend(work: Work, case_id: UUID, wanted: SuspendCreate) -> DecisionRow:
    """Suspend a certification until its reasons are resolved (LIF-1)."""
    case, act = _open(work, case_id)
    certificate = _certificate(work, case)
    package = schemes.version_of(work, case.scheme_version_id).package
    rules.ensure_resolve_by(wanted.resolve_by, work.today, package["parameters"]["suspension_max_months"])
    decision = _decide(
        work,
        case,
        act,
        DecisionKind.SUSPEND,
        reasons=sorted(set(wanted.reasons)),
        resolve_by=wanted.resolve_by,
    )
    certificates.apply(work, certificate.id, Move.SUSPEND)
    work.record(Event.DECISION_SUSPENDED, decision, case=case.id, reasons=decision.reasons)
    return decision


def reinstate(work: Work, case_id: UUID) -> DecisionRow:
    """Lift a suspension whose reasons are resolved; the expiry stays (LIF-1)."""
    case, act = _open(work, case_id)
    certificate = _certificate(work, case)
    decision = _decide(work, case, act, DecisionKind.REINSTATE)
    certificates.apply(work, certificate.id, Move.REINSTATE)
    work.record(Event.DECISION_REINSTATED, decision, case=case.id)
    return decision


def search(work: Work, case_id: UUID) -> dict[str, object]:
    """Return all decisions of a case; its candidate sees her own."""
    _require_reader(work, case_id)
    return {"items": queries.of_case(work, case_id)}


def explain(work: Work, decision_id: UUID) -> dict[str, object]:
    """Recompute a decision from its snapshot alone, whatever the live records say by now (DEC-3)."""
    decision = _readable(work, decision_id)
    if decision.snapshot_id is None:
        raise NotFound("snapshot")
    snapshot = queries.snapshot(work, decision.snapshot_id)
    explained = rules.explain(decision.kind, snapshot.document)
    return {
        "decision_id": decision.id,
        "kind": decision.kind,
        "snapshot_sha256": snapshot.sha256,
        "snapshot_intact": digest(snapshot.document) == snapshot.sha256,
        "answers": [answer.to_document() for answer in explained.answers],
        "results": dict(explained.results),
        "unmet": list(explained.unmet),
        "would_grant": explained.would_grant,
        "agrees": explained.agrees,
    }


def _require_reader(work: Work, case_id: UUID) -> None:
    """Let those read who may read all decisions, and the candidate her own."""
    if work.may(Permission.DECISIONS_READ):
        applications.case(work, case_id)
        return
    work.require(Permission.DECISIONS_READ_OWN)
    applications.own_case(work, case_id)


def _readable(work: Work, decision_id: UUID) -> DecisionRow:
    if not work.may(Permission.DECISIONS_READ):
        work.require(Permission.DECISIONS_READ_OWN)
    decision = queries.by_id(work, decision_id)
    _require_reader(work, decision.case_id)
    return decision


def _open(work: Work, case_id: UUID) -> tuple[CaseRow, InvolvementRow]:
    """Ask for permission, lock the case, enter the decider into the ledger, which refuses who took part."""
    work.require(Permission.DECISIONS_TAKE)
    rules.ensure_human(work.actor.kind)
    case = applications.case_for_update(work, case_id)
    act = impartiality.note(work, Act.DECIDED, applications.matter(work, case), person_id=work.person_id)
    return case, act


def _judged(work: Work, case: CaseRow) -> list[Answer]:
    applications.ensure_governed(work, case)
    package = schemes.version_of(work, case.scheme_version_id).package
    months = package["parameters"]["application_validity_months"]
    rules.ensure_application_valid(case.submitted_on, work.today, months)
    return evidence.answers(work, case)


def _snapshot(work: Work, case: CaseRow, found: list[Answer]) -> SnapshotRow:
    document = evidence.document(work, case, found)
    row = SnapshotRow(
        body_id=work.body_id,
        case_id=case.id,
        document=document,
        sha256=digest(document),
        unmet=len(rules.unmet(found)),
        taken_at=work.now,
    )
    work.session.add(row)
    work.session.flush()  # the decision refers to it
    work.record(Event.SNAPSHOT_TAKEN, row, case=case.id, sha256=row.sha256, unmet=row.unmet)
    return row


def _decide(
    work: Work,
    case: CaseRow,
    act: InvolvementRow,
    kind: DecisionKind,
    *,
    snapshot: SnapshotRow | None = None,
    requirements: list[str] | None = None,
    reasons: list[Any] | None = None,
    resolve_by: date | None = None,
) -> DecisionRow:
    row = DecisionRow(
        body_id=work.body_id,
        case_id=case.id,
        kind=kind,
        decided_by=work.person_id,
        actor_kind=work.actor.kind,
        involvement_id=act.id,
        snapshot_id=snapshot.id if snapshot is not None else None,
        unmet=snapshot.unmet if snapshot is not None else None,
        requirements=requirements or [],
        reasons=[str(reason) for reason in reasons or []],
        resolve_by=resolve_by,
        decided_at=work.now,
        decided_on=work.today,
    )
    work.session.add(row)
    work.session.flush()  # the certificate refers to it
    return row


def _certificate(work: Work, case: CaseRow) -> CertificateRow:
    found = certificates.of_case(work, case.id)
    if found is None:
        raise NotFound("certificate")
    return found


def _grant(work: Work, case: CaseRow, decision: DecisionRow, limitations: str | None) -> Grant:
    """Return what the certificate is to say."""
    version = schemes.version_of(work, case.scheme_version_id)
    package, language = version.package, case.language
    level = next(item for item in package["levels"]["items"] if item["level"] == case.level)
    titles = {item["code"]: item["title"][language] for item in package["phases"]}
    assert version.published_on is not None
    return Grant(
        case_id=case.id,
        decision_id=decision.id,
        person_id=case.person_id,
        holder_name=people.known(work, case.person_id).printed_name,
        scheme_version_id=version.id,
        scheme_code=package["scheme"]["code"],
        scheme_title=package["scheme"]["title"][language],
        scheme_version=version.version,
        scheme_issued_on=version.published_on,
        level=case.level,
        level_title=level["public_title"][language],
        phases=tuple((code, titles[code]) for code in case.phases),
        endorsements=(),
        limitations=limitations,
        effective_on=work.today,
        expires_on=rules.expiry(work.today, package["parameters"]["cycle_months"]),
        decided_on=work.today,
        authorised_by=people.known(work, work.person_id).printed_name,
        language=language,
    )
