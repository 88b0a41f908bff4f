"""Statements, each with its one document."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.certificates.rules import DocumentState
from app.core.table import Audited, Guard, enum_type, keys, personal, restricted
from app.statements.rules import StatementKind
from skillcard.profile import Source

_FROZEN = (
    "number", "code", "person_id", "scheme_version_id", "kind", "source", "found_on", "level", "target",
    "language", "content",
)  # fmt: skip
_NO_LEVEL = "-"


def _told(row: str, column: str) -> str:
    return f"COALESCE(CAST({row}.{column} AS TEXT), '{_NO_LEVEL}')"


def _certifies(item: str) -> str:
    """Return whether the scheme version issues certificates for a level; levels run from 1 without a hole."""
    return (
        "NEW.kind = 'level_statement' AND NOT EXISTS"  # noqa: S608 - conditions of our own, below
        " (SELECT 1 FROM scheme_versions v"
        f" WHERE v.body_id = NEW.body_id AND v.id = NEW.scheme_version_id AND {item})"
    )


class StatementRow(Audited, table=True):
    """One statement: frozen content, and the sealed bytes once a job has made them."""

    __tablename__ = "statements"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "number"),
        sa.UniqueConstraint("body_id", "code"),
        sa.Index(None, "body_id", "person_id"),
        sa.Index(None, "body_id", "sha256"),
        sa.CheckConstraint("substr(number, 1, 3) = 'ST.'", name="number"),
        sa.CheckConstraint("source IN ('self', 'assessor')", name="rests_on"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        sa.CheckConstraint("target BETWEEN 1 AND 5", name="target"),
        sa.CheckConstraint(
            "kind <> 'level_statement' OR (source = 'assessor' AND level IS NOT NULL)", name="stated_level"
        ),
        sa.CheckConstraint(
            "state = 'pending' OR (sha256 IS NOT NULL AND file_id IS NOT NULL AND kid IS NOT NULL"
            " AND pades_level IS NOT NULL)",
            name="ready",
        ),
        person_id="people",
        scheme_version_id="scheme_versions",
        file_id="files",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "level_not_certified",
            "7.0",
            "INSERT",
            _certifies("v.package->'levels'->'items'->(NEW.level - 1)->>'certifiable' = 'false'"),
            _certifies(
                "json_extract(v.package, '$.levels.items[' || (NEW.level - 1) || '].certifiable') = 0"
            ),
        ),
        Guard(
            "frozen",
            "CRT-2",
            "UPDATE",
            " OR ".join(f"{_told('NEW', name)} <> {_told('OLD', name)}" for name in _FROZEN),
        ),
        Guard("sealed_once", "CRT-1", "UPDATE", "OLD.state = 'ready'"),
    )

    number: str = restricted(max_length=40)
    code: str = personal(max_length=20)
    """Leads whoever has it to the whole content; so it never stands in the log."""
    person_id: UUID = restricted()
    scheme_version_id: UUID = restricted()
    kind: StatementKind = restricted(sa_type=enum_type(StatementKind))
    source: Source = restricted(sa_type=enum_type(Source))
    found_on: date = restricted()
    level: int | None = personal(None)
    target: int = restricted()
    language: str = restricted(max_length=2)
    content: dict[str, Any] = personal(sa_type=sa.JSON)
    """The one object that document, verification and answers are rendered from."""
    state: DocumentState = restricted(DocumentState.PENDING, sa_type=enum_type(DocumentState))
    sha256: str | None = restricted(None, max_length=64)
    file_id: UUID | None = restricted(None)
    kid: str | None = restricted(None, max_length=80)
    pades_level: str | None = restricted(None, max_length=10)
