"""A person's practice as the measures see it: values only, free of rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from app.core.dates import add_months
from app.core.errors import Conflict
from app.practice.rules.activities import Types
from app.practice.rules.counting import Counting
from app.practice.rules.states import EngagementState, Phase, RecordKind, SessionKind, SessionState


@dataclass(frozen=True)
class Span:
    """The days that are looked at: up to `on`, and not before the window, if there is one."""

    on: date
    window_months: int | None = None
    ago_months: int = 0
    """How long before `on` the window ends; counted from `on`, so that neighbouring windows share no day."""

    def __contains__(self, day: date) -> bool:
        return day <= self._months_ago(0) and (
            self.window_months is None or day > self._months_ago(self.window_months)
        )

    def periods(self, months: int) -> "tuple[Span, ...]":
        """Return the whole periods of so many months within the window, the latest first."""
        count = (self.window_months or months) // months
        return tuple(Span(self.on, months, self.ago_months + place * months) for place in range(count))

    def _months_ago(self, months: int) -> date:
        back = self.ago_months + months
        return self.on if back == 0 else add_months(self.on, -back)


@dataclass(frozen=True)
class Engagement:
    """One engagement with an SME."""

    id: UUID
    sme_key: str
    own_interest: bool
    phase: Phase
    state: EngagementState
    started_on: date
    ended_on: date | None
    milestones: frozenset[str]

    def ensure_complete(self, ended_on: date, counting: Counting) -> None:
        """Refuse to call an engagement completed that is too short or lacks milestones (7.3)."""
        if not self._is_long_enough(ended_on, counting):
            raise Conflict("engagement_too_short", months=counting.months_min)
        if missing := counting.milestones_required - self.milestones:
            raise Conflict("milestones_missing", milestones=", ".join(sorted(missing)))
        if len(self._others(counting)) < counting.milestones_other_min:
            raise Conflict("milestones_too_few", others=counting.milestones_other_min)

    def is_complete(self, counting: Counting) -> bool:
        """Tell whether the engagement was completed by the rules of a scheme (7.3)."""
        return (
            self.state is EngagementState.COMPLETED
            and self.ended_on is not None
            and self._is_long_enough(self.ended_on, counting)
            and counting.milestones_required <= self.milestones
            and len(self._others(counting)) >= counting.milestones_other_min
        )

    def _is_long_enough(self, ended_on: date, counting: Counting) -> bool:
        return add_months(self.started_on, counting.months_min) <= ended_on

    def _others(self, counting: Counting) -> frozenset[str]:
        return self.milestones - counting.milestones_required


@dataclass(frozen=True)
class MentoringSession:
    """One session of an engagement."""

    id: UUID
    engagement_id: UUID
    held_on: date
    starts_at: datetime
    ends_at: datetime
    kind: SessionKind
    state: SessionState


@dataclass(frozen=True)
class Record:
    """One record besides sessions; `is_backed` where somebody else gave or attested it."""

    id: UUID
    kind: RecordKind
    started_on: date
    ended_on: date | None
    hours: Decimal | None
    engagement_id: UUID | None
    is_backed: bool
    type: str | None = None
    """Code of the type of activity, where it has one."""


@dataclass(frozen=True)
class Practice:
    """All that one person has shown."""

    engagements: Sequence[Engagement] = ()
    sessions: Sequence[MentoringSession] = ()
    records: Sequence[Record] = ()
    types: Types = field(default_factory=dict)
    """The body's types of activity, which bound what some records count."""
