"""Sets up a service of its own, or serves again what an earlier one left, and takes it down at the end."""

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
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import httpx

from app.demo.keeping import Kept

_START_SECONDS = 60
_STOP_SECONDS = 20
_MAIL_SECONDS = 30
_HOST = "127.0.0.1"
_PORT = 8000


ZONE = "Europe/Madrid"
"""Where the body's calendar days begin; the players keep its days, not the machine's."""


class StageError(Exception):
    """The service could not be set up; the message holds what it printed."""


@dataclass(frozen=True)
class Stage:
    """Where the service runs and what it keeps."""

    url: str
    port: int
    slug: str
    folder: Path
    environment: dict[str, str]
    administrator: str
    password: str
    """Everybody who works for the body signs in with it."""

    def run(self, *arguments: str) -> str:
        """Run a `mentorcert` command beside the service and return what it printed."""
        return _run(self.environment, *arguments)

    def mail_to(self, address: str) -> EmailMessage:
        """Wait for the mail to somebody, as she would, and return it."""
        deadline = time.monotonic() + _MAIL_SECONDS
        while time.monotonic() < deadline:
            for path in (self.folder / "data" / "mail").glob("*.eml"):
                mail = message_from_bytes(path.read_bytes(), policy=default)
                if mail["to"].addresses[0].addr_spec == address:
                    return mail
            time.sleep(0.1)
        raise StageError(f"no mail came to {address}")

    @property
    def guard(self) -> Path:
        """The file outside the database that remembers the last signed head of the log."""
        return next((self.folder / "data" / "guard").glob("*.json"))


def link_in(mail: EmailMessage) -> str:
    """Return the link that a mail holds."""
    return next(word for word in str(mail.get_content()).split() if word.startswith("http"))


@contextmanager
def reopened(folder: Path, kept: Kept) -> Iterator[str]:
    """Serve a finished demonstration where it was, and say where; it ends with the block."""
    if not _is_free(kept.port):
        raise StageError(f"port {kept.port} is taken: end what runs there, its address is on the certificate")
    log = folder / "service.log"
    url = _url(kept.port)
    with _serving(_environment(folder, url), kept.port, log) as started:
        _wait_until_ready(url, kept.slug, log, started)
        yield url


@contextmanager
def set_up(folder: Path) -> Iterator[Stage]:
    """Give a running service with one demonstration body; it ends with the block."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    port = _free_port()
    slug = f"demo-{secrets.token_hex(3)}"
    password = secrets.token_urlsafe(12)
    url = _url(port)
    environment = _environment(folder, url)
    secret = folder / "administrator.password"
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="utf-8")
    administrator = "administrator@demo.example"
    _run(
        environment, "init", "--slug", slug, "--name", "Iberia Mentor Certification (demonstration)",
        "--admin-email", administrator, "--admin-password-file", str(secret), "--time-zone", ZONE, "--demo",
    )  # fmt: skip
    with _serving(environment, port, folder / "service.log") as started:
        _wait_until_ready(url, slug, folder / "service.log", started)
        yield Stage(url, port, slug, folder, environment, administrator, password)


@contextmanager
def _serving(environment: dict[str, str], port: int, log: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the service, and on PostgreSQL the worker beside it, and end only what was started here."""
    commands = [["serve", "--host", _HOST, "--port", str(port)]]
    if environment.get("DATABASE_URL", "").startswith("postgres"):
        commands.append(["worker"])
    with log.open("ab") as output:
        started = [
            subprocess.Popen(_command(*command), env=environment, stdout=output, stderr=output)  # noqa: S603 - our own command
            for command in commands
        ]
        try:
            yield started
        finally:
            for process in started:
                process.terminate()
            for process in started:
                try:
                    process.wait(_STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()


def _url(port: int) -> str:
    return f"http://{_HOST}:{port}"


def _environment(folder: Path, url: str) -> dict[str, str]:
    """Return the settings; without a passphrase of the caller's the service keeps one beside its keys."""
    return {
        **os.environ,
        "MENTORCERT_DATA": str(folder / "data"),
        "MENTORCERT_PUBLIC_URL": url,
        "MENTORCERT_MODE": "demo",
    }


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
    """Return a port that nothing listens on, so that two demonstrations do not meet."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True


def _wait_until_ready(url: str, slug: str, log: Path, started: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in started):
        try:
            answer = httpx.get(f"{url}/public/v1/bodies/{slug}", timeout=2)
        except httpx.TransportError:
            time.sleep(0.2)
            continue
        if answer.status_code == httpx.codes.OK:
            return
        raise StageError(f"{url} does not know the body {slug}: `make demo` sets up a new one")
    raise StageError(f"the service did not start at {url}:\n{log.read_text(encoding='utf-8')[-2000:]}")
