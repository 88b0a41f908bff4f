"""What is asked about files."""

from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.files.tables import FileContentRow, FileRow
from app.work import Work


def by_id(work: Work, file_id: UUID) -> FileRow:
    """Return a file of this body."""
    found = work.session.get(FileRow, (work.body_id, file_id))
    if found is None:
        raise NotFound("file")
    return found


def content_for_update(work: Work, file_id: UUID) -> FileContentRow:
    """Return the row that holds the bytes of a file, locked for change."""
    found = work.session.exec(
        select(FileContentRow)
        .where(col(FileContentRow.body_id) == work.body_id, col(FileContentRow.stream) == file_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("file")
    return found


def stored(work: Work, file_id: UUID) -> bytes | None:
    """Return the bytes of a file as they lie in the database."""
    return work.session.exec(
        select(FileContentRow.stored).where(
            col(FileContentRow.body_id) == work.body_id, col(FileContentRow.stream) == file_id
        )
    ).first()
