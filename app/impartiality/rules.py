"""The conflict matrix (reference: ISO/IEC 17024 5.2.3, 6.2, 9.4.4): which earlier act bars which duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.core.dates import add_months
from app.core.errors import NotImpartial


class Act(StrEnum):
    """What a person did, or is, to a candidate."""

    TRAINED = "trained"
    MENTORED = "mentored"
    REFEREED = "refereed"
    RELATED = "related"
    REVIEWED = "reviewed"
    INVIGILATED = "invigilated"
    EXAMINED = "examined"
    ADJUDICATED = "adjudicated"
    MODERATED = "moderated"
    DECIDED = "decided"


class Duty(StrEnum):
    """What a person is about to do for a candidate's case."""

    REVIEW = "review"
    EXAMINE = "examine"
    ADJUDICATE = "adjudicate"
    MODERATE = "moderate"
    DECIDE = "decide"


class Bar(StrEnum):
    """How an earlier act bars a duty."""

    NEVER_FREE = "never_free"
    FOR_A_TIME = "for_a_time"
    """Until the gap the scheme declares, at least 24 months, has passed since the act ended."""
    SAME_CASE = "same_case"
    """Whoever decided a case does not examine in it afterwards."""
    SAME_COMPONENT = "same_component"
    """Only in the same component of the same case: nobody holds two seats in one marking."""


DUTY_OF: dict[Act, Duty] = {
    Act.REVIEWED: Duty.REVIEW,
    Act.EXAMINED: Duty.EXAMINE,
    Act.ADJUDICATED: Duty.ADJUDICATE,
    Act.MODERATED: Duty.MODERATE,
    Act.DECIDED: Duty.DECIDE,
}

MATRIX: dict[tuple[Act, Duty], tuple[Bar, str]] = {
    (Act.TRAINED, Duty.REVIEW): (Bar.FOR_A_TIME, "IMP-1"),
    (Act.TRAINED, Duty.EXAMINE): (Bar.FOR_A_TIME, "IMP-1"),
    (Act.TRAINED, Duty.ADJUDICATE): (Bar.FOR_A_TIME, "IMP-1"),
    (Act.TRAINED, Duty.MODERATE): (Bar.FOR_A_TIME, "IMP-1"),
    (Act.TRAINED, Duty.DECIDE): (Bar.NEVER_FREE, "IMP-3"),
    (Act.MENTORED, Duty.REVIEW): (Bar.FOR_A_TIME, "IMP-1"),
    (Act.MENTORED, Duty.EXAMINE): (Bar.FOR_A_TIME, "IMP-1"),
    (Act.MENTORED, Duty.ADJUDICATE): (Bar.NEVER_FREE, "IMP-1"),
    (Act.MENTORED, Duty.MODERATE): (Bar.FOR_A_TIME, "IMP-1"),
    (Act.MENTORED, Duty.DECIDE): (Bar.NEVER_FREE, "IMP-3"),
    (Act.REFEREED, Duty.REVIEW): (Bar.NEVER_FREE, "IMP-2"),
    (Act.REFEREED, Duty.EXAMINE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.REFEREED, Duty.ADJUDICATE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.REFEREED, Duty.MODERATE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.REFEREED, Duty.DECIDE): (Bar.NEVER_FREE, "IMP-3"),
    (Act.RELATED, Duty.REVIEW): (Bar.NEVER_FREE, "IMP-2"),
    (Act.RELATED, Duty.EXAMINE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.RELATED, Duty.ADJUDICATE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.RELATED, Duty.MODERATE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.RELATED, Duty.DECIDE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.REVIEWED, Duty.DECIDE): (Bar.NEVER_FREE, "IMP-3"),
    (Act.REVIEWED, Duty.EXAMINE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.REVIEWED, Duty.ADJUDICATE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.REVIEWED, Duty.MODERATE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.INVIGILATED, Duty.EXAMINE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.INVIGILATED, Duty.ADJUDICATE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.INVIGILATED, Duty.MODERATE): (Bar.NEVER_FREE, "IMP-2"),
    (Act.INVIGILATED, Duty.DECIDE): (Bar.NEVER_FREE, "IMP-3"),
    (Act.EXAMINED, Duty.REVIEW): (Bar.NEVER_FREE, "IMP-2"),
    (Act.EXAMINED, Duty.EXAMINE): (Bar.SAME_COMPONENT, "EXM-6"),
    (Act.EXAMINED, Duty.ADJUDICATE): (Bar.SAME_COMPONENT, "EXM-6"),
    (Act.EXAMINED, Duty.MODERATE): (Bar.SAME_COMPONENT, "EXM-6"),
    (Act.EXAMINED, Duty.DECIDE): (Bar.NEVER_FREE, "IMP-3"),
    (Act.ADJUDICATED, Duty.REVIEW): (Bar.NEVER_FREE, "IMP-2"),
    (Act.ADJUDICATED, Duty.EXAMINE): (Bar.SAME_COMPONENT, "EXM-6"),
    (Act.ADJUDICATED, Duty.ADJUDICATE): (Bar.SAME_COMPONENT, "EXM-6"),
    (Act.ADJUDICATED, Duty.MODERATE): (Bar.SAME_COMPONENT, "EXM-6"),
    (Act.ADJUDICATED, Duty.DECIDE): (Bar.NEVER_FREE, "IMP-3"),
    (Act.MODERATED, Duty.REVIEW): (Bar.NEVER_FREE, "IMP-2"),
    (Act.MODERATED, Duty.EXAMINE): (Bar.SAME_COMPONENT, "EXM-6"),
    (Act.MODERATED, Duty.ADJUDICATE): (Bar.SAME_COMPONENT, "EXM-6"),
    (Act.MODERATED, Duty.DECIDE): (Bar.NEVER_FREE, "IMP-3"),
    (Act.DECIDED, Duty.REVIEW): (Bar.SAME_CASE, "IMP-3"),
    (Act.DECIDED, Duty.EXAMINE): (Bar.SAME_CASE, "IMP-3"),
    (Act.DECIDED, Duty.ADJUDICATE): (Bar.SAME_CASE, "IMP-3"),
    (Act.DECIDED, Duty.MODERATE): (Bar.SAME_CASE, "IMP-3"),
}

