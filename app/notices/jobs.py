"""The job that sends a notice; run again after a crash it may send the same mail, under the same id."""

from uuid import UUID

from app.core.post import Mail, UndeliverableError
from app.notices import service
from app.work import Caller


def deliver(caller: Caller, notice_id: UUID) -> None:
    """Send one notice unless that is done; the mail leaves outside any transaction."""
    mail: Mail | None = caller.read(service.mail, notice_id)
    if mail is None:
        return
    try:
        caller.runtime.post.send(mail)
    except UndeliverableError:
        _give_up(caller, notice_id)
    else:
        _note_sent(caller, notice_id)


def _note_sent(caller: Caller, notice_id: UUID) -> None:
    caller.write(service.note_sent, notice_id)


def _give_up(caller: Caller, notice_id: UUID) -> None:
    caller.write(service.give_up, notice_id)
