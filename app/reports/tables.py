"""Reports, each with its one document."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, exam_secret, keys, restricted
from app.reports.rules import ReportKind, ReportState

_ASKED = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in ("kind", "scheme_version_id", "component", "starts_on", "ends_on", "language", "asked_by")
)


class ReportRow(Audited, table=True):
    """The report of a form or a judged component over a period; computed and drawn once."""

    __tablename__ = "reports"
    __table_args__ = keys(
        sa.CheckConstraint("ends_on >= starts_on", name="period"),
        sa.CheckConstraint("(kind = 'form') = (form_id IS NOT NULL)", name="about"),
        sa.CheckConstraint(
            "(state = 'ready') = (material_sha256 IS NOT NULL AND document_sha256 IS NOT NULL"
            " AND document_version IS NOT NULL AND candidates IS NOT NULL AND file_id IS NOT NULL"
            " AND sha256 IS NOT NULL AND made_at IS NOT NULL)",
            name="ready",
        ),
        sa.CheckConstraint("candidates >= 0", name="candidates"),
        scheme_version_id="scheme_versions",
        form_id="forms",
        asked_by="people",
        file_id="files",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("frozen", "EXM-4", "UPDATE", f"OLD.state = 'ready' OR {_ASKED}"),
    )

    kind: ReportKind = restricted(sa_type=enum_type(ReportKind))
    scheme_version_id: UUID = restricted()
    form_id: UUID | None = restricted(None)
    component: str = restricted(max_length=20)
    starts_on: date = restricted()
    ends_on: date = restricted()
    language: str = restricted(max_length=2)
    asked_by: UUID = restricted()
    asked_at: datetime = restricted()
    state: ReportState = restricted(ReportState.PENDING, sa_type=enum_type(ReportState))
    candidates: int | None = restricted(None)
    material_sha256: str | None = restricted(None, max_length=64)
    """Hash of all that the figures were computed from."""
    document: dict[str, Any] | None = exam_secret(None, sa_type=sa.JSON(none_as_null=True))
    document_sha256: str | None = restricted(None, max_length=64)
    document_version: str | None = restricted(None, max_length=40)
    file_id: UUID | None = restricted(None)
    sha256: str | None = restricted(None, max_length=64)
    made_at: datetime | None = restricted(None)
