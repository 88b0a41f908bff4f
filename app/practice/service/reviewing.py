"""The reviews of one engagement put together from its days, the answers given, and who asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypeVar
from uuid import UUID

from app.core.table import Part
from app.practice import queries
from app.practice.questionnaire import questions_of
from app.practice.rules import Phase
from app.practice.rules.questions import Audience
from app.practice.rules.reviews import Course, ReviewState, Side, is_shown, missing, state_of, windows
from app.practice.rules.rhythm import ReviewKind
from app.practice.tables import EngagementRow, ReviewAnswerRow
from app.work import Work

Row = TypeVar("Row", bound=Part)


@dataclass(frozen=True)
class Reviewing:
    """An engagement with all that was answered at its reviews, on one day."""

    engagement: EngagementRow
    rows: Sequence[ReviewAnswerRow]
    today: date

    @classmethod
    def of(cls, work: Work, engagement: EngagementRow) -> Self:
        """Read what was answered so far."""
        return cls(engagement, queries.review_answers(work, [engagement.id]), work.today)

    def answered(self, kind: ReviewKind) -> set[Side]:
        """Return the sides that have answered at a review."""
        return {row.side for row in self.rows if row.kind is kind}

    def told(self) -> list[dict[str, Any]]:
        """Return where each review stands, without answers."""
        course = course_of(self.engagement)
        found = []
        for review in windows(course):
            answered = self.answered(review.kind)
            found.append(
                {
                    "kind": review.kind,
                    "opens_on": review.opens_on,
                    "due_on": review.due_on,
                    "state": state_of(review, course, answered, self.today),
                    "answered_by": [side for side in Side if side in answered],
                    "missing": missing(answered),
                }
            )
        return found

    def told_to(self, viewer: Side | None) -> list[dict[str, Any]]:
        """Return the reviews with what a side is asked and may read; None assesses, and reads all."""
        return [
            review
            | {
                "questions": self._asked(review, viewer),
                "sides": self._sides(review["kind"], viewer),
            }
            for review in self.told()
        ]

    def _asked(self, review: dict[str, Any], viewer: Side | None) -> tuple[object, ...]:
        if viewer is None or review["state"] is not ReviewState.OPEN or viewer not in review["missing"]:
            return ()
        return questions_of(review["kind"], viewer)

    def _sides(self, kind: ReviewKind, viewer: Side | None) -> list[dict[str, Any]]:
        answered = self.answered(kind)
        told = []
        for row in self.rows:
            shown = [
                answer
                for answer in row.answers
                if viewer is None or is_shown(Audience(str(answer["audience"])), row.side, viewer, answered)
            ]
            if row.kind is kind and shown:
                told.append({"side": row.side, "answered_on": row.answered_on, "answers": shown})
        return told


@dataclass(frozen=True)
class Waiting:
    """An engagement that waits for the programme's answer."""

    engagement: EngagementRow
    mentor_name: str
    reviews: Sequence[dict[str, Any]]

    @property
    def id(self) -> UUID:
        """The engagement's."""
        return self.engagement.id

    @property
    def sector(self) -> str:
        """The firm's sector."""
        return self.engagement.sector

    @property
    def phase(self) -> Phase:
        """The firm's growth phase."""
        return self.engagement.phase

    @property
    def started_on(self) -> date:
        """The engagement's first day."""
        return self.engagement.started_on


def by_engagement(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    """Return parts of several engagements, apart."""
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row.stream, []).append(row)
    return found


def course_of(engagement: EngagementRow) -> Course:
    """Return the days that an engagement's reviews follow from."""
    return Course(engagement.started_on, engagement.planned_months, engagement.ended_on)
