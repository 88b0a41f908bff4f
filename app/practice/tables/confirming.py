"""What others say about sessions: links for mentees, attestations."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Part, enum_type, keys, personal, restricted
from app.practice.rules import Capacity


class ConfirmationLinkRow(Part, table=True):
    """A one-time link by which one named mentee confirms the sessions that it was made for."""

    __tablename__ = "practice_confirmation_links"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "secret_hash"), stream="practice_engagements", part=True
    )

    secret_hash: str = restricted(max_length=64)
    mentee_name: str = personal(max_length=200)
    session_ids: list[str] = restricted(sa_type=sa.JSON)
    """Sessions logged later are not covered: the mentee confirms what she saw."""
    expires_at: datetime = restricted()
    used_at: datetime | None = restricted(None)


class AttestationRow(Part, table=True):
    """A named person's word that sessions of an engagement took place; it bars her from the mentor's case."""

    __tablename__ = "practice_attestations"
    __table_args__ = keys(
        stream="practice_engagements", attester_id="people", involvement_id="involvements", part=True
    )

    attester_id: UUID = restricted()
    involvement_id: UUID = restricted()
    capacity: Capacity = restricted(sa_type=enum_type(Capacity))
    basis: str = personal(max_length=4000)
    attested_on: date = restricted()
    sessions: int = restricted()
