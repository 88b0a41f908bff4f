"""What the API accepts and tells about forms."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from app.core.schema import Prose, Schema
from app.itembank.rules import FormState
from app.itembank.rules.items import RetirementReason
from app.itembank.schemas.items import BestWorstContent, EffectivenessContent, RubricLine

_VERSION = "01890000-0000-7000-8000-000000000003"


class FormCreate(Schema):
    """A form as one document: head, items and standard-setting study."""

    scheme_version_id: UUID = Field(examples=[_VERSION])
    document: dict[str, Any] = Field(examples=[{"form": "SME-BM-F1-A", "component": "F1", "items": []}])


class FormRead(Schema):
    """A form without its items and ratings."""

    id: UUID
    rev: int
    scheme_version_id: UUID
    component: str
    code: str
    version: int
    language: str
    title: str
    document_sha256: str
    key_version: str
    minutes: int
    item_count: int
    blueprint: dict[str, int]
    is_example: bool
    state: FormState
    drafted_by: UUID
    approved_by: UUID | None
    approved_on: date | None
    variant_of: UUID | None
    equivalence: str | None
    assembly_id: UUID | None
    retired_for: RetirementReason | None
    retired_by: UUID | None
    retired_on: date | None


class StudyCreate(Schema):
    """A finished standard-setting study of a draft form, as forms that are imported bring it along."""

    study: dict[str, Any] = Field(examples=[{"method": "modified_angoff", "panel": [], "levels": []}])


class FormRetire(Schema):
    """Why a form is not used any more."""

    reason: RetirementReason = Field(examples=["exposed"])
    note: Prose = Field(examples=["Pictures of it were offered for sale."])


class ItemRead(Schema):
    """An item with key and rationale, for those who keep the item bank."""

    id: UUID
    code: str
    version: int
    unit: str
    element: str
    kind: str
    cognitive_level: str | None
    stem: str
    options: dict[str, str]
    key: list[str] | BestWorstContent | EffectivenessContent
    rule: str | None
    points: int
    rubric: list[RubricLine]
    rationale: str


class StudyRead(Schema):
    """A standard-setting study with the panel's ratings."""

    id: UUID
    method: str
    version: int
    rounds: int
    rounding: str
    panel: list[dict[str, str]]
    levels: list[dict[str, Any]]
    ratings: dict[str, dict[str, list[int]]]


class FormContent(Schema):
    """All that is secret about a form."""

    form_id: UUID
    items: list[ItemRead]
    study: StudyRead | None
