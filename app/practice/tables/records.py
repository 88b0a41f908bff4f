"""Records of everything else that a mentor shows."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, ScaledDecimal, enum_type, keys, personal, restricted
from app.practice.rules import RecordKind
from app.practice.rules.questions import Audience


class PracticeRecordRow(Audited, table=True):
    """One thing that a mentor shows beside sessions; its kind says which columns it needs."""

    __tablename__ = "practice_records"
    __table_args__ = keys(
        sa.Index(None, "body_id", "person_id"),
        sa.UniqueConstraint("body_id", "origin"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates"),
        sa.CheckConstraint("entry_id IS NOT NULL OR NOT backed_there", name="backed_there"),
        sa.CheckConstraint("engagement_id IS NULL OR kind = 'feedback'", name="from_mentee"),
        sa.CheckConstraint("audience IS NULL OR engagement_id IS NOT NULL", name="heard"),
        sa.CheckConstraint("kind <> 'referral' OR element IS NOT NULL", name="referral"),
        person_id="people",
        engagement_id="practice_engagements",
        attested_by="people",
        entry_id="practice_entries",
        audited=True,
    )

    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "heard_by_whom_it_was_for",
            "7.3",
            "UPDATE",
            "COALESCE(NEW.audience, '') <> COALESCE(OLD.audience, '')",
        ),
    )

    person_id: UUID = restricted()
    kind: RecordKind = restricted(sa_type=enum_type(RecordKind))
    type: str | None = restricted(None, max_length=40)
    """Code of a type of activity of the body; shipped ones have no row, so that no key can hold it."""
    started_on: date = restricted()
    ended_on: date | None = restricted(None)
    hours: Decimal | None = restricted(None, sa_type=ScaledDecimal(2))
    given_by: str | None = personal(None, max_length=200)
    """Who gave the training, feedback or award, or watched or was watched."""
    to_whom: str | None = personal(None, max_length=200)
    """Whom a mentee was brought together with or, in general terms, whom a need was referred to."""
    element: str | None = restricted(None, max_length=64)
    """The element of a skill card that the record speaks of."""
    note: str | None = personal(None, max_length=4000)
    engagement_id: UUID | None = restricted(None)
    """Set where the mentee of this engagement gave the feedback through her link."""
    audience: Audience | None = restricted(None, sa_type=enum_type(Audience))
    """Whom the mentee's feedback is for; None where she was not asked, and the mentor read it."""
    attested_by: UUID | None = restricted(None)
    entry_id: UUID | None = restricted(None)
    """The portfolio from another body that it came with."""
    origin: UUID | None = restricted(None)
    """Its id there, so that it does not come in twice."""
    backed_there: bool = restricted(False)
    """Whether the other body has it from a mentee, or attested."""
