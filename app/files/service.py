"""Keeping bytes and giving them back; callers have asked their own permission."""

import hashlib
from uuid import UUID

from app.audit.events import Event
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.secrets import EnvelopeError, Purpose, WrongKeyError, key_id_of
from app.files import queries, rules
from app.files.rules import FileKind
from app.files.tables import FileContentRow, FileRow
from app.work import Work


class FileDamagedError(Exception):
    """The stored bytes are not those that were kept: a fault of storage, never of the caller."""


def store(work: Work, content: bytes, *, kind: FileKind, is_public: bool) -> FileRow:
    """Keep bytes under their SHA-256, encrypted unless they are public (FIL-1)."""
    media_type = rules.ensure_acceptable(content, kind)
    row = FileRow(
        body_id=work.body_id,
        id=new_id(),
        kind=kind,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media_type=media_type,
        is_public=is_public,
    )
    work.session.add(row)
    work.session.flush()  # the content and whatever names the file refer to it
    work.session.add(FileContentRow(body_id=work.body_id, stream=row.id, stored=_sealed(work, row, content)))
    work.record(Event.FILE_STORED, row, sha256=row.sha256, size=row.size, type=media_type)
    return row


def content(work: Work, file_id: UUID) -> bytes:
    """Return the bytes of a file, proved to be those that were kept."""
    row = queries.by_id(work, file_id)
    stored = queries.stored(work, file_id)
    if stored is None:
        raise NotFound("file")
    opened = stored if row.is_public else _opened(work, row, stored)
    if hashlib.sha256(opened).hexdigest() != row.sha256:
        raise FileDamagedError(f"file {row.id} does not have the hash it was kept under")
    return opened


def empty(work: Work, file_id: UUID) -> None:
    """Delete the bytes of a file whose time is over; what it was, by hash and size, stays (REC-3)."""
    found = queries.content_for_update(work, file_id)
    found.stored = found.salt = None
    work.session.add(found)
    row = queries.by_id(work, file_id)
    work.record(Event.FILE_EMPTIED, row, sha256=row.sha256)
    work.session.flush()  # guards of what named the file look whether its bytes are gone


def _sealed(work: Work, row: FileRow, content: bytes) -> bytes:
    if row.is_public:
        return content
    return (
        work.runtime.keyring.newest_secret(work.body_id, Purpose.FILES)
        .seal(content, place=_place(row))
        .encode()
    )


def _opened(work: Work, row: FileRow, stored: bytes) -> bytes:
    try:
        envelope = stored.decode("ascii")
        key = work.runtime.keyring.secret(work.body_id, Purpose.FILES, key_id_of(envelope))
        return key.open(envelope, place=_place(row))
    except (UnicodeDecodeError, EnvelopeError, WrongKeyError):
        raise FileDamagedError(f"the envelope of file {row.id} was altered") from None


def _place(row: FileRow) -> str:
    return f"files/{row.body_id}/{row.id}"
