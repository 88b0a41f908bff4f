"""What the directory does by the clock: ask about stale listings, empty old contacts."""

from collections.abc import Sequence
from uuid import UUID

from app.directory import service
from app.work import Caller


def remind_listed(caller: Caller, _body_id: UUID) -> None:
    """Ask each mentor whose listing has grown stale, in a work of its own; run again it asks nobody twice."""
    due: Sequence[UUID] = caller.read(service.due_to_be_reminded)
    for listing_id in due:
        _remind(caller, listing_id)


def _remind(caller: Caller, listing_id: UUID) -> None:
    caller.write(service.remind, listing_id)


def empty_contacts(caller: Caller, _body_id: UUID) -> None:
    """Empty each contact that was kept long enough, in a work of its own; run again it empties none twice."""
    due: Sequence[UUID] = caller.read(service.due_to_be_emptied)
    for contact_id in due:
        _empty(caller, contact_id)
    _forget_counts(caller)


def _empty(caller: Caller, contact_id: UUID) -> None:
    caller.write(service.empty, contact_id)


def _forget_counts(caller: Caller) -> None:
    caller.write(service.forget_counts)
