"""Leaves, nodes, the growing edge and the signed checkpoints of each body's log."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from app.core.table import Table, keys, public


class LeafRow(Table, table=True):
    """The place of an event (same id) in its body's log."""

    __tablename__ = "log_leaves"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "position"), id="events")

    position: int = public()
    leaf: str = public(max_length=64)


class NodeRow(SQLModel, table=True):
    """The hash of one complete subtree; it never changes."""

    __tablename__ = "log_nodes"
    __table_args__ = (sa.ForeignKeyConstraint(["body_id"], ["bodies.id"]),)

    body_id: UUID = public(primary_key=True)
    level: int = public(primary_key=True)
    position: int = public(primary_key=True)
    digest: str = public(max_length=64)


class EdgeRow(SQLModel, table=True):
    """Size and frontier of a body's log; locked while events are brought in."""

    __tablename__ = "log_edges"
    __table_args__ = (sa.ForeignKeyConstraint(["body_id"], ["bodies.id"]),)

    body_id: UUID = public(primary_key=True)
    size: int = public(0)
    frontier: list[str] = public(sa_type=sa.JSON)


class CheckpointRow(Table, table=True):
    """A signed checkpoint, as it was handed out."""

    __tablename__ = "log_checkpoints"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "size"))

    size: int = public()
    root: str = public(max_length=64)
    note: str = public()
    at: datetime = public()
