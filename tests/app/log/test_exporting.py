"""An export holds the exact bytes, in tiles that other tools read, and nothing outside its checkpoint."""

import base64
import json
from pathlib import Path

import pytest

from app.audit.note import Checkpoint, sign_note
from app.audit.tree import leaf_hash, root_of
from app.log.exporting import OFFLINE, WrongCheckpoint, write_export
from app.log.tiles import TileWriter, tile_path
from tests.factories.log import AT, BODY, ORIGIN, SIGNER, a_log, written

FOREIGN = json.loads(Path("tests/data/audit/tlog-tiles-15.json").read_text())["files"]


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("size", range(16))
def test_tiles_equal_those_of_a_foreign_log(size: int, tmp_path: Path) -> None:
    foreign = {path.removeprefix("testdata/log/"): base64.b64decode(text) for path, text in FOREIGN.items()}
    expected = {path: raw for path, raw in foreign.items() if path.endswith(f".p/{size}")}
    bundle, entries = foreign.get(f"tile/entries/000.p/{size}", b""), []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        entries.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]

    writer = TileWriter(tmp_path)
    for entry in entries:
        writer.add(entry)
    writer.close()

    assert _files(tmp_path) == expected
    assert len(expected) == (2 if size else 0)


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (0, 256, "tile/0/000"),
        (67, 3, "tile/0/067.p/3"),
        (999, 256, "tile/0/999"),
        (1000, 256, "tile/0/x001/000"),
        (1234067, 1, "tile/0/x001/x234/067.p/1"),
    ],
)
def test_a_tile_is_named_as_the_format_says(number: int, width: int, path: str) -> None:
    assert tile_path(0, number, width) == path


def test_tiles_of_a_tree_over_two_levels(tmp_path: Path) -> None:
    entries = [index.to_bytes(3, "big") for index in range(256 * 256 + 300)]
    leaves = [leaf_hash(entry) for entry in entries]

    writer = TileWriter(tmp_path)
    for entry in entries:
        writer.add(entry)
    writer.close()

    assert (tmp_path / "tile/0/255").read_bytes() == b"".join(leaves[255 * 256 : 256 * 256])
    assert (tmp_path / "tile/0/257.p/44").read_bytes() == b"".join(leaves[-44:])
    assert (tmp_path / "tile/1/000").read_bytes()[:32] == root_of(leaves[:256])
    assert (tmp_path / "tile/1/001.p/1").read_bytes() == root_of(leaves[65536:65792])
    assert (tmp_path / "tile/2/000.p/1").read_bytes() == root_of(leaves[:65536])
    assert sum(1 for path in tmp_path.glob("tile/entries/**/*") if path.is_file()) == 258


def test_an_export_has_the_agreed_layout(tmp_path: Path) -> None:
    log = a_log(12)

    files = _files(written(log, tmp_path / "export"))

    assert set(files) == {
        "VERIFY.md",
        "checkpoint",
        "events.ndjson",
        "keys/log.vkey",
        "manifest.json",
        "mentorcert_verify.py",
        "state.ndjson",
        "tile/0/000.p/12",
        "tile/entries/000.p/12",
    }
    assert files["events.ndjson"].split(b"\n")[:-1] == log.lines()
    assert files["state.ndjson"].split(b"\n")[:-1] == log.state()
    assert files["mentorcert_verify.py"] == (OFFLINE / "mentorcert_verify.py").read_bytes()
    assert json.loads(files["manifest.json"]) == {
        "format": "mentorcert-export/1",
        "body": str(BODY),
        "size": 12,
        "at": "2026-11-22T10:00:00.000000Z",
    }


def _write(folder: Path, *, events: list[bytes], head: Checkpoint, state: list[bytes] | None = None) -> int:
    note = sign_note(head.text(), [SIGNER])
    return write_export(
        folder, body=BODY, events=events, state=state or [], checkpoint=note, vkey=SIGNER.vkey, at=AT
    )


def test_events_that_the_checkpoint_does_not_cover_are_refused(tmp_path: Path) -> None:
    log = a_log(5)

    with pytest.raises(WrongCheckpoint):
        _write(tmp_path, events=log.lines()[:-1], head=log.head())


def test_a_folder_with_anything_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old").touch()

    with pytest.raises(FileExistsError):
        _write(tmp_path, events=[], head=Checkpoint(ORIGIN, 0, root_of([])))


def test_the_largest_event_fits_and_one_byte_more_does_not(tmp_path: Path) -> None:
    largest = b"x" * 65535

    assert (
        _write(tmp_path / "a", events=[largest], head=Checkpoint(ORIGIN, 1, root_of([leaf_hash(largest)])))
        == 1
    )
    with pytest.raises(ValueError, match="more than a tile"):
        _write(tmp_path / "b", events=[largest + b"x"], head=Checkpoint(ORIGIN, 1, bytes(32)))


def test_a_row_that_would_become_two_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="line end"):
        _write(tmp_path, events=[], head=Checkpoint(ORIGIN, 0, root_of([])), state=[b"{}\n{}"])
