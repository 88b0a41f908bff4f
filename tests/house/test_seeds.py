"""The page of the seeds keeps its word: all rows, and every test that it names."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|\n ").split(" | ")]
    for line in (ROOT / "docs/seeds.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d", line)
]


def test_all_rows_are_there_once_and_in_order() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 80))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_names_its_test_or_its_reason(row: list[str]) -> None:
    _, _, _, state, where, *named = row
    tests = "".join(named).strip("`| ")

    assert state in {"built", "part", "open", "out"}
    assert where
    assert bool(tests) == (state in {"built", "part"})
    if tests:
        path, *names = tests.split("::")
        text = (ROOT / path).read_text(encoding="utf-8")
        for name in names:
            assert re.search(rf"^ *(def|class) {name}\b", text, re.MULTILINE), name
