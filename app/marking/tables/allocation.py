"""What a body decides about marking, and what is known of its assessors: scopes and loads."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, ScaledDecimal, enum_type, keys, restricted
from app.marking.rules.allocation import Basis, Cefr


class MarkingPolicyRow(Audited, table=True):
    """One decision of the body about marking in a scheme; the newest counts, the others stay."""

    __tablename__ = "marking_policies"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "scheme_id", "number"),
        sa.CheckConstraint("most_open BETWEEN 1 AND 100", name="most_open"),
        sa.CheckConstraint("agreement_gate BETWEEN 1 AND 99", name="gate"),
        sa.CheckConstraint("agreement_least BETWEEN 2 AND 500", name="least"),
        sa.CheckConstraint(
            "moderation_percent BETWEEN 0 AND 100 AND moderation_least >= 0"
            " AND moderation_margin BETWEEN 0 AND 500",
            name="moderation",
        ),
        scheme_id="schemes",
        set_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_set", "EXM-6", "UPDATE", "1 = 1"),)

    scheme_id: UUID = restricted()
    number: int = restricted()
    language_level: Cefr = restricted(sa_type=enum_type(Cefr))
    most_open: int = restricted()
    agreement_gate: Decimal = restricted(sa_type=ScaledDecimal(2))
    agreement_least: int = restricted()
    is_moderated: bool = restricted()
    moderation_percent: int = restricted()
    moderation_least: int = restricted()
    moderation_margin: Decimal = restricted(sa_type=ScaledDecimal(2))
    set_by: UUID = restricted()
    set_on: date = restricted()


class AssessorScopeRow(Audited, table=True):
    """What an assessor may judge in a scheme, recorded with its evidence; only its end may change (PER-1)."""

    __tablename__ = "assessor_scopes"
    __table_args__ = keys(
        sa.Index(None, "body_id", "person_id"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        sa.CheckConstraint("valid_until >= valid_from", name="validity"),
        sa.CheckConstraint("person_id <> recorded_by", name="recorded_by_another"),
        sa.CheckConstraint(
            "basis <> 'own_level' OR own_level IS NOT NULL AND level <= own_level", name="own_level"
        ),
        scheme_id="schemes",
        person_id="people",
        recorded_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_recorded",
            "PER-1",
            "UPDATE",
            "NEW.valid_until > OLD.valid_until OR NEW.person_id <> OLD.person_id"
            " OR NEW.scheme_id <> OLD.scheme_id OR NEW.level <> OLD.level OR NEW.basis <> OLD.basis"
            " OR NEW.valid_from <> OLD.valid_from"
            " OR CAST(NEW.components AS TEXT) <> CAST(OLD.components AS TEXT)"
            " OR CAST(NEW.languages AS TEXT) <> CAST(OLD.languages AS TEXT)",
        ),
    )

    person_id: UUID = restricted()
    scheme_id: UUID = restricted()
    components: list[str] = restricted(sa_type=sa.JSON)
    level: int = restricted()
    """The highest level that she may judge."""
    own_level: int | None = restricted(None)
    """The level that she holds as a mentor."""
    phases: list[str] = restricted(sa_type=sa.JSON)
    endorsements: list[str] = restricted(sa_type=sa.JSON)
    languages: dict[str, str] = restricted(sa_type=sa.JSON)
    basis: Basis = restricted(sa_type=enum_type(Basis))
    evidence: str = restricted(max_length=4000)
    valid_from: date = restricted()
    valid_until: date = restricted()
    recorded_by: UUID = restricted()
    recorded_at: datetime = restricted()


class AssessorLoadRow(Audited, table=True):
    """How many assignments an assessor takes at once, as she or the staff last said."""

    __tablename__ = "assessor_loads"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "person_id"),
        sa.CheckConstraint("most_open BETWEEN 0 AND 100", name="most_open"),
        person_id="people",
        told_by="people",
        audited=True,
    )

    person_id: UUID = restricted()
    most_open: int = restricted()
    told_by: UUID = restricted()
    told_on: date = restricted()
