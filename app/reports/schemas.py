"""What the API accepts and tells about reports."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from app.core.schema import Code, Day, Schema
from app.reports.rules import ReportKind, ReportState

_VERSION = "01890000-0000-7000-8000-000000000003"


class ReportCreate(Schema):
    """Of what a report is wanted: a form, or else a judged component of a scheme version."""

    form_id: UUID | None = Field(None, description="Without it, the component is meant.")
    scheme_version_id: UUID | None = Field(None, examples=[_VERSION])
    component: Code | None = Field(None, examples=["F2"])
    starts_on: Day = Field(examples=["2025-01-01"])
    ends_on: Day = Field(examples=["2025-12-31"], description="The period must be over.")
    language: Literal["en", "es"] = Field("en", description="Of the PDF; the figures have none.")

    @model_validator(mode="after")
    def _one_thing(self) -> "ReportCreate":
        of_component = self.scheme_version_id is not None and self.component is not None
        if (self.form_id is None) != of_component:
            raise ValueError("name a form, or else a scheme version and its component")
        return self


class ReportRead(Schema):
    """A report without its figures."""

    id: UUID
    rev: int
    kind: ReportKind
    scheme_version_id: UUID
    form_id: UUID | None
    component: str
    starts_on: date
    ends_on: date
    language: str
    asked_by: UUID
    asked_at: datetime
    state: ReportState
    candidates: int | None = Field(description="How many it rests on, once it is ready.")
    material_sha256: str | None = Field(description="Hash of all that the figures were computed from.")
    document_sha256: str | None
    document_version: str | None
    sha256: str | None = Field(description="Of the PDF.")
    made_at: datetime | None


class ReportFigures(Schema):
    """The figures of a report: each with its estimate, line, source and verdict, or why it has none.

    Numbers are texts, so that no digit is lost; `docs/measurement.md` says what each means.
    """

    report_id: UUID
    version: str
    sha256: str
    figures: dict[str, Any]
