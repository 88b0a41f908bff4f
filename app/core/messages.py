"""Sentences for people, by code and locale, from the catalogues; a code without a sentence is a fault.

Refusals are told in the languages of `LOCALES`; pages are read in more, those of `PAGE_LANGUAGES`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po

_FOLDER = Path(__file__).parent.parent / "locales"
LOCALES = ("en", "es")
PAGE_LANGUAGES = ("en", "es", "it", "tr", "fr")
_DEFAULT = "en"
_LIKING = re.compile(r"\s*([A-Za-z]+)[^;,]*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*")


@cache
def _catalogue(locale: str, part: str = ".") -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for path in sorted((_FOLDER / locale / part).glob("*.po")):
        with path.open("rb") as source:
            entries = read_po(source, locale=locale)
        texts |= {str(entry.id): str(entry.string) for entry in entries if entry.id}
    return texts


class _Facts(dict[str, object]):
    """Leaves a place open, visibly, when a refusal did not bring the fact that its sentence names."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, facts: Mapping[str, object], locale: str = _DEFAULT) -> str:
    """Return the sentence of a code with its facts filled in."""
    texts = _catalogue(spoken(locale))
    return texts[code].format_map(_Facts({name: _in_words(fact) for name, fact in facts.items()}))


def _in_words(fact: object) -> object:
    """Write a list as people do."""
    return ", ".join(map(str, fact)) if isinstance(fact, list | tuple) else fact


def spoken(language: str) -> str:
    """Return the language in which a refusal is told to a reader of this one."""
    return language if language in LOCALES else _DEFAULT


class NoticeTemplate(NamedTuple):
    """The wording of one kind of notice in one language."""

    subject: str
    text: str


def notice_template(kind: str, locale: str) -> NoticeTemplate:
    """Return the wording of a notice; these lie in a folder of their own, apart from refusals."""
    texts = _catalogue(locale, "notices")
    return NoticeTemplate(texts[f"{kind}.subject"], texts[f"{kind}.text"])


def page_text(key: str, language: str) -> str:
    """Return a text that pages show, its facts still open; these lie apart from refusals."""
    return _catalogue(language, "pages")[key]


def has_page_text(key: str, language: str) -> bool:
    """Tell whether pages have a text under this key."""
    return key in _catalogue(language, "pages")


def preferred(accept_language: str | None, known: Sequence[str] = LOCALES) -> str:
    """Return which of the languages we speak an Accept-Language header likes best, else English."""
    liked = [found for part in (accept_language or "").split(",") if (found := _LIKING.fullmatch(part))]
    for part in sorted(liked, key=lambda found: -float(found[2] or 1)):
        if part[1].lower() in known and float(part[2] or 1) > 0:
            return part[1].lower()
    return _DEFAULT
