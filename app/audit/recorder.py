"""The recorder: gives changed rows their number in their stream and writes one event per changed aggregate.

It belongs to one open work. A row is stamped (rev, salt) before it is flushed; at the end of the work every
stream that changed must have exactly one event, which carries the digest of each row that it changed.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event as sa_event
from sqlmodel import Session

from app.audit import queries
from app.audit.canonical import canonical, commitment, digest, plain
from app.audit.events import Event
from app.audit.rows import secret_columns, values_of
from app.audit.tables import EventRow, OpeningRow, PendingRow
from app.audit.tree import leaf_hash
from app.core.ids import new_id
from app.core.table import Part, Stamped

_FIRST = (0, "0" * 64)
_MOST_BYTES = 65_535


class Incomplete(RuntimeError):  # noqa: N818 - named for what is wrong
    """A fault of the service: state changed without its event, or an event twice in one work."""


class Subject(Protocol):
    """What an event is about: a row of an audited aggregate."""

    @property
    def stream(self) -> UUID:
        """The stream that the event joins."""
        ...


class _Changed(Protocol):
    """A stamped row: a root, whose stream is its own id, or a part of one."""

    id: UUID
    rev: int
    salt: bytes | None

    @property
    def stream(self) -> UUID: ...


@dataclass
class _Note:
    event: Event
    stream: UUID
    subject: str
    facts: Mapping[str, object]
    personal: Mapping[str, object]


@dataclass(frozen=True)
class Signature:
    """Who did it, when and on which request; the same for all events of a work."""

    actor: Mapping[str, str | None]
    at: datetime
    request_id: str


@dataclass
class Recorder:
    """Collects the events of one work and writes them, with rows and digests, just before commit."""

    session: Session
    body_id: UUID
    _heads: dict[UUID, tuple[int, str]] = field(default_factory=dict)
    _notes: dict[UUID, _Note] = field(default_factory=dict)
    _rows: dict[tuple[str, UUID], Any] = field(default_factory=dict)
    _bulk: dict[tuple[str, UUID], tuple[sa.Table, Mapping[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sa_event.listen(self.session, "before_flush", self._stamp)

    def note(
        self, event: Event, subject: Subject, facts: Mapping[str, object], personal: Mapping[str, object]
    ) -> None:
        """Take down one event; a second one for the same aggregate in one work is a fault."""
        if subject.stream in self._notes:
            raise Incomplete(
                f"{event} after {self._notes[subject.stream].event}: one event per aggregate and work"
            )
        name = str(getattr(subject, "__tablename__", "acts"))
        self._notes[subject.stream] = _Note(event, subject.stream, name, facts, personal)

    def insert(self, kind: type[Part], rows: Sequence[dict[str, Any]]) -> None:
        """Insert many parts of aggregates at once; each row names its `stream`."""
        table: sa.Table = kind.__table__  # type: ignore[attr-defined] # SQLModel adds it at run time
        for row in rows:
            row["body_id"], row["rev"] = self.body_id, self._head(row["stream"])[0] + 1
            row.setdefault("id", new_id())
            row["salt"] = secrets.token_bytes(32) if secret_columns(table) else None
            self._bulk[(str(table.name), row["id"])] = (table, row)
        if rows:
            self.session.execute(sa.insert(table), rows)

    def _head(self, stream: UUID, *, is_new: bool = False) -> tuple[int, str]:
        if stream not in self._heads:
            found = None if is_new else queries.head(self.session, self.body_id, stream)
            self._heads[stream] = found or _FIRST
        return self._heads[stream]

    def _stamp(self, session: Session, _context: object, _instances: object) -> None:
        """Give each changed row its rev and, where it holds secrets, its salt, before it is written."""
        fresh = {id(row) for row in session.new}  # by identity: rows compare by value and cannot be hashed
        for row in [*session.new, *session.dirty]:
            is_new = id(row) in fresh
            if not isinstance(row, Stamped) or not (is_new or session.is_modified(row)):
                continue
            is_new_root = is_new and not isinstance(row, Part)
            changed = cast("_Changed", row)
            changed.rev = self._head(changed.stream, is_new=is_new_root)[0] + 1
            table: sa.Table = row.__table__  # type: ignore[attr-defined] # SQLModel adds it at run time
            if changed.salt is None and secret_columns(table):
                changed.salt = secrets.token_bytes(32)
            self._rows[(str(table.name), changed.id)] = row

    @property
    def has_notes(self) -> bool:
        """Whether any event was taken down."""
        return bool(self._notes)

    def settle(self, signature: Signature) -> int:
        """Flush all rows and write their events; return how many. The commit follows at once."""
        self.session.flush()  # rows first: their digests are taken from what was written
        changed: dict[UUID, list[tuple[str, UUID, str]]] = {}
        columns: dict[UUID, dict[str, list[str]]] = {}
        for stream, table, row_id, values in self._changes():
            changed.setdefault(stream, []).append(
                (table, row_id, digest({"table": table, "id": str(row_id), "values": values}))
            )
            columns.setdefault(stream, {})[table] = sorted(values)
        if missing := set(changed) - set(self._notes):
            tables = sorted({table for stream in missing for table, _, _ in changed[stream]})
            raise Incomplete(f"state of {', '.join(tables)} changed without an event")
        for note in self._notes.values():
            self._write(note, signature, changed.get(note.stream, []), columns.get(note.stream, {}))
        self.session.flush()  # events must stand before the deferred ties are judged at commit
        return len(self._notes)

    def _changes(self) -> list[tuple[UUID, str, UUID, dict[str, object]]]:
        changes = []
        for (name, row_id), row in self._rows.items():
            table: sa.Table = row.__table__
            mapping = {column.name: getattr(row, column.name) for column in table.columns}
            changes.append((row.stream, name, row_id, values_of(table, mapping)))
        for (name, row_id), (table, given) in self._bulk.items():
            full = {column.name: given.get(column.name) for column in table.columns}
            changes.append((given["stream"], name, row_id, values_of(table, full)))
        return changes

    def _write(
        self,
        note: _Note,
        signature: Signature,
        changed: list[tuple[str, UUID, str]],
        columns: dict[str, list[str]],
    ) -> None:
        sseq, prev = self._head(note.stream)
        event_id = new_id()
        content = self._content(note, signature, event_id)
        body = canonical(plain({**content, "rows": sorted(changed), "columns": columns}))
        if len(body) > _MOST_BYTES:
            raise Incomplete(f"{note.event} is longer than an event may be; record in chunks")
        leaf = leaf_hash(body).hex()
        self.session.add(
            EventRow(
                body_id=self.body_id,
                id=event_id,
                stream=note.stream,
                sseq=sseq + 1,
                event=note.event,
                at=signature.at,
                body=body,
                prev=prev,
                leaf=leaf,
            )
        )
        self.session.add(
            PendingRow(body_id=self.body_id, id=event_id, stream=note.stream, sseq=sseq + 1, leaf=leaf)
        )
        self._heads[note.stream] = (sseq + 1, leaf)

    def _content(self, note: _Note, signature: Signature, event_id: UUID) -> dict[str, object]:
        sseq, prev = self._head(note.stream)
        return {
            "v": 1,
            "body": self.body_id,
            "id": event_id,
            "stream": note.stream,
            "sseq": sseq + 1,
            "prev": prev,
            "at": signature.at,
            "event": note.event,
            "subject": note.subject,
            "actor": signature.actor,
            "request": signature.request_id,
            "facts": note.facts,
            "personal": {path: self._commit(event_id, path, value) for path, value in note.personal.items()},
        }

    def _commit(self, event_id: UUID, path: str, value: object) -> str:
        salt = secrets.token_bytes(32)
        self.session.add(
            OpeningRow(
                body_id=self.body_id,
                event_id=event_id,
                path=path,
                salt=salt,
                value=canonical(plain(value)).decode(),
            )
        )
        return commitment(salt, path, value)
