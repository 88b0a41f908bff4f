"""The texts of the pages that templates and code name are there, and none is there that nobody names."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.messages import _catalogue
from app.schemes.packaging.checking import SCHEMA_FILE

WEB = Path("app/web")
TOLD = re.compile(r"""\bt(?:old)?\(\s*"(\w+)"\s*[,)]""")
NAMED = re.compile(r"""["'](\w+)["']""")
FAMILIES = re.compile(r"""["'](\w+_)(?:["'] ~|{)""")
SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


def sources() -> str:
    files = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
    return "".join(path.read_text(encoding="utf-8") for path in sorted(files))


def members(node: Any = SCHEMA) -> Iterator[tuple[str, Any]]:
    """Every member that the package schema knows, with what it says of it."""
    if isinstance(node, dict):
        for name, value in (
            node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ()
        ):
            yield name, value
        for value in node.values():
            yield from members(value)
    elif isinstance(node, list):
        for value in node:
            yield from members(value)


def choices(told: Any) -> list[str]:
    """The words that a member may have as its value."""
    told = told.get("items", told)
    if "$ref" in told:
        told = SCHEMA["$defs"][told["$ref"].rsplit("/", 1)[-1]]
    return [word for word in told.get("enum", ()) if isinstance(word, str)]


def test_no_text_is_missing() -> None:
    assert set(TOLD.findall(sources())) - set(_catalogue("en", "pages")) == set()


def test_no_text_is_left_over() -> None:
    text = sources()
    named, families = set(NAMED.findall(text)), tuple(FAMILIES.findall(text))
    left = {
        key
        for key in _catalogue("en", "pages")
        if key not in named and not key.startswith(families) and key.removesuffix("_says") not in named
    }

    assert left == set()


def test_every_member_of_a_package_has_a_name() -> None:
    assert {name for name, _ in members() if f"place_{name}" not in _catalogue("en", "pages")} == set()


def test_every_word_that_a_member_may_have_has_its_meaning() -> None:
    words = {f"value_{name}_{word}" for name, told in members() for word in choices(told)}

    assert words - set(_catalogue("en", "pages")) == set()
    assert len(words) > 60
