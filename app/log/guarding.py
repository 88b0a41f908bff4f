"""The last signed head of each log, kept outside the database, so that setting the database back shows."""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.audit.tree import NodeReader, root_at


class RolledBack(RuntimeError):  # noqa: N818 - refusals are named for what is wrong
    """The log in the database is not the continuation of the one whose head was signed before."""


@dataclass(frozen=True)
class Head:
    """Size and root of a log under its origin."""

    origin: str
    size: int
    root: bytes


class Guard:
    """The kept head of one body's log, while its lock is held."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.head = read(path)

    def ensure_continued(self, size: int, node: NodeReader) -> None:
        """Refuse a log that is shorter than the kept head, or that had another root at its size."""
        ensure_continued(self._path, self.head, size, node)

    def advance(self, head: Head) -> None:
        """Keep a longer head; it is safely on the disk when this returns."""
        if self.head is not None and self.head.size > head.size:
            return
        draft = self._path.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"origin": head.origin, "size": head.size, "root": head.root.hex()}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
        _sync_folder(self._path.parent)


@contextlib.contextmanager
def held(folder: Path, body_id: UUID) -> Iterator[Guard]:
    """Give a body's guard to one process at a time, so that what was compared is what is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{body_id}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Guard(folder / f"{body_id}.json")


def kept(folder: Path) -> dict[UUID, Path]:
    """Return where the heads of all bodies lie."""
    return {UUID(path.stem): path for path in sorted(folder.glob("*.json"))}


def read(path: Path) -> Head | None:
    """Read a kept head; none was kept before the first signature."""
    if not path.exists():
        return None
    try:
        stored = json.loads(path.read_bytes())
        return Head(stored["origin"], int(stored["size"]), bytes.fromhex(stored["root"]))
    except (ValueError, KeyError, TypeError) as error:
        raise RolledBack(f"The guard {path} cannot be read: {error}. Restore it from its copy.") from None


def ensure_continued(path: Path, head: Head | None, size: int, node: NodeReader) -> None:
    """Refuse a log that is not the continuation of a kept head."""
    if head is None or (size >= head.size and root_at(head.size, node) == head.root):
        return
    what = f"holds {size} events" if size < head.size else "holds other events"
    raise RolledBack(
        f"The log of {head.origin} was signed at {head.size} events, but the database {what}: it was set back"
        f" or altered. If you restored it on purpose, keep {path} with your record of that and move it away."
    )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
