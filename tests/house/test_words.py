"""Words that have no place in the repository: it speaks of the product and of nothing else."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
UNWANTED = re.compile(
    r"\b(?:TODO|FIXME|XXX)\b"  # work left undone stands in no file; an issue says it
    r"|(?<![\w./-])/(?:home|root|Users)/"  # a place on somebody's machine
    r"|\b(?:pypi\.org|files\.pythonhosted\.org)\b"  # where packages come from is the installer's business
    r"|(?i:\bworking sessions?\b|\bsub-?agents?\b|\blanguage models?\b)"  # how it was written, not what it is
)
FREE = {"test_words.py"}
FOLDERS = (".ci", "app", "assessments", "benchmarks", "docs", "migrations", "openapi", "skillcard", "tests")


def files() -> list[Path]:
    within = (
        file for folder in FOLDERS for file in (ROOT / folder).rglob("*") if "__pycache__" not in file.parts
    )
    return [
        file
        for file in (*within, *ROOT.glob("*.md"), *ROOT.glob("*.toml"), ROOT / "Makefile")
        if file.is_file() and file.name not in FREE
    ]


def test_no_file_holds_an_unwanted_word() -> None:
    found = []
    for file in files():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{file.relative_to(ROOT)}: {match[0]}" for match in UNWANTED.finditer(text)]

    assert found == []
