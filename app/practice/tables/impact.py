"""Figures of mentored firms, the consents that they rest on, and what a body counts besides."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, ScaledDecimal, enum_type, keys, personal, restricted
from app.practice.rules.impact import LinkPurpose, Moment, Teller, Unit
from app.practice.tables.links import USED_ONCE

_NEWEST_REFUSES = (
    "NOT EXISTS (SELECT 1 FROM practice_consents c WHERE c.body_id = NEW.body_id AND c.stream = NEW.stream"
    " AND (c.to_assessors OR c.in_statistics) AND c.number = (SELECT max(n.number) FROM practice_consents n"
    " WHERE n.body_id = NEW.body_id AND n.stream = NEW.stream))"
)


class IndicatorRow(Audited, table=True):
    """What a body counts in mentored firms beyond what every body does; its code and unit stay."""

    __tablename__ = "practice_indicators"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "code"), audited=True)
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_defined", "7.3", "UPDATE", "NEW.code <> OLD.code OR NEW.unit <> OLD.unit"),
    )

    code: str = restricted(max_length=40)
    unit: Unit = restricted(sa_type=enum_type(Unit))
    text: dict[str, str] = restricted(sa_type=sa.JSON)
    defined_on: date = restricted()
    retired_on: date | None = restricted(None)
    """From here on nobody is asked for it; what was told stays."""


class ConsentRow(Part, table=True):
    """What a mentee allowed, or refused, for her firm's figures; the newest of an engagement stands."""

    __tablename__ = "practice_consents"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "number"),
        stream="practice_engagements",
        mentee_id="practice_mentees",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_given", "7.3", "UPDATE", "1 = 1"),)

    number: int = restricted()
    mentee_id: UUID = restricted()
    to_assessors: bool = restricted()
    in_statistics: bool = restricted()
    given_on: date = restricted()


class FigureRow(Part, table=True):
    """One figure of a firm at one time; amount and currency are gone once the consent is."""

    __tablename__ = "practice_figures"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "indicator", "moment"),
        stream="practice_engagements",
        consent_id="practice_consents",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("with_consent", "7.3", "INSERT", _NEWEST_REFUSES),
        Guard("still_with_consent", "7.3", "UPDATE", f"NEW.amount IS NOT NULL AND {_NEWEST_REFUSES}"),
        Guard(
            "same_figure",
            "7.3",
            "UPDATE",
            "NEW.stream <> OLD.stream OR NEW.indicator <> OLD.indicator OR NEW.moment <> OLD.moment",
        ),
    )

    indicator: str = restricted(max_length=40)
    moment: Moment = restricted(sa_type=enum_type(Moment))
    consent_id: UUID = restricted()
    told_by: Teller = restricted(sa_type=enum_type(Teller))
    as_of: date | None = personal(None)
    amount: Decimal | None = personal(None, sa_type=ScaledDecimal(2))
    currency: str | None = personal(None, max_length=3)


class ImpactLinkRow(Part, table=True):
    """A mentee's link about her firm's figures: to consent and tell, or to take consent back."""

    __tablename__ = "practice_impact_links"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "secret_hash"),
        sa.CheckConstraint("(purpose = 'withdraw') = (expires_at IS NULL)", name="expires"),
        stream="practice_engagements",
        mentee_id="practice_mentees",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (USED_ONCE,)

    secret_hash: str = restricted(max_length=64)
    purpose: LinkPurpose = restricted(sa_type=enum_type(LinkPurpose))
    mentee_id: UUID = restricted()
    expires_at: datetime | None = restricted(None)
    used_at: datetime | None = restricted(None)
