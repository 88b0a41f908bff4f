"""The import contracts are kept, and they bite: a violation planted in a copy of the tree is found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "skillcard", "assessments")

PLANTED = {
    "skillcard/level.py": ("import random", "The domain is pure"),
    "assessments/scoring.py": ("import skillcard.level", "The two domains do not know each other"),
    "app/people/rules.py": ("import sqlalchemy", "Rules are pure"),
    "app/people/service.py": (
        "from app.schemes import service as upwards",
        "Inside app, dependencies point down",
    ),
    "app/people/queries.py": ("from app.people import routes as edge", "Nothing calls an edge"),
    "app/schemes/rules.py": ("from app.schemes import service as above", "Inside a feature"),
    "app/schemes/service.py": ("import fastapi", "Only routes speak HTTP"),
    "app/schemes/routes.py": ("import sqlmodel", "Routes and pages reach the database only through services"),
    "app/work.py": ("import jose", "JWT has one home"),
    "app/accounts/service.py": ("import passlib", "Password hashing has one home"),
}


def lint(folder: Path) -> str:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "assets")
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_all_import_contracts_are_kept() -> None:
    assert "0 broken" in lint(ROOT)


def test_no_contract_has_an_exception() -> None:
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_planted_violations_break_their_contracts(copied: Path) -> None:
    for path, (line, _) in PLANTED.items():
        file = copied / path
        file.write_text(
            (file.read_text(encoding="utf-8") if file.exists() else "") + f"\n{line}\n", encoding="utf-8"
        )

    broken = [line for line in lint(copied).splitlines() if line.endswith("BROKEN")]

    assert [name for _, name in PLANTED.values() if not any(line.startswith(name) for line in broken)] == []


def test_a_folder_without_a_place_breaks_the_layers(copied: Path) -> None:
    (copied / "app" / "somewhere").mkdir()
    (copied / "app" / "somewhere" / "__init__.py").write_text('"""Nowhere."""\n', encoding="utf-8")

    assert "app.somewhere" in lint(copied)


def test_the_job_engine_has_one_home() -> None:
    importers = [
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "app").rglob("*.py")
        if "dbos" in file.read_text(encoding="utf-8").split()
    ]

    assert [path for path in importers if not path.startswith("app/jobs/")] == []
