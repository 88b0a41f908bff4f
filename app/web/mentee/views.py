"""What the mentee's pages show and take down, each in one work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from app.bodies import service as bodies
from app.core.schema import Schema
from app.practice import service as practice
from app.practice.questionnaire import questions_of
from app.practice.rules.impact import Moment
from app.practice.rules.reviews import Side
from app.practice.schemas.confirming import MenteeAnswer, MenteeAnswered, MenteeSession, MenteeView
from app.practice.schemas.impact import (
    ConsentWithdraw,
    FigureRead,
    ImpactAnswer,
    ImpactAnswered,
    IndicatorRead,
    MenteeImpactView,
)
from app.practice.schemas.reviews import (
    GivenAnswerRead,
    MenteeReviewAnswer,
    MenteeReviewAnswered,
    MenteeReviewView,
)
from app.web.views import Body
from app.work import Work

Shown = TypeVar("Shown", bound=Schema)


@dataclass(frozen=True)
class View(Generic[Shown]):
    """What is shown to a mentee, or was taken down, and by which body."""

    body: Body
    shown: Shown

    def local(self, instant: datetime) -> datetime:
        """Return an instant as the clocks of the body show it."""
        return instant.astimezone(ZoneInfo(self.body.time_zone))

    def times(self, session: MenteeSession) -> str:
        """Return from when to when a session was."""
        return f"{self.local(session.starts_at):%H:%M}\N{EN DASH}{self.local(session.ends_at):%H:%M}"


@dataclass(frozen=True)
class ReviewView(View[MenteeReviewView]):
    """What is asked at a review."""

    def labels(self) -> dict[str, Mapping[str, str]]:
        """Return the fields of the page with what stands beside them, in the order of the page."""
        return {f"{question.kind}.{question.code}": question.text for question in self.shown.questions}


@dataclass(frozen=True)
class ReviewedView(View[MenteeReviewAnswered]):
    """What was taken down at a review, and what the other sides shared."""

    def heard(self) -> list[tuple[Side, list[tuple[Mapping[str, str], GivenAnswerRead]]]]:
        """Return what each other side shared, beside the questions that it was asked."""
        found: list[tuple[Side, list[tuple[Mapping[str, str], GivenAnswerRead]]]] = []
        for side in self.shown.sides:
            asked = {question.code: question.text for question in questions_of(self.shown.kind, side.side)}
            told = [(asked[answer.question], answer) for answer in side.answers if answer.question in asked]
            found += [(side.side, told)] if told and side.side is not Side.MENTEE else []
        return found


@dataclass(frozen=True)
class ImpactView(View[MenteeImpactView]):
    """What is asked about a firm's figures, and what is kept of them."""

    def labels(self) -> dict[str, Mapping[str, str]]:
        """Return the fields of the page with what stands beside them, in the order of the page."""
        found: dict[str, Mapping[str, str]] = {"consent": {}, "currency": {}}
        for asked in self.shown.moments:
            found[f"day.{asked.moment}"] = {}
            found |= {self.field(asked.moment, one): one.text for one in self.shown.indicators}
        return found

    @staticmethod
    def field(moment: Moment, indicator: IndicatorRead) -> str:
        """Return the name of the field for one figure, which tells its unit."""
        return f"{indicator.unit}.{moment}.{indicator.code}"

    def kept(self, moment: Moment, code: str) -> FigureRead | None:
        """Return the figure that was told before, if any."""
        figures = self.shown.figures
        return next((one for one in figures if (one.moment, one.indicator) == (moment, code)), None)

    def currency(self) -> str:
        """Return the currency that the firm's figures were told in, if any."""
        return next((one.currency for one in self.shown.figures if one.currency), "")

    @staticmethod
    def plain(amount: Decimal) -> Decimal:
        """Return a figure without decimals that say nothing."""
        return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


def sessions(work: Work, secret: str) -> View[MenteeView]:
    """Show a mentee the sessions that she is asked to confirm."""
    shown = MenteeView.model_validate(practice.asked(work, secret))
    return View(bodies.own(work), shown)


def confirm(work: Work, secret: str, told: MenteeAnswer) -> View[MenteeAnswered]:
    """Take down a mentee's answer about sessions."""
    done = MenteeAnswered.model_validate(practice.answer(work, secret, told))
    return View(bodies.own(work), done)


def questions(work: Work, secret: str) -> ReviewView:
    """Show a mentee what she is asked at a review."""
    shown = MenteeReviewView.model_validate(practice.asked_review(work, secret))
    return ReviewView(bodies.own(work), shown)


def review(work: Work, secret: str, told: MenteeReviewAnswer) -> ReviewedView:
    """Take down a mentee's answers at a review."""
    done = MenteeReviewAnswered.model_validate(practice.answer_review(work, secret, told.answers))
    return ReviewedView(bodies.own(work), done)


def figures(work: Work, secret: str) -> ImpactView:
    """Show a mentee what she is asked about her firm."""
    shown = MenteeImpactView.model_validate(practice.asked_figures(work, secret))
    return ImpactView(bodies.own(work), shown)


def tell(work: Work, secret: str, told: ImpactAnswer) -> View[ImpactAnswered]:
    """Take down a firm's consent and figures, or its refusal."""
    done = ImpactAnswered.model_validate(practice.answer_figures(work, secret, told))
    return View(bodies.own(work), done)


def consent(work: Work, secret: str) -> ImpactView:
    """Show a mentee what she allowed, and which figures are kept."""
    shown = MenteeImpactView.model_validate(practice.shown_consent(work, secret))
    return ImpactView(bodies.own(work), shown)


def withdraw(work: Work, secret: str, wanted: ConsentWithdraw) -> View[ImpactAnswered]:
    """Take back what a firm allowed."""
    done = ImpactAnswered.model_validate(practice.withdraw_consent(work, secret, wanted))
    return View(bodies.own(work), done)
