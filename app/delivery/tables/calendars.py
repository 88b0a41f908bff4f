"""Links by which a person's own calendar reads her bookings."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, keys, restricted


class CalendarLinkRow(Audited, table=True):
    """A secret address of a person's bookings; calendars cannot sign in, and it shows no more than times."""

    __tablename__ = "calendar_links"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "secret_hash"),
        sa.Index(None, "body_id", "person_id"),
        person_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_made",
            "SEC-2",
            "UPDATE",
            "OLD.ended_at IS NOT NULL OR NEW.secret_hash <> OLD.secret_hash"
            " OR NEW.person_id <> OLD.person_id",
        ),
    )

    person_id: UUID = restricted()
    secret_hash: str = restricted(max_length=64)
    made_at: datetime = restricted()
    ended_at: datetime | None = restricted(None)
