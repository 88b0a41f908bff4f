"""Sets up a service of its own on a free port and takes it down again."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_START_SECONDS = 60
_STOP_SECONDS = 20


class StageError(Exception):
    """The service could not be set up; the message holds what it printed."""


@dataclass(frozen=True)
class Stage:
    """Where the service runs and what it keeps."""

    url: str
    slug: str
    folder: Path
    environment: dict[str, str]
    administrator: str
    password: str

    def run(self, *arguments: str) -> str:
        """Run a `mentorcert` command beside the service and return what it printed."""
        return _run(self.environment, *arguments)

    @property
    def guard(self) -> Path:
        """The file outside the database that remembers the last signed head of the log."""
        return next((self.folder / "data" / "guard").glob("*.json"))


@contextmanager
def set_up(folder: Path) -> Iterator[Stage]:
    """Give a running service with one demonstration body; it ends with the block."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    port = _free_port()
    slug = f"demo-{secrets.token_hex(3)}"
    password = secrets.token_urlsafe(18)
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "MENTORCERT_DATA": str(folder / "data"),
        "MENTORCERT_PUBLIC_URL": url,
        "MENTORCERT_MODE": "demo",
        "MENTORCERT_KEY_PASSPHRASE": secrets.token_urlsafe(24),
    }
    secret = folder / "administrator.password"
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="utf-8")
    administrator = "administrator@demo.example"
    _run(
        environment, "init", "--slug", slug, "--name", "Iberia Mentor Certification (demonstration)",
        "--admin-email", administrator, "--admin-password-file", str(secret), "--demo",
    )  # fmt: skip
    with _serving(environment, port, folder / "service.log"):
        _wait_until_ready(url, slug, folder / "service.log")
        yield Stage(url, slug, folder, environment, administrator, password)


@contextmanager
def _serving(environment: dict[str, str], port: int, log: Path) -> Iterator[None]:
    """Run the service, and on PostgreSQL the worker beside it, and end only what was started here."""
    commands = [["serve", "--host", "127.0.0.1", "--port", str(port)]]
    if environment.get("DATABASE_URL", "").startswith("postgres"):
        commands.append(["worker"])
    with log.open("ab") as output:
        started = [
            subprocess.Popen(_command(*command), env=environment, stdout=output, stderr=output)  # noqa: S603 - our own command
            for command in commands
        ]
        try:
            yield
        finally:
            for process in started:
                process.terminate()
            for process in started:
                try:
                    process.wait(_STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "app.cli", *arguments]


def _run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own command
        _command(*arguments), env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise StageError(f"mentorcert {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str, slug: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/public/v1/bodies/{slug}", timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise StageError(f"the service did not answer in {_START_SECONDS} s:\n{log.read_text(encoding='utf-8')}")
