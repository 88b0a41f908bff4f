"""What the API tells about certificates."""

from datetime import date
from uuid import UUID

from app.certificates.rules import CertificateState, DocumentState, Status
from app.core.schema import Schema


class NamedRead(Schema):
    """A code of the scheme with its title in the certificate's language."""

    code: str
    title: str


class DocumentRead(Schema):
    """The sealed document of a certificate: being made, or ready with the hash of its bytes."""

    edition: int
    state: DocumentState
    sha256: str | None
    kid: str | None
    pades_level: str | None


class CertificateRead(Schema):
    """A certificate: what it says, the state that decisions gave it, and its status today."""

    id: UUID
    rev: int
    number: str
    code: str
    person_id: UUID
    case_id: UUID
    decision_id: UUID
    holder_name: str
    scheme_code: str
    scheme_title: str
    scheme_version: str
    level: int
    level_title: str
    phases: list[NamedRead]
    endorsements: list[NamedRead]
    limitations: str
    language: str
    decided_on: date
    effective_on: date
    expires_on: date
    state: CertificateState
    status: Status
    verify_url: str
    document: DocumentRead


class CertificateList(Schema):
    """All certificates of a person, newest first."""

    items: list[CertificateRead]
