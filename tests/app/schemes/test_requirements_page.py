"""The page on requirements names exactly what the code and the package schema know, and its examples hold."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from app.practice.rules import MEASURES, SINCE_A_DAY, Measure, RecordKind
from app.schemes.packaging.checking import SCHEMA_FILE
from app.schemes.requirements import Kind
from tests.factories.packages import FOLDERS

PAGE = (Path(__file__).parents[3] / "docs" / "requirements.md").read_text(encoding="utf-8")
SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
DEFS = SCHEMA["$defs"]
EXAMPLES = [
    item for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) for item in yaml.safe_load(block)
]


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading, by their first cell."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line[:1] == "|"
    ]
    return {first.strip("`"): rest for first, *rest in cells[2:]}


def branch(kind: str) -> dict[str, Any]:
    """What the schema says of one kind of requirement."""
    for one in DEFS["requirement"]["allOf"]:
        if one["if"]["properties"]["kind"]["const"] == kind:
            return one["then"]
    raise AssertionError(kind)


def test_the_page_names_each_kind_once() -> None:
    assert list(rows("Predicate kinds")) == [str(kind) for kind in Kind] == DEFS["requirement_kind"]["enum"]


@pytest.mark.parametrize("kind", Kind)
def test_the_page_says_of_a_kind_when_it_is_judged_and_whether_it_has_a_window(kind: Kind) -> None:
    _value, _source, window, as_of = rows("Predicate kinds")[kind]
    told = branch(kind)
    is_required = "window_months" in told["required"]

    assert (as_of == "either") == (told["properties"]["as_of"]["enum"] == ["application", "decision"])
    assert window.split(",")[0] == (
        "none"
        if "window_months" not in told["properties"]
        else "must be given"
        if is_required
        else "may be given"
    )


def test_the_page_names_each_measure_once_and_whether_it_goes_by_period() -> None:
    told = rows("Measures")

    assert list(told) == [str(measure) for measure in Measure] == DEFS["measure"]["enum"]
    assert {name for name, cells in told.items() if cells[-1] == "yes"} == set(DEFS["summed_measure"]["enum"])
    assert set(DEFS["summed_measure"]["enum"]) == set(Measure) - SINCE_A_DAY
    assert set(MEASURES) == set(Measure)


def test_the_page_names_each_record_that_can_be_asked_for() -> None:
    asked = branch("record_present")["properties"]["record"]["enum"]

    assert list(rows("Records that can be asked for")) == asked
    assert set(asked) <= set(RecordKind)


def test_the_page_names_each_package() -> None:
    assert sorted(rows("The packages that come with the service")) == FOLDERS


def test_the_page_names_each_member_of_a_transition_rule() -> None:
    rule = SCHEMA["properties"]["transition"]["properties"]["rules"]["items"]
    told = rows("From one version to the next")

    assert set(told) == set(rule["else"]["properties"])
    assert {name for name, cells in told.items() if "not with `finish`" in cells[0]} == (
        set(told) - set(rule["then"]["properties"])
    )


def test_every_kind_has_an_example() -> None:
    assert {item["kind"] for item in EXAMPLES} == set(Kind)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda item: item["id"])
def test_an_example_is_a_sound_requirement(example: dict[str, Any]) -> None:
    validator = Draft202012Validator({"$ref": "#/$defs/requirement", "$defs": DEFS})

    assert [error.message for error in validator.iter_errors(example)] == []
