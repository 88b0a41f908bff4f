"""How long a search for a mentor takes with 10,000 and with 100,000 certificates, on both databases.

    python -m benchmarks.find_mentors [sizes ...]

Each certified person is listed. Her rows are copies of one real mentor's, loaded past service and guards.
A line for each question and size tells the median and the longest of seven whole requests.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from starlette.testclient import TestClient

from app.audit import guards
from app.core.ids import new_id
from app.core.settings import Mode, Settings
from app.directory.rules.listing import turn_of
from app.directory.vocabulary import VOCABULARY
from app.main import create_app, make_runtime
from app.tables import metadata
from app.work import Runtime
from tests.factories.directory import Pool
from tests.factories.schemes import a_published_version
from tests.support.databases import Templates, postgres_server
from tests.support.world import StandingClock, World, as_system, make_world

SIZES = (10_000, 100_000)
ROUNDS = 7
CHUNK = 2_000
SEARCH = "/public/v1/bodies/alpha/mentors"
NEED = {"expertise": ["finance", "law"], "phase": "growth", "level": 3, "language": "es", "sector": "tourism"}
QUESTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "nothing asked": (SEARCH, {}),
    "a need": (SEARCH, NEED),
    "a rare need": (SEARCH, NEED | {"country": "MT", "endorsement": "fintech", "level": 5}),
    "wishes only": (
        SEARCH,
        {
            "expertise": ["finance", "law", "export"], "experience": "went_abroad", "sector": "tourism",
            "language": "es", "country": "ES", "require": "scope",
        },
    ),
    "accepting, free": (SEARCH, {"accepting": True, "free": True}),
    "coverage": ("/v1/directory/coverage", {}),
}  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


def installation(url: str, folder: Path) -> tuple[Runtime, World]:
    settings = Settings(
        url, folder, key_passphrase="for this run only", mode=Mode.TEST, argon2_memory_kib=8, argon2_rounds=1
    )
    runtime = make_runtime(settings, StandingClock())
    return runtime, make_world(runtime)


def the_mentor(client: TestClient, runtime: Runtime, world: World) -> dict[str, dict[str, Any]]:
    """Make one mentor as the service does; return her rows, from which the others are made."""
    version_id = a_published_version(client, world.alpha)
    listing = UUID(
        Pool(client, as_system(runtime, world.alpha.body_id), world.alpha, version_id).mentor("Ana")
    )
    with runtime.database.engine.connect() as connection:

        def row(table: str, **where: object) -> dict[str, Any]:
            found = metadata.tables[table]
            query = sa.select(found).where(*(found.c[name] == value for name, value in where.items()))
            return dict(connection.execute(query).mappings().one())

        own = row("directory_listings", id=listing)
        return {
            "directory_listings": own,
            "people": row("people", id=own["person_id"]),
            "certificates": row("certificates", person_id=own["person_id"]),
        }


def others(like: dict[str, dict[str, Any]], count: int) -> Iterator[Rows]:
    chance = random.Random(7)  # the same pool in each run
    for start in range(0, count, CHUNK):
        rows: Rows = {name: [] for name in (*_ORDER,)}
        for number in range(start, min(start + CHUNK, count)):
            _add(rows, like, number, chance)
        yield rows


_ORDER = ("people", "directory_listings", "certificates", "directory_facets", "certificate_scopes")


def _add(rows: Rows, like: dict[str, dict[str, Any]], number: int, chance: random.Random) -> None:
    person, listing, certificate = new_id(), new_id(), new_id()
    body = like["people"]["body_id"]
    said = {
        "expertise": chance.sample(VOCABULARY.codes("expertise"), 3),
        "experience": chance.sample(VOCABULARY.codes("experience"), 2),
        "sectors": chance.sample(VOCABULARY.codes("sector"), 2),
        "languages": chance.sample(("en", "es", "it", "fr", "tr"), 2),
        "styles": chance.sample(VOCABULARY.codes("style"), 1),
    }
    covered = {
        "phases": chance.sample(("early_startup", "transition", "growth"), 2),
        "endorsements": chance.sample(
            ("fintech", "tourism", "agro_food", "construction"), chance.randint(0, 1)
        ),
    }
    rows["people"].append(like["people"] | {"id": person, "printed_name": f"Mentor {number}"})
    rows["directory_listings"].append(
        like["directory_listings"] | said
        | {
            "id": listing, "person_id": person, "turn": turn_of(listing), "is_free": chance.random() < 0.5,
            "country": chance.choice(VOCABULARY.offered["countries"]), "is_accepting": chance.random() < 0.7,
        }
    )  # fmt: skip
    rows["certificates"].append(
        like["certificates"] | covered
        | {
            "id": certificate, "person_id": person, "number": f"B-{number}", "code": f"{number:020}",
            "decision_id": certificate, "level": chance.randint(3, 5),
            "state": chance.choices(("valid", "suspended", "withdrawn"), (90, 5, 5))[0],
        }
    )  # fmt: skip
    _index(rows, body, listing, said)
    _scope(rows, body, certificate, covered)


def _scope(rows: Rows, body: UUID, certificate: UUID, covered: dict[str, list[str]]) -> None:
    rows["certificate_scopes"] += [
        {"body_id": body, "id": new_id(), "certificate_id": certificate, "dimension": kind, "code": code}
        for kind, column in (("phase", "phases"), ("endorsement", "endorsements"))
        for code in covered[column]
    ]


def _index(rows: Rows, body: UUID, listing: UUID, said: dict[str, list[str]]) -> None:
    kinds = {"sector": "sectors", "language": "languages", "style": "styles"}
    rows["directory_facets"] += [
        {"body_id": body, "id": new_id(), "kind": kind, "code": code, "listing_id": listing}
        for kind in ("expertise", "experience", *kinds)
        for code in said[kinds.get(kind, kind)]
    ]


def load(runtime: Runtime, like: dict[str, dict[str, Any]], count: int) -> None:
    """Load the pool past guards and references, which are no part of what is measured."""
    with runtime.database.engine.execution_options(write=True).connect() as connection:
        if runtime.database.is_sqlite:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr] # it is there
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        guards.drop(connection)
        for rows in others(like, count):
            for name in _ORDER:
                connection.execute(sa.insert(metadata.tables[name]), rows[name])
        connection.commit()
    if not runtime.database.is_sqlite:  # which does so by itself in time; SQLite never does
        with runtime.database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("ANALYZE")


def measured(client: TestClient, world: World, path: str, query: dict[str, Any]) -> tuple[float, float, int]:
    took, found = [], 0
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        answer = client.get(path, params=query, headers=world.alpha["adviser"].headers)
        took.append(time.perf_counter() - began)
        assert answer.status_code == 200, answer.text[:500]
        found = len(answer.json().get("items", answer.json().get("cells", ())))
    return statistics.median(took[1:]), max(took[1:]), found


def run(kind: str, size: int, templates: Templates, folder: Path) -> None:
    runtime, world = installation(templates.fresh(), folder)
    with TestClient(create_app(runtime)) as client:
        load(runtime, the_mentor(client, runtime, world), size)
        for name, (path, query) in QUESTIONS.items():
            median, longest, found = measured(client, world, path, query)
            print(
                f"{kind:10} {size:>7,} {name:16} median={median * 1000:7.1f} ms"
                f" longest={longest * 1000:7.1f} ms shown={found}",
                flush=True,
            )
    runtime.database.dispose()


def main(sizes: tuple[int, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        for kind, url in (("sqlite", None), ("postgresql", server)):
            for size in sizes:
                run(kind, size, Templates(kind, Path(folder), url), Path(folder) / f"{kind}{size}")


if __name__ == "__main__":
    main(tuple(int(word) for word in sys.argv[1:]) or SIZES)
