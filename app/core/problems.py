"""From an error to a problem document (RFC 9457): one table of statuses, sentences by locale, no leaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from app.core import errors
from app.core.database import is_lock_timeout, is_retriable, refused_by
from app.core.messages import sentence

MEDIA_TYPE = "application/problem+json"

_STATUS: tuple[tuple[type[errors.Refusal], int], ...] = (
    (errors.Unauthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Stale, 412),
    (errors.PreconditionMissing, 428),
    (errors.TooLarge, 413),
    (errors.WrongMediaType, 415),
    (errors.TooMany, 429),
    (errors.Unavailable, 503),
    (errors.Conflict, 409),
    (errors.Invalid, 422),
    (errors.Findings, 422),
    (errors.Malformed, 400),
    (errors.MethodRefused, 405),
)


class ProblemFinding(BaseModel):
    """One fault in the input: where, which, in words."""

    pointer: str
    code: str
    message: str


class Problem(BaseModel):
    """A problem document: `code` is for machines and never changes, `detail` is for people."""

    type: str = Field(examples=["urn:mentorcert:problem:not_found"])
    title: str
    status: int
    detail: str
    code: str
    facts: dict[str, Any]
    findings: list[ProblemFinding]
    current: Any
    request_id: str


@dataclass(frozen=True)
class Told:
    """A problem and the headers that go with it."""

    problem: Problem
    headers: Mapping[str, str]


def problem_of(error: Exception, *, request_id: str, locale: str) -> Told:
    """Return the problem document of an error; what is not ours becomes 500 without inner text."""
    refusal = _as_refusal(error)
    status = next((number for kind, number in _STATUS if isinstance(refusal, kind)), 500)
    facts = {name: _plain(value) for name, value in refusal.facts.items()}
    findings = _findings(refusal, locale)
    headers = {"Retry-After": str(facts.get("retry_after", 1))} if status in {429, 503} else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    current = refusal.current if isinstance(refusal, errors.Stale) else None
    problem = Problem(
        type=f"urn:mentorcert:problem:{refusal.code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=sentence(refusal.code, facts, locale),
        code=refusal.code,
        facts=facts,
        findings=findings,
        current=current.model_dump(mode="json") if isinstance(current, BaseModel) else None,
        request_id=request_id,
    )
    return Told(problem, headers)


def _as_refusal(error: Exception) -> errors.Refusal:
    if isinstance(error, errors.Refusal):
        return error
    if isinstance(error, IntegrityError):
        return errors.Conflict("refused_by_database", rule=refused_by(error))
    if isinstance(error, DataError):
        return errors.Invalid("value_refused")
    if isinstance(error, DBAPIError) and (is_retriable(error) or is_lock_timeout(error)):
        return errors.Unavailable("busy")
    return _Unexpected("unexpected")


class _Unexpected(errors.Refusal):
    """Anything that nobody raised on purpose."""


def _findings(refusal: errors.Refusal, locale: str) -> list[ProblemFinding]:
    if isinstance(refusal, errors.Findings):
        return [
            ProblemFinding(pointer=where, code=code, message=text) for where, code, text in refusal.findings
        ]
    if refusal.pointer is not None:
        text = sentence(refusal.code, refusal.facts, locale)
        return [ProblemFinding(pointer=refusal.pointer, code=refusal.code, message=text)]
    return []


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes):
        return [_plain(inner) for inner in value]
    return str(value)
