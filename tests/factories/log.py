"""Small logs with their state, written out as exports, and the means to bend them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.audit.canonical import canonical, commitment, digest, plain
from app.audit.note import Checkpoint, Signer, sign_note
from app.audit.tree import leaf_hash, root_of
from app.log.exporting import write_export

BODY = UUID(int=7)
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ORIGIN = f"log.example.org/{BODY}"
SIGNER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
THIEF = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
ZEROS = "0" * 64


@dataclass
class Log:
    """Events and rows as plain values, before they become bytes."""

    events: list[dict] = field(default_factory=list)
    rows: dict[tuple[str, str], dict] = field(default_factory=dict)

    def lines(self) -> list[bytes]:
        return [canonical(event) for event in self.events]

    def state(self) -> list[bytes]:
        return [
            canonical({"table": table, "id": key, "values": values})
            for (table, key), values in self.rows.items()
        ]

    def head(self) -> Checkpoint:
        return Checkpoint(ORIGIN, len(self.events), root_of(map(leaf_hash, self.lines())))

    def guard(self) -> str:
        head = self.head()
        return json.dumps({"origin": head.origin, "size": head.size, "root": head.root.hex()})


def a_log(events: int, streams: int = 5) -> Log:
    """A log in which each stream has a root row, and every second event of a stream a child row too."""
    log = Log()
    for index in range(events):
        _record(log, index, stream=str(UUID(int=1000 + index % streams)), turn=index // streams)
    return log


def _record(log: Log, index: int, *, stream: str, turn: int) -> None:
    subject = "decisions" if int(stream[-1], 16) % 2 else "cases"
    changed = {
        (subject, stream): {"state": f"step-{turn}", "note": "Ünïcode ✓", "score": turn, "closed": False}
    }
    if turn % 2:
        child = str(UUID(int=5000 + index))
        name = {"commit": commitment(index.to_bytes(32, "big"), "name", f"Person {index}")}
        changed["decision_reasons", child] = {"name": name, "rank": None}
    for key, values in changed.items():
        log.rows[key] = {"body_id": str(BODY), "stream": stream, "rev": turn + 1, **values}
    log.events.append(_event(log, index, stream=stream, subject=subject, changed=list(changed)))


def _event(log: Log, index: int, *, stream: str, subject: str, changed: list[tuple[str, str]]) -> dict:
    earlier = [event for event in log.events if event["stream"] == stream]
    rows = [
        [table, key, digest({"table": table, "id": key, "values": log.rows[table, key]})]
        for table, key in changed
    ]
    return {
        "v": 1,
        "body": str(BODY),
        "id": str(UUID(int=9000 + index)),
        "stream": stream,
        "sseq": len(earlier) + 1,
        "prev": leaf_hash(canonical(earlier[-1])).hex() if earlier else ZEROS,
        "at": plain(AT + timedelta(seconds=index)),
        "event": "decision.granted",
        "subject": subject,
        "actor": {
            "kind": "person",
            "person": str(UUID(int=3)),
            "account": None,
            "client": None,
            "via": "password",
        },
        "request": f"req-{index}",
        "facts": {"reasons": ["LIF-1"], "months": 36},
        "personal": {"facts.remark": commitment(index.to_bytes(32, "big"), "facts.remark", "x")},
        "rows": rows,
        "columns": {table: sorted(log.rows[table, key]) for table, key in changed},
    }


def chained_again(log: Log) -> Log:
    """Recompute every number and link, as someone would who changed the past and covers it up."""
    heads: dict[str, tuple[int, str]] = {}
    for event in log.events:
        last, prev = heads.get(event["stream"], (0, ZEROS))
        event["sseq"], event["prev"] = last + 1, prev
        heads[event["stream"]] = (last + 1, leaf_hash(canonical(event)).hex())
    return log


def written(log: Log, folder: Path, *, signer: Signer = SIGNER) -> Path:
    """Write an export that is right in itself, whatever the log holds."""
    note = sign_note(log.head().text(), [signer])
    write_export(
        folder, body=BODY, events=log.lines(), state=log.state(), checkpoint=note, vkey=signer.vkey, at=AT
    )
    return folder


def with_lines(folder: Path, name: str, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Change the lines of one file, and nothing else."""
    path = folder / name
    path.write_bytes(b"".join(line + b"\n" for line in change(path.read_bytes().split(b"\n")[:-1])))
