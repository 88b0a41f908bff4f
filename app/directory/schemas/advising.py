"""What advisers note of needs, and where the pool of certified persons is thin."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.schema import Language, Line, Prose, Schema
from app.directory.schemas.listings import Codes
from app.directory.schemas.searching import ScopeCode
from app.directory.vocabulary import Expertise, SectorCode


class NeedCreate(Schema):
    """What a firm needs, as an adviser found out."""

    firm: Line = Field(examples=["Olivar del Alba S.L."])
    asked_by: Line = Field(examples=["Managing director"], description="Who in the firm asked.")
    words: Prose = Field(examples=["They say marketing; what is missing is a price that covers the costs."])
    expertise: Annotated[Codes[Expertise], Field(min_length=1)] = Field(examples=[["finance"]])
    phase: ScopeCode | None = Field(default=None, examples=["growth"])
    sector: SectorCode | None = Field(default=None, examples=["agro_food"])
    language: Language | None = Field(default=None, examples=["es"])


class MentorProposalCreate(Schema):
    """Which mentor is proposed, chosen or changed to, by her listing."""

    listing_id: UUID = Field(examples=["01890000-0000-7000-8000-000000000001"])


class MentorChange(MentorProposalCreate):
    """To whom a firm's mentor is changed, and why."""

    reason: Prose = Field(examples=["The price is found; now it is about a second shop, and about people."])


class MentorProposalRead(Schema):
    """One mentor proposed for a need."""

    listing_id: UUID
    proposed_by: UUID
    proposed_on: date


class MentorChangeRead(Schema):
    """A change of mentor and its reason; it is no fault of either."""

    from_id: UUID
    to_id: UUID
    reason: str
    changed_on: date
    noted_by: UUID


class NeedRead(Schema):
    """A need with what came of it."""

    id: UUID
    rev: int
    adviser_id: UUID
    firm: str
    asked_by: str
    words: str
    expertise: list[str]
    phase: str | None
    sector: str | None
    language: str | None
    noted_on: date
    chosen_id: UUID | None
    proposals: list[MentorProposalRead]
    changes: list[MentorChangeRead]


class CoverageQuery(Schema):
    """What the report is to show besides what there is, and how many are wanted."""

    least: int = Field(
        default=1, ge=0, le=9999, description="How many certified persons each cell should have."
    )
    minimum: list[Annotated[str, Field(max_length=150)]] = Field(
        default_factory=list,
        max_length=200,
        description="Another number for one cell, as `sector.phase.language:number`; sector may be `any`.",
    )
    language: Codes[Language] = Field(
        default_factory=list, description="Languages to show though nobody has them."
    )


class CoveredRead(Schema):
    """One cell: persons with a certificate in force for it, how many are wanted, how many are missing."""

    sector: str
    phase: str
    language: str
    certified: int
    wanted: int
    gap: int


class CoverageRead(Schema):
    """The pool by sector, phase and language on one day; empty cells are shown, since they are the gaps."""

    on: date
    cells: list[CoveredRead]
    gaps: int
    """How many cells lack somebody."""
