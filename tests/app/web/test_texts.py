"""The texts of the pages: the same keys and facts in every language, none missing, none unused."""

import re
from pathlib import Path

from app.core.messages import LOCALES, _catalogue

TEMPLATES = Path("app/web/templates")
TOLD = re.compile(r't\("(\w+)"')
FAMILIES = re.compile(r't\("(\w+_)" ~')


def used() -> tuple[set[str], tuple[str, ...]]:
    """Keys that templates name, and beginnings of keys that they put together."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.html")))
    keys = set(TOLD.findall(text)) | set(re.findall(r'"(file_\w+)"', text))
    return {key for key in keys if not key.endswith("_")}, tuple(FAMILIES.findall(text))


def facts_of(locale: str) -> dict[str, set[str]]:
    return {key: set(re.findall(r"{(\w+)}", text)) for key, text in _catalogue(locale, "pages").items()}


def test_every_language_has_the_same_keys_with_the_same_facts():
    first, *others = (facts_of(locale) for locale in LOCALES)

    for other in others:
        assert other == first


def test_no_text_is_missing():
    keys, _ = used()

    assert keys - set(_catalogue("en", "pages")) == set()


def test_no_text_is_left_over():
    keys, families = used()
    left = {
        key
        for key in _catalogue("en", "pages")
        if key not in keys and not key.startswith(families) and key.removesuffix("_says") not in keys
    }

    assert left == set()
