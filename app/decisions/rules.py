"""What a decision may be, and its explanation recomputed from the snapshot alone (DEC-2, DEC-3, DEC-4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.access.actor import ActorKind
from app.core.dates import add_months
from app.core.errors import Conflict, Forbidden, Invalid, NotEligible
from app.marking import rules as marking
from app.schemes.requirements import Answer, Kind


class DecisionKind(StrEnum):
    """What is decided (ISO/IEC 17024 4.2)."""

    GRANT = "grant"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"


class Reason(StrEnum):
    """Why a certification is suspended; free text would not be comparable."""

    SURVEILLANCE_OVERDUE = "surveillance_overdue"
    COMPLAINT_SUBSTANTIATED = "complaint_substantiated"
    MISUSE = "misuse"
    CONDUCT = "conduct"
    CAPABILITY = "capability"
    HOLDER_REQUEST = "holder_request"


def ensure_human(kind: ActorKind) -> None:
    """Refuse a decision by anything but a human (DEC-2)."""
    if kind is not ActorKind.HUMAN:
        raise Forbidden("decision_by_machine", rule="DEC-2")


def unmet(answers: Iterable[Answer]) -> list[str]:
    """Return the ids of the requirements that are not met."""
    return sorted(answer.requirement.id for answer in answers if not answer.is_met)


def ensure_certifies(*, is_pilot: bool) -> None:
    """Refuse to grant what was begun in a pilot: it tried out the scheme, not the person."""
    if is_pilot:
        raise Conflict("pilot_certifies_nobody", rule="SCH-5")


def ensure_may_grant(answers: Sequence[Answer]) -> None:
    """Refuse a grant with any requirement unmet; there is no override (DEC-4)."""
    if missing := unmet(answers):
        raise NotEligible("requirements_unmet_for_grant", rule="DEC-4", requirements=missing)


def ensure_may_refuse(answers: Sequence[Answer], named: Sequence[str]) -> None:
    """Refuse a refusal that does not name unmet requirements, and only those."""
    missing = set(unmet(answers))
    if not named or not set(named) <= missing:
        raise Invalid("refusal_needs_unmet", pointer="/requirements", requirements=sorted(missing))


def ensure_application_valid(submitted_on: date, today: date, months: int) -> None:
    """Refuse a decision on an application that has grown too old (7.0, amendment 1)."""
    last = add_months(submitted_on, months)
    if today > last:
        raise Conflict("application_too_old", last=last)


def ensure_resolve_by(resolve_by: date, today: date, months: int) -> None:
    """Refuse a suspension without end, or longer than the scheme allows (LIF-1)."""
    latest = add_months(today, months)
    if not today < resolve_by <= latest:
        raise Invalid("resolve_by_refused", pointer="/resolve_by", latest=latest)


def expiry(effective_on: date, cycle_months: int) -> date:
    """Return the last day of a certificate: the day before the cycle ends (CRT-3)."""
    return date.fromordinal(add_months(effective_on, cycle_months).toordinal() - 1)


@dataclass(frozen=True)
class Explanation:
    """What the snapshot says when it is judged anew, and whether that agrees with what was decided."""

    answers: tuple[Answer, ...]
    results: Mapping[str, bool]
    unmet: tuple[str, ...]
    would_grant: bool
    agrees: bool


def explain(kind: DecisionKind, document: Mapping[str, Any]) -> Explanation:
    """Recompute a decision from its snapshot alone: results from ratings, answers from values (DEC-3)."""
    results = {item["component"]: marking.recomputed(item) for item in document["results"]}
    answers = tuple(_judged(Answer.from_document(item), results) for item in document["answers"])
    missing = tuple(unmet(answers))
    would_grant = not missing
    return Explanation(
        answers, results, missing, would_grant, agrees=would_grant == (kind is DecisionKind.GRANT)
    )


def _judged(answer: Answer, results: Mapping[str, bool]) -> Answer:
    """Take the value of a passed component from the recomputed result, not from what stands beside it."""
    if answer.requirement.kind is not Kind.COMPONENT_PASSED or answer.requirement.component is None:
        return answer
    value = type(answer.value)(int(results.get(answer.requirement.component, False)))
    return Answer(answer.requirement, value, answer.sources)
