"""Caller and Work: one transaction for one caller, with retry, idempotency and the record of refusals.

`caller.read`, `caller.write` and `caller.disclose` are the only doors to the database. Each opens a work,
runs one use case, and builds the answer while the work is open.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, overload
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.access import queries
from app.access.actor import Actor, ActorKind, Claim
from app.access.keyring import Keyring
from app.access.passwords import Passwords
from app.access.permissions import Permission, permissions_of
from app.access.recognition import Recognised, recognise
from app.audit.events import Event
from app.audit.recorder import Recorder, Signature, Subject
from app.core.clock import Clock
from app.core.database import Database, is_lock_timeout, is_retriable, is_taken_key
from app.core.errors import Conflict, Forbidden, Invalid, PreconditionMissing, Refusal, Stale, Unavailable
from app.core.ids import new_id
from app.core.post import Post
from app.core.settings import Settings

_TRIES = 5
ANSWERS_KEPT = timedelta(days=7)

Answer = TypeVar("Answer", bound=BaseModel)
Logbook = Callable[[Session, UUID], int]
"""Brings new events into a body's log inside the transaction (SQLite); None where a worker does it."""


@dataclass(frozen=True)
class Runtime:
    """What the whole process shares; made once, handed down, never looked up."""

    settings: Settings
    database: Database
    clock: Clock
    keyring: Keyring
    passwords: Passwords
    post: Post
    logbook: Logbook | None = None


@dataclass(frozen=True)
class Attempt:
    """An unsafe call that its sender may repeat: the key, and a hash of all that was asked."""

    operation: str
    key: str
    request_hash: str


class Work:
    """One open transaction carried out for one caller. Use cases take it; they never open one."""

    def __init__(
        self, runtime: Runtime, session: Session, who: Recognised, caller: "Caller", now: datetime
    ) -> None:
        self.runtime = runtime
        self.session = session
        self.actor: Actor = who.actor
        self.body_id: UUID = who.body_id
        self.now: datetime = now
        self.today: date = who.today
        self.request_id = caller.request_id
        self.recorder = Recorder(session, who.body_id)
        self._if_match = caller.if_match
        self.is_judged = False

    @property
    def person_id(self) -> UUID:
        """The person who acts; machines and strangers are refused."""
        if self.actor.person_id is None:
            raise Forbidden("person_needed")
        return self.actor.person_id

    def may(self, permission: Permission) -> bool:
        """Tell whether the caller has a permission; counts as having asked."""
        self.is_judged = True
        if self.actor.kind is ActorKind.CLIENT and permission not in self.actor.scopes:
            return False
        return permission in permissions_of(self.actor.roles)

    def require(self, permission: Permission) -> None:
        """Refuse a caller whose appointments do not give this permission today (GEN-4)."""
        if not self.may(permission):
            raise Forbidden("permission_missing", permission=str(permission))

    def open_to_all(self) -> None:
        """Say that this use case needs no permission; without a word on permission a work fails."""
        self.is_judged = True

    def require_system(self) -> None:
        """Refuse everyone but the service itself."""
        self.is_judged = True
        if self.actor.kind is not ActorKind.SYSTEM:
            raise Forbidden("permission_missing", permission="system")

    def expect(self, row: Any) -> None:
        """Refuse a change to an older version than the present one (If-Match)."""
        if self._if_match is None:
            raise PreconditionMissing("if_match_missing")
        if self._if_match.strip('W/"') != str(row.rev):
            raise Stale(row)

    def record(
        self, event: Event, subject: Subject, personal: dict[str, object] | None = None, **facts: object
    ) -> None:
        """Record the one event of this work about this aggregate."""
        self.recorder.note(event, subject, facts, personal or {})

    def settle(self) -> None:
        """Write rows and events, and bring the log up to date where that is done in the same transaction."""
        written = self.recorder.settle(Signature(self.actor.as_fact(), self.now, self.request_id))
        if written and self.runtime.logbook is not None:
            self.runtime.logbook(self.session, self.body_id)


@dataclass(frozen=True)
class _Act:
    """Stands for an attempt that touched no aggregate: a stream of its own, queueing behind nobody."""

    stream: UUID = field(default_factory=new_id)
    __tablename__ = "acts"


def _no_header(_name: str, _value: str) -> None:
    return None


