"""Keyset pages: lists are read forward by id, never by offset."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from app.core.errors import Invalid

PAGE_SIZE = 50
MOST_PER_PAGE = 200


class _Identified(Protocol):
    @property
    def id(self) -> UUID: ...


Row = TypeVar("Row", bound=_Identified)


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of rows and the cursor of the next."""

    items: Sequence[Row]
    next: str | None


@dataclass(frozen=True)
class Window:
    """Which page is wanted: at most `limit` rows after the cursor's row."""

    after: UUID | None = None
    limit: int = PAGE_SIZE


def window(cursor: str | None, limit: int) -> Window:
    """Read a cursor as a client gave it; refuse one that we did not hand out."""
    if cursor is None:
        return Window(None, limit)
    try:
        return Window(UUID(bytes=base64.urlsafe_b64decode(cursor + "==")), limit)
    except (ValueError, binascii.Error):
        raise Invalid("cursor_refused", pointer="/cursor") from None


def page(rows: Sequence[Row], wanted: Window) -> Slice[Row]:
    """Cut `limit + 1` rows read from the database down to one page."""
    if len(rows) <= wanted.limit:
        return Slice(rows, None)
    kept = rows[: wanted.limit]
    return Slice(kept, base64.urlsafe_b64encode(kept[-1].id.bytes).decode().rstrip("="))
