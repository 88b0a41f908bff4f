"""Sentences for people, by code and locale, from the catalogues; a code without a sentence is a fault."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po

_FOLDER = Path(__file__).parent.parent / "locales"
LOCALES = ("en", "es")
_DEFAULT = "en"


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
    texts = _catalogue(locale if locale in LOCALES else _DEFAULT)
    return texts[code].format_map(_Facts({name: _in_words(fact) for name, fact in facts.items()}))


def _in_words(fact: object) -> object:
    """Write a list as people do."""
    return ", ".join(map(str, fact)) if isinstance(fact, list | tuple) else fact


def page_text(key: str, facts: Mapping[str, object], locale: str) -> str:
    """Return a text that pages show; these lie in a folder of their own, apart from refusals."""
    return _catalogue(locale, "pages")[key].format_map(_Facts(facts))


class NoticeTemplate(NamedTuple):
    """The wording of one kind of notice in one language."""

    subject: str
    text: str


def notice_template(kind: str, locale: str) -> NoticeTemplate:
    """Return the wording of a notice; these lie in a folder of their own, apart from refusals."""
    texts = _catalogue(locale, "notices")
    return NoticeTemplate(texts[f"{kind}.subject"], texts[f"{kind}.text"])


def preferred(accept_language: str | None) -> str:
    """Return the first language of an Accept-Language header that we speak, else English."""
    for part in (accept_language or "").split(","):
        language = part.split(";")[0].strip()[:2].lower()
        if language in LOCALES:
            return language
    return _DEFAULT
