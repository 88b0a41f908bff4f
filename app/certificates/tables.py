"""Certificates, their documents, and the counters behind their numbers."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.certificates.rules import CertificateState, DocumentState, ScopeDimension
from app.core.table import Audited, Guard, Part, Table, enum_type, keys, personal, public, restricted


class NumberCounterRow(Table, table=True):
    """The last serial given under one prefix; locked in the granting work, so that no number is skipped."""

    __tablename__ = "certificate_counters"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "prefix"))

    prefix: str = public(max_length=40)
    last: int = public()


_OF_A_GRANT = (
    "EXISTS (SELECT 1 FROM decisions d JOIN cases c ON c.body_id = d.body_id AND c.id = d.case_id"
    " WHERE d.body_id = NEW.body_id AND d.id = NEW.decision_id AND d.kind = 'grant'"
    " AND d.case_id = NEW.case_id AND c.person_id = NEW.person_id"
    " AND c.scheme_version_id = NEW.scheme_version_id AND NOT c.is_pilot)"
)


class CertificateRow(Audited, table=True):
    """One certificate: frozen content, the columns of its register entry, a state that decisions move."""

    __tablename__ = "certificates"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "number"),
        sa.UniqueConstraint("body_id", "code"),
        sa.UniqueConstraint("body_id", "decision_id"),
        sa.Index(None, "body_id", "person_id"),
        sa.Index(None, "body_id", "case_id"),
        sa.CheckConstraint("effective_on >= decided_on", name="effective"),
        sa.CheckConstraint("expires_on > effective_on", name="expires"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        case_id="cases",
        decision_id="decisions",
        person_id="people",
        scheme_version_id="scheme_versions",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("of_a_grant", "DEC-4", "INSERT", f"NOT {_OF_A_GRANT}"),
        Guard(
            "frozen",
            "CRT-2",
            "UPDATE",
            " OR ".join(
                f"CAST(NEW.{name} AS TEXT) <> CAST(OLD.{name} AS TEXT)"
                for name in (
                    "number", "code", "case_id", "decision_id", "person_id", "content", "scheme_version_id",
                    "scheme_code", "scheme_version", "level", "phases", "endorsements", "decided_on",
                    "effective_on", "expires_on",
                )
            ),
        ),
    )  # fmt: skip

    number: str = public(max_length=40)
    code: str = restricted(max_length=20)
    case_id: UUID = restricted()
    decision_id: UUID = restricted()
    person_id: UUID = restricted()
    content: dict[str, Any] = personal(sa_type=sa.JSON)
    """The one object that document, register and answers are rendered from."""
    scheme_version_id: UUID = public()
    scheme_code: str = public(max_length=64)
    scheme_version: str = public(max_length=20)
    level: int = public()
    phases: list[str] = public(sa_type=sa.JSON)
    endorsements: list[str] = public(sa_type=sa.JSON)
    decided_on: date = public()
    effective_on: date = public()
    expires_on: date = public()
    state: CertificateState = public(CertificateState.VALID, sa_type=enum_type(CertificateState))


_IN_CONTENT = (
    "EXISTS (SELECT 1 FROM certificates c WHERE c.body_id = NEW.body_id AND c.id = NEW.certificate_id"
    " AND REPLACE(CASE NEW.dimension WHEN 'phase' THEN CAST(c.phases AS TEXT)"
    " ELSE CAST(c.endorsements AS TEXT) END, '\"' || NEW.code || '\"', '') <>"
    " CASE NEW.dimension WHEN 'phase' THEN CAST(c.phases AS TEXT) ELSE CAST(c.endorsements AS TEXT) END)"
)


class ScopeRow(Table, table=True):
    """One phase or endorsement of a certificate, to be found by; frozen like the certificate itself."""

    __tablename__ = "certificate_scopes"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "dimension", "code", "certificate_id"),
        sa.Index(None, "body_id", "certificate_id"),
        certificate_id="certificates",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("of_the_content", "CRT-2", "INSERT", f"NOT {_IN_CONTENT}"),
        Guard("frozen", "CRT-2", "UPDATE", "1 = 1"),
        Guard("kept", "CRT-2", "DELETE", "1 = 1"),
    )

    certificate_id: UUID = public()
    dimension: ScopeDimension = public(sa_type=enum_type(ScopeDimension))
    code: str = public(max_length=64)


class DocumentRow(Part, table=True):
    """One edition of a certificate's (`stream`) document; once sealed bytes are stored it never changes."""

    __tablename__ = "certificate_documents"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "edition"),
        sa.Index(None, "body_id", "sha256"),
        sa.CheckConstraint(
            "state = 'pending' OR (sha256 IS NOT NULL AND file_id IS NOT NULL AND kid IS NOT NULL"
            " AND pades_level IS NOT NULL)",
            name="ready",
        ),
        part=True,
        stream="certificates",
        file_id="files",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("frozen", "CRT-1", "UPDATE", "OLD.state = 'ready' OR NEW.edition <> OLD.edition"),
    )

    edition: int = public()
    state: DocumentState = public(DocumentState.PENDING, sa_type=enum_type(DocumentState))
    sha256: str | None = public(None, max_length=64)
    file_id: UUID | None = restricted(None)
    kid: str | None = public(None, max_length=80)
    pades_level: str | None = public(None, max_length=10)

    @property
    def certificate_id(self) -> UUID:
        """The certificate that this is a document of."""
        return self.stream
