"""Whether an assessor suits a seat (scope, calibration, language, load, PER-5), and where too few do."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.core.dates import add_months
from app.core.errors import Conflict, Invalid, Refusal
from assessments.allocation import most_seats
from assessments.examiners import ExaminerState

FOUNDING_MONTHS = 24
"""How long a founding appointment holds at most (SME-BM 7.0, amendment 15)."""


class Cefr(StrEnum):
    """How well somebody knows a language, in the levels of the Council of Europe."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class Basis(StrEnum):
    """What an assessor's scope rests on (PER-4; 7.0, amendment 15)."""

    OWN_LEVEL = "own_level"
    """She holds the level herself, or a higher one."""
    FIELD_COMPETENCE = "field_competence"
    FOUNDING = "founding"
    """A dated resolution of the committee before there was anybody to calibrate with; it expires."""


@dataclass(frozen=True)
class Scope:
    """What an assessor may judge, and from when until when; no phases or endorsements named means all."""

    components: frozenset[str]
    level: int
    phases: frozenset[str]
    endorsements: frozenset[str]
    languages: Mapping[str, Cefr]
    basis: Basis
    valid_from: date
    valid_until: date


@dataclass(frozen=True)
class Vacancy:
    """A seat to be taken: what must be judged, at which level, in which scope and language."""

    case_id: UUID
    component: str
    level: int
    phases: frozenset[str]
    endorsements: frozenset[str]
    language: str


@dataclass(frozen=True)
class Standing:
    """What is known of an assessor on the day: her scopes, calibration, open assignments, state by PER-5."""

    scopes: tuple[Scope, ...]
    calibrated_until: date | None
    open_assignments: int
    most_open: int
    state: ExaminerState


def ensure_scope(
    level: int, own_level: int | None, basis: Basis, valid_from: date, valid_until: date
) -> None:
    """Refuse a scope above her own level that rests on nothing else, or that runs backwards or too long."""
    if valid_until < valid_from:
        raise Invalid("dates_reversed", pointer="/valid_until")
    if basis is Basis.OWN_LEVEL and (own_level is None or level > own_level):
        raise Invalid("scope_above_own_level", pointer="/level", rule="PER-4", level=level, own=own_level)
    if basis is Basis.FOUNDING and valid_until > add_months(valid_from, FOUNDING_MONTHS):
        raise Invalid("founding_too_long", pointer="/valid_until", rule="PER-1", months=FOUNDING_MONTHS)


def objections(vacancy: Vacancy, standing: Standing, least: Cefr, today: date) -> list[Refusal]:
    """Return every refusal that an assessor would meet but for her conflicts, which only the ledger knows."""
    found: list[Refusal] = []
    fitting = [scope for scope in standing.scopes if _covers(scope, vacancy, today)]
    component, level, language = vacancy.component, vacancy.level, vacancy.language
    if not fitting:
        found.append(Conflict("assessor_out_of_scope", rule="PER-1", component=component, level=level))
    elif not any(_speaks(scope, language, least) for scope in fitting):
        found.append(Conflict("assessor_language", rule="PER-4", language=language, least=least))
    is_founding = any(scope.basis is Basis.FOUNDING for scope in fitting)
    if not is_founding and (standing.calibrated_until is None or standing.calibrated_until < today):
        found.append(Conflict("assessor_not_calibrated", rule="PER-1", component=component))
    if standing.open_assignments >= standing.most_open:
        found.append(Conflict("assessor_overloaded", rule="PER-1", most=standing.most_open))
    if standing.state is ExaminerState.BLOCKED:
        found.append(Conflict("assessor_blocked", rule="PER-5"))
    return found


def ensure_suitable(vacancy: Vacancy, standing: Standing, least: Cefr, today: date) -> None:
    """Refuse an assessor who does not suit a seat, by the first reason against her (PER-1, PER-4, PER-5)."""
    for refusal in objections(vacancy, standing, least, today):
        raise refusal


def _covers(scope: Scope, vacancy: Vacancy, today: date) -> bool:
    return (
        vacancy.component in scope.components
        and vacancy.level <= scope.level
        and (not scope.phases or vacancy.phases <= scope.phases)
        and (not scope.endorsements or vacancy.endorsements <= scope.endorsements)
        and scope.valid_from <= today <= scope.valid_until
    )


def _speaks(scope: Scope, language: str, least: Cefr) -> bool:
    order = list(Cefr)
    return language in scope.languages and order.index(scope.languages[language]) >= order.index(least)


@dataclass(frozen=True)
class Considered:
    """An assessor for one seat with all that speaks against her; None of it means that she is free."""

    assessor_id: UUID
    against: tuple[Refusal, ...]
    room: int


@dataclass(frozen=True)
class OpenSeat:
    """A seat of a period that nobody has yet, with everybody who might be asked."""

    name: str
    vacancy: Vacancy
    considered: tuple[Considered, ...]


@dataclass(frozen=True)
class Bottleneck:
    """Seats of one kind for which too few are free, and what single thing keeps how many others away."""

    component: str
    level: int
    language: str
    seats: int
    free: int
    missing: Mapping[str, int]

    @property
    def told(self) -> str:
        """Say it in plain words."""
        seats = "1 seat" if self.seats == 1 else f"{self.seats} seats"
        verb = "is" if self.free == 1 else "are"
        named = f"{seats} of {self.component} in {self.language} at level {self.level}"
        lack = " and ".join(f"{_LACKING[code]} of {count}" for code, count in self.missing.items())
        rest = f"what is missing is {lack}" if lack else "nobody else is one step away"
        return f"{named}; {self.free or 'no'} assessor{'' if self.free == 1 else 's'} {verb} free: {rest}."


_LACKING = {
    "assessor_blocked": "agreement with co-markers",
    "assessor_language": "the language",
    "assessor_not_calibrated": "calibration",
    "assessor_out_of_scope": "a scope that covers it",
    "assessor_overloaded": "room for one more assignment",
}
"""What an assessor lacks, by the one objection to her."""


def bottlenecks(seats: Sequence[OpenSeat]) -> tuple[int, list[Bottleneck]]:
    """Return how many seats can be filled at once, and the kinds of seats that compete for too few."""
    free = {seat.name: [str(one.assessor_id) for one in _free(seat)] for seat in seats}
    room = {str(one.assessor_id): one.room for seat in seats for one in seat.considered}
    marking_of = {seat.name: f"{seat.vacancy.case_id} {seat.vacancy.component}" for seat in seats}
    found = most_seats(marking_of, free, room)
    kinds: dict[tuple[str, int, str], list[OpenSeat]] = {}
    for seat in seats:
        if seat.name in found.short:
            kind = (seat.vacancy.component, seat.vacancy.level, seat.vacancy.language)
            kinds.setdefault(kind, []).append(seat)
    return len(found.filled), [_bottleneck(*kind, short) for kind, short in sorted(kinds.items())]


def _bottleneck(component: str, level: int, language: str, short: Collection[OpenSeat]) -> Bottleneck:
    free = {one.assessor_id for seat in short for one in _free(seat)}
    away = {
        (one.assessor_id, one.against[0].code)
        for seat in short
        for one in seat.considered
        if len(one.against) == 1 and one.against[0].code in _LACKING and one.assessor_id not in free
    }
    missing = dict(sorted(Counter(code for _, code in away).items()))
    return Bottleneck(component, level, language, len(short), len(free), missing)


def _free(seat: OpenSeat) -> list[Considered]:
    return [one for one in seat.considered if not one.against]
