"""What the API accepts and tells about blueprints, assemblies and forms in another language."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.schema import Language, Line, Prose, Schema
from app.itembank.rules.assembling import AssemblyState
from app.itembank.schemas.items import ItemCode
from assessments.forms import ItemKind

FormCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]*$", max_length=64)]
UnitCode = Annotated[str, StringConstraints(pattern=r"^U[1-9][0-9]*$", max_length=20)]
_Count = Annotated[int, Field(ge=1, le=500)]
_Limit = Annotated[int, Field(ge=0, le=500)]
_Codes = Annotated[list[ItemCode], Field(max_length=500)]
_VERSION = "01890000-0000-7000-8000-000000000003"


class AssemblyCreate(Schema):
    """Which forms are wanted, and which rules they must obey besides the scheme's blueprint."""

    scheme_version_id: UUID = Field(examples=[_VERSION])
    component: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{0,9}$")] = Field(examples=["F1"])
    language: Language = Field(examples=["en"])
    title: Line = Field(examples=["Knowledge and situations"])
    codes: Annotated[list[FormCode], Field(min_length=1, max_length=10)] = Field(
        examples=[["SME-BM-F1-B", "SME-BM-F1-C"]], description="The code of each form wanted."
    )
    cognitive_levels: Annotated[dict[UnitCode, dict[str, _Count]], Field(max_length=50)] = Field(
        default_factory=dict, description="Unit → cognitive level → items, where a unit is divided by level."
    )
    kinds: dict[ItemKind, _Count] = Field(
        default_factory=dict, description="Kind → items of each form; empty: of any kind."
    )
    required: _Codes = Field(default_factory=list)
    forbidden: _Codes = Field(default_factory=list)
    enemies: Annotated[list[_Codes], Field(max_length=200)] = Field(
        default_factory=list, description="Groups of items of which a form takes at most one."
    )
    earlier_forms: Annotated[list[UUID], Field(max_length=50)] = Field(
        default_factory=list, description="Forms of which a new one repeats only so many items."
    )
    most_of_earlier: _Limit = 0
    most_shared: _Limit = Field(default=0, description="Items that any two of the new forms may share.")
    most_uses: _Limit | None = Field(
        default=None, description="Forms that an item may ever stand in, the new ones included."
    )
    most_seconds: Annotated[int, Field(ge=1, le=86_400)] | None = None


class AssemblyRead(Schema):
    """An assembly: the forms that came of it, or what stands in the way."""

    id: UUID
    rev: int
    scheme_version_id: UUID
    component: str
    language: str
    state: AssemblyState
    asked_by: UUID
    asked_at: datetime
    ended_at: datetime | None
    outcome: dict[str, Any] | None
    forms: list[UUID]


class BlueprintRow(Schema):
    """What one unit deserves by the tasks, and what the scheme gives it."""

    unit: str
    weight: str
    by_tasks: int
    in_scheme: int | None
    difference: int | None


class BlueprintRead(Schema):
    """A component's blueprint beside what follows from the task ratings; weights add up to 1."""

    scheme_version_id: UUID
    component: str
    items: int
    minutes: int
    basis: str | None
    lines: list[BlueprintRow]


class FormVariantCreate(Schema):
    """A form in another language with the same items, in their reviewed translations."""

    language: Language = Field(examples=["es"])
    code: FormCode = Field(examples=["SME-BM-F1-B-ES"])
    title: Line = Field(examples=["Conocimientos y situaciones"])
    equivalence: Prose | None = Field(
        default=None,
        description="How it was shown that the cut of the other form holds here too; null: it has a study of"
        " its own.",
    )
