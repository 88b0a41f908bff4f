"""The offline verifier finds logs that were rewritten and signed again, by rows, key or guard."""

import copy
import json
from pathlib import Path
from types import ModuleType

import pytest

from app.audit.note import sign_note
from tests.factories.log import SIGNER, THIEF, Log, a_log, chained_again, written

LOG = a_log(40)
MIDDLE = 21


def _cut(log: Log, events: int) -> Log:
    cut = copy.deepcopy(log)
    del cut.events[events:]
    return cut


def test_newest_events_cut_off_and_signed_again_show_in_the_rows(tmp_path: Path, check) -> None:
    export = written(_cut(LOG, 37), tmp_path / "cut")

    failed = check(export, "--vkey", SIGNER.vkey)

    assert set(failed) == {"rows"}
    assert "is not its last event" in failed["rows"]["says"]


def test_newest_events_cut_off_together_with_their_rows_show_against_the_guard(
    tmp_path: Path, guard: Path, check
) -> None:
    export = written(a_log(37), tmp_path / "cut")

    assert check(export, "--vkey", SIGNER.vkey) == {}
    assert set(check(export, "--vkey", SIGNER.vkey, "--guard", str(guard))) == {"guard"}


@pytest.mark.parametrize("size", [0, 1, 17, 40])
def test_a_log_that_continues_the_guard_passes(honest: Path, tmp_path: Path, check, size: int) -> None:
    path = tmp_path / "guard.json"
    path.write_text(_cut(LOG, size).guard())

    assert check(honest, "--guard", str(path)) == {}


@pytest.mark.parametrize(
    "change", [("origin", "elsewhere"), ("size", 41), ("size", 39), ("root", "00" * 32), ("root", "")]
)
def test_a_guard_of_another_log_is_not_continued(
    honest: Path, guard: Path, check, change: tuple[str, object]
) -> None:
    guard.write_text(json.dumps({**json.loads(guard.read_text()), change[0]: change[1]}))

    assert set(check(honest, "--guard", str(guard))) == {"guard"}


def _rewritten() -> Log:
    log = copy.deepcopy(LOG)
    log.events[MIDDLE]["actor"]["person"] = "00000000-0000-0000-0000-0000000000ff"
    return chained_again(log)


def test_a_past_rewritten_with_another_key_is_found_by_the_published_key(tmp_path: Path, check) -> None:
    export = written(_rewritten(), tmp_path / "rewritten", signer=THIEF)

    assert check(export) == {}  # the control: in itself the forgery is perfect
    assert set(check(export, "--vkey", SIGNER.vkey)) == {"checkpoint"}


def test_a_past_rewritten_with_the_stolen_key_is_found_by_the_guard(
    tmp_path: Path, guard: Path, check
) -> None:
    export = written(_rewritten(), tmp_path / "rewritten")

    assert check(export, "--vkey", SIGNER.vkey) == {}  # the control: the signature is the body's own
    assert set(check(export, "--vkey", SIGNER.vkey, "--guard", str(guard))) == {"guard"}


def test_a_published_key_hidden_behind_a_second_key_file_is_found(export: Path, check) -> None:
    (export / "keys/log.vkey").write_text(THIEF.vkey + "\n")

    assert set(check(export, "--vkey", SIGNER.vkey)) == {"checkpoint"}
    assert set(check(export)) == {"checkpoint"}


def test_a_key_for_another_log_does_not_speak_for_this_one(tmp_path: Path, check) -> None:
    stranger = type(SIGNER)("log.example.org/other", SIGNER.private_key)
    export = written(LOG, tmp_path / "export", signer=stranger)

    assert "does not speak for" in check(export)["checkpoint"]["says"]


def test_a_size_in_a_second_spelling_does_not_pass(tmp_path: Path, check) -> None:
    export = written(LOG, tmp_path / "export")
    (export / "checkpoint").write_text(sign_note(LOG.head().text().replace("\n40\n", "\n040\n"), [SIGNER]))

    assert "second spelling" in check(export)["checkpoint"]["says"]


def test_another_bodys_events_do_not_pass(tmp_path: Path, check) -> None:
    log = copy.deepcopy(LOG)
    log.events[MIDDLE]["body"] = "00000000-0000-0000-0000-000000000008"
    export = written(chained_again(log), tmp_path / "export")

    assert check(export)["events"]["place"] == {"event": MIDDLE}


def test_an_event_that_names_a_row_twice_does_not_pass(tmp_path: Path, check) -> None:
    log = copy.deepcopy(LOG)
    log.events[MIDDLE]["rows"].append(log.events[MIDDLE]["rows"][0])
    export = written(chained_again(log), tmp_path / "export")

    assert "twice" in check(export)["events"]["says"]


@pytest.mark.parametrize(
    "rows", [[["decisions"]], [[1, 2, 3]], [["decisions", [], ""]], "xyz", None, [["a", "b", "c"]]]
)
def test_an_event_with_malformed_rows_does_not_pass(tmp_path: Path, check, rows: object) -> None:
    log = copy.deepcopy(LOG)
    log.events[-1]["rows"] = rows
    export = written(chained_again(log), tmp_path / "export")

    assert check(export)["events"]["place"] == {"event": 39}


def test_columns_added_after_the_last_event_are_named_but_do_not_fail(
    verifier: ModuleType, tmp_path: Path, capsys
) -> None:
    log = copy.deepcopy(LOG)
    next(iter(log.rows.values()))["added_later"] = None
    export = written(log, tmp_path / "export")

    assert verifier.main([str(export)]) == 0
    assert "not covered by any event yet: cases.added_later" in capsys.readouterr().out
