"""The offline verifier runs alone as a command, and checks signatures by itself."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from app.log.exporting import OFFLINE
from tests.factories.log import SIGNER, Log, with_lines

SCRIPT = OFFLINE / "mentorcert_verify.py"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


# --- As a command


def test_an_honest_export_passes_as_folder_and_as_zip(honest: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "export"), "zip", honest)

    runs = [_run(str(honest), "--vkey", SIGNER.vkey), _run(archive, "--vkey", SIGNER.vkey)]

    assert [run.returncode for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout
    assert [line.split()[:2] for line in runs[0].stdout.splitlines()] == [
        ["ok", "manifest"],
        ["ok", "checkpoint"],
        ["ok", "events"],
        ["ok", "chains"],
        ["ok", "tiles"],
        ["ok", "root"],
        ["ok", "rows"],
        ["RESULT", "ok"],
    ]


def test_the_shipped_copy_runs_from_inside_the_export(honest: Path) -> None:
    command = [sys.executable, "-I", "mentorcert_verify.py", "."]

    run = subprocess.run(command, cwd=honest, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "RESULT  ok")
    assert "taken from the export itself" in run.stdout


def test_a_changed_export_fails_and_says_where(export: Path, log: Log) -> None:
    with_lines(export, "state.ndjson", lambda lines: [lines[0].replace(b"step-", b"stop-"), *lines[1:]])

    run = _run(str(export))

    table, key = next(iter(log.rows))
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.splitlines()[-1] == "RESULT  FAILED"
    assert f"FAILED  rows        table {table}, row {key}, event 35" in run.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such-folder"],
        [str(SCRIPT)],
        [".", "--guard", "no-such-file"],
        [".", "--guard", str(SCRIPT)],
        [".", "--vkey", "nonsense"],
        [".", "--vkey", ""],
    ],
    ids=lambda arguments: " ".join(arguments)[-30:] or "none",
)
def test_what_cannot_be_run_exits_with_two(arguments: list[str]) -> None:
    run = _run(*arguments)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr


@pytest.mark.parametrize("text", ["null", "{}", "[]", '{"origin": "x", "size": 1, "root": "zz"}'])
def test_a_guard_that_says_nothing_is_not_passed_over(
    verifier: ModuleType, honest: Path, tmp_path: Path, text: str
) -> None:
    (tmp_path / "guard.json").write_text(text)

    assert verifier.main([str(honest), "--guard", str(tmp_path / "guard.json")]) == 2


def test_a_zip_with_two_files_of_one_name_is_not_read(
    verifier: ModuleType, honest: Path, tmp_path: Path
) -> None:
    archive = shutil.make_archive(str(tmp_path / "export"), "zip", honest)
    with zipfile.ZipFile(archive, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("checkpoint", "another")

    assert verifier.main([archive]) == 2


def test_the_verifier_imports_only_the_standard_library() -> None:
    imports = {
        line.split()[1].split(".")[0]
        for line in SCRIPT.read_text().splitlines()
        if line.startswith(("import ", "from "))
    }

    assert imports <= sys.stdlib_module_names


# --- Its own signature check


RFC = json.loads(Path("tests/data/audit/rfc8032-ed25519.json").read_text())["cases"]


@pytest.mark.parametrize("case", RFC, ids=lambda case: case["name"])
def test_signature_vectors_of_rfc_8032(verifier: ModuleType, case: dict) -> None:
    public, message, signature = (bytes.fromhex(case[part]) for part in ("public", "message", "signature"))

    assert verifier.is_signed(public, message, signature)
    assert not verifier.is_signed(public, message + b"x", signature)
    for at in (0, 31, 32, 62):
        bent = signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
        assert not verifier.is_signed(public, message, bent)
    other = bytes.fromhex(next(c["public"] for c in RFC if c is not case))
    assert not verifier.is_signed(other, message, signature)


def test_a_second_spelling_of_a_signature_is_refused(verifier: ModuleType) -> None:
    public, signature = (bytes.fromhex(RFC[0][part]) for part in ("public", "signature"))
    scalar = int.from_bytes(signature[32:], "little") + verifier.ORDER

    assert not verifier.is_signed(public, b"", signature[:32] + scalar.to_bytes(32, "little"))
    assert not verifier.is_signed(public, b"", signature + b"\0")


@pytest.mark.parametrize("number", [2, 2**255 - 19, 2**255 - 18, 2**255 + 1])
def test_a_key_that_is_no_point_in_its_one_spelling_is_refused(verifier: ModuleType, number: int) -> None:
    with pytest.raises(ValueError, match="not a point"):
        verifier.is_signed(number.to_bytes(32, "little"), b"", bytes(64))
