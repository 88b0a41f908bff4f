"""What others say about sessions: links for mentees, attestations."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Guard, Part, enum_type, keys, personal, restricted
from app.practice.rules import Capacity
from app.practice.tables.links import USED_ONCE


class MenteeRow(Part, table=True):
    """A person of the mentored firm, and where mail reaches her; she confirms, and needs no account."""

    __tablename__ = "practice_mentees"
    __table_args__ = keys(sa.Index(None, "body_id", "stream"), stream="practice_engagements", part=True)
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_added",
            "7.3",
            "UPDATE",
            "NEW.stream <> OLD.stream OR NEW.added_on <> OLD.added_on"
            " OR NEW.name <> OLD.name OR NEW.email <> OLD.email OR OLD.left_on IS NOT NULL",
        ),
    )

    name: str = personal(max_length=200)
    email: str = personal(max_length=254)
    language: str = restricted(max_length=2)
    added_on: date = restricted()
    left_on: date | None = restricted(None)


class ConfirmationLinkRow(Part, table=True):
    """A one-time link by which one named mentee confirms the sessions that it was made for."""

    __tablename__ = "practice_confirmation_links"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "secret_hash"),
        sa.UniqueConstraint("body_id", "stream", "for_month"),
        stream="practice_engagements",
        mentee_id="practice_mentees",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        USED_ONCE,
        Guard("covers", "7.3", "UPDATE", "CAST(NEW.session_ids AS TEXT) <> CAST(OLD.session_ids AS TEXT)"),
    )

    secret_hash: str = restricted(max_length=64)
    mentee_id: UUID | None = restricted(None)
    """Empty for links that were made before mentees had addresses of their own."""
    mentee_name: str = personal(max_length=200)
    for_month: date | None = restricted(None)
    """The month whose link the clock sent; empty where the mentor asked."""
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
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_given", "7.3", "UPDATE", "1 = 1"),
        Guard("covers", "7.3", "INSERT", "NEW.session_ids IS NULL"),
    )

    attester_id: UUID = restricted()
    involvement_id: UUID = restricted()
    capacity: Capacity = restricted(sa_type=enum_type(Capacity))
    basis: str = personal(max_length=4000)
    attested_on: date = restricted()
    sessions: int = restricted()
    session_ids: list[str] | None = restricted(None, sa_type=sa.JSON(none_as_null=True))
    """Which sessions it covers; empty only in attestations from before this was kept."""
