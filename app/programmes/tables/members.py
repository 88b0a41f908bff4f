"""What a member works on in a programme."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Guard, Part, keys, restricted

_BY_A_MEMBER = (
    "EXISTS (SELECT 1 FROM programme_requests r JOIN practice_engagements e ON e.body_id = r.body_id"
    " AND e.person_id = r.person_id JOIN programmes p ON p.body_id = r.body_id AND p.id = r.programme_id"
    " WHERE r.body_id = NEW.body_id AND r.id = NEW.stream AND r.state = 'member'"
    " AND r.inducted_on <= NEW.linked_on AND e.id = NEW.engagement_id AND e.state = 'open'"
    " AND NOT e.own_interest AND p.state = 'running')"
)
_STANDS = sa.text("unlinked_on IS NULL")


class LinkRow(Part, table=True):
    """An engagement of a member (`stream` = her request) that runs in the programme."""

    __tablename__ = "programme_engagements"
    __table_args__ = keys(
        sa.Index(
            "uq_programme_engagements_one_programme",
            "body_id",
            "engagement_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        sa.Index(None, "body_id", "stream"),
        sa.CheckConstraint("unlinked_on IS NULL OR unlinked_on >= linked_on", name="dates"),
        stream="programme_requests",
        engagement_id="practice_engagements",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("by_a_member", "PRG-3", "INSERT", f"NOT {_BY_A_MEMBER}"),
        Guard(
            "kept_as_linked",
            "PRG-3",
            "UPDATE",
            "NEW.engagement_id <> OLD.engagement_id OR NEW.linked_on <> OLD.linked_on"
            " OR OLD.unlinked_on IS NOT NULL",
        ),
    )

    engagement_id: UUID = restricted()
    linked_on: date = restricted()
    unlinked_on: date | None = restricted(None)
