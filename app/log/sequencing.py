"""Brings new events into their body's log: inline on SQLite, after commit in a worker on PostgreSQL."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from app.audit.tables import PendingRow
from app.audit.tree import Frontier
from app.log import queries


def sequence(session: Session, body_id: UUID) -> int:
    """Give every waiting event its place in the log and return how many there were.

    What waits is found by its presence in the queue, never by "newer than the last", so that an event whose
    transaction ended late is not lost.
    """
    edge = queries.edge(session, body_id)
    waiting = _in_stream_order(queries.pending(session, body_id))
    if not waiting:
        return 0
    frontier = Frontier.from_hex(edge.size, edge.frontier)
    leaves, nodes = [], []
    for row in waiting:
        leaves.append({"body_id": body_id, "id": row.id, "position": frontier.size, "leaf": row.leaf})
        for made in frontier.push(bytes.fromhex(row.leaf)):
            nodes.append(
                {
                    "body_id": body_id,
                    "level": made.level,
                    "position": made.position,
                    "digest": made.digest.hex(),
                }
            )
    edge.size, edge.frontier = frontier.size, frontier.to_hex()
    session.add(edge)
    session.flush()
    queries.append(session, body_id, leaves, nodes, [row.id for row in waiting])
    return len(waiting)


def _in_stream_order(rows: Sequence[PendingRow]) -> list[PendingRow]:
    """Keep the order of ids, except that no event may precede an earlier one of its own stream.

    Ids carry the clock of the process that made them, and two processes' clocks differ a little.
    """
    by_stream: dict[UUID, list[PendingRow]] = {}
    for row in rows:
        by_stream.setdefault(row.stream, []).append(row)
    for waiting in by_stream.values():
        waiting.sort(key=lambda row: row.sseq, reverse=True)
    return [by_stream[row.stream].pop() for row in rows]