LEAST_GAP_MONTHS = 24


class Answer(StrEnum):
    """What a person declares about conflicts with a candidate."""

    NONE = "none"
    DECLARED = "declared"


@dataclass(frozen=True)
class Involvement:
    """One earlier act, as far as the matrix needs it."""

    act: Act
    case_id: UUID | None
    component: str | None
    ended_on: date | None
    """None while it goes on."""


@dataclass(frozen=True)
class Wish:
    """What a person wants to do, and when."""

    duty: Duty
    case_id: UUID
    component: str | None
    on: date
    gap_months: int


def ensure_free(earlier: Iterable[Involvement], wish: Wish) -> None:
    """Refuse a duty that an earlier act bars; the refusal names rule and act (IMP-1, IMP-2, IMP-3)."""
    for found in earlier:
        barred = MATRIX.get((found.act, wish.duty))
        if barred is not None and _bars(barred[0], found, wish):
            raise NotImpartial(
                "not_impartial",
                rule=barred[1],
                act=found.act,
                duty=wish.duty,
                ended_on=found.ended_on.isoformat() if found.ended_on else None,
                component=found.component,
            )


def ensure_no_duty_barred(act: Act, held: Iterable[Act]) -> None:
    """Refuse an act that bars from a duty the person already holds (IMP-1, IMP-2, IMP-3)."""
    for duty in held:
        if duty in DUTY_OF and (barred := MATRIX.get((act, DUTY_OF[duty]))) is not None:
            raise NotImpartial("not_impartial", rule=barred[1], act=duty, duty=act)


def _bars(bar: Bar, found: Involvement, wish: Wish) -> bool:
    if bar is Bar.NEVER_FREE:
        return True
    if bar is Bar.SAME_CASE:
        return found.case_id == wish.case_id
    if bar is Bar.SAME_COMPONENT:
        return found.case_id == wish.case_id and found.component == wish.component
    gap = max(wish.gap_months, LEAST_GAP_MONTHS)
    return found.ended_on is None or wish.on < add_months(found.ended_on, gap)
