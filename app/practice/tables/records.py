"""Records of everything else that a mentor shows."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, ScaledDecimal, enum_type, keys, personal, restricted
from app.practice.rules import RecordKind


class PracticeRecordRow(Audited, table=True):
    """Experience, training, feedback, reflection, supervision or CPD of one mentor."""

    __tablename__ = "practice_records"
    __table_args__ = keys(
        sa.Index(None, "body_id", "person_id"),
        sa.UniqueConstraint("body_id", "person_id", "origin"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates"),
        sa.CheckConstraint("entry_id IS NOT NULL OR NOT backed_there", name="backed_there"),
        sa.CheckConstraint("engagement_id IS NULL OR kind = 'feedback'", name="from_mentee"),
        person_id="people",
        engagement_id="practice_engagements",
        attested_by="people",
        entry_id="practice_entries",
        audited=True,
    )

    person_id: UUID = restricted()
    kind: RecordKind = restricted(sa_type=enum_type(RecordKind))
    started_on: date = restricted()
    ended_on: date | None = restricted(None)
    hours: Decimal | None = restricted(None, sa_type=ScaledDecimal(2))
    given_by: str | None = personal(None, max_length=200)
    note: str | None = personal(None, max_length=4000)
    engagement_id: UUID | None = restricted(None)
    """Set where the mentee of this engagement gave the feedback through her link."""
    attested_by: UUID | None = restricted(None)
    entry_id: UUID | None = restricted(None)
    """The portfolio from another body that it came with."""
    origin: UUID | None = restricted(None)
    """Its id there, so that it does not come in twice."""
    backed_there: bool = restricted(False)
    """Whether the other body has it from a mentee, or attested."""
