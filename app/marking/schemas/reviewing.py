"""What the API accepts and tells about reviews of assessors."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import Field

from app.core.schema import Day, Schema
from assessments.examiners import ExaminerState


class AssessorReviewCreate(Schema):
    """The period whose sittings are compared."""

    held_from: Day = Field(examples=["2026-01-01"])
    held_until: Day = Field(examples=["2026-02-28"])


class AgreementFigure(Schema):
    """A figure with its interval; numbers are texts, so that every digit arrives."""

    value: str
    se: str | None
    ci: list[str] | None
    ci_level: str | None
    ci_method: str | None


class AgreementCaution(Schema):
    """A caution that travels with a figure."""

    code: str
    message: str
    threshold: str
    source: str


class DriftRead(Schema):
    """How an assessor moved since the period of the same length just before: later minus earlier."""

    examiner: str
    n_before: int
    n_after: int
    severity: AgreementFigure | None
    kappa: AgreementFigure | None
    spread: AgreementFigure | None


class AssessorFigures(Schema):
    """One assessor beside her co-markers; null where their shared work does not tell."""

    assessor_id: UUID
    state: ExaminerState
    n_double_marked: int
    n_pairs: int
    severity: AgreementFigure | None
    raw_severity: AgreementFigure | None
    kappa: AgreementFigure | None
    exact: AgreementFigure | None
    adjacent: AgreementFigure | None
    spread: AgreementFigure | None
    drift: DriftRead | None
    findings: list[AgreementCaution]


class AssessorLineRead(AssessorFigures):
    """One assessor in a review, by name."""

    printed_name: str


class AssessorReviewRead(Schema):
    """How the assessors of a scheme agreed in a period, with the gate that held."""

    id: UUID
    rev: int
    scheme_id: UUID
    held_from: date
    held_until: date
    gate: Decimal
    least: int
    provenance: dict[str, Any]
    reviewed_by: UUID
    reviewed_at: datetime
    assessors: list[AssessorLineRead]


class OwnFindingRead(AssessorFigures):
    """What one review found of the acting assessor."""

    review_id: UUID
    scheme_id: UUID
    held_from: date
    held_until: date


class OwnFindingList(Schema):
    """All that reviews found of her."""

    items: list[OwnFindingRead]
