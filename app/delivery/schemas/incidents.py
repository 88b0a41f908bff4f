"""What the API accepts and tells about incidents and calendar links."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.core.schema import Prose, Schema
from app.delivery.rules.incidents import IncidentKind, IncidentState
from app.delivery.schemas.sat import AttemptRead


class IncidentCreate(Schema):
    """What happened, and to which slot, attempt or form."""

    kind: IncidentKind = Field(examples=["technical"])
    slot_id: UUID | None = Field(default=None, examples=["01890000-0000-7000-8000-000000000005"])
    attempt_id: UUID | None = None
    form_id: UUID | None = None
    told: Prose = Field(examples=["The power failed for ten minutes; nobody left the room."])


class IncidentRead(Schema):
    """An incident; while it is open, nothing that it names is released."""

    id: UUID
    rev: int
    kind: IncidentKind
    slot_id: UUID | None
    attempt_id: UUID | None
    form_id: UUID | None
    told: str
    reported_by: UUID
    reported_at: datetime
    state: IncidentState
    finding: str | None
    closed_by: UUID | None
    closed_on: date | None


class IncidentClose(Schema):
    """What was found, and what was done about it."""

    finding: Prose = Field(examples=["Ten minutes were added for all; nothing was lost."])


class TouchedAttempts(Schema):
    """The attempts that an incident touches, oldest first."""

    items: list[AttemptRead]


class CalendarLink(Schema):
    """The secret address of one's calendar; it is told once."""

    url: str
