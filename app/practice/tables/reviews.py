"""What was answered at the reviews of an engagement, the mentees' links, and what the clock has told."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Guard, Part, enum_type, keys, personal, restricted
from app.practice.rules.prompts import Prompt
from app.practice.rules.reviews import Side
from app.practice.rules.rhythm import ReviewKind
from app.practice.tables.links import USED_ONCE

_MENTORS_OWN = (
    "EXISTS (SELECT 1 FROM practice_engagements e WHERE e.body_id = NEW.body_id AND e.id = NEW.stream"
    " AND e.person_id = NEW.given_by)"
)


class ReviewAnswerRow(Part, table=True):
    """What one side answered at one review: given once, and kept as it was given."""

    __tablename__ = "practice_review_answers"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "kind", "side"),
        sa.CheckConstraint("(side = 'mentee') = (given_by IS NULL)", name="given_by"),
        sa.CheckConstraint("(side = 'mentee') = (mentee_id IS NOT NULL)", name="mentee"),
        sa.CheckConstraint("(side = 'staff') = (involvement_id IS NOT NULL)", name="involvement"),
        stream="practice_engagements",
        given_by="people",
        mentee_id="practice_mentees",
        involvement_id="involvements",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_given", "7.4", "UPDATE", "1 = 1"),
        Guard(
            "own_side",
            "7.4",
            "INSERT",
            f"(NEW.side = 'staff' AND {_MENTORS_OWN}) OR (NEW.side = 'mentor' AND NOT {_MENTORS_OWN})",
        ),
    )

    kind: ReviewKind = restricted(sa_type=enum_type(ReviewKind))
    side: Side = restricted(sa_type=enum_type(Side))
    given_by: UUID | None = restricted(None)
    """None for the mentee, who needs no account."""
    mentee_id: UUID | None = restricted(None)
    involvement_id: UUID | None = restricted(None)
    """Staff who speak of a mentor's work take no part in her certification."""
    answers: list[dict[str, object]] = personal(sa_type=sa.JSON)
    answered_on: date = restricted()


class ReviewLinkRow(Part, table=True):
    """A one-time link by which one named mentee answers one review."""

    __tablename__ = "practice_review_links"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "secret_hash"),
        stream="practice_engagements",
        mentee_id="practice_mentees",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (USED_ONCE,)

    secret_hash: str = restricted(max_length=64)
    kind: ReviewKind = restricted(sa_type=enum_type(ReviewKind))
    mentee_id: UUID = restricted()
    expires_at: datetime = restricted()
    used_at: datetime | None = restricted(None)


class PromptRow(Part, table=True):
    """That the clock has told mentor and mentee something about their engagement; each thing once a day."""

    __tablename__ = "practice_prompts"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "prompt", "told_on"),
        stream="practice_engagements",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_told", "7.4", "UPDATE", "1 = 1"),)

    prompt: Prompt = restricted(sa_type=enum_type(Prompt))
    told_on: date = restricted()
