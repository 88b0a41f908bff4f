"""Schemes and their versions; a published version never changes again (SCH-5)."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.bodies.rules import DocumentKind
from app.core.table import Audited, Guard, Part, enum_type, keys, personal, public, restricted
from app.schemes.rules import VersionState
from app.schemes.rules.requests import ChangeRequestState, RequestKind

_DOCUMENTS = "(SELECT COUNT(DISTINCT d.kind) FROM body_documents d WHERE d.body_id = NEW.body_id)"


class SchemeRow(Audited, table=True):
    """A certification scheme of a body: one occupational category."""

    __tablename__ = "schemes"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "code"), audited=True)

    code: str = public(max_length=64)
    titles: dict[str, str] = public(sa_type=sa.JSON)


class SchemeVersionRow(Audited, table=True):
    """One version: the package document that the engine evaluates and the public page shows."""

    __tablename__ = "scheme_versions"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "scheme_id", "version"),
        sa.CheckConstraint("state <> 'published' OR published_on IS NOT NULL", name="published_on"),
        scheme_id="schemes",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "frozen",
            "SCH-5",
            "UPDATE",
            "OLD.state <> 'draft' AND (NEW.package_sha256 <> OLD.package_sha256 OR NEW.version <> OLD.version"
            " OR NEW.scheme_id <> OLD.scheme_id OR CAST(NEW.package AS TEXT) <> CAST(OLD.package AS TEXT)"
            " OR NEW.state = 'draft' OR (OLD.state = 'published' AND NEW.state = 'pilot')"
            " OR (OLD.state = 'retired' AND NEW.state <> 'retired'))"
            " OR OLD.published_on IS NOT NULL AND (NEW.published_on IS NULL"
            " OR NEW.published_on <> OLD.published_on OR COALESCE(CAST(NEW.published_by AS TEXT), '')"
            " <> COALESCE(CAST(OLD.published_by AS TEXT), ''))",
        ),
        Guard(
            "documents",
            "PUB-4",
            "UPDATE",
            f"OLD.state = 'draft' AND NEW.state <> 'draft' AND {len(DocumentKind)} > {_DOCUMENTS}",
        ),
    )

    scheme_id: UUID = public()
    version: str = public(max_length=20)
    state: VersionState = public(VersionState.DRAFT, sa_type=enum_type(VersionState))
    package: dict[str, Any] = public(sa_type=sa.JSON)
    package_sha256: str = public(max_length=64)
    published_on: date | None = public(None)
    published_by: UUID | None = public(None)


class ChangeRequestRow(Audited, table=True):
    """What somebody said about a version or asked to have changed; only its answer is added later, once."""

    __tablename__ = "change_requests"
    __table_args__ = keys(
        sa.Index(None, "body_id", "scheme_id", "id"),
        sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered_at"),
        sa.CheckConstraint("(state = 'open') = (answered_by IS NULL)", name="answered_by"),
        sa.CheckConstraint("(state = 'accepted') = (done_in_id IS NOT NULL)", name="done_in"),
        sa.CheckConstraint("state <> 'declined' OR answer IS NOT NULL", name="reasons"),
        scheme_id="schemes",
        version_id="scheme_versions",
        done_in_id="scheme_versions",
        filed_by="people",
        answered_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_filed",
            "SCH-5",
            "UPDATE",
            "OLD.state <> 'open' OR NEW.scheme_id <> OLD.scheme_id OR NEW.version_id <> OLD.version_id"
            " OR NEW.kind <> OLD.kind OR COALESCE(NEW.place, '') <> COALESCE(OLD.place, '')"
            " OR NEW.interest <> OLD.interest OR NEW.text <> OLD.text OR NEW.filed_by <> OLD.filed_by"
            " OR NEW.filed_at <> OLD.filed_at",
        ),
        Guard("begins_open", "SCH-5", "INSERT", "NEW.state <> 'open'"),
    )

    scheme_id: UUID = restricted()
    version_id: UUID = restricted()
    """The version that its author had before her."""
    kind: RequestKind = restricted(sa_type=enum_type(RequestKind))
    place: str | None = restricted(None, max_length=400)
    """JSON pointer into the package; None means the version as a whole."""
    interest: str = restricted(max_length=64)
    """For which interested party its author speaks, so that the balance can be told (8.4 b)."""
    text: str = personal(max_length=4000)
    filed_by: UUID = restricted()
    filed_at: datetime = restricted()
    state: ChangeRequestState = restricted(ChangeRequestState.OPEN, sa_type=enum_type(ChangeRequestState))
    answer: str | None = personal(None, max_length=4000)
    done_in_id: UUID | None = restricted(None)
    answered_by: UUID | None = restricted(None)
    answered_at: datetime | None = restricted(None)


class RequestCommentRow(Part, table=True):
    """What somebody else said about a change request (`stream`) while it was open."""

    __tablename__ = "change_request_comments"
    __table_args__ = keys(
        sa.Index(None, "body_id", "stream"), part=True, stream="change_requests", written_by="people"
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_written", "SCH-5", "UPDATE", "1 = 1"),
        Guard(
            "while_open",
            "SCH-5",
            "INSERT",
            "EXISTS (SELECT 1 FROM change_requests r WHERE r.body_id = NEW.body_id AND r.id = NEW.stream"
            " AND r.state <> 'open')",
        ),
    )

    interest: str = restricted(max_length=64)
    text: str = personal(max_length=4000)
    written_by: UUID = restricted()
    written_at: datetime = restricted()
