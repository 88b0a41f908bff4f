"""What a work asks first: who is this, in which body, with which appointments; and its key rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from app.access.tables import AccountRow, AppointmentRow, ClientRow, IdempotencyRow, SignInRow

_BODIES = sa.table("bodies", sa.column("id", sa.Uuid()), sa.column("slug"), sa.column("time_zone"))


def body_by_id(session: Session, body_id: UUID) -> Any:
    """Return id and time zone of a body."""
    return session.execute(
        sa.select(_BODIES.c.id, _BODIES.c.time_zone).where(_BODIES.c.id == body_id)
    ).first()


def body_by_slug(session: Session, slug: str) -> Any:
    """Return id and time zone of the body with this slug."""
    return session.execute(sa.select(_BODIES.c.id, _BODIES.c.time_zone).where(_BODIES.c.slug == slug)).first()


def signed_in(session: Session, body_id: UUID, account_id: UUID, sign_in_id: UUID) -> Sequence[Any]:
    """Return body, account and sign-in joined, one row per appointment (or one without)."""
    return session.execute(
        sa.select(  # type: ignore[call-overload] # SQLModel types columns as values
            _BODIES.c.time_zone,
            AccountRow.person_id,
            AccountRow.is_closed,
            SignInRow.ended_at,
            SignInRow.expires_at,
            AppointmentRow.role,
            AppointmentRow.starts_on,
            AppointmentRow.ends_on,
        )
        .select_from(SignInRow)
        .join(AccountRow, _same(AccountRow, SignInRow) & (col(AccountRow.id) == col(SignInRow.account_id)))
        .join(_BODIES, _BODIES.c.id == col(SignInRow.body_id))
        .outerjoin(
            AppointmentRow,
            _same(AppointmentRow, AccountRow) & (col(AppointmentRow.person_id) == col(AccountRow.person_id)),
        )
        .where(
            col(SignInRow.body_id) == body_id,
            col(SignInRow.id) == sign_in_id,
            col(SignInRow.account_id) == account_id,
        )
    ).all()


def client(session: Session, body_id: UUID, client_id: UUID) -> Any:
    """Return time zone of the body, scopes of the client and whether it is closed."""
    return session.execute(
        sa.select(_BODIES.c.time_zone, ClientRow.scopes, ClientRow.is_closed)  # type: ignore[call-overload] # as above
        .join(_BODIES, _BODIES.c.id == col(ClientRow.body_id))
        .where(col(ClientRow.body_id) == body_id, col(ClientRow.id) == client_id)
    ).first()


def _same(left: Any, right: Any) -> Any:
    return col(left.body_id) == col(right.body_id)


def claim_key(session: Session, values: dict[str, Any]) -> bool:
    """Insert an idempotency key; tell whether it was new. A second caller waits here for the first to end."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(IdempotencyRow).values(**values).on_conflict_do_nothing().returning(IdempotencyRow.key)  # type: ignore[call-overload] # as above
    return session.execute(statement).first() is not None  # RETURNING, not rowcount: psycopg reports -1


def stored_answer(
    session: Session, body_id: UUID, caller: UUID, operation: str, key: str
) -> IdempotencyRow | None:
    """Return what was answered under a key."""
    return session.get(IdempotencyRow, (body_id, caller, operation, key))


def keep_answer(session: Session, values: dict[str, Any], *, answer: str) -> None:
    """Store the exact answer under its key, the last statement before commit."""
    names = ("body_id", "caller", "operation", "key")
    session.execute(
        sa.update(IdempotencyRow)
        .where(*(col(getattr(IdempotencyRow, name)) == values[name] for name in names))
        .values(answer=answer)
    )


def forget_answers(session: Session, before: datetime) -> None:
    """Delete the keys of all bodies that are older than the promised time."""
    session.execute(sa.delete(IdempotencyRow).where(col(IdempotencyRow.at) < before))
