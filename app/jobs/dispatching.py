"""Hands due jobs from the outbox to the engine, outside any work, and notes that they were handed over.

A process that dies between the two hands over again; the engine knows the job by its name and runs it once.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from app.jobs import queries, service
from app.jobs.engine import Engine
from app.jobs.running import as_system
from app.jobs.tables import OutboxRow
from app.work import Runtime

_BATCH = 100
_PATIENCE = timedelta(minutes=10)


def dispatch(runtime: Runtime, engine: Engine) -> int:
    """Hand over the oldest due jobs and return how many there were."""
    with runtime.database.reading() as session:
        rows = queries.unhanded(session, runtime.clock.now(), limit=_BATCH)
    for row in rows:
        engine.hand(row)
    for body_id, ids in _by_body(rows).items():
        as_system(runtime, body_id, "dispatch").write(service.hand_over, ids)
    return len(rows)


def recover(runtime: Runtime, engine: Engine) -> int:
    """Give jobs back to the outbox that the engine took and lost, say because its book was deleted."""
    now = runtime.clock.now()
    with runtime.database.reading() as session:
        rows = queries.overdue(session, now, handed_before=now - _PATIENCE, limit=_BATCH)
    lost = [row for row in rows if engine.has_lost(row)]
    for row in lost:
        as_system(runtime, row.body_id, "dispatch").write(service.fail, row.id, "lost")
    return len(lost)


def _by_body(rows: Iterable[OutboxRow]) -> dict[UUID, list[UUID]]:
    grouped: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        grouped[row.body_id].append(row.id)
    return grouped
