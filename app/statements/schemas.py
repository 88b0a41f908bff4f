"""What the API accepts and tells about statements."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.certificates.rules import DocumentState
from app.core.schema import Language, Schema
from app.statements.rules import StatementKind
from skillcard.level import Why
from skillcard.profile import Source

Target = Annotated[int, Field(ge=1, le=5, strict=True)]


class StatementCreate(Schema):
    """Which statement a person asks for: its kind, whose ratings it rests on, and the level it looks to."""

    scheme_version_id: UUID = Field(examples=["01890000-0000-7000-8000-00000000dead"])
    kind: StatementKind = Field(examples=["skill_card"])
    source: Literal[Source.SELF, Source.ASSESSOR] = Field(examples=["self"])
    target: Target | None = Field(
        default=None, description="The level to measure the gap to; the next one where none is named."
    )
    language: Language = "en"


class LevelNamedRead(Schema):
    """A level of the scheme; `certifiable` levels take a certificate, never a level statement."""

    level: int
    name: str
    certifiable: bool


class ElementFoundRead(Schema):
    """An element as the source rated it, and the least that the target asks of it."""

    code: str
    title: str
    critical: bool
    rating: Decimal | None
    rated_on: date | None
    least: int


class UnitFoundRead(Schema):
    """A unit with its mean, an element without a rating counting zero, and the least for the target."""

    code: str
    title: str
    mean: Decimal
    least: Decimal
    elements: list[ElementFoundRead]


class StepAheadRead(Schema):
    """One thing missing to the target, with what can be seen once it is there."""

    element: str
    title: str
    has: int
    needs: int
    why: Why
    descriptor: str


class CardRead(Schema):
    """A skill card as one source sees it; `steps` is the whole gap in the order in which to close it."""

    source: Source
    level: int | None
    target: int
    levels: list[LevelNamedRead]
    units: list[UnitFoundRead]
    steps: list[StepAheadRead]


class StatementContentRead(Schema):
    """What the statement says, as it was issued."""

    number: str
    kind: StatementKind
    language: str
    demonstration: bool
    pilot: bool
    person_name: str
    body_name: str
    scheme_code: str
    scheme_title: str
    scheme_version: str
    found_on: date
    card: CardRead


class SealedRead(Schema):
    """The sealed document of a statement: being made, or ready with the hash of its bytes."""

    state: DocumentState
    sha256: str | None
    kid: str | None
    pades_level: str | None


class StatementRead(Schema):
    """A statement: it says what was found on a day, certifies nobody and has no validity."""

    id: UUID
    rev: int
    number: str
    code: str
    scheme_version_id: UUID
    content: StatementContentRead
    verify_url: str
    document: SealedRead
