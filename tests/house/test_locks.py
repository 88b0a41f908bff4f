"""The locks hold exact versions and hashes, and no place from which to fetch them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_no_host_and_no_option(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert not re.search(r"^(-|#)", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_of_a_lock_is_pinned_and_hashed(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())

    loose = [
        entry for entry in entries if not re.match(r"^[\w.\[\]-]+==\S+( ; .+)? \\\n +--hash=sha256:", entry)
    ]
    assert loose == []


def test_the_build_backend_is_in_the_development_lock() -> None:
    backend = re.search(
        r'requires = \["(setuptools==[\d.]+)"\]', (ROOT / "pyproject.toml").read_text("utf-8")
    )

    assert backend is not None
    assert f"\n{backend[1]} " in (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
