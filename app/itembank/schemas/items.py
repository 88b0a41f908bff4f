"""What the API accepts and tells about items of the bank: versions, reviews, translations, exposure."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.schema import Language, Line, Prose, Schema
from app.itembank.rules.items import ItemState, ItemVerdict, RetirementReason, VariantState
from assessments.forms import ItemKind, JudgementRule, OrderingRule

ITEM_CODE = r"^[A-Z]+-[0-9]{3,}$"
ItemCode = Annotated[str, StringConstraints(pattern=ITEM_CODE, max_length=40)]
OptionLetter = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
CriterionCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
ElementOfScheme = Annotated[
    str, StringConstraints(pattern=r"^[A-Z0-9-]+/U[1-9][0-9]*\.[1-9][0-9]*$", max_length=40)
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Points = Annotated[int, Field(ge=1, le=100)]
_Value = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,6}(\.[0-9]{1,6})?$")]
_SHA = "0" * 64


class RubricLine(Schema):
    """One thing that a rubric looks for in a written answer, and the most points it can earn."""

    code: CriterionCode
    points: Points
    text: Prose


class BestWorstContent(Schema):
    """The one best and the one worst option of a situational judgement."""

    best: OptionLetter
    worst: OptionLetter
    rule: JudgementRule = JudgementRule.PLAIN


class EffectivenessContent(Schema):
    """The mean effectiveness that experts give each option, in the order of the options."""

    values: Annotated[list[_Value], Field(min_length=3, max_length=12)]


class ItemContent(Schema):
    """What an item holds; which parts, its kind decides.

    `key`: the right options (choice), the right order (ordering), or best and worst (judgement).
    """

    stem: Prose
    options: Annotated[dict[OptionLetter, Prose], Field(max_length=12)] = Field(default_factory=dict)
    key: Annotated[list[OptionLetter], Field(max_length=12)] | BestWorstContent | EffectivenessContent = (
        Field(default_factory=list)
    )
    rule: OrderingRule | None = None
    points: Points | None = None
    rubric: Annotated[list[RubricLine], Field(max_length=12)] = Field(default_factory=list)
    rationale: Prose


_CONTENT = {
    "stem": "What does a mentor do first?",
    "options": {"a": "Listens.", "b": "Advises.", "c": "Decides.", "d": "Leaves."},
    "key": ["a"],
    "rationale": "Without listening nothing else can be right.",
}


class ItemVersionCreate(Schema):
    """A version of an item with its content."""

    element: ElementOfScheme = Field(examples=["SME-BM/U1.1"])
    cognitive_level: Line | None = Field(default=None, examples=["apply"])
    language: Language = Field(examples=["en"])
    seconds: Annotated[int, Field(ge=1, le=7200)] | None = Field(default=None, examples=[90])
    ai_system: Line | None = Field(
        default=None, description="System and version that helped to write it; null where none did."
    )
    content: ItemContent = Field(examples=[_CONTENT])


class BankItemCreate(Schema):
    """A new item with its first version."""

    scheme_id: UUID = Field(examples=["01890000-0000-7000-8000-000000000002"])
    code: ItemCode = Field(examples=["B-001"])
    kind: ItemKind = Field(examples=["single_choice"])
    exposure_limit: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        default=None,
        description="How often it may be seen; null: as often as the scheme says.",
    )
    version: ItemVersionCreate


class ItemReviewCreate(Schema):
    """A verdict on a version, about the content that was read."""

    content_sha256: Sha256 = Field(examples=[_SHA], description="The hash told with the content.")
    verdict: ItemVerdict = Field(examples=["accept"])
    reasons: Prose = Field(examples=["One right answer; the wrong ones are what beginners do."])


class ItemRetire(Schema):
    """Why an item is not used any more."""

    reason: RetirementReason = Field(examples=["outdated"])
    note: Prose = Field(examples=["The law that it asks about has changed."])


class TranslatedTexts(Schema):
    """A version's texts in another language."""

    stem: Prose
    options: Annotated[dict[OptionLetter, Prose], Field(max_length=12)] = Field(default_factory=dict)
    rubric: Annotated[dict[CriterionCode, Prose], Field(max_length=12)] = Field(default_factory=dict)


_TEXTS = {
    "stem": "¿Qué hace primero una persona mentora?",
    "options": {"a": "Escucha.", "b": "Aconseja.", "c": "Decide.", "d": "Se va."},
}


class ItemVariantCreate(Schema):
    """A translation of an approved version."""

    language: Language = Field(examples=["es"])
    ai_system: Line | None = None
    texts: TranslatedTexts = Field(examples=[_TEXTS])


class VariantReviewCreate(Schema):
    """A verdict on a translation, with what was found."""

    content_sha256: Sha256 = Field(examples=[_SHA], description="The hash told with the texts.")
    verdict: ItemVerdict = Field(examples=["accept"])
    findings: Prose = Field(examples=["Same meaning, same difficulty; no cue added."])


class ExposureReviewCreate(Schema):
    """That an item which was seen often may still be used, with the reasons."""

    note: Prose = Field(examples=["Difficulty as before over the last 200 answers."])


class ItemReviewRead(Schema):
    """Who said what of a version, without the reasons."""

    reviewer_id: UUID
    content_sha256: str
    verdict: ItemVerdict
    given_on: date


class ItemVariantRead(Schema):
    """A translation without its texts."""

    id: UUID
    language: str
    state: VariantState
    translated_by: UUID
    ai_system: str | None
    content_sha256: str
    reviewed_by: UUID | None
    reviewed_on: date | None


class ItemVersionRead(Schema):
    """A version of an item without its content."""

    id: UUID
    number: int
    unit: str
    element: str
    cognitive_level: str | None
    language: str
    seconds: int | None
    author_id: UUID
    ai_system: str | None
    content_sha256: str
    state: ItemState
    approved_on: date | None
    retired_for: RetirementReason | None
    retired_by: UUID | None
    retired_on: date | None
    reviews: list[ItemReviewRead]
    variants: list[ItemVariantRead]


class BankItemRead(Schema):
    """An item of the bank with its versions, without any content."""

    id: UUID
    rev: int
    scheme_id: UUID
    code: str
    kind: ItemKind
    exposure_limit: int | None
    exposures: int
    exposures_cleared: int
    is_overexposed: bool
    forms: list[UUID]
    versions: list[ItemVersionRead]


class ItemRemark(Schema):
    """What a reviewer wrote."""

    reviewer_id: UUID
    verdict: ItemVerdict
    reasons: str
    given_on: date


class VariantContentRead(Schema):
    """A translation with its texts and what its reviewer found."""

    id: UUID
    language: str
    state: VariantState
    content_sha256: str
    texts: TranslatedTexts
    findings: str | None


class ItemContentRead(Schema):
    """All that is secret about a version; `content_sha256` is what a verdict on it must name."""

    item_id: UUID
    code: str
    kind: ItemKind
    number: int
    element: str
    cognitive_level: str | None
    language: str
    state: ItemState
    content_sha256: str
    content: ItemContent
    remarks: list[ItemRemark]
    variants: list[VariantContentRead]
    retired_note: str | None


Content = dict[str, Any]


def document_of(content: Schema) -> Content:
    """Return a content as the plain values that are sealed and hashed."""
    return content.model_dump(mode="json")
