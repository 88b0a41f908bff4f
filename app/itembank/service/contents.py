"""Contents of items at rest: sealed for the row they belong to, with the hash of what was sealed beside them.

Callers have asked their own permission, and record who was shown what.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.audit.canonical import canonical
from app.core.secrets import EnvelopeError, Purpose, WrongKeyError, key_id_of
from app.work import Work


class ContentDamagedError(Exception):
    """A stored content is not what was kept: a fault of storage, never of the caller."""


@dataclass(frozen=True)
class Sealed:
    """An envelope, and the hash of the canonical content in it."""

    envelope: str
    sha256: str


def seal(work: Work, table: str, row_id: UUID, content: object) -> Sealed:
    """Seal a content for one row; moved to another, it does not open (SEC-1)."""
    exact = canonical(content)
    key = work.runtime.keyring.newest_secret(work.body_id, Purpose.ITEMS)
    envelope = key.seal(exact, place=_place(work, table, row_id))
    return Sealed(envelope, hashlib.sha256(exact).hexdigest())


def opened(work: Work, table: str, row_id: UUID, sealed: Sealed) -> Any:
    """Open a content, proved to be the one that was sealed for this row."""
    try:
        key = work.runtime.keyring.secret(work.body_id, Purpose.ITEMS, key_id_of(sealed.envelope))
        exact = key.open(sealed.envelope, place=_place(work, table, row_id))
    except (EnvelopeError, WrongKeyError):
        raise ContentDamagedError(f"the envelope of {table} {row_id} was altered") from None
    if hashlib.sha256(exact).hexdigest() != sealed.sha256:
        raise ContentDamagedError(f"{table} {row_id} does not have the hash that it was kept under")
    return json.loads(exact)


def seal_text(work: Work, table: str, row_id: UUID, text: str) -> str:
    """Seal a remark that may quote an item."""
    return seal(work, table, row_id, text).envelope


def opened_text(work: Work, table: str, row_id: UUID, envelope: str) -> str:
    """Open a remark."""
    key = work.runtime.keyring.secret(work.body_id, Purpose.ITEMS, key_id_of(envelope))
    return str(json.loads(key.open(envelope, place=_place(work, table, row_id))))


def _place(work: Work, table: str, row_id: UUID) -> str:
    return f"{table}/{work.body_id}/{row_id}"
