"""What a file may be: its size, and the type its own bytes show; what a sender claims counts for nothing."""

import re
from enum import StrEnum

from app.core.errors import Invalid, TooLarge

SIZE_LIMIT = 10 * 1024 * 1024

OTHER = "application/octet-stream"
PDF = "application/pdf"
TEXT = "text/plain"

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", PDF),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (0, b"ID3", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
    (0, b"PK\x03\x04", "application/zip"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Whatever no text holds; tab and line ends are none of these."""
_SUFFIXES = {
    PDF: "pdf",
    TEXT: "txt",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
    "application/zip": "zip",
}


class FileKind(StrEnum):
    """What a file is kept for."""

    DOCUMENT = "document"
    """A sealed document that the body issued."""
    EVIDENCE = "evidence"
    """Something handed in to prove a claim."""
    RECORDING = "recording"
    """A sitting in sound or pictures."""


_ALLOWED: dict[FileKind, frozenset[str]] = {
    FileKind.DOCUMENT: frozenset({PDF}),
    FileKind.EVIDENCE: frozenset({TEXT, *(name for _, _, name in _MAGIC)}),
    FileKind.RECORDING: frozenset({"audio/mpeg", "video/mp4"}),
}


def media_type_of(content: bytes) -> str:
    """Return the type that the bytes themselves show."""
    for offset, magic, name in _MAGIC:
        if content[offset : offset + len(magic)] == magic:
            return name
    return TEXT if _is_text(content) else OTHER


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return bool(text) and _CONTROL.search(text) is None


def suffix_of(media_type: str) -> str:
    """Return the ending under which a file of a type is saved; nobody's own file names are kept."""
    return _SUFFIXES.get(media_type, "bin")


def ensure_acceptable(content: bytes, kind: FileKind) -> str:
    """Refuse what is empty, too large or of a type that has no business there; return the type."""
    if not content:
        raise Invalid("file_empty")
    if len(content) > SIZE_LIMIT:
        raise TooLarge("too_large", limit=SIZE_LIMIT)
    media_type = media_type_of(content)
    if media_type not in _ALLOWED[kind]:
        raise Invalid("file_type_refused", media_type=media_type)
    return media_type
