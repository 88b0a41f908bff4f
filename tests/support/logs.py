"""Bodies' logs under test: bring events in, sign, export, run the offline verifier as an outsider would."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from app.audit import guards
from app.audit.tables import EventRow, PendingRow
from app.log import checkpointing, service
from app.log.exporting import OFFLINE
from app.log.releasing import export
from app.log.sequencing import sequence
from app.log.tables import CheckpointRow, EdgeRow, LeafRow, NodeRow
from app.work import Caller, Runtime


def signed(system: Caller) -> CheckpointRow:
    """Bring the log up to date and sign its head."""
    system.write(service.bring_in)
    row: CheckpointRow = system.write(checkpointing.sign)
    return row


def exported(system: Caller, folder: Path) -> Path:
    """Export the log of the caller's body."""
    assert system.claim.body_id is not None
    export(system.runtime, system.claim.body_id, folder)
    return folder


def verified(folder: Path, *options: str) -> dict[str, Any]:
    """Run the verifier that lies in the service's source; give each failed check and what it says."""
    command = [sys.executable, str(OFFLINE / "mentorcert_verify.py"), str(folder), "--json", *options]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(result.stdout)
    assert result.returncode == (0 if report["ok"] else 1), result.stderr
    return {check["check"]: check for check in report["checks"] if not check["ok"]}


def unguarded(runtime: Runtime) -> None:
    """Take away everything by which the database defends itself, as its owner could."""
    engine = sa.create_engine(runtime.settings.database_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        guards.drop(connection)
        if not runtime.database.is_sqlite:
            ties = "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype IN ('c', 'f')"
            ours = " AND connamespace = current_schema()::regnamespace AND conrelid <> 0"
            for table, name in connection.exec_driver_sql(ties + ours).all():
                connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    engine.dispose()
    if runtime.database.is_sqlite:

        @sa.event.listens_for(runtime.database.engine, "checkout")
        def _off(connection: Any, *_: object) -> None:
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute("PRAGMA ignore_check_constraints=ON")


def forged_log(session: Session, system: Caller) -> None:
    """Write a body's log anew over the events that are left, as somebody who owns the database could."""
    body_id = system.claim.body_id
    assert body_id is not None
    placed = sa.select(EventRow).join(LeafRow, LeafRow.id == EventRow.id).where(EventRow.body_id == body_id)
    left = session.scalars(placed.order_by(LeafRow.position)).all()
    for table in (CheckpointRow, LeafRow, NodeRow, EdgeRow):
        session.execute(sa.delete(table).where(table.body_id == body_id))
    session.expunge_all()
    for event in left:
        session.add(
            PendingRow(body_id=body_id, id=event.id, stream=event.stream, sseq=event.sseq, leaf=event.leaf)
        )
    session.flush()
    sequence(session, body_id)
