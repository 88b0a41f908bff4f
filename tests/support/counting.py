"""What stands in a database, seen from outside the service."""

from typing import Any

import sqlalchemy as sa

from app.tables import metadata
from app.work import Runtime


def rows(runtime: Runtime, table: str, **where: object) -> list[Any]:
    """Return the rows of a table that have these values."""
    found = metadata.tables[table]
    query = sa.select(found).where(*(found.c[name] == value for name, value in where.items()))
    with runtime.database.engine.connect() as connection:
        return list(connection.execute(query))


def counts(runtime: Runtime) -> dict[str, int]:
    """Return how many rows each table has."""
    with runtime.database.engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def events(runtime: Runtime, name: str) -> list[Any]:
    """Return all events of a name, oldest first."""
    return sorted(rows(runtime, "events", event=name), key=lambda row: row.id)
