"""Bases for tables: tenant keys, column classes, portable enums and decimals, composite foreign keys."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, ClassVar, cast
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.ids import new_id

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = SQLModel.metadata


class Class(StrEnum):
    """Who may see a column, and hence how it enters digests, exports, erasure and logs."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    PERSONAL = "personal"
    EXAM_SECRET = "exam_secret"  # noqa: S105 - the name of a class, not a secret
    HEALTH = "health"

    @property
    def is_plain(self) -> bool:
        """Whether values may stand in the log as they are; the others enter as salted commitments."""
        return self in {Class.PUBLIC, Class.RESTRICTED}


def _column(kind: Class) -> Callable[..., Any]:
    def field(default: Any = ..., **options: Any) -> Any:
        return Field(default, sa_column_kwargs={"info": {"class": kind}}, **options)

    return field


public = _column(Class.PUBLIC)
restricted = _column(Class.RESTRICTED)
personal = _column(Class.PERSONAL)
exam_secret = _column(Class.EXAM_SECRET)
health = _column(Class.HEALTH)


def class_of(column: "sa.Column[Any]") -> Class:
    """Return the class of a column; a column without one is a fault of its table."""
    return cast(Class, column.info["class"])


@dataclass(frozen=True)
class Guard:
    """A rule that the database itself keeps: where `refuse_when` holds, the change is refused to anyone.

    The condition is SQL over NEW and OLD, the same text for both databases or one for each.
    """

    name: str
    rule: str
    on: str
    """INSERT, UPDATE or DELETE."""
    refuse_when: str
    refuse_when_sqlite: str | None = None


class Table(SQLModel):
    """Every table's key: the body first, so that one installation can be spread by body."""

    guards: ClassVar[tuple[Guard, ...]] = ()
    """Rules of this table that the database keeps by trigger."""

    body_id: UUID = restricted(primary_key=True)
    id: UUID = restricted(default_factory=new_id, primary_key=True)


class Stamped(SQLModel):
    """What every audited row carries; the recorder sets both."""

    rev: int = restricted(0)
    """Number within the stream of the event that last changed this row."""
    salt: bytes | None = personal(None)
    """Key of this row's commitments; erased together with its personal values."""


class Audited(Stamped, Table):
    """The root of an aggregate: its stream of events bears its own id."""

    @property
    def stream(self) -> UUID:
        """The stream of events that tells this row's story."""
        return self.id


class Part(Stamped, Table):
    """A row inside an aggregate: its changes are told by the root's stream."""

    stream: UUID = restricted()


def keys(*extra: Any, part: bool = False, audited: bool = False, **references: str) -> Any:
    """Return table arguments: tenant foreign keys (`column="table"`) and the tie to the row's event.

    The tie is deferred, so that the row may be written before its event; without the event no commit succeeds
    (REC-1), whoever writes and by whatever means.
    """
    ties: list[sa.Constraint] = [sa.ForeignKeyConstraint(["body_id"], ["bodies.id"])]
    for column, table in references.items():
        ties.append(sa.ForeignKeyConstraint(["body_id", column], [f"{table}.body_id", f"{table}.id"]))
    if audited or part:
        stream = "stream" if part else "id"
        ties.append(
            sa.ForeignKeyConstraint(
                ["body_id", stream, "rev"],
                ["events.body_id", "events.stream", "events.sseq"],
                deferrable=True,
                initially="DEFERRED",
            )
        )
    return (*ties, *extra)


def enum_type(kind: type[Enum]) -> "sa.Enum":
    """Store an enum by its value as text with a CHECK, the same on both databases."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=_snake(kind.__name__),
        values_callable=lambda members: [str(member.value) for member in members],
        length=40,
    )


def _snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name).lstrip("_")


class ScaledDecimal(sa.TypeDecorator[Decimal]):
    """A decimal kept as a whole number of its smallest unit: exact on both databases."""

    impl = sa.BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002 - signature of the library
        """Turn the decimal into smallest units; refuse what would have to be rounded."""
        if value is None:
            return None
        scaled = value.scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.places} decimal places")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> Decimal | None:  # noqa: ARG002 - signature of the library
        """Turn smallest units back into the decimal."""
        return None if value is None else Decimal(value).scaleb(-self.places)
