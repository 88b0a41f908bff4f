"""Writes an export of a body's log as a folder that an outsider can check; knows no database."""

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.audit.canonical import canonical, plain
from app.audit.note import Checkpoint, note_text
from app.audit.tree import Frontier, leaf_hash
from app.log.tiles import TileWriter

FORMAT = "mentorcert-export/1"
OFFLINE = Path(__file__).parent / "offline"
SHIPPED = ("mentorcert_verify.py", "VERIFY.md")


class WrongCheckpoint(ValueError):  # noqa: N818 - refusals are named for what is wrong
    """The events given are not those whose head the checkpoint states."""


def write_export(
    folder: Path,
    *,
    body: UUID,
    events: Iterable[bytes],
    state: Iterable[bytes],
    checkpoint: str,
    vkey: str,
    at: datetime,
) -> int:
    """Write the export into a new or empty folder; refuse events not under the checkpoint (REC-1)."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    size = _write_log(folder, events, Checkpoint.parse(note_text(checkpoint)))
    _write_lines(folder / "state.ndjson", state)
    (folder / "checkpoint").write_bytes(checkpoint.encode())
    (folder / "keys").mkdir()
    (folder / "keys" / "log.vkey").write_bytes(vkey.encode() + b"\n")
    manifest = {"format": FORMAT, "body": body, "size": size, "at": at}
    (folder / "manifest.json").write_bytes(canonical(plain(manifest)) + b"\n")
    for name in SHIPPED:
        shutil.copyfile(OFFLINE / name, folder / name)
    return size


def _write_log(folder: Path, events: Iterable[bytes], stated: Checkpoint) -> int:
    tiles, frontier = TileWriter(folder), Frontier()
    with (folder / "events.ndjson").open("wb") as file:
        for event in events:
            tiles.add(event)
            frontier.push(leaf_hash(event))
            file.write(_line(event))
    tiles.close()
    if (frontier.size, frontier.root()) != (stated.size, stated.root):
        raise WrongCheckpoint(f"{frontier.size} events do not lead to the checkpoint of size {stated.size}")
    return frontier.size


def _write_lines(path: Path, lines: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(map(_line, lines))


def _line(content: bytes) -> bytes:
    if b"\n" in content:
        raise ValueError("canonical bytes have no line end in them")
    return content + b"\n"
