"""Runs the demonstration as a stranger would, with a client made from the published contract."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Demonstration:
    """What came of it."""

    printed: str
    result: dict[str, Any]
    folder: Path
    database_url: str


def generated_client(folder: Path) -> Path:
    """Generate the Python client from the committed contract and return the folder to import it from."""
    subprocess.run(
        [
            str(Path(sys.executable).parent / "openapi-python-client"), "generate", "--meta", "none",
            "--path", str(ROOT / "openapi" / "openapi.json"),
            "--config", str(ROOT / "openapi" / "client.yaml"),
            "--output-path", str(folder / "mentorcert_client"),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def acted_out(clients: Path, folder: Path, database_url: str | None) -> Demonstration:
    """Act out the life of one certificate on a database of its own, or on the one that is named."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(clients))),
    }
    environment.pop("DATABASE_URL", None)
    if database_url is not None:
        environment["DATABASE_URL"] = database_url
    done = subprocess.run(
        [sys.executable, "-m", "app.demo"],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    log = folder / ".demo" / "service.log"
    assert done.returncode == 0, done.stdout + done.stderr + (log.read_text() if log.exists() else "")
    url = database_url or f"sqlite:///{folder / '.demo' / 'data' / 'mentorcert.db'}"
    return Demonstration(done.stdout, json.loads(done.stdout.splitlines()[-1]), folder / ".demo", url)
