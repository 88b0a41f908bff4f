"""A real server process on a database of the tests: started, killed without warning, and started again."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from app.core.settings import Settings

_START_SECONDS = 60


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """Let an application of this very process answer on loopback, and give its URL."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off", ws="none"))
    beside = threading.Thread(target=server.run)
    beside.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = server.force_exit = True
    beside.join()


class Server:
    """`mentorcert serve` on loopback; it ends only what it started itself."""

    def __init__(self, settings: Settings, slug: str, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"
        self._slug, self._log = slug, log
        self._environment = os.environ | {
            "DATABASE_URL": settings.database_url,
            "MENTORCERT_DATA": str(settings.data_folder),
            "MENTORCERT_GUARD": str(settings.guard_folder),
            "MENTORCERT_KEY_PASSPHRASE": settings.key_passphrase,
            "MENTORCERT_MODE": settings.mode.value,
            "MENTORCERT_PUBLIC_URL": self.url,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return once it answers."""
        command = [sys.executable, "-m", "app.cli", "serve", "--port", str(self._port)]
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(command, env=self._environment, stdout=output, stderr=output)
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(f"{self.url}/public/v1/bodies/{self._slug}", timeout=2).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self._log.read_text(encoding='utf-8')[-2000:]}")

    def kill(self) -> None:
        """End it as a power cut would: no handler runs, nothing is flushed."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(timeout=10)
        self._process = None
