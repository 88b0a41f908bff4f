"""What the API accepts and tells about forms."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from app.core.schema import Schema
from app.itembank.rules import FormState

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


class ItemRead(Schema):
    """An item with key and rationale, for those who keep the item bank."""

    id: UUID
    code: str
    version: int
    unit: str
    element: str
    kind: str
    stem: str
    options: dict[str, str]
    key: list[str]
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
    study: StudyRead
