"""What is looked for, and how each mentor found is shown."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.schema import Language, Schema
from app.directory.rules.listing import Visibility
from app.directory.rules.matching import Criterion
from app.directory.schemas.listings import Codes, CountryCode
from app.directory.vocabulary import Experience, Expertise, SectorCode, Style
from app.practice.rules import Touch

ScopeCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
SEARCH_PAGE = 20
MOST_ON_PAGE = 50


class Requirable(StrEnum):
    """What may be required; `scope`, what is certified, always is. Style never: it is nobody's merit."""

    SCOPE = "scope"
    EXPERIENCE = "experience"
    EXPERTISE = "expertise"
    SECTOR = "sector"
    LANGUAGE = "language"
    COUNTRY = "country"
    REMOTE = "remote"
    FREE = "free"
    TOUCH = "touch"


class SearchQuery(Schema):
    """What is looked for. Several values of one wish mean: the more of them, the better."""

    expertise: Codes[Expertise] = Field(default_factory=list, description="What you need help with.")
    experience: Codes[Experience] = Field(
        default_factory=list, description="What she should have lived through."
    )
    sector: Codes[SectorCode] = Field(
        default_factory=list, description="Your sector; declared or certified, the answer tells which."
    )
    language: Codes[Language] = Field(default_factory=list)
    country: Codes[CountryCode] = Field(default_factory=list)
    style: Codes[Style] = Field(default_factory=list, description="Self-declared, and never a requirement.")
    touch: Touch | None = Field(default=None, description="How close the guidance should be.")
    remote: bool = Field(default=False, description="Only, or rather, mentors who work at a distance.")
    free: bool = Field(default=False, description="Only, or rather, mentors who take no pay from the firm.")
    accepting: bool = Field(default=False, description="Only mentors who take on new mentees just now.")
    phase: ScopeCode | None = Field(
        default=None, description="The growth phase of your firm: certified for it."
    )
    level: int | None = Field(default=None, ge=1, le=5, description="The lowest level she is certified at.")
    endorsement: ScopeCode | None = Field(default=None, description="The sector she is certified for.")
    weight: list[Annotated[str, Field(max_length=40)]] = Field(
        default_factory=list,
        max_length=9,
        description="What a wish counts, as `criterion:0` to `criterion:10`; else the usual weight.",
    )
    require: list[Requirable] | None = Field(
        default=None,
        max_length=9,
        description="The wishes without which nobody is shown; without this parameter the usual ones."
        " `scope` alone requires nothing but what is certified, which is always required.",
    )
    across: bool = Field(
        default=False, description="Also mentors of other bodies that share as this one does."
    )
    cursor: str | None = Field(default=None, max_length=200)
    limit: int = Field(default=SEARCH_PAGE, ge=1, le=MOST_ON_PAGE)


class HeldRead(Schema):
    """A certificate in force: what it covers, what its level means for a firm, where to verify it."""

    number: str
    scheme_code: str
    scheme_title: str
    scheme_version: str
    level: int
    level_title: str
    level_means: dict[str, str]
    """One sentence by language."""
    serves: dict[str, str]
    """By phase: `alone`, `with_lead` or `none`, as the scheme says of this level."""
    phases: list[str]
    endorsements: list[str]
    effective_on: date
    expires_on: date
    verify_url: str


class PartRead(Schema):
    """One wish as this mentor meets it."""

    criterion: Criterion
    weight: int
    is_required: bool
    matched: list[str]
    missing: list[str]
    certified: list[str]
    """Those of the matched that a certificate in force says, and not only the mentor."""
    score: Decimal


class ScoreRead(Schema):
    """How well a mentor meets the wishes: the parts add up to the total. It informs and decides nothing."""

    total: Decimal
    best: Decimal
    parts: list[PartRead]


class BodyNamed(Schema):
    """The body that certified, and on whose pages it can be verified."""

    slug: str
    legal_name: str


class MentorRead(Schema):
    """A mentor who lets herself be found and holds a certificate in force today."""

    listing_id: UUID
    body: BodyNamed
    name: str
    headline: dict[str, str]
    about: dict[str, str] | None
    experience: list[str]
    expertise: list[str]
    sectors: list[str]
    languages: list[str]
    styles: list[str]
    country: str
    region: str | None
    is_remote: bool
    is_on_site: bool
    touch: Touch
    is_free: bool
    is_accepting: bool
    media_url: str | None
    confirmed_on: date
    certificates: list[HeldRead]
    score: ScoreRead


class AdvisedMentorRead(MentorRead):
    """A mentor as an adviser sees her: who else does, and how many engagements she has open."""

    visibility: Visibility
    open_engagements: int | None
    """None for a mentor of another body."""


class FiltersRead(Schema):
    """The hard filters of a search: nobody is shown who does not meet all of them."""

    in_force_on: date
    phase: str | None
    level: int | None
    endorsement: str | None
    accepting: bool
    required: list[Criterion]


class MentorPage(Schema):
    """Mentors by score; equals in the order of the day, which is another one tomorrow."""

    filters: FiltersRead
    items: list[MentorRead]
    next: str | None


class AdvisedMentorPage(Schema):
    """Mentors by score, as an adviser sees them."""

    filters: FiltersRead
    items: list[AdvisedMentorRead]
    next: str | None
