"""Schemes and their versions; a published version never changes again (SCH-5)."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, public
from app.schemes.rules import VersionState


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
    )

    scheme_id: UUID = public()
    version: str = public(max_length=20)
    state: VersionState = public(VersionState.DRAFT, sa_type=enum_type(VersionState))
    package: dict[str, Any] = public(sa_type=sa.JSON)
    package_sha256: str = public(max_length=64)
    published_on: date | None = public(None)
    published_by: UUID | None = public(None)
