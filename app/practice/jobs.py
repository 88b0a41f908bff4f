"""What practice does by the clock: the mentees' monthly links."""

from collections.abc import Sequence
from uuid import UUID

from app.practice import service
from app.work import Caller


def ask_mentees(caller: Caller, _body_id: UUID) -> None:
    """Ask each mentee about last month's sessions, in a work of its own; run again it asks nobody twice."""
    due: Sequence[UUID] = caller.read(service.due_to_be_asked)
    for engagement_id in due:
        _ask_for_month(caller, engagement_id)


def _ask_for_month(caller: Caller, engagement_id: UUID) -> None:
    caller.write(service.ask_for_month, engagement_id)
