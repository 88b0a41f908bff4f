"""What a mentor may hand in as evidence, and which version of it those who assess are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from app.core.errors import Conflict, Invalid


class EvidenceKind(StrEnum):
    """In what form something is shown."""

    FILE = "file"
    LINK = "link"
    """An address, with a snapshot of what stood there or its SHA-256: links rot."""
    ATTESTATION = "attestation"
    """A named person's word in place of a document that stays where it is."""


class Confidentiality(StrEnum):
    """What of it those who assess are shown."""

    OPEN = "open"
    REDACTED = "redacted"
    """Nothing but a redacted version."""
    ATTESTED = "attested"
    """Nothing but somebody's attestation; the document is never handed in."""


@dataclass(frozen=True)
class Offer:
    """What is handed in at once: bytes, an address, the hash of what stood there, or none of them."""

    confidentiality: Confidentiality
    has_bytes: bool
    url: str | None
    sha256: str | None
    is_redacted: bool


class Versioned(Protocol):
    """A version of a piece of evidence, as far as showing it goes."""

    @property
    def number(self) -> int:
        """Counted from 1."""
        ...

    @property
    def is_redacted(self) -> bool:
        """Whether names were taken out of it."""
        ...


V = TypeVar("V", bound=Versioned)


def kind_of(offer: Offer) -> EvidenceKind:
    """Return the form in which something is handed in; refuse what is not whole (FIL-2)."""
    if offer.confidentiality is Confidentiality.ATTESTED:
        if offer.has_bytes or offer.url is not None or offer.sha256 is not None:
            raise Invalid("attested_takes_no_content", pointer="/confidentiality")
        return EvidenceKind.ATTESTATION
    if offer.url is not None:
        if not offer.has_bytes and offer.sha256 is None:
            raise Invalid("link_bare", pointer="/url")
        if offer.is_redacted:
            raise Invalid("redacted_is_a_file", pointer="/is_redacted")
        return EvidenceKind.LINK
    if not offer.has_bytes:
        raise Invalid("evidence_content_missing", pointer="/file")
    return EvidenceKind.FILE


def ensure_hash(given: str | None, found: str) -> None:
    """Refuse bytes that are not those of which the sender gave the hash."""
    if given is not None and given != found:
        raise Invalid("hash_differs", pointer="/sha256", found=found)


def ensure_redactable(kind: EvidenceKind) -> None:
    """Refuse a version of what was never handed in."""
    if kind is EvidenceKind.ATTESTATION:
        raise Conflict("attested_takes_no_content")


def ensure_room(*, items: int, size: int, more: int, items_most: int, size_most: int) -> None:
    """Refuse more than one person may keep; the refusal tells how much there is."""
    if items >= items_most:
        raise Conflict("evidence_items_most", items=items, most=items_most)
    if size + more > size_most:
        raise Conflict("evidence_size_most", size=size, more=more, most=size_most)


def shown(confidentiality: Confidentiality, versions: Sequence[V]) -> V | None:
    """Return the version that those who assess are shown: the newest, where the mentor lets them see it.

    Since nothing but a redacted version ever follows another, an earlier one is never shown again (FIL-2).
    """
    newest = max(versions, key=lambda version: version.number, default=None)
    if newest is None or confidentiality is Confidentiality.ATTESTED:
        return None
    return newest if confidentiality is Confidentiality.OPEN or newest.is_redacted else None
