"""What a mentor says of herself, what a body sets, and the words that both choose from."""

from datetime import date
from typing import Annotated, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from app.core.schema import Language, Line, Prose, Schema
from app.directory.rules.listing import ListingState, Visibility
from app.directory.rules.matching import MOST_VALUES
from app.directory.vocabulary import Experience, Expertise, SectorCode, Style
from app.practice.rules import Touch

Item = TypeVar("Item", bound=str)
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


def _once(codes: list[Item]) -> list[Item]:
    return list(dict.fromkeys(codes))


Codes = Annotated[list[Item], Field(max_length=MOST_VALUES), AfterValidator(_once)]


def _safe_url(url: str) -> str:
    """Refuse an address that could be taken for another one, or leads to no named place."""
    try:
        parts = urlsplit(url)
        is_safe = parts.port is None and parts.username is None and "." in (parts.hostname or "")
    except ValueError:
        is_safe = False
    if not is_safe:
        raise ValueError("a web address beginning with https:// and a host name, without user or port")
    return url


MediaUrl = Annotated[
    str, StringConstraints(pattern=r"^https://[!#-;=?-\[\]_a-z~]{3,290}$"), AfterValidator(_safe_url)
]
Headlines = Annotated[
    dict[Language, Annotated[Line, Field(max_length=140)]], Field(min_length=1, max_length=8)
]
Abouts = Annotated[dict[Language, Annotated[Prose, Field(max_length=2000)]], Field(max_length=8)]


class ListingContent(Schema):
    """What a mentor says of herself; level, phases and endorsements come from her certificates alone."""

    consent_version: int = Field(examples=[1], description="The version of the consent text you agree to.")
    visibility: Visibility = Field(examples=["everyone"])
    is_shared: bool = Field(
        default=False, description="Whether other bodies that share their directories may show you."
    )
    headline: Headlines = Field(
        examples=[{"en": "Twenty years in food exports", "es": "Veinte años exportando"}]
    )
    about: Abouts | None = Field(default=None, examples=[{"en": "I have built two firms and closed one."}])
    experience: Codes[Experience] = Field(default_factory=list, examples=[["started_business"]])
    expertise: Annotated[Codes[Expertise], Field(min_length=1)] = Field(examples=[["export", "finance"]])
    sectors: Codes[SectorCode] = Field(default_factory=list, examples=[["agro_food"]])
    languages: Annotated[Codes[Language], Field(min_length=1)] = Field(examples=[["en", "es"]])
    styles: Codes[Style] = Field(default_factory=list, examples=[["asks_first"]])
    country: CountryCode = Field(examples=["ES"])
    region: Line | None = Field(default=None, examples=["Andalucía"])
    is_remote: bool = Field(examples=[True])
    is_on_site: bool = Field(examples=[True])
    touch: Touch = Field(examples=["high"])
    is_free: bool = Field(examples=[True], description="Whether you mentor for no pay from the firm.")
    is_accepting: bool = Field(examples=[True], description="Whether you take on new mentees just now.")
    media_url: MediaUrl | None = Field(
        default=None, examples=["https://video.example/anna"], description="A film or page about you."
    )

    @model_validator(mode="after")
    def _somewhere(self) -> "ListingContent":
        if not (self.is_remote or self.is_on_site):
            raise ValueError("a mentor works at a distance, on site, or both")
        return self


class ListingRead(Schema):
    """One's own listing, whether it is shown or not."""

    id: UUID
    rev: int
    state: ListingState
    is_shown: bool
    """Whether it is listed and a certificate in force stands behind it today."""
    consent_version: int
    consented_on: date
    confirmed_on: date
    withdrawn_on: date | None
    visibility: Visibility
    is_shared: bool
    headline: dict[str, str] | None
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


class DirectorySettings(Schema):
    """What a body sets for its directory."""

    is_shared: bool = Field(
        examples=[True],
        description="Whether searches of other bodies that share too may show your shared listings.",
    )
    stale_after_months: int = Field(
        ge=1,
        le=24,
        examples=[6],
        description="After how many months a mentor is asked to confirm her listing.",
    )


class WordRead(Schema):
    """A code and its titles by language."""

    code: str
    titles: dict[str, str]


class ListingConsentRead(Schema):
    """The text that a mentor agrees to, by language."""

    version: int
    text: dict[str, str]


class WeightRead(Schema):
    """What a wish counts for where the asker gives no weight, and whether it is required by default."""

    criterion: str
    weight: int
    is_required: bool


class VocabularyRead(Schema):
    """All words of the directory."""

    consent: ListingConsentRead
    weights: list[WeightRead]
    experience: list[WordRead]
    expertise: list[WordRead]
    sectors: list[WordRead]
    styles: list[WordRead]
    touch: list[WordRead]
    levels: list[WordRead]
