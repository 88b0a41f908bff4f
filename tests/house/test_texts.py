"""Every refusal has its sentence in every language, and every sentence its refusal; so do texts of pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from app.core import errors
from app.core.messages import LOCALES, PAGE_LANGUAGES, notice_template
from app.notices.rules import NoticeKind

APP = Path(__file__).parents[2] / "app"
REFUSALS = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.Refusal)
}
BUILT_IN = {"not_found", "stale", "unexpected"}
"""Codes that the error classes themselves bring."""


def refusals() -> set[str]:
    """The refusals of `core.errors` and those that a feature made out of them."""
    found = set(REFUSALS)
    for file in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and any(_last(base) in found for base in node.bases):
                found.add(node.name)
    return found - {"NotFound"}  # it takes what is missing, not a code


def _last(node: ast.AST) -> str:
    return getattr(node, "attr", None) or getattr(node, "id", "")


def codes() -> dict[str, str]:
    """Each code that the service raises, with the module that does."""
    kinds, found = refusals(), {}
    for file in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _last(node.func) in kinds:
                found |= dict.fromkeys(_literals(node), file.relative_to(APP).as_posix())
    return found


def _literals(call: ast.Call) -> Iterator[str]:
    given = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "code")]
    for value in given:
        for part in ast.walk(value):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def sentences(locale: str, part: str = ".") -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted((APP / "locales" / locale / part).glob("*.po")):
        with path.open("rb") as source:
            entries = [entry for entry in read_po(source, locale=locale) if entry.id]
        twice = {str(entry.id) for entry in entries} & set(texts)
        assert not twice, f"{path.name} repeats {twice}"
        texts |= {str(entry.id): str(entry.string) for entry in entries}
    return texts


def places(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def test_every_refusal_has_its_sentence_in_every_language() -> None:
    for locale in LOCALES:
        texts = sentences(locale)
        assert {code: file for code, file in codes().items() if not texts.get(code)} == {}, locale


def test_no_sentence_lacks_its_refusal() -> None:
    for locale in LOCALES:
        assert set(sentences(locale)) - set(codes()) - BUILT_IN == set(), locale


def test_a_sentence_names_the_same_facts_in_every_language() -> None:
    first, *others = (sentences(locale) for locale in LOCALES)

    for other in others:
        assert {code for code in first if places(first[code]) != places(other.get(code, ""))} == set()


def test_every_notice_has_its_wording_in_every_language() -> None:
    for kind in NoticeKind:
        first, *others = (notice_template(kind, locale) for locale in LOCALES)
        for other in others:
            assert (places(first.subject), places(first.text)) == (places(other.subject), places(other.text))


def test_no_wording_lacks_its_notice() -> None:
    wanted = {f"{kind}.{part}" for kind in NoticeKind for part in ("subject", "text")}

    for locale in LOCALES:
        assert _entries(APP / "locales" / locale / "notices") == wanted, locale


def _entries(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as source:
            found |= {str(entry.id) for entry in read_po(source) if entry.id}
    return found


def test_every_text_of_a_page_exists_in_every_page_language_with_the_same_facts() -> None:
    first, *others = (
        {key: places(text) for key, text in page_texts(lang).items()} for lang in PAGE_LANGUAGES
    )

    assert len(first) > 500
    for other in others:
        assert {key for key in first | other if first.get(key) != other.get(key)} == set()


def page_texts(language: str) -> dict[str, str]:
    texts = sentences(language, "pages")
    assert [key for key, text in texts.items() if not text.strip()] == [], language
    return texts


def test_each_page_language_has_the_same_catalogues_and_no_other_language_has_any() -> None:
    files = {
        folder.name: sorted(path.name for path in (folder / "pages").glob("*.po"))
        for folder in (APP / "locales").iterdir()
        if (folder / "pages").is_dir()
    }

    assert set(files) == set(PAGE_LANGUAGES)
    assert len({tuple(names) for names in files.values()}) == 1
