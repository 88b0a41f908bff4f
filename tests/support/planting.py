"""One row in every audited table, made from nothing but its columns: for matrices over the whole schema."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from app.audit.events import Event
from app.audit.guards import is_audited
from app.core.ids import new_id
from app.core.table import Part, ScaledDecimal, metadata
from app.work import Caller, Work

_OWN = {"body_id", "id", "rev", "salt"}
_BESIDE: dict[str, dict[str, Any]] = {"body_documents": {"version": 100}}
"""Values that keep a planted row apart from what the world holds already."""


def audited_tables() -> list[sa.Table]:
    """Return every table whose changes must have events."""
    return [table for table in metadata.sorted_tables if is_audited(table)]


def some_value(column: "sa.Column[Any]", variant: int) -> Any:
    """Return a value that the column takes; another one for another variant."""
    kind = column.type
    if isinstance(kind, ScaledDecimal):
        return Decimal(1 + variant).scaleb(-kind.places)
    if isinstance(kind, sa.Enum):
        members = list(kind.enum_class or kind.enums)
        return members[variant % len(members)]
    made = {
        sa.Uuid: lambda: UUID(int=1 + variant),
        sa.Boolean: lambda: bool(variant % 2),
        sa.JSON: lambda: {"variant": variant},
        sa.LargeBinary: lambda: bytes([65 + variant]) * 32,
        sa.DateTime: lambda: datetime(2026, 1, 1 + variant, tzinfo=UTC),
        sa.Date: lambda: date(2026, 1, 1 + variant),
        sa.Integer: lambda: 1 + variant,
        sa.String: lambda: "ab"[variant % 2],
    }
    base = kind.impl if isinstance(kind, sa.TypeDecorator) else kind
    return next(make for wanted, make in made.items() if isinstance(base, wanted))()


def plant_everywhere(system: Caller) -> dict[str, UUID]:
    """Record a row in every audited table but the bodies'; the database must not defend itself meanwhile."""
    planted = {}
    for mapper in sorted(SQLModel._sa_registry.mappers, key=lambda mapper: str(mapper.local_table.name)):
        table = mapper.local_table
        if is_audited(table) and "body_id" in table.columns:
            planted[str(table.name)] = system.write(_plant, mapper.class_, table)
    return planted


def _plant(work: Work, kind: type[Any], table: sa.Table) -> UUID:
    work.open_to_all()
    values = {column.name: some_value(column, 0) for column in table.columns if column.name not in _OWN}
    values |= _BESIDE.get(str(table.name), {})
    if issubclass(kind, Part):
        values["stream"] = new_id()
    row = kind(body_id=work.body_id, id=new_id(), **values)
    work.session.add(row)
    work.record(Event.RECORD_DISCLOSED, row, what="planted")
    return UUID(str(row.id))
