"""What the API accepts and tells about evidence: to the mentor, to who attests, and to who assesses."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.access.permissions import Role
from app.core.schema import Day, Line, Prose, Schema
from app.practice.rules import Capacity, Confidentiality, EvidenceKind, Milestone
from app.practice.schemas.measuring import EngagementSummary

Sha256 = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[0-9A-Fa-f]{64}$")]
_PLAIN = r"A-Za-z0-9._~:?#\[\]!$&'()*+,;=%"
Address = Annotated[
    str, StringConstraints(max_length=2000, pattern=rf"^https?://[{_PLAIN}-]+(/[{_PLAIN}/@-]*)?$")
]
"""Of the web, without a name or password before the host; never fetched by the service."""


class EvidenceCreate(Schema):
    """Evidence for a record: a file, a link with hash or snapshot, or what somebody will attest."""

    title: Line = Field(
        examples=["Price list after the review, one page"],
        description="Those who assess read it, and see numbers in place of firms: it may name none.",
    )
    confidentiality: Confidentiality = Field(
        examples=["open"],
        description="open: shown as handed in. redacted: nothing but a redacted version is shown."
        " attested: nothing is handed in; a named person attests the document.",
    )
    consent_on: Day | None = Field(
        default=None, description="When the firm agreed; needed for evidence of an engagement."
    )
    is_redacted: bool = Field(default=False, description="The file has no names in it any more.")
    url: Address | None = Field(
        default=None, description="Kept with a snapshot (as file) or the hash of what stood there."
    )
    sha256: Sha256 | None = Field(
        default=None, description="Of the file or snapshot; without one, of what stood at the address."
    )


class EngagementEvidenceCreate(EvidenceCreate):
    """Evidence for an engagement, or for one of its milestones."""

    milestone: Milestone | None = None


class EvidenceVersionRead(Schema):
    """One version; `sha256` pins it, and `media_type` is what the bytes themselves show."""

    id: UUID
    number: int
    is_redacted: bool
    sha256: str
    size: int
    media_type: str | None
    url: str | None
    has_bytes: bool
    added_at: datetime


class EvidenceAttestationRead(Schema):
    """That somebody attested the document; whoever did can hold no duty in the mentor's certification."""

    capacity: Capacity
    attested_on: date


class EvidenceRead(Schema):
    """A piece of evidence as its mentor sees it, with all versions and the one that is shown to others."""

    id: UUID
    engagement_id: UUID | None
    milestone: Milestone | None
    record_id: UUID | None
    kind: EvidenceKind
    title: str
    confidentiality: Confidentiality
    consent_on: date | None
    versions: list[EvidenceVersionRead]
    shown_version: int | None
    attestation: EvidenceAttestationRead | None


class EvidenceShown(Schema):
    """A piece of evidence as those who assess see it: the version that they may open, if any."""

    id: UUID
    engagement_id: UUID | None
    milestone: Milestone | None
    record_id: UUID | None
    kind: EvidenceKind
    title: str
    confidentiality: Confidentiality
    consent_on: date | None
    version: EvidenceVersionRead | None
    is_after_submission: bool = Field(description="The shown version was handed in after the application.")
    attestation: EvidenceAttestationRead | None


class PortfolioRead(Schema):
    """What a candidate shows, under numbers in place of firms."""

    engagements: list[EngagementSummary]
    evidence: list[EvidenceShown]


class EvidenceToAttest(Schema):
    """What somebody is asked to attest."""

    id: UUID
    mentor_name: str
    engagement_id: UUID | None
    milestone: Milestone | None
    record_id: UUID | None
    title: str
    attestation: EvidenceAttestationRead | None


class EvidenceAttest(Schema):
    """A named person's word that the document exists and shows what its title says."""

    capacity: Capacity = Field(examples=["programme"])
    basis: Prose = Field(examples=["I read the contract at the firm on 4 May 2025."])


class Access(Schema):
    """One opening of a piece of evidence by somebody who assesses."""

    on: date
    role: Role
    version: int


class AccessList(Schema):
    """Who opened a piece of evidence, by role and day; the log keeps the person for the auditor."""

    items: list[Access]
