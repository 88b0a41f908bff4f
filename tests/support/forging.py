"""A raw writer who holds the application's own role and knows how events are made: he forges both."""

import hashlib
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.database import refused_by
from app.core.ids import new_id
from app.tables import metadata
from app.work import Runtime

FIRST = "0" * 64


def forge(runtime: Runtime, table: str, values: dict[str, Any]) -> str:
    """Insert an audited row together with a forged event; return what refuses it, or nothing."""
    row = {"id": new_id(), "rev": 1} | values
    try:
        with runtime.database.writing() as session:
            session.execute(sa.insert(metadata.tables[table]).values(**row))
            session.execute(sa.insert(metadata.tables["events"]).values(**_event(runtime, row, table)))
            session.commit()
    except sa.exc.IntegrityError as error:
        return refused_by(error) or "a key"
    return ""


def _event(runtime: Runtime, row: dict[str, Any], table: str) -> dict[str, Any]:
    stream: UUID = row.get("stream", row["id"])
    body = f"forged {table} {stream}".encode()
    return {
        "body_id": row["body_id"],
        "id": new_id(),
        "stream": stream,
        "sseq": row["rev"],
        "event": "forged",
        "at": runtime.clock.now(),
        "body": body,
        "prev": FIRST,
        "leaf": hashlib.sha256(b"\0" + body).hexdigest(),
    }
