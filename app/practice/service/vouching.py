"""Use cases of attested evidence: a named person's word in place of a document that stays where it is."""

from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, NotFound
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.people import service as people
from app.practice import queries
from app.practice.rules import EvidenceKind
from app.practice.schemas.evidence import EvidenceAttest
from app.practice.tables import EvidenceAttestationRow, EvidenceRow
from app.work import Work


def to_attest(work: Work, evidence_id: UUID) -> dict[str, object]:
    """Show who may attest what she is asked to attest; the access is recorded."""
    work.require(Permission.PRACTICE_ATTEST)
    row = _attestable(work, evidence_id)
    work.record(Event.RECORD_DISCLOSED, row, what="evidence to attest")
    return _asked(work, row)


def attest_evidence(work: Work, evidence_id: UUID, told: EvidenceAttest) -> dict[str, object]:
    """Attest a document in one's own name; it bars from every duty in the mentor's case (amendment 3)."""
    work.require(Permission.PRACTICE_ATTEST)
    row = _attestable(work, evidence_id)
    queries.lock_mentor(work, row.person_id)
    if row.person_id == work.person_id:
        raise Conflict("own_practice_attested")
    if queries.evidence_attestations(work, [row.id]):
        raise Conflict("evidence_attested_already")
    act = impartiality.note_fact(
        work,
        Act.REFEREED,
        person_id=work.person_id,
        candidate_id=row.person_id,
        started_on=min(_since(work, row), work.today),
        ended_on=work.today,
    )
    attestation = EvidenceAttestationRow(
        body_id=work.body_id,
        stream=row.id,
        attester_id=work.person_id,
        involvement_id=act.id,
        attested_on=work.today,
        **told.model_dump(),
    )
    work.session.add(attestation)
    work.record(Event.EVIDENCE_ATTESTED, row, capacity=told.capacity)
    work.session.flush()  # the answer reads the attestation back
    return _asked(work, row)


def _attestable(work: Work, evidence_id: UUID) -> EvidenceRow:
    """Return what may be attested; who attests has no business with anything else."""
    row = queries.evidence(work, evidence_id)
    if row.kind is not EvidenceKind.ATTESTATION:
        raise NotFound("evidence")
    return row


def _since(work: Work, row: EvidenceRow) -> date:
    if row.engagement_id is not None:
        return queries.engagement(work, row.engagement_id).started_on
    assert row.record_id is not None
    return queries.record_of(work, row.person_id, row.record_id).started_on


def _asked(work: Work, row: EvidenceRow) -> dict[str, object]:
    attestations = queries.evidence_attestations(work, [row.id])
    return row.model_dump(include={"id", "engagement_id", "milestone", "record_id", "title"}) | {
        "mentor_name": people.known(work, row.person_id).printed_name,
        "attestation": attestations[0] if attestations else None,
    }
