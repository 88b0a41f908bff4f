"""What a body has to have made public before anybody may apply to it (PUB-4), and whom people may turn to."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from app.core.errors import Conflict, Invalid


class DocumentKind(StrEnum):
    """The documents that anyone may read before and without applying (ISO/IEC 17024 4.3.1, 7.2, 7.3, 9)."""

    IMPARTIALITY_STATEMENT = "impartiality_statement"
    CERTIFICATION_PROCESS = "certification_process"
    APPEALS_PROCESS = "appeals_process"
    COMPLAINTS_PROCESS = "complaints_process"
    EXTRA_ASSESSMENT = "extra_assessment"
    """Which changes of a scheme ask for more assessment, and how that is done (9.2.2)."""
    CONFIDENTIALITY_POLICY = "confidentiality_policy"
    """How records are kept, for how long, and who is told what (7.1, 7.3)."""


def missing_documents(published: Collection[DocumentKind]) -> tuple[DocumentKind, ...]:
    """Return the kinds that are not public yet."""
    return tuple(kind for kind in DocumentKind if kind not in published)


def ensure_documents(published: Collection[DocumentKind]) -> None:
    """Refuse what needs all documents to be public while one is missing (PUB-4)."""
    if missing := missing_documents(published):
        raise Conflict("documents_missing", rule="PUB-4", documents=list(missing))


def ensure_reachable(email: str | None, url: str | None) -> None:
    """Refuse a contact point that nobody could reach."""
    if email is None and url is None:
        raise Invalid("address_missing", pointer="/email")


def ensure_not_closed(closed_on: date | None) -> None:
    """Refuse to close a contact point twice."""
    if closed_on is not None:
        raise Conflict("contact_point_closed", closed_on=closed_on)
