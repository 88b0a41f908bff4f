"""Explains every decision of a database from its snapshot alone; run as a program, in a fresh process.

It reads two columns and asks the rules; no live record is looked at.
"""

import json
import sys

import sqlalchemy as sa

from app.decisions.rules import DecisionKind, explain


def main(url: str) -> None:
    engine = sa.create_engine(url)
    query = (
        "SELECT d.kind, s.document FROM decisions d JOIN evidence_snapshots s"
        " ON s.body_id = d.body_id AND s.id = d.snapshot_id"
    )
    with engine.connect() as connection:
        for kind, stored in connection.exec_driver_sql(query):
            document = stored if isinstance(stored, dict) else json.loads(stored)
            found = explain(DecisionKind(kind), document)
            told = {"agrees": found.agrees, "unmet": found.unmet, "results": dict(found.results)}
            sys.stdout.write(json.dumps(told) + "\n")
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
