"""Samples of attestations, and the check of each that was drawn."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, enum_type, keys, personal, restricted
from app.practice.rules.sampling import CheckOutcome

_INVOLVED = (
    "EXISTS (SELECT 1 FROM practice_attestations a, practice_engagements e WHERE a.body_id = NEW.body_id"
    " AND a.id = NEW.attestation_id AND e.body_id = a.body_id AND e.id = a.stream"
    " AND {who} IN (a.attester_id, e.person_id))"
)
_DRAWER = "(SELECT s.drawn_by FROM practice_samples s WHERE s.body_id = NEW.body_id AND s.id = NEW.stream)"


class SampleRow(Audited, table=True):
    """A share of the attestations given in a period, drawn by a seed that nobody chose."""

    __tablename__ = "practice_samples"
    __table_args__ = keys(
        sa.CheckConstraint("given_until >= given_from", name="dates"),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),
        sa.CheckConstraint("drawn BETWEEN 1 AND attestations", name="drawn"),
        drawn_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_drawn", "7.3", "UPDATE", "1 = 1"),)

    given_from: date = restricted()
    given_until: date = restricted()
    percent: int = restricted()
    seed: str = restricted(max_length=64)
    attestations: int = restricted()
    """How many could have been drawn."""
    frame_sha256: str = restricted(max_length=64)
    """Hash of their ids, so that nobody can say later that there were others."""
    drawn: int = restricted()
    drawn_by: UUID = restricted()
    drawn_on: date = restricted()


class AttestationCheckRow(Part, table=True):
    """A drawn attestation; it is checked once, by somebody who neither gave it nor is its mentor."""

    __tablename__ = "practice_attestation_checks"
    __table_args__ = keys(
        sa.Index(None, "body_id", "stream"),
        sa.UniqueConstraint("body_id", "attestation_id"),
        sa.CheckConstraint("(outcome IS NULL) = (checked_by IS NULL)", name="checked_by"),
        sa.CheckConstraint("(outcome IS NULL) = (checked_on IS NULL)", name="checked_on"),
        sa.CheckConstraint("(outcome IS NULL) = (note IS NULL)", name="note"),
        stream="practice_samples",
        attestation_id="practice_attestations",
        checked_by="people",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("drawn_open", "7.3", "INSERT", "NEW.outcome IS NOT NULL"),
        Guard("drawn_by_involved", "7.3", "INSERT", _INVOLVED.format(who=_DRAWER)),
        Guard(
            "checked_once",
            "7.3",
            "UPDATE",
            "OLD.outcome IS NOT NULL OR NEW.attestation_id <> OLD.attestation_id",
        ),
        Guard("checked_by_involved", "7.3", "UPDATE", _INVOLVED.format(who="NEW.checked_by")),
    )

    attestation_id: UUID = restricted()
    outcome: CheckOutcome | None = restricted(None, sa_type=enum_type(CheckOutcome))
    """Empty until it is checked."""
    checked_by: UUID | None = restricted(None)
    checked_on: date | None = restricted(None)
    note: str | None = personal(None, max_length=4000)
    """How it was checked: whom asked, which list seen."""
