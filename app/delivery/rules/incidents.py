"""What may go wrong around an examination, and how long it stands in the way (SEC-1, SEC-3)."""

from enum import StrEnum
from uuid import UUID

from app.core.errors import Conflict, Invalid


class IncidentKind(StrEnum):
    """What happened."""

    LEAK = "leak"
    """Items are known to people who should not know them."""
    CHEATING = "cheating"
    IDENTITY = "identity"
    DISTURBANCE = "disturbance"
    TECHNICAL = "technical"
    ANOMALY = "anomaly"
    """Responses or times that do not look like one candidate's own work."""


class IncidentState(StrEnum):
    """Until an incident is closed, nothing is released of what it names."""

    OPEN = "open"
    CLOSED = "closed"


def ensure_about(*, slot_id: UUID | None, attempt_id: UUID | None, form_id: UUID | None) -> None:
    """Refuse an incident that names nothing."""
    if slot_id is None and attempt_id is None and form_id is None:
        raise Invalid("incident_about_nothing", pointer="/slot_id")


def ensure_may_close(state: IncidentState, *, reported_by: UUID, closer: UUID) -> None:
    """Refuse to close an incident twice, or by whoever reported it."""
    if state is IncidentState.CLOSED:
        raise Conflict("incident_closed")
    if reported_by == closer:
        raise Conflict("incident_own_report")
