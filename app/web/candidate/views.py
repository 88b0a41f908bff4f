"""What the candidate's pages show and take down, each in one work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.access.actor import Claim
from app.accounts import service as accounts
from app.accounts.service import Token
from app.applications import service as applications
from app.core.errors import Conflict
from app.core.schema import Schema
from app.delivery import service as delivery
from app.delivery.rules import AttemptState, is_answered
from app.delivery.rules.booking import BookingState
from app.delivery.schemas.sat import AttemptRead, Given
from app.itembank import service as itembank
from app.schemes import assessing
from app.schemes import service as schemes
from app.web.candidate.cases import CaseLine, case_line
from app.web.views import Body, own_body
from app.work import Work

_TO_READ = timedelta(minutes=15)
"""So long after the time is up a candidate stays signed in, to submit."""


@dataclass(frozen=True)
class Local:
    """What is shown by one body, at times as its clocks show them."""

    body: Body

    def local(self, instant: datetime) -> datetime:
        """Return an instant as the clocks of the body show it."""
        return instant.astimezone(ZoneInfo(self.body.time_zone))


@dataclass(frozen=True)
class Booked:
    """A standing booking with the time and place of its slot."""

    booking_id: UUID
    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    site: str
    may_change: bool
    may_begin: bool


@dataclass(frozen=True)
class PlanLine:
    """One component of a plan, with all that she may do about it now."""

    component: str
    title: Mapping[str, str]
    standing: str
    attempts_left: int
    earliest: date | None
    latest: date | None
    gates: Sequence[Conflict]
    """What stands before it, as the refusals would say it."""
    booked: Booked | None
    slots: Sequence[Mapping[str, Any]]
    """Those that she may still take, full ones left out."""
    attempt_id: UUID | None
    """The attempt that she has begun and not submitted."""


@dataclass(frozen=True)
class PlanView(Local):
    """What a candidate still has to take for one application."""

    case: CaseLine
    lines: Sequence[PlanLine]


@dataclass(frozen=True)
class AttemptView(Local):
    """An attempt with its paper; a submitted one and one whose time is up show no question."""

    attempt: AttemptRead
    title: Mapping[str, str]
    language: str
    now: datetime
    questions: Sequence[Mapping[str, Any]]
    responses: Mapping[str, Any]
    prolonged: Token | None
    """The token by which she stays signed in until the time is up, where hers ends earlier."""

    @property
    def is_submitted(self) -> bool:
        """Whether nothing can be changed any more."""
        return self.attempt.state is AttemptState.SUBMITTED

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self.now > self.attempt.closes_at

    @property
    def seconds_left(self) -> int:
        """Return how long the time still runs, by the server's clock."""
        return max(0, int((self.attempt.closes_at - self.now).total_seconds()))


@dataclass(frozen=True)
class SubmissionView(Local):
    """What is about to be submitted: which questions have a saved answer."""

    attempt: AttemptRead
    answered: Sequence[bool]


class AttemptStanding(Schema):
    """What the server has of an attempt, for the page's own script; never a question."""

    rev: int
    state: AttemptState
    seconds_left: float
    saved_at: datetime | None
    responses: dict[str, Given]


def plan(work: Work, slug: str, case_id: UUID) -> PlanView:
    """Show a candidate what she still has to take, with the slots that she may book."""
    body = own_body(work, slug)
    lines: Any = delivery.own_plan(work, case_id)["items"]
    slots: Any = delivery.slots_to_book(work, case_id)["items"]
    booked = {slot.component: (booking, slot) for booking, slot in delivery.own_bookings(work, case_id)}
    begun = {row.component: row.id for row in delivery.own_open_attempts(work, case_id)}
    found = [
        PlanLine(
            **{name: line[name] for name in ("component", "title", "attempts_left", "earliest", "latest")},
            standing=line["standing"].value,
            gates=[_gate(**gate) for gate in line["gates"]],
            booked=_booked(work, line, *booked[line["component"]]) if line["component"] in booked else None,
            slots=[slot for slot in slots if _is_offered(slot, line, booked)],
            attempt_id=begun.get(line["component"]),
        )
        for line in lines
    ]
    return PlanView(body, case_line(work, applications.own_case(work, case_id)), found)


