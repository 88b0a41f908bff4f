"""Use cases of signing in and of opening accounts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from app.access import tokens
from app.access.actor import ActorKind, Claim, Via
from app.access.permissions import Permission, Role
from app.access.tables import AccountRow, ClientRow, FailedSignInRow, InvitationRow, SignInRow
from app.accounts import queries, rules
from app.accounts.schemas import (
    ClientCreate,
    ClientGrant,
    InvitationAccept,
    PasswordGrant,
    RefreshGrant,
    RegistrationCreate,
)
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.errors import Conflict, TooMany, Unauthenticated
from app.core.ids import new_id, new_secret, secret_hash
from app.core.secrets import Purpose
from app.people import service as people
from app.people.schemas import AppointmentCreate, PersonCreate
from app.work import Work

_INVITATION_LIFE = timedelta(days=30)


@dataclass(frozen=True)
class Token:
    """An access token and, for people, the refresh token that follows it."""

    access_token: str
    expires_in: int
    refresh_token: str | None
    token_type: str = "Bearer"  # noqa: S105 - the name of a scheme, not a secret


@dataclass(frozen=True)
class Issued:
    """A row together with the secret that is shown this one time."""

    id: UUID
    secret: str
    person_id: UUID | None = None
    expires_at: object = None
    name: str = ""
    scopes: tuple[Permission, ...] = ()


def sign_in(work: Work, grant: PasswordGrant) -> Token:
    """Sign a person in; wrong address and wrong password look and take the same."""
    work.open_to_all()
    email_hash = hashlib.sha256(f"{work.body_id}:{grant.email}".encode()).hexdigest()
    waiting = queries.attempts(work, email_hash)
    if waiting is not None and waiting.blocked_until is not None and waiting.blocked_until > work.now:
        raise TooMany(
            "sign_in_blocked", retry_after=int((waiting.blocked_until - work.now).total_seconds()) + 1
        )
    account = queries.by_email(work, grant.email)
    right = work.runtime.passwords.check(
        grant.password.get_secret_value(), account.password_hash if account is not None else None
    )
    if account is None or not right or account.is_closed:
        failed = Unauthenticated("sign_in_failed")
        failed.aftermath = partial(_count_failure, email_hash=email_hash, account=account)
        raise failed
    if waiting is not None:
        waiting.failures, waiting.blocked_until = 0, None
        work.session.add(waiting)
    return _begin(work, account)


def _count_failure(work: Work, *, email_hash: str, account: AccountRow | None) -> None:
    """Count a failed sign-in and record it against the account, if there is one."""
    work.open_to_all()
    row = queries.attempts(work, email_hash) or FailedSignInRow(body_id=work.body_id, email_hash=email_hash)
    row.failures += 1
    row.blocked_until = work.now + rules.pause_after(row.failures)
    work.session.add(row)
    if account is not None:
        work.record(Event.SIGN_IN_FAILED, account, failures=row.failures)


def _begin(work: Work, account: AccountRow) -> Token:
    secret = new_secret()
    row = SignInRow(
        body_id=work.body_id,
        id=new_id(),
        account_id=account.id,
        refresh_hash=secret_hash(secret),
        expires_at=work.now + work.runtime.settings.refresh_token_life,
    )
    work.session.add(row)
    return _token(work, row, secret)


def _token(work: Work, row: SignInRow, secret: str) -> Token:
    claim = Claim(
        ActorKind.HUMAN, work.body_id, account_id=row.account_id, sign_in_id=row.id, via=Via.PASSWORD
    )
    return Token(_signed(work, claim), _life(work), f"{row.id.hex}{secret}")


def _life(work: Work) -> int:
    return int(work.runtime.settings.access_token_life.total_seconds())


def _signed(work: Work, claim: Claim, life: timedelta | None = None) -> str:
    key = bodies.signing_key(work, Purpose.TOKENS)
    signer = work.runtime.keyring.token_key(work.body_id, key.kid)
    life = life or work.runtime.settings.access_token_life
    return tokens.issue(claim, signer, now=work.now, life=life)


def prolong(work: Work, claim: Claim, until: datetime) -> Token | None:
    """Let a person stay signed in until a moment; None where she does anyway.

    Each work asks the database whether the sign-in still holds, so a longer token outlives nothing else.
    Callers have asked their own permission.
    """
    if claim.expires_at is None or claim.expires_at >= until:
        return None
    life = until - work.now
    return Token(_signed(work, claim, life), int(life.total_seconds()), None)


def refresh(work: Work, grant: RefreshGrant) -> Token:
    """Exchange a refresh token for the next pair; an old one coming back ends the sign-in."""
    work.open_to_all()
    row = queries.sign_in(work, _sign_in_of(grant.refresh_token))
    if row is None or row.ended_at is not None or row.expires_at <= work.now:
        raise Unauthenticated("sign_in_ended")
    if row.refresh_hash != secret_hash(grant.refresh_token[32:]):
        reused = Unauthenticated("refresh_token_reused")
        reused.aftermath = partial(_end, sign_in_id=row.id, reused=True)
        raise reused
    secret = new_secret()
    row.refresh_hash = secret_hash(secret)
    work.session.add(row)
    return _token(work, row, secret)


def _sign_in_of(refresh_token: str) -> UUID:
    try:
        return UUID(hex=refresh_token[:32])
    except ValueError:
        raise Unauthenticated("sign_in_ended") from None


def _end(work: Work, *, sign_in_id: UUID, reused: bool) -> None:
    """End a sign-in; a reused token is recorded against the account."""
    work.open_to_all()
    row = queries.sign_in(work, sign_in_id)
    if row is None or row.ended_at is not None:
        return
    row.ended_at = work.now
    work.session.add(row)
    account = queries.account(work, row.account_id)
    if reused and account is not None:
        work.record(Event.SIGN_IN_REUSED, account)


def sign_out(work: Work, refresh_token: str) -> None:
    """End the sign-in that a refresh token belongs to."""
    work.open_to_all()
    row = queries.sign_in(work, _sign_in_of(refresh_token))
    if row is None or row.refresh_hash != secret_hash(refresh_token[32:]):
        raise Unauthenticated("sign_in_ended")
    _end(work, sign_in_id=row.id, reused=False)


def sign_in_client(work: Work, grant: ClientGrant) -> Token:
    """Sign a machine client in."""
    work.open_to_all()
    row = queries.client(work, grant.client_id)
    if row is None or row.is_closed or row.secret_hash != secret_hash(grant.client_secret):
        raise Unauthenticated("sign_in_failed")
    claim = Claim(ActorKind.CLIENT, work.body_id, client_id=row.id, via=Via.CLIENT_CREDENTIALS)
    return Token(_signed(work, claim), _life(work), None)


def register(work: Work, wanted: RegistrationCreate) -> AccountRow:
    """Let a mentor make herself known and open her account."""
    work.open_to_all()
    person = people.enter(work, PersonCreate(**wanted.model_dump(exclude={"email", "password"})))
    return _open(work, person.id, wanted.email, wanted.password.get_secret_value())


def _open(work: Work, person_id: UUID, email: str, password: str) -> AccountRow:
    if queries.by_email(work, email) is not None:
        raise Conflict("email_taken")
    row = AccountRow(
        body_id=work.body_id,
        person_id=person_id,
        email=email,
        password_hash=work.runtime.passwords.hash(password),
    )
    work.session.add(row)
    work.record(Event.ACCOUNT_OPENED, row, person=person_id)
    return row


def first_administrator(work: Work, wanted: RegistrationCreate) -> AccountRow:
    """Give a new body its first administrator; only the service itself may, by command."""
    work.require_system()
    person = people.enter(work, PersonCreate(**wanted.model_dump(exclude={"email", "password"})))
    people.enter_appointment(work, person, AppointmentCreate(role=Role.ADMINISTRATOR, starts_on=work.today))
    return _open(work, person.id, wanted.email, wanted.password.get_secret_value())


def invite(work: Work, person_id: UUID, email: str) -> Issued:
    """Invite a registered person to open an account; the secret is shown once."""
    work.require(Permission.ACCOUNTS_INVITE)
    person = people.known(work, person_id)
    secret = new_secret()
    row = InvitationRow(
        body_id=work.body_id,
        person_id=person.id,
        email=email,
        secret_hash=secret_hash(secret),
        expires_at=work.now + _INVITATION_LIFE,
    )
    work.session.add(row)
    work.record(Event.INVITATION_ISSUED, row, person=person.id, expires_at=row.expires_at)
    return Issued(row.id, secret, person_id=person.id, expires_at=row.expires_at)


def accept(work: Work, wanted: InvitationAccept) -> AccountRow:
    """Open the account that an invitation was issued for; an invitation works once and for 30 days."""
    work.open_to_all()
    row = queries.invitation(work, secret_hash(wanted.secret))
    if row is None or row.used_at is not None or row.expires_at <= work.now:
        raise Unauthenticated("invitation_ended")
    row.used_at = work.now
    work.session.add(row)
    work.record(Event.INVITATION_ACCEPTED, row)
    return _open(work, row.person_id, row.email, wanted.password.get_secret_value())


def register_client(work: Work, wanted: ClientCreate) -> Issued:
    """Register a machine client within given permissions; the secret is shown once."""
    work.require(Permission.CLIENTS_MANAGE)
    return enter_client(work, wanted)


def enter_client(work: Work, wanted: ClientCreate) -> Issued:
    """Enter a machine client; callers have asked their own permission."""
    secret = new_secret()
    scopes = sorted(set(wanted.scopes))
    row = ClientRow(body_id=work.body_id, name=wanted.name, secret_hash=secret_hash(secret), scopes=[*scopes])
    work.session.add(row)
    work.record(Event.CLIENT_REGISTERED, row, scopes=scopes)
    return Issued(row.id, secret, name=row.name, scopes=tuple(scopes))


def whoami(work: Work) -> dict[str, object]:
    """Tell the caller who she is here, and in which roles today."""
    work.require(Permission.BODIES_READ)
    actor = work.actor
    return {
        "person_id": actor.person_id,
        "account_id": actor.account_id,
        "client_id": actor.client_id,
        "roles": sorted(actor.roles),
    }
