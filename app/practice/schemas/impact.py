"""What the API accepts and tells about figures of mentored firms, and about what they come to."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from babel import Locale
from pydantic import AfterValidator, Field, StringConstraints

from app.core.schema import Day, Line, Schema
from app.practice.rules import Phase
from app.practice.rules.impact import Moment, Teller, Unit
from app.practice.schemas.reviews import EngagementReviewRead
from app.practice.schemas.values import Amount

IndicatorCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
_KNOWN = frozenset(Locale("en").currencies)
_LANGUAGES = ("en", "es")


def _known(code: str) -> str:
    if code not in _KNOWN:
        raise ValueError("this is no currency of ISO 4217")
    return code


Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), AfterValidator(_known)]


def _in_every_language(texts: dict[str, str]) -> dict[str, str]:
    if set(texts) != set(_LANGUAGES):
        raise ValueError(f"the text is needed in these languages: {', '.join(_LANGUAGES)}")
    return texts


Texts = Annotated[dict[str, Line], AfterValidator(_in_every_language)]


class IndicatorCreate(Schema):
    """Something that the body's funders ask for beyond jobs, turnover, profit and confidence."""

    code: IndicatorCode = Field(examples=["export_markets"])
    unit: Unit = Field(examples=["count"])
    text: Texts = Field(
        examples=[{"en": "Countries that the firm sells to", "es": "Países en los que vende la empresa"}]
    )


class IndicatorDefined(Schema):
    """An indicator of the body's own."""

    id: UUID
    rev: int
    code: str
    unit: Unit
    text: dict[str, str]
    defined_on: date
    retired_on: date | None


class IndicatorRead(Schema):
    """What is counted, and in what."""

    code: str
    unit: Unit
    text: dict[str, str]


class IndicatorList(Schema):
    """What the body has defined itself."""

    items: list[IndicatorDefined]


class FigureCreate(Schema):
    """One figure of the firm: of what, at which time, on which day, how much."""

    indicator: IndicatorCode = Field(examples=["turnover"])
    moment: Moment = Field(examples=["baseline"])
    as_of: Day = Field(examples=["2025-02-03"])
    amount: Amount = Field(examples=["120000"])
    currency: Currency | None = Field(default=None, examples=["EUR"], description="ISO 4217; of money only.")


_FIGURES = [
    {"indicator": "jobs", "moment": "baseline", "as_of": "2025-02-03", "amount": "4"},
]


class FiguresCreate(Schema):
    """Figures that the mentor enters with the firm's consent."""

    figures: list[FigureCreate] = Field(min_length=1, max_length=100, examples=[_FIGURES])


class ImpactAnswer(Schema):
    """The firm's own word: what its figures may be used for, and figures if it allows any use."""

    to_assessors: bool = Field(examples=[True], description="Those who assess the mentor may see them.")
    in_statistics: bool = Field(
        examples=[True], description="They are counted with those of others, ten firms at least."
    )
    figures: list[FigureCreate] = Field(default_factory=list, max_length=100, examples=[[]])


class ConsentRead(Schema):
    """What the firm allows, since when."""

    to_assessors: bool
    in_statistics: bool
    given_on: date


class FigureRead(Schema):
    """One figure of the firm."""

    indicator: str
    moment: Moment
    as_of: date
    amount: Decimal
    currency: str | None
    told_by: Teller


class ImpactRead(Schema):
    """The firm's consent, null if it was never asked; and its figures, as far as one may see them."""

    consent: ConsentRead | None
    indicators: list[IndicatorRead]
    figures: list[FigureRead]


class AssessedEngagement(Schema):
    """An engagement as those see it who assess its mentor: context, and no rating."""

    id: UUID
    sector: str
    phase: Phase
    started_on: date
    ended_on: date | None
    reviews: list[EngagementReviewRead]
    figures: list[FigureRead] = Field(description="Empty unless the firm allows it.")


class FiguresAsked(Schema):
    """That the mentee was sent a link, which nobody else sees."""

    id: UUID
    expires_at: datetime


class MomentAsked(Schema):
    """A moment of which figures can be told today, and which days they may describe."""

    moment: Moment
    since: date | None
    until: date


class MenteeImpactView(ImpactRead):
    """What a mentee is asked: consent or refusal, and figures."""

    mentee_name: str
    mentor_name: str
    sme_name: str
    moments: list[MomentAsked]


class ImpactAnswered(Schema):
    """What was taken down."""

    to_assessors: bool
    in_statistics: bool
    figures: int


class ConsentWithdraw(Schema):
    """Which uses the firm takes back."""

    to_assessors: bool = Field(examples=[True])
    in_statistics: bool = Field(examples=[True])


class ImpactSum(Schema):
    """An indicator over many firms; null where fewer than ten told it at both times."""

    indicator: IndicatorRead
    moment: Moment
    currency: str | None
    firms: int | None = Field(description="Rounded down to steps of five.")
    baseline: Decimal | None = Field(description="Median before; of money the two leading digits.")
    value: Decimal | None = Field(description="Median at this time.")
    change: Decimal | None = Field(description="Median change: of money in percent, else the difference.")


class ImpactSums(Schema):
    """What firms told whose engagement ended in a year: before, at the end, and after."""

    year: int
    person_id: UUID | None
    items: list[ImpactSum]