@dataclass(frozen=True)
class Caller:
    """Who calls, and the two or three things of the request that a transaction must know."""

    runtime: Runtime
    claim: Claim
    request_id: str
    attempt: Attempt | None = None
    if_match: str | None = None
    set_header: Callable[[str, str], None] = _no_header

    def of_body(self, slug: str) -> "Caller":
        """Return the same caller as a stranger who names the body by slug."""
        return replace(self, claim=replace(self.claim, kind=ActorKind.PUBLIC, body_id=None, body_slug=slug))

    @overload
    def read(
        self, use_case: Callable[..., object], *args: object, answer: type[Answer], **named: object
    ) -> Answer: ...
    @overload
    def read(
        self, use_case: Callable[..., Any], *args: object, answer: None = None, **named: object
    ) -> Any: ...
    def read(self, use_case: Callable[..., Any], *args: object, answer: Any = None, **named: object) -> Any:
        """Run a use case that changes nothing and build its answer."""

        def run() -> Any:
            with self.runtime.database.reading() as session:
                work = self._work(session)
                found = use_case(work, *args, **named)
                _ensure_judged(work)
                return self._told(found, answer)

        return self._guarded(run)

    @overload
    def write(
        self, use_case: Callable[..., object], *args: object, answer: type[Answer], **named: object
    ) -> Answer: ...
    @overload
    def write(
        self, use_case: Callable[..., Any], *args: object, answer: None = None, **named: object
    ) -> Any: ...
    def write(self, use_case: Callable[..., Any], *args: object, answer: Any = None, **named: object) -> Any:
        """Run a use case that changes state, in one transaction with its events and its stored answer."""
        return self._guarded(lambda: self._transact(use_case, args, named, answer))

    @overload
    def disclose(
        self, use_case: Callable[..., object], *args: object, answer: type[Answer], **named: object
    ) -> Answer: ...
    @overload
    def disclose(
        self, use_case: Callable[..., Any], *args: object, answer: None = None, **named: object
    ) -> Any: ...
    def disclose(
        self, use_case: Callable[..., Any], *args: object, answer: Any = None, **named: object
    ) -> Any:
        """Read what the scheme calls sensitive: the access is recorded before the answer leaves."""
        caller = replace(self, attempt=None)
        return self._guarded(lambda: caller._transact(use_case, args, named, answer, must_record=True))

    def _transact(
        self, use_case: Callable[..., Any], args: Any, named: Any, answer: Any, *, must_record: bool = False
    ) -> Any:
        with self.runtime.database.writing() as session:
            work = self._work(session)
            key = self._key_row(work)
            if key is not None and (replay := self._replayed(session, key, answer)) is not None:
                return replay.told
            try:
                found = use_case(work, *args, **named)
            except Stale as stale:
                stale.current = self._told(stale.current, answer)  # rendered while the work is open
                raise
            _ensure_judged(work)
            if must_record and not work.recorder.has_notes:
                raise RuntimeError("a disclosure must record its event")
            work.settle()
            told = self._told(found, answer)
            if key is not None:
                queries.keep_answer(
                    session, key, answer=told.model_dump_json() if answer is not None else "null"
                )
            session.commit()
            return told

    def _work(self, session: Session) -> Work:
        now = self.runtime.clock.now()
        return Work(self.runtime, session, recognise(session, self.claim, now), self, now)

    def _told(self, found: Any, answer: Any) -> Any:
        if answer is None:
            return found
        told = answer.model_validate(found)
        if (rev := getattr(told, "rev", None)) is not None:
            self.set_header("ETag", f'"{rev}"')
        return told

    def _key_row(self, work: Work) -> dict[str, Any] | None:
        if self.attempt is None:
            return None
        return {
            "body_id": work.body_id,
            "caller": self.claim.account_id or self.claim.client_id or _stranger(self.attempt),
            "operation": self.attempt.operation,
            "key": self.attempt.key,
            "request_hash": self.attempt.request_hash,
            "at": work.now,
        }

    def _replayed(self, session: Session, key: dict[str, Any], answer: Any) -> "_Replay | None":
        """Return the stored answer of an earlier equal call, or None when this call is the first."""
        try:
            if queries.claim_key(session, key):
                return None
        except DBAPIError as error:
            if is_lock_timeout(error):  # the first call holds the key's row and is still running
                raise Conflict("in_progress") from None
            raise
        stored = queries.stored_answer(session, key["body_id"], key["caller"], key["operation"], key["key"])
        if stored is not None and stored.request_hash != key["request_hash"]:
            raise Invalid("idempotency_key_reused")
        if stored is None or stored.answer is None:
            raise Conflict("in_progress")
        self.set_header("Idempotency-Replayed", "true")
        if answer is None:
            return _Replay(None)
        return _Replay(self._told(answer.model_validate_json(stored.answer), answer))

    def _guarded(self, run: Callable[[], Any]) -> Any:
        """Run, again after a lost race, and record a refusal that matters once the work was rolled back."""
        for attempt in range(_TRIES):
            try:
                return run()
            except DBAPIError as error:
                if not is_retriable(error) and not (attempt == 0 and is_taken_key(error)):
                    raise
                time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter between rivals, not a secret
            except Refusal as refusal:
                self._remember(refusal)
                raise
        raise Unavailable("busy")

    def _remember(self, refusal: Refusal) -> None:
        if refusal.aftermath is not None:
            replace(self, attempt=None).write(refusal.aftermath)
        elif refusal.is_recorded:
            replace(self, attempt=None).write(_record_refusal, refusal)


@dataclass(frozen=True)
class _Replay:
    """What an earlier equal call was told."""

    told: Any


def _record_refusal(work: Work, refusal: Refusal) -> None:
    """Record an attempt that was refused, in a transaction of its own."""
    work.open_to_all()
    event = Event.ACCESS_REFUSED if isinstance(refusal, Forbidden) else Event.IMPARTIALITY_REFUSED
    facts = {name: str(value) for name, value in refusal.facts.items()}
    work.record(event, _Act(), code=refusal.code, facts=facts)


def _stranger(attempt: Attempt) -> UUID:
    """Tell strangers apart by what they ask, so that none can take another's key beforehand."""
    return UUID(hex=attempt.request_hash[:32])


def _ensure_judged(work: Work) -> None:
    """Deny by default: a use case that never said who may call it is a fault, not an open door."""
    if not work.is_judged:
        raise RuntimeError("the use case asked for no permission")


def forget_answers(runtime: Runtime) -> None:
    """Delete the answers that were kept for callers who repeat themselves, once their time is over."""
    with runtime.database.writing() as session:
        queries.forget_answers(session, runtime.clock.now() - ANSWERS_KEPT)
        session.commit()
