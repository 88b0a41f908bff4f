"""What the API accepts and tells about samples of attestations and their checks."""

from datetime import date
from uuid import UUID

from pydantic import Field, model_validator

from app.core.schema import Day, Prose, Schema
from app.practice.rules import Capacity, SessionState
from app.practice.rules.sampling import CheckOutcome


class SampleCreate(Schema):
    """Of which attestations a share is drawn; those that were drawn before are left out."""

    given_from: Day = Field(examples=["2026-01-01"])
    given_until: Day = Field(examples=["2026-03-01"])
    percent: int = Field(ge=1, le=100, examples=[10], description="The share, rounded up: at least one.")

    @model_validator(mode="after")
    def _in_order(self) -> "SampleCreate":
        if self.given_until < self.given_from:
            raise ValueError("the end lies before the start")
        return self


class SampleRead(Schema):
    """A sample: order the attestations by SHA-256 of seed, line feed and id, and take the first `drawn`."""

    id: UUID
    given_from: date
    given_until: date
    percent: int
    seed: str
    attestations: int = Field(
        description="How many could be drawn: not those of or about the drawer, nor those drawn before."
    )
    frame_sha256: str = Field(description="SHA-256 of their sorted ids with line feeds between them.")
    drawn: int
    drawn_by: UUID
    drawn_on: date


class AttestationCheckRead(Schema):
    """A drawn attestation; without an outcome it is still to be checked."""

    id: UUID
    sample_id: UUID
    attestation_id: UUID
    engagement_id: UUID
    attester_id: UUID
    capacity: Capacity
    attested_on: date
    sessions: int
    outcome: CheckOutcome | None
    checked_by: UUID | None
    checked_on: date | None


class AttestedSession(Schema):
    """A session that an attestation covered, as it stands now."""

    id: UUID
    held_on: date
    minutes: int
    state: SessionState


class AttestationToCheck(AttestationCheckRead):
    """All that is needed to check an attestation, and how it was checked."""

    mentor_name: str
    attester_name: str
    basis: str
    covered: list[AttestedSession]
    note: str | None


class AttestationCheck(Schema):
    """What came out, and how it was found out."""

    outcome: CheckOutcome = Field(examples=["upheld"])
    note: Prose = Field(
        examples=["Asked the programme's office by phone; saw its attendance list of 10 March."],
        description="How it was checked: whom asked, which list seen.",
    )