def _gate(code: str, facts: Mapping[str, Any], **_: object) -> Conflict:
    return Conflict(code, **facts)


def _booked(work: Work, line: Mapping[str, Any], booking: Any, slot: Any) -> Booked:
    is_in = booking.state is BookingState.CHECKED_IN
    return Booked(
        booking.id, slot.id, slot.starts_at, slot.ends_at, slot.site,
        may_change=not is_in and work.now <= slot.closes_at,
        may_begin=is_in and line["scoring"] == "key",
    )  # fmt: skip


def _is_offered(slot: Mapping[str, Any], line: Mapping[str, Any], booked: Mapping[str, Any]) -> bool:
    """Tell whether a slot may be taken, or moved to, for one component."""
    if slot["component"] != line["component"] or slot["places_left"] == 0:
        return False
    own = booked.get(line["component"])
    return line["standing"].value in {"open", "waiting"} if own is None else own[1].id != slot["id"]


def book(work: Work, slug: str, case_id: UUID, slot_id: UUID) -> None:
    """Book a slot, or move there."""
    own_body(work, slug)
    delivery.book(work, case_id, slot_id)


def cancel(work: Work, slug: str, booking_id: UUID) -> UUID:
    """Give a place back; return the case that it was booked for."""
    own_body(work, slug)
    return delivery.cancel_booking(work, booking_id).case_id


def begin(work: Work, slug: str, case_id: UUID, component: str) -> UUID:
    """Open an attempt; its time runs from now."""
    own_body(work, slug)
    return delivery.open_attempt(work, case_id, component).id


def attempt(work: Work, slug: str, attempt_id: UUID, claim: Claim) -> AttemptView:
    """Show a candidate her attempt, and let her stay signed in until its time is up."""
    body = own_body(work, slug)
    row = delivery.own_attempt(work, attempt_id)
    shown: Any = delivery.paper(work, attempt_id)
    case = applications.own_case(work, row.case_id)
    package = schemes.version_of(work, case.scheme_version_id).package
    runs = row.state is AttemptState.OPEN and work.now <= row.closes_at
    return AttemptView(
        body,
        AttemptRead.model_validate(row),
        title=assessing.component(package, row.component)["title"],
        language=case.language,
        now=work.now,
        questions=shown["questions"] if runs else [],
        responses=shown["responses"],
        prolonged=accounts.prolong(work, claim, row.closes_at + _TO_READ) if runs else None,
    )


def standing(work: Work, slug: str, attempt_id: UUID) -> AttemptStanding:
    """Return what the server has of the caller's attempt."""
    own_body(work, slug)
    row = delivery.own_attempt(work, attempt_id)
    left = (row.closes_at - work.now).total_seconds()
    return AttemptStanding(
        rev=row.rev,
        state=row.state,
        seconds_left=max(0, left),
        saved_at=row.saved_at,
        responses=row.responses if row.state is AttemptState.OPEN else {},
    )


def save(work: Work, slug: str, attempt_id: UUID, responses: dict[str, Any]) -> object:
    """Save all responses so far."""
    own_body(work, slug)
    return delivery.save(work, attempt_id, responses)


def submission(work: Work, slug: str, attempt_id: UUID) -> SubmissionView:
    """Show a candidate what she is about to submit."""
    body = own_body(work, slug)
    row = delivery.own_attempt(work, attempt_id)
    answered = [is_answered(row.responses.get(item.code)) for item in itembank.form_items(work, row.form_id)]
    return SubmissionView(body, AttemptRead.model_validate(row), answered)


def submit(work: Work, slug: str, attempt_id: UUID) -> None:
    """Submit what was saved in time."""
    own_body(work, slug)
    delivery.own_attempt(work, attempt_id)
    delivery.submit(work, attempt_id)
