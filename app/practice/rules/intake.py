"""What becomes of each entry of an imported file: loaded, there already, refused, or held back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from uuid import UUID

from app.practice.rules.activities import Types, ensure_may_name
from app.practice.rules.calendar import Calendar, Draft, Frame, Refused
from app.practice.rules.presence import ensure_others
from app.practice.rules.states import SessionKind

_Key = tuple[UUID, datetime, datetime, SessionKind]


class BadRows(StrEnum):
    """What bad rows do to the good ones of their file."""

    REFUSE = "refuse"
    """One bad row, and nothing is loaded."""
    SKIP = "skip"
    """Bad rows are named and left out; the good ones are loaded."""


class RowOutcome(StrEnum):
    """What became of one row, or would."""

    LOADED = "loaded"
    ALREADY_THERE = "already_there"
    REFUSED = "refused"
    HELD_BACK = "held_back"
    """Good in itself, but not loaded because another row is refused."""


@dataclass(frozen=True)
class Entry:
    """One session as a file tells it: the row (or event) and the session, or why it cannot be read."""

    number: int
    engagement: str
    """The engagement as the mentor named it: by id or by her own code."""
    draft: Draft | Refused


@dataclass(frozen=True)
class Judged:
    """One entry and what became of it; a refusal or a remark says why it was not loaded."""

    number: int
    outcome: RowOutcome
    engagement_id: UUID | None = None
    draft: Draft | None = None
    remark: Refused | None = None


@dataclass(frozen=True)
class Totals:
    """The sums of an import; `hours` are those of loaded sessions, a group that met counted once."""

    rows: int
    loaded: int
    already_there: int
    refused: int
    held_back: int
    hours: Decimal


@dataclass
class Intake:
    """Judges the entries of a file one after the other, each beside those before it (7.3)."""

    calendar: Calendar
    frames: Mapping[str, Frame]
    """The mentor's engagements by code and by id."""
    logged: Iterable[tuple[UUID, Draft]]
    """What the log held before."""
    types: Types = field(default_factory=dict)
    """What sessions of this body may be called."""
    mentor: str = ""
    """Her name as printed, which no co-mentor may bear."""
    _known: set[_Key] = field(default_factory=set)
    _taken: dict[_Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        logged = list(self.logged)
        self.calendar.known(logged)
        self._known = {_key(engagement_id, draft) for engagement_id, draft in logged}

    def judge(self, entry: Entry) -> Judged:
        """Tell what would become of one entry if nothing else stood in its way."""
        try:
            return self._judged(entry)
        except Refused as refusal:
            return Judged(entry.number, RowOutcome.REFUSED, remark=refusal)

    def _judged(self, entry: Entry) -> Judged:
        if isinstance(entry.draft, Refused):
            raise entry.draft
        frame, draft = self.frames.get(entry.engagement), entry.draft
        if frame is None:
            raise Refused("engagement_unknown", pointer="/engagement")
        key = _key(frame.id, draft)
        if key in self._known:
            remark = Refused("session_there_already")
            return Judged(entry.number, RowOutcome.ALREADY_THERE, frame.id, draft, remark)
        if key in self._taken:
            raise Refused("row_repeated", row=self._taken[key])
        ensure_others(self.mentor, draft.co_mentors)
        if draft.type is not None:
            ensure_may_name(self.types, draft.type, None, draft.held_on)
        self.calendar.enter(frame, draft)
        self._taken[key] = entry.number
        return Judged(entry.number, RowOutcome.LOADED, frame.id, draft)


def settled(judged: Sequence[Judged], bad_rows: BadRows) -> list[Judged]:
    """Hold the good rows back where one is refused, unless bad rows are to be skipped."""
    is_clean = all(one.outcome is not RowOutcome.REFUSED for one in judged)
    if is_clean or bad_rows is BadRows.SKIP:
        return list(judged)
    return [
        replace(one, outcome=RowOutcome.HELD_BACK, remark=Refused("row_held_back"))
        if one.outcome is RowOutcome.LOADED
        else one
        for one in judged
    ]


def totals(judged: Sequence[Judged]) -> Totals:
    """Sum up an import."""
    counts = dict.fromkeys(RowOutcome, 0)
    slots: dict[tuple[datetime, datetime], int] = {}
    for one in judged:
        counts[one.outcome] += 1
        if one.outcome is RowOutcome.LOADED and one.draft is not None:
            slots[(one.draft.starts_at, one.draft.ends_at)] = one.draft.minutes
    return Totals(
        rows=len(judged),
        loaded=counts[RowOutcome.LOADED],
        already_there=counts[RowOutcome.ALREADY_THERE],
        refused=counts[RowOutcome.REFUSED],
        held_back=counts[RowOutcome.HELD_BACK],
        hours=(Decimal(sum(slots.values())) / 60).quantize(Decimal("0.01"), ROUND_DOWN),
    )


def _key(engagement_id: UUID, draft: Draft) -> _Key:
    return engagement_id, draft.starts_at, draft.ends_at, draft.kind
