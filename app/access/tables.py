"""Accounts, appointments, machine clients, sign-ins and invitations."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from app.access.permissions import Role
from app.core.table import Audited, Table, enum_type, keys, personal, restricted


class AccountRow(Audited, table=True):
    """The means by which one person signs in to one body."""

    __tablename__ = "accounts"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "email"), person_id="people", audited=True)

    person_id: UUID = restricted()
    email: str = personal()
    password_hash: str = personal()
    is_closed: bool = restricted(False)


class AppointmentRow(Audited, table=True):
    """A dated appointment of a person to a role; outside its dates it gives nothing (GEN-4)."""

    __tablename__ = "appointments"
    __table_args__ = keys(
        sa.Index(None, "body_id", "person_id"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        person_id="people",
        audited=True,
    )

    person_id: UUID = restricted()
    role: Role = restricted(sa_type=enum_type(Role))
    starts_on: date = restricted()
    ends_on: date | None = restricted(None)


class ClientRow(Audited, table=True):
    """An integrator's machine; it acts within its scopes and never decides (DEC-2)."""

    __tablename__ = "clients"
    __table_args__ = keys(audited=True)

    name: str = restricted()
    secret_hash: str = restricted(max_length=64)
    """SHA-256 of a 256-bit random secret; a slow hash would add nothing."""
    scopes: list[str] = restricted(sa_type=sa.JSON)
    is_closed: bool = restricted(False)


class InvitationRow(Audited, table=True):
    """A one-time link by which a registered person opens an account."""

    __tablename__ = "invitations"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "secret_hash"), person_id="people", audited=True)

    person_id: UUID = restricted()
    email: str = personal()
    secret_hash: str = restricted(max_length=64)
    expires_at: datetime = restricted()
    used_at: datetime | None = restricted(None)


class SignInRow(Table, table=True):
    """One sign-in: the family of refresh tokens that grew from it; only the newest token works."""

    __tablename__ = "sign_ins"
    __table_args__ = keys(account_id="accounts")

    account_id: UUID = restricted()
    refresh_hash: str = restricted(max_length=64)
    expires_at: datetime = restricted()
    ended_at: datetime | None = restricted(None)


class FailedSignInRow(Table, table=True):
    """Failed sign-ins of one e-mail address, to slow guessing down; holds a hash, not the address."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "email_hash"))

    email_hash: str = restricted(max_length=64)
    failures: int = restricted(0)
    blocked_until: datetime | None = restricted(None)


class IdempotencyRow(SQLModel, table=True):
    """A client's key for one unsafe call, and the exact answer once there is one."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (sa.ForeignKeyConstraint(["body_id"], ["bodies.id"]), sa.Index(None, "body_id", "at"))

    body_id: UUID = restricted(primary_key=True)
    caller: UUID = restricted(primary_key=True)
    operation: str = restricted(primary_key=True)
    key: str = restricted(primary_key=True)
    request_hash: str = restricted(max_length=64)
    at: datetime = restricted()
    answer: str | None = personal(None)
