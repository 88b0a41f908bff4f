"""Hands a body's log out: as a folder for the command, as a zip file for the route."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from app.access.actor import system
from app.core.errors import Unavailable
from app.log import checkpointing, service
from app.work import Caller, Runtime

_TRIES = 10
_PIECE = 64 * 1024


def export(runtime: Runtime, body_id: UUID, folder: Path) -> None:
    """Write the log and the rows of one instant under a checkpoint of exactly that size.

    The head is signed after the events stand and before the instant is chosen; if others wrote in between, it
    does not match the instant and both are taken again.
    """
    caller = Caller(runtime, system(body_id), "export")
    for _ in range(_TRIES):
        caller.write(service.bring_in)
        checkpoint = caller.write(checkpointing.sign)
        if caller.read(service.write_out, folder, checkpoint):
            return
    raise Unavailable("busy")


def zipped(runtime: Runtime, body_id: UUID) -> Iterator[bytes]:
    """Make an export, then give it as a zip file, piece by piece; nothing of it stays behind."""
    file = _zip(
        runtime, body_id
    )  # here, not at the first piece: a refusal must come before the answer begins
    return _pieces(file)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _zip(runtime: Runtime, body_id: UUID) -> BinaryIO:
    file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - whoever reads the last piece closes it
    with tempfile.TemporaryDirectory() as folder:
        export(runtime, body_id, Path(folder) / "export")
        _pack(Path(folder) / "export", file)
    file.seek(0)
    return file


def _pack(folder: Path, file: BinaryIO) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                with path.open("rb") as source, archive.open(str(path.relative_to(folder)), "w") as target:
                    shutil.copyfileobj(source, target)
