"""What practice does by the clock: mentees' monthly links, prompts in engagements, the week of staff."""

from collections.abc import Sequence
from uuid import UUID

from app.practice import service
from app.practice.rules.prompts import Prompt
from app.work import Caller


def ask_mentees(caller: Caller, _body_id: UUID) -> None:
    """Ask each mentee about last month's sessions, in a work of its own; run again it asks nobody twice."""
    due: Sequence[UUID] = caller.read(service.due_to_be_asked)
    for engagement_id in due:
        _ask_for_month(caller, engagement_id)


def _ask_for_month(caller: Caller, engagement_id: UUID) -> None:
    caller.write(service.ask_for_month, engagement_id)


def prompt(caller: Caller, _body_id: UUID) -> None:
    """Tell mentors and mentees what is due today, in a work for each; run again it tells nothing twice."""
    due: Sequence[tuple[UUID, Prompt]] = caller.read(service.due_prompts)
    for engagement_id, what in due:
        _tell(caller, engagement_id, what)


def _tell(caller: Caller, engagement_id: UUID, what: Prompt) -> None:
    caller.write(service.prompt, engagement_id, what)


def remind_staff(caller: Caller, _body_id: UUID) -> None:
    """Tell programme staff once a week what waits, in a work for each; run again it tells none twice."""
    due: Sequence[UUID] = caller.read(service.staff_to_remind)
    for person_id in due:
        _remind(caller, person_id)


def _remind(caller: Caller, person_id: UUID) -> None:
    caller.write(service.remind_staff, person_id)
