"""Every event finds its one place in its body's log, after commit or at once (I3 to I6)."""

import sqlalchemy as sa
from sqlmodel import Session
from starlette.testclient import TestClient

from app.audit.tables import EventRow, PendingRow
from app.audit.tree import leaf_hash, root_of
from app.log import service
from app.log.tables import EdgeRow, LeafRow
from app.work import Caller, Runtime
from tests.support.logs import signed
from tests.support.world import World


def _register(client: TestClient, world: World, times: int = 3) -> None:
    for number in range(times):
        answer = client.post(
            "/v1/people",
            json={"printed_name": f"Person {number}", "language": "en"},
            headers=world.alpha["administrator"].headers,
        )
        assert answer.status_code == 201


def _ids(
    session: Session, table: type[EventRow] | type[PendingRow] | type[LeafRow], system: Caller
) -> set[object]:
    return set(session.scalars(sa.select(table.id).where(table.body_id == system.claim.body_id)))


def test_on_postgresql_an_event_waits_until_the_worker_brings_it_in(
    client: TestClient, world: World, runtime: Runtime, system: Caller
) -> None:
    system.write(service.bring_in)
    _register(client, world)

    with runtime.database.reading() as session:
        waiting = len(_ids(session, PendingRow, system))

    assert waiting == (0 if runtime.database.is_sqlite else 3)
    assert system.write(service.bring_in) == waiting


def test_every_event_is_either_in_the_log_or_waiting_never_both(
    client: TestClient, world: World, runtime: Runtime, system: Caller
) -> None:
    system.write(service.bring_in)
    _register(client, world)

    with runtime.database.reading() as session:
        events, leaves, waiting = (_ids(session, table, system) for table in (EventRow, LeafRow, PendingRow))

    assert leaves | waiting == events
    assert leaves & waiting == set()


def test_places_have_no_gap_and_hold_the_hash_of_the_events_bytes_and_lead_to_the_signed_root(
    client: TestClient, world: World, runtime: Runtime, system: Caller
) -> None:
    _register(client, world)
    checkpoint = signed(system)

    with runtime.database.reading() as session:
        rows = session.execute(
            sa.select(LeafRow.position, LeafRow.leaf, EventRow.leaf.label("own"), EventRow.body)
            .join(EventRow, (EventRow.id == LeafRow.id) & (EventRow.body_id == LeafRow.body_id))
            .where(LeafRow.body_id == system.claim.body_id)
            .order_by(LeafRow.position)
        ).all()
        edge = session.get(EdgeRow, system.claim.body_id)

    assert [row.position for row in rows] == list(range(len(rows)))
    assert all(row.leaf == row.own == leaf_hash(bytes(row.body)).hex() for row in rows)
    assert edge is not None
    assert (checkpoint.size, checkpoint.root) == (
        edge.size,
        root_of(bytes.fromhex(row.leaf) for row in rows).hex(),
    )


def test_a_stream_stands_in_the_log_in_its_own_order(
    client: TestClient, world: World, runtime: Runtime, system: Caller
) -> None:
    _register(client, world)
    system.write(service.bring_in)

    with runtime.database.reading() as session:
        rows = session.execute(
            sa.select(EventRow.stream, EventRow.sseq)
            .join(LeafRow, (EventRow.id == LeafRow.id) & (EventRow.body_id == LeafRow.body_id))
            .where(LeafRow.body_id == system.claim.body_id)
            .order_by(LeafRow.position)
        ).all()

    seen: dict[object, int] = {}
    for row in rows:
        assert row.sseq == seen.get(row.stream, 0) + 1
        seen[row.stream] = row.sseq
