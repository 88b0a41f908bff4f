"""The offline verifier names the place of whatever was changed in an export after it was signed."""

import copy
from pathlib import Path
from types import ModuleType

import pytest

from app.audit.canonical import canonical
from tests.factories.log import Log, a_log, with_lines, written

LOG = a_log(40)  # as the fixture gives it; parametrization needs it before any fixture runs
MIDDLE = 21
FIELDS = sorted(LOG.events[MIDDLE])


def _bent(value: object) -> object:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return ("1" if value[:1] != "1" else "2") + value[1:]
        case None:
            return "x"
        case list():
            return [*value, value[0]] if value else ["x"]
    assert isinstance(value, dict)
    name = next(iter(value))
    return {**value, name: _bent(value[name])}


@pytest.mark.parametrize("field", FIELDS)
def test_a_changed_field_of_an_event_is_found_at_its_place(export: Path, check, field: str) -> None:
    def change(lines: list[bytes]) -> list[bytes]:
        event = {**LOG.events[MIDDLE], field: _bent(LOG.events[MIDDLE][field])}
        return [*lines[:MIDDLE], canonical(event), *lines[MIDDLE + 1 :]]

    with_lines(export, "events.ndjson", change)

    failed = check(export)

    assert {"tiles", "root"} <= set(failed)
    assert failed["tiles"]["place"]["event"] == MIDDLE
    assert min(f["place"]["event"] for f in failed.values() if "event" in f["place"]) <= MIDDLE + 5


@pytest.mark.parametrize("field", FIELDS)
def test_an_event_without_a_field_is_found_at_its_place(export: Path, check, field: str) -> None:
    def change(lines: list[bytes]) -> list[bytes]:
        event = {name: value for name, value in LOG.events[MIDDLE].items() if name != field}
        return [*lines[:MIDDLE], canonical(event), *lines[MIDDLE + 1 :]]

    with_lines(export, "events.ndjson", change)

    assert check(export)["events"]["place"] == {"event": MIDDLE}


CELLS = sorted({(table, column) for (table, _), values in LOG.rows.items() for column in values})


@pytest.mark.parametrize(("table", "column"), CELLS)
@pytest.mark.parametrize("how", ["changed", "removed", "erased"])
def test_a_changed_value_of_a_row_is_found_at_its_place(
    export: Path, check, table: str, column: str, how: str
) -> None:
    log = copy.deepcopy(LOG)
    key, values = next((key, values) for (name, key), values in log.rows.items() if name == table)
    values[column] = {"erased": True} if how == "erased" else _bent(values[column])
    if how == "removed":
        del values[column]
    with_lines(export, "state.ndjson", lambda _: log.state())

    failed = check(export)

    assert set(failed) == {"rows"}
    if (how, column) in {("removed", "rev"), ("removed", "stream")}:  # no row at all: the line is named
        assert failed["rows"]["place"] == {"line": list(log.rows).index((table, key)) + 1}
    else:
        assert failed["rows"]["failures"] == 1
        assert failed["rows"]["place"].items() >= {"table": table, "row": key}.items()
        assert column in failed["rows"]["says"]


EVENT_CHANGES = {
    "swapped": (lambda lines: [*lines[:20], lines[21], lines[20], *lines[22:]], 20),
    "dropped in the middle": (lambda lines: [*lines[:20], *lines[21:]], 24),
    "doubled": (lambda lines: [*lines[:20], lines[20], *lines[20:]], 21),
    "doubled at the end": (lambda lines: [*lines, lines[-1]], 40),
    "first dropped": (lambda lines: lines[1:], 4),
    "forged inserted": (
        lambda lines: [*lines[:20], lines[20].replace(b"req-20", b"req-xx"), *lines[20:]],
        21,
    ),
    "emptied": (lambda lines: [*lines[:20], b"", *lines[21:]], 20),
    "spaced": (lambda lines: [*lines[:20], lines[20].replace(b":", b": ", 1), *lines[21:]], 20),
    "too long": (lambda lines: [*lines[:20], lines[20] + b" " * 65536, *lines[21:]], 20),
    "not text": (lambda lines: [*lines[:20], b"\xff", *lines[21:]], 20),
    "a list": (lambda lines: [*lines[:20], b"[]", *lines[21:]], 20),
    "deep": (lambda lines: [*lines[:20], b"[" * 60000, *lines[21:]], 20),
}


@pytest.mark.parametrize("name", EVENT_CHANGES)
def test_moved_lost_and_forged_events_are_found_at_their_place(export: Path, check, name: str) -> None:
    change, place = EVENT_CHANGES[name]
    with_lines(export, "events.ndjson", change)

    failed = check(export)

    found = [f["place"]["event"] for f in failed.values() if "event" in f["place"]]
    assert "root" in failed
    assert min(found) == place


