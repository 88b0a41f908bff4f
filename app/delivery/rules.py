"""Who may try when and for how long, what a response may say, and which formative components are missing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.core.dates import add_months
from app.core.errors import Conflict, Invalid, MoveRefused
from app.schemes.assessing import Retake


class AttemptState(StrEnum):
    """Where an attempt stands; a submitted one is frozen."""

    OPEN = "open"
    SUBMITTED = "submitted"


class AttemptAction(StrEnum):
    """What may be done with an attempt."""

    SAVE = "save"
    SUBMIT = "submit"


MOVES: dict[tuple[AttemptState, AttemptAction], AttemptState] = {
    (AttemptState.OPEN, AttemptAction.SAVE): AttemptState.OPEN,
    (AttemptState.OPEN, AttemptAction.SUBMIT): AttemptState.SUBMITTED,
}


class Mode(StrEnum):
    """Where a sitting takes place."""

    ON_SITE = "on_site"
    REMOTE = "remote"


@dataclass(frozen=True)
class Try:
    """One attempt or sitting, as far as the rule for retakes needs it."""

    began_on: date
    passed: bool | None
    """None until its result was released."""
    concluded_on: date | None


@dataclass(frozen=True)
class Completed:
    """That a formative component was completed, and by which records."""

    value: Decimal
    sources: tuple[str, ...]


def after(state: AttemptState, action: AttemptAction) -> AttemptState:
    """Return the state after an action; refuse what the life of an attempt does not know."""
    if (state, action) not in MOVES:
        raise MoveRefused("attempt_move_refused", state=state, action=action)
    return MOVES[(state, action)]


def next_try(tries: Sequence[Try], rule: Retake, today: date) -> int:
    """Return the number of the next try; refuse one that the scheme does not grant now (7.4, retake)."""
    if not tries:
        return 1
    last = tries[-1]
    if last.passed is None or last.concluded_on is None:
        raise Conflict("attempt_pending")
    if any(entry.passed for entry in tries):
        raise Conflict("component_passed")
    if len(tries) > rule.most_retakes:
        raise Conflict("no_retake_left", most=rule.most_retakes)
    earliest = last.concluded_on + timedelta(days=rule.wait_days)
    if today < earliest:
        raise Conflict("retake_too_early", earliest=earliest)
    latest = add_months(tries[0].began_on, rule.within_months)
    if today > latest:
        raise Conflict("retake_too_late", latest=latest)
    return len(tries) + 1


def next_form(forms: Sequence[UUID], used: Collection[UUID]) -> UUID:
    """Choose the form of a try: one not sat before where there is one (7.0, amendment 10)."""
    return next((form for form in forms if form not in used), forms[0])


def missing_formative(required: Sequence[str], completed: Collection[tuple[UUID, str]]) -> tuple[str, ...]:
    """Name the formative components missing in the engagement that lacks the fewest (7.0, amendment 9)."""
    by_engagement: dict[UUID, set[str]] = {}
    for engagement, component in completed:
        by_engagement.setdefault(engagement, set()).add(component)
    most = max(by_engagement.values(), key=lambda done: len(done & set(required)), default=set())
    return tuple(code for code in required if code not in most)


def closing_time(opened_at: datetime, minutes: int, extra_percent: int) -> datetime:
    """Return when the time is up: the form's minutes and what was granted on top, seconds rounded up."""
    return opened_at + timedelta(seconds=-(-minutes * 60 * (100 + extra_percent) // 100))


def ensure_in_time(now: datetime, closes_at: datetime) -> None:
    """Refuse responses after the time is up; what was saved before stands."""
    if now > closes_at:
        raise Conflict("time_is_up", closes_at=closes_at.isoformat())


def ensure_responses(offered: Mapping[str, Collection[str]], responses: Mapping[str, Sequence[str]]) -> None:
    """Refuse a response to an item that the form lacks, or with an option that the item does not offer."""
    for code, marked in responses.items():
        if code not in offered:
            raise Invalid("item_unknown", pointer=f"/responses/{code}", item=code)
        if len(set(marked)) != len(marked) or not set(marked) <= set(offered[code]):
            raise Invalid("option_unknown", pointer=f"/responses/{code}", item=code)


def ensure_conditions(*, identity_confirmed: bool, agreement_signed: bool, aids_checked: bool) -> None:
    """Refuse a sitting without identity, agreement and aids in order, each by its own code (SEC-2)."""
    if not identity_confirmed:
        raise Conflict("identity_not_confirmed", rule="SEC-2")
    if not agreement_signed:
        raise Conflict("agreement_not_signed", rule="SEC-2")
    if not aids_checked:
        raise Conflict("aids_not_checked", rule="SEC-2")
