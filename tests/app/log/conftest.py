"""The offline verifier, loaded by its path as nothing may import it, and an honest export to bend."""

import importlib.util
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from app.log.exporting import OFFLINE
from tests.factories.log import Log, a_log, written


@pytest.fixture(scope="session")
def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mentorcert_verify", OFFLINE / "mentorcert_verify.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def log() -> Log:
    """Forty events over five streams; a test that changes them takes a copy."""
    return a_log(40)


@pytest.fixture(scope="session")
def honest(log: Log, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(log, tmp_path_factory.mktemp("honest") / "export")


@pytest.fixture
def export(honest: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(honest, tmp_path / "export"))


@pytest.fixture
def guard(log: Log, tmp_path: Path) -> Path:
    path = tmp_path / "guard.json"
    path.write_text(log.guard())
    return path


@pytest.fixture
def check(verifier: ModuleType, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict]:
    """Run the verifier; give what failed, by check."""

    def run(export: Path, *options: str) -> dict:
        code = verifier.main([str(export), "--json", *options])
        result = json.loads(capsys.readouterr().out)
        assert code == (0 if result["ok"] else 1)
        return {found["check"]: found for found in result["checks"] if not found["ok"]}

    return run
