"""Types of activity: what a record or a session may be called, and what follows from it. Types are data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.errors import Conflict, Invalid
from app.practice.rules.calendar import Refused
from app.practice.rules.states import RecordKind


@dataclass(frozen=True)
class ActivityType:
    """One type of activity of a body."""

    code: str
    record_kind: RecordKind | None
    """The kind of record that it is a type of; None where it is a type of session."""
    titles: Mapping[str, str]
    hours_per_year_max: Decimal | None = None
    """Most hours that count in a calendar year; None sets no bound."""
    is_attested: bool = False
    """Whether it counts only once somebody else attested it."""
    retired_on: date | None = None
    """The first day on which it is out of use."""
    is_shipped: bool = False


Types = Mapping[str, ActivityType]


def in_force(shipped: Types, own: Iterable[ActivityType]) -> dict[str, ActivityType]:
    """Return a body's types by code: its own stand beside the shipped ones, or in their place."""
    return {**shipped, **{one.code: one for one in own}}


def ensure_may_name(types: Types, code: str, kind: RecordKind | None, on: date) -> None:
    """Refuse to call a record of a kind (or a session) by a type that does not fit it or its day."""
    found = types.get(code)
    if found is None:
        raise Refused("activity_type_unknown", pointer="/type", type=code)
    if found.record_kind is not kind:
        told = "session" if found.record_kind is None else found.record_kind
        raise Refused("activity_type_misfits", pointer="/type", type=code, kind=told)
    if found.retired_on is not None and on >= found.retired_on:
        raise Refused("activity_type_retired", pointer="/type", type=code, retired_on=found.retired_on)


def spoken_here(types: Types, code: str | None, kind: RecordKind | None) -> str | None:
    """Return a type that came from another body where it means something here, else nothing."""
    found = None if code is None else types.get(code)
    return None if found is None or found.record_kind is not kind else code


def ensure_may_add(types: Types, wanted: ActivityType) -> None:
    """Refuse a code that the body has used; a shipped type is replaced by one of its own kind."""
    standing = types.get(wanted.code)
    if standing is None:
        return
    if not standing.is_shipped:
        raise Conflict("activity_type_code_taken", type=wanted.code)
    if standing.record_kind is not wanted.record_kind:
        raise Invalid("activity_type_kind_stays", pointer="/record_kind", type=wanted.code)


def ensure_may_retire(found: ActivityType, on: date, today: date) -> None:
    """Refuse to retire a type twice, or for days gone by: what was logged on them stays as it was."""
    if found.retired_on is not None:
        raise Conflict("activity_type_retired_already", type=found.code, retired_on=found.retired_on)
    if on < today:
        raise Invalid("activity_type_retirement_refused", pointer="/retired_on", earliest=today)
