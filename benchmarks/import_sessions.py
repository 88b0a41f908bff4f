"""What an import of 10,000 sessions costs as one whole request on SQLite, beside plain rows as wide.

    python -m benchmarks.import_sessions [rounds]

Ours is the route: read, judge, overlap checks, insert, digests, events, log, stored answer, full durability.
One row in a hundred is bad and is skipped. The yardstick inserts 10,000 rows of the same table's values with
executemany into a bare table of the same width and commits. Then the same file again: all rows are there.
"""

import logging
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.settings import Mode, Settings
from app.main import create_app, make_runtime
from app.migrating import upgrade
from app.practice.tables import SessionRow
from app.work import Runtime
from tests.support.world import Member, StandingClock, make_world

ROWS = 10_000
ENGAGEMENTS = 30
PER_DAY = 4
FIRST_DAY = datetime(2015, 1, 5, tzinfo=UTC)
OWN = "/v1/me/practice"


def the_file() -> str:
    lines = ["engagement,date,start,end,kind,note"]
    for number in range(ROWS):
        day = (FIRST_DAY + timedelta(days=number // PER_DAY)).date().isoformat()
        hour = 8 + number % PER_DAY * 2
        end = "never" if number % 100 == 50 else f"{hour + 1:02}:30"
        lines.append(f"firm-{number % ENGAGEMENTS:02},{day},{hour:02}:00,{end},session,Cash flow {number}")
    return "\n".join(lines) + "\n"


def installation(folder: Path) -> tuple[Runtime, Member]:
    settings = Settings(
        f"sqlite:///{folder}/bench.db", folder, key_passphrase="for this run only", mode=Mode.TEST,
        argon2_memory_kib=8, argon2_rounds=1,
    )  # fmt: skip
    upgrade(settings.database_url)
    runtime = make_runtime(settings, StandingClock())
    return runtime, make_world(runtime).alpha["person"]


def opened(client: TestClient, mentor: Member) -> None:
    for number in range(ENGAGEMENTS):
        wanted = {
            "code": f"firm-{number:02}", "sme_name": f"Firm {number}", "country": "ES", "sector": "agro_food",
            "modality": "one_to_one", "planned_months": 6, "phase": "growth", "started_on": "2015-01-01",
        }  # fmt: skip
        assert client.post(f"{OWN}/engagements", json=wanted, headers=mentor.headers).status_code == 201


def sent(client: TestClient, mentor: Member, content: str) -> tuple[float, dict[str, Any]]:
    began = time.perf_counter()
    answer = client.post(
        f"{OWN}/sessions/import",
        files={"file": ("sessions.csv", content.encode(), "text/csv")},
        params={"bad_rows": "skip"},
        headers=mentor.headers | {"Idempotency-Key": f"key-{began}"},
    )
    took = time.perf_counter() - began
    assert answer.status_code == 200, answer.text[:500]
    return took, answer.json()


def plain_rows(folder: Path, runtime: Runtime) -> float:
    """Insert the rows that were just imported into a bare table of the same width."""
    names = [column.name for column in SessionRow.__table__.columns]  # type: ignore[attr-defined] # by SQLModel
    with runtime.database.engine.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT {', '.join(names)} FROM practice_sessions").all()
    rows = [tuple(row) for row in found]
    rows += rows[: ROWS - len(rows)]
    bare = sa.create_engine(f"sqlite:///{folder}/bare.db")
    with bare.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("PRAGMA synchronous=FULL")
        connection.exec_driver_sql(f"CREATE TABLE bare ({', '.join(names)})")
        connection.commit()
        began = time.perf_counter()
        marks = ", ".join("?" for _ in names)
        connection.exec_driver_sql(f"INSERT INTO bare VALUES ({marks})", rows)
        connection.commit()
        took = time.perf_counter() - began
    bare.dispose()
    return took


def measure() -> tuple[float, float, float]:
    folder = Path(tempfile.mkdtemp(prefix="mentorcert-bench-"))
    runtime, mentor = installation(folder)
    with TestClient(create_app(runtime)) as client:
        opened(client, mentor)
        content = the_file()
        first, told = sent(client, mentor, content)
        assert told["totals"]["loaded"] == ROWS - ROWS // 100, told["totals"]
        again, told = sent(client, mentor, content)
        assert told["totals"]["already_there"] == ROWS - ROWS // 100, told["totals"]
    bare = plain_rows(folder, runtime)
    runtime.database.dispose()
    shutil.rmtree(folder)
    return first, again, bare


def main(rounds: int = 3) -> None:
    logging.disable(logging.WARNING)
    found = []
    for number in range(rounds):
        found.append(measure())
        first, again, bare = found[-1]
        print(f"round {number + 1}: import {first:.2f} s, again {again:.2f} s, plain rows {bare:.3f} s")
    first, again, bare = (statistics.median(times) for times in zip(*found, strict=True))
    print(
        f"median rows/s ours={ROWS / first:.0f} again={ROWS / again:.0f} yardstick={ROWS / bare:.0f}"
        f" ratio={bare / first:.3f} of plain rows; {ROWS} rows in {first:.1f} s"
    )


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:]))
