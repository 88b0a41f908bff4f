"""Files and, apart from them, their content; neither ever changes."""

from typing import ClassVar

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, enum_type, keys, personal, public
from app.files.rules import SIZE_LIMIT, FileKind


class FileRow(Audited, table=True):
    """What is known about some bytes."""

    __tablename__ = "files"
    __table_args__ = keys(
        sa.Index(None, "body_id", "sha256"),
        sa.CheckConstraint(f"size BETWEEN 1 AND {SIZE_LIMIT}", name="size"),
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "frozen",
            "FIL-1",
            "UPDATE",
            "NEW.sha256 <> OLD.sha256 OR NEW.size <> OLD.size OR NEW.media_type <> OLD.media_type"
            " OR NEW.kind <> OLD.kind OR NEW.is_public <> OLD.is_public",
        ),
    )

    kind: FileKind = public(sa_type=enum_type(FileKind))
    sha256: str = public(max_length=64)
    size: int = public()
    media_type: str = public(max_length=80)
    is_public: bool = public(False)
    """Public bytes lie open; all others lie in an envelope that only the body's key for files opens."""


class FileContentRow(Part, table=True):
    """The bytes of a file (`stream`), as they lie in the database; emptied when its time is over."""

    __tablename__ = "file_contents"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "stream"), part=True, stream="files")
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "frozen",
            "FIL-1",
            "UPDATE",
            "NEW.stored <> OLD.stored OR (OLD.stored IS NULL AND NEW.stored IS NOT NULL)",
        ),
    )

    stored: bytes | None = personal(None)
