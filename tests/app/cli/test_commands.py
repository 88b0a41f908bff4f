"""The commands as a newcomer meets them: what they make, and what they say when something is wrong."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app import cli
from tests.support.databases import Templates

Command = Callable[..., int]
INIT = ("init", "--slug", "iberia", "--name", "Iberia", "--admin-email", "a@example.org", "--demo")


@pytest.fixture
def environment(
    templates: Templates, empty_template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    url = templates.copy(empty_template)
    given = {
        "DATABASE_URL": url,
        "MENTORCERT_DATA": str(tmp_path / "data"),
        "MENTORCERT_MODE": "demo",
        "MENTORCERT_ADMIN_PASSWORD": "correct horse battery staple",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    yield given
    templates.remove(url)


@pytest.fixture
def run(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Command:
    def call(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["mentorcert", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return int(end.value.code or 0)

    return call


def test_a_body_is_set_up_and_its_log_exported_and_verified(
    run: Command, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(*INIT) == 0
    assert run("log", "export", "--body", "iberia", "--out", str(tmp_path / "out")) == 0
    guard = next((tmp_path / "data" / "guard").glob("*.json"))
    assert run("log", "verify", str(tmp_path / "out"), "--guard", str(guard)) == 0

    assert "RESULT  ok" in capfd.readouterr().out


def test_an_export_that_was_tampered_with_fails_the_command(
    run: Command, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(*INIT)
    run("log", "export", "--body", "iberia", "--out", str(tmp_path / "out"))
    state = tmp_path / "out" / "state.ndjson"
    state.write_text(state.read_text().replace("Iberia", "Liberia"))

    assert run("log", "verify", str(tmp_path / "out")) == 1
    assert "RESULT  FAILED" in capfd.readouterr().out


def test_setting_up_again_changes_nothing(
    run: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(*INIT)
    keys = sorted(path.name for path in (tmp_path / "data" / "keys").rglob("*.key"))

    assert run(*INIT) == 0
    assert sorted(path.name for path in (tmp_path / "data" / "keys").rglob("*.key")) == keys
    assert "has an account already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"MENTORCERT_ADMIN_PASSWORD": "short"}, "12 characters or more"),
        ({"MENTORCERT_THREADS": "many"}, "MENTORCERT_THREADS"),
        ({"MENTORCERT_MODE": "festive"}, "one of demo, test, production"),
        ({"MENTORCERT_MODE": "production"}, "MENTORCERT_KEY_PASSPHRASE"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    run: Command,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, str],
    says: str,
) -> None:
    for name, value in change.items():
        monkeypatch.setenv(name, value)

    assert run(*INIT) == 1
    said = capsys.readouterr().err
    assert said.startswith("Not done:")
    assert says in said


def test_a_real_body_must_say_who_it_is(run: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*INIT[:-1]) == 1

    said = capsys.readouterr().err
    assert all(option in said for option in ("--registration-no", "--jurisdiction", "--address"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("log", "export", "--body", "nobody", "--out", "none"), "There is no body nobody"),
        (("verify", "missing.pdf", "--body", "iberia"), "missing.pdf"),
        (
            ("verify", "pyproject.toml", "--body", "iberia", "--url", "http://127.0.0.1:9"),
            "gave no verification",
        ),
    ],
)
def test_what_is_not_there_is_named(
    run: Command, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    run(*INIT)

    assert run(*arguments) == 1
    assert says in capsys.readouterr().err


def test_an_export_never_mixes_with_an_older_one(
    run: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(*INIT)
    out = str(tmp_path / "out")
    run("log", "export", "--body", "iberia", "--out", out)

    assert run("log", "export", "--body", "iberia", "--out", out) == 1
    assert "is not empty" in capsys.readouterr().err


def test_a_file_that_is_no_certificate_is_not_well(run: Command, capsys: pytest.CaptureFixture[str]) -> None:
    run(*INIT)

    assert run("verify", "pyproject.toml", "--body", "iberia") == 1
    assert "Not everything is well" in capsys.readouterr().out


def test_a_database_set_back_is_neither_served_nor_worked_on(
    run: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(*INIT)
    run("log", "export", "--body", "iberia", "--out", str(tmp_path / "out"))
    guard = next((tmp_path / "data" / "guard").glob("*.json"))
    head = json.loads(guard.read_text())
    guard.write_text(json.dumps(head | {"size": head["size"] + 1}))

    assert run("serve") == 1
    assert "set back or altered" in capsys.readouterr().err


def test_the_contract_is_written_without_an_installation(run: Command, tmp_path: Path) -> None:
    assert run("openapi", "--out", str(tmp_path / "openapi.json")) == 0

    assert (tmp_path / "openapi.json").read_bytes() == Path("openapi/openapi.json").read_bytes()
    assert not (tmp_path / "data").exists()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answered(url: str) -> httpx.Response:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            answer = httpx.get(url, timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
            continue
        if answer.status_code == 200:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"{url} did not answer")


def test_the_service_signs_its_log_by_itself_and_ends_when_told(
    run: Command, environment: dict[str, str]
) -> None:
    run(*INIT)
    port = _free_port()
    commands = [["serve", "--port", str(port)]]
    if environment["DATABASE_URL"].startswith("postgresql"):
        commands.append(["worker"])
    started = [
        subprocess.Popen([sys.executable, "-m", "app.cli", *command], env=os.environ | environment)
        for command in commands
    ]
    try:
        note = _answered(f"http://127.0.0.1:{port}/public/v1/bodies/iberia/log/checkpoint")
        assert note.text.splitlines()[0].startswith("127.0.0.1:8000/log/")
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
    assert [process.wait(30) for process in started] == [0 for _ in started]