@pytest.mark.parametrize("number", ["1.5", "1e3", "NaN", "Infinity", "9007199254740992", "-9007199254740992"])
def test_a_number_outside_the_profile_is_found(export: Path, check, number: str) -> None:
    def change(lines: list[bytes]) -> list[bytes]:
        return [*lines[:20], lines[20].replace(b'"months":36', b'"months":' + number.encode()), *lines[21:]]

    with_lines(export, "events.ndjson", change)

    assert check(export)["events"]["place"] == {"event": 20}


STATE_CHANGES = {
    "dropped": (lambda lines: lines[1:], "missing"),
    "doubled": (lambda lines: [*lines, lines[3]], "twice"),
    "forged": (lambda lines: [*lines, lines[3].replace(b'"id":"0', b'"id":"f')], "no event"),
    "spaced": (lambda lines: [b" " + lines[0], *lines[1:]], "canonical"),
    "with another field": (lambda lines: [b'{"a":1,' + lines[0][1:], *lines[1:]], "not what the event"),
    "emptied": (lambda _: [], "missing"),
}


@pytest.mark.parametrize("name", STATE_CHANGES)
def test_lost_doubled_and_forged_rows_are_found(export: Path, check, name: str) -> None:
    change, says = STATE_CHANGES[name]
    with_lines(export, "state.ndjson", change)

    failed = check(export)

    assert set(failed) == {"rows"}
    assert says in failed["rows"]["says"]


def test_rows_may_stand_in_any_order(export: Path, check) -> None:
    with_lines(export, "state.ndjson", lambda lines: lines[::-1])

    assert check(export) == {}


FILES = [
    "checkpoint",
    "keys/log.vkey",
    "manifest.json",
    "events.ndjson",
    "state.ndjson",
    "tile/0/000.p/40",
    "tile/entries/000.p/40",
]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["lost", "emptied", "longer", "without its last byte"])
def test_a_file_that_is_not_whole_is_found(export: Path, check, name: str, how: str) -> None:
    path = export / name
    raw = path.read_bytes()
    path.write_bytes({"emptied": b"", "longer": raw + b"x", "without its last byte": raw[:-1]}.get(how, b""))
    if how == "lost":
        path.unlink()

    assert check(export)


def test_names_in_an_export_do_not_steer_the_terminal(verifier: ModuleType, export: Path, capsys) -> None:
    with_lines(
        export,
        "state.ndjson",
        lambda lines: [*lines, canonical({"table": "\x1b[2J\nRESULT  ok", "id": "é", "values": {}})],
    )

    assert verifier.main([str(export)]) == 1
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert "\x1b" not in printed
    assert "\nRESULT  ok" not in printed


def test_an_empty_log_passes(tmp_path: Path, check) -> None:
    assert check(written(Log(), tmp_path / "export")) == {}


@pytest.mark.parametrize("size", [255, 256, 257, 600])
def test_logs_around_the_width_of_a_tile_pass(tmp_path: Path, check, size: int) -> None:
    assert check(written(a_log(size, streams=size // 3), tmp_path / "export")) == {}


def test_a_damaged_inner_tile_is_found(tmp_path: Path, check) -> None:
    export = written(a_log(600, streams=200), tmp_path / "export")
    path = export / "tile/1/000.p/2"
    path.write_bytes(path.read_bytes()[:32] + bytes(32))

    failed = check(export)

    assert set(failed) == {"tiles"}
    assert failed["tiles"]["place"] == {"event": 256, "file": "tile/1/000.p/2"}


def test_flipped_bits_of_a_small_export_are_found(verifier: ModuleType, tmp_path: Path) -> None:
    export = written(a_log(4, streams=2), tmp_path / "export")
    own = {"VERIFY.md", "mentorcert_verify.py"}  # not part of the log, as VERIFY.md says
    files = sorted(path for path in export.rglob("*") if path.is_file() and path.name not in own)
    raws = {path: path.read_bytes() for path in files}
    spots = [(path, bit) for path in files for bit in range(8 * len(raws[path]))][::97]
    time = raws[export / "manifest.json"].index(b'"at":"') + 6

    for path, bit in spots:
        at = bit // 8
        if path.name == "manifest.json" and time <= at < time + 27:
            continue  # the time of the export is not part of the log either
        bent = raws[path][:at] + bytes([raws[path][at] ^ 1 << bit % 8]) + raws[path][at + 1 :]
        path.write_bytes(bent)
        assert not verifier.verify(export).result()["ok"], (path, bit)
        path.write_bytes(raws[path])
    assert len(spots) > 500
    assert verifier.verify(export).result()["ok"]
