"""Evidence of practice: what it is about, its versions, and attestations in place of documents."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, enum_type, keys, personal, restricted
from app.practice.rules import Capacity, Confidentiality, EvidenceKind, Milestone

_KIND = "(SELECT e.kind FROM practice_evidence e WHERE e.body_id = NEW.body_id AND e.id = NEW.stream)"
_BEFORE = (
    "(SELECT COUNT(*) FROM practice_evidence_versions v WHERE v.body_id = NEW.body_id"
    " AND v.stream = NEW.stream)"
)
_OTHER_BYTES = (
    "NEW.file_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM files f WHERE f.body_id = NEW.body_id"
    " AND f.id = NEW.file_id AND f.sha256 = NEW.sha256 AND f.size = NEW.size AND f.kind = 'evidence')"
)
_NOT_IN_LEDGER = (
    "NOT EXISTS (SELECT 1 FROM involvements i, practice_evidence e WHERE i.body_id = NEW.body_id"
    " AND i.id = NEW.involvement_id AND i.person_id = NEW.attester_id AND i.act = 'refereed'"
    " AND e.body_id = NEW.body_id AND e.id = NEW.stream AND i.candidate_id = e.person_id)"
)


class EvidenceRow(Audited, table=True):
    """One thing that a mentor shows for an engagement or a record; it stays as it was handed in (FIL-2)."""

    __tablename__ = "practice_evidence"
    __table_args__ = keys(
        sa.Index(None, "body_id", "person_id"),
        sa.CheckConstraint("(engagement_id IS NULL) <> (record_id IS NULL)", name="about"),
        sa.CheckConstraint("milestone IS NULL OR engagement_id IS NOT NULL", name="of_engagement"),
        sa.CheckConstraint("engagement_id IS NULL OR consent_on IS NOT NULL", name="consent"),
        sa.CheckConstraint("(kind = 'attestation') = (confidentiality = 'attested')", name="attested"),
        person_id="people",
        engagement_id="practice_engagements",
        record_id="practice_records",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_handed_in", "FIL-2", "UPDATE", "1 = 1"),)

    person_id: UUID = restricted()
    engagement_id: UUID | None = restricted(None)
    record_id: UUID | None = restricted(None)
    milestone: Milestone | None = restricted(None, sa_type=enum_type(Milestone))
    """The milestone of the engagement that it is to show."""
    kind: EvidenceKind = restricted(sa_type=enum_type(EvidenceKind))
    title: str = personal(max_length=200)
    confidentiality: Confidentiality = restricted(sa_type=enum_type(Confidentiality))
    consent_on: date | None = restricted(None)
    """When the firm agreed that it is shown; a record of the mentor's own needs nobody's consent."""


class EvidenceVersionRow(Part, table=True):
    """One version: bytes or an address, pinned by SHA-256. What follows the first is redacted (FIL-2)."""

    __tablename__ = "practice_evidence_versions"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "number"),
        sa.CheckConstraint("number = 1 OR is_redacted", name="redacted_later"),
        sa.CheckConstraint("file_id IS NOT NULL OR url IS NOT NULL", name="content"),
        sa.CheckConstraint("(file_id IS NULL) = (media_type IS NULL)", name="media_type"),
        sa.CheckConstraint("NOT is_redacted OR url IS NULL", name="redacted_file"),
        stream="practice_evidence",
        file_id="files",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_handed_in", "FIL-2", "UPDATE", "1 = 1"),
        Guard("in_order", "FIL-2", "INSERT", f"NEW.number <> {_BEFORE} + 1"),
        Guard("of_attestation", "FIL-2", "INSERT", f"{_KIND} = 'attestation'"),
        Guard("other_bytes", "FIL-2", "INSERT", _OTHER_BYTES),
    )

    number: int = restricted()
    sha256: str = restricted(max_length=64)
    """Of the bytes; of a link without snapshot, what the mentor says stood there."""
    size: int = restricted(0)
    media_type: str | None = restricted(None, max_length=80)
    file_id: UUID | None = restricted(None)
    url: str | None = personal(None, max_length=2000)
    is_redacted: bool = restricted()
    added_at: datetime = restricted()


class EvidenceAttestationRow(Part, table=True):
    """A named person's word for a document that she has seen; it bars her from the mentor's case."""

    __tablename__ = "practice_evidence_attestations"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream"),
        stream="practice_evidence",
        attester_id="people",
        involvement_id="involvements",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_given", "FIL-2", "UPDATE", "1 = 1"),
        Guard("of_document", "FIL-2", "INSERT", f"{_KIND} <> 'attestation'"),
        Guard("not_in_ledger", "IMP-2", "INSERT", _NOT_IN_LEDGER),
    )

    attester_id: UUID = restricted()
    involvement_id: UUID = restricted()
    capacity: Capacity = restricted(sa_type=enum_type(Capacity))
    basis: str = personal(max_length=4000)
    attested_on: date = restricted()
