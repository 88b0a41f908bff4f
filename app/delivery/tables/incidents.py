"""What went wrong around an examination."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, personal, restricted
from app.delivery.rules.incidents import IncidentKind, IncidentState


class IncidentRow(Audited, table=True):
    """Something that may touch the worth of a result: until it is closed, what it names does not count."""

    __tablename__ = "incidents"
    __table_args__ = keys(
        sa.Index(None, "body_id", "attempt_id"),
        sa.Index(None, "body_id", "form_id"),
        sa.CheckConstraint(
            "attempt_id IS NOT NULL OR form_id IS NOT NULL OR slot_id IS NOT NULL", name="about"
        ),
        sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_on"),
        sa.CheckConstraint("closed_by IS NULL OR closed_by <> reported_by", name="closed_by_another"),
        slot_id="slots",
        attempt_id="attempts",
        form_id="forms",
        reported_by="people",
        closed_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_reported",
            "SEC-1",
            "UPDATE",
            "OLD.state = 'closed' OR NEW.told <> OLD.told OR NEW.kind <> OLD.kind"
            " OR NEW.reported_by <> OLD.reported_by",
        ),
    )

    kind: IncidentKind = restricted(sa_type=enum_type(IncidentKind))
    slot_id: UUID | None = restricted(None)
    attempt_id: UUID | None = restricted(None)
    form_id: UUID | None = restricted(None)
    told: str = personal(max_length=4000)
    reported_by: UUID = restricted()
    reported_at: datetime = restricted()
    state: IncidentState = restricted(IncidentState.OPEN, sa_type=enum_type(IncidentState))
    finding: str | None = personal(None, max_length=4000)
    """What was found and done, as whoever closed it says."""
    closed_by: UUID | None = restricted(None)
    closed_on: date | None = restricted(None)
