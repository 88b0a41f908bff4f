"""Checks on the words of a package: languages complete, descriptors that differ, no membership asked for."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from app.schemes.packaging.finding import Finding, pointer_to
from app.schemes.packaging.shape import Package, Requirement, Text

LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
WORD = re.compile(r"[^\W\d_]+")
MEMBERSHIP = re.compile(
    r"\b(member(ship)?s?|quotas?|miembros?|soci[oa]s?|afiliad\w*|afiliaci\w*|colegiad\w*|cuotas?|membres?|adh[ée]\w*"
    r"|iscritt\w*|üyelik)\b",
    re.IGNORECASE,
)

FEE = re.compile(
    r"\b(fees?|payments?|tuition|tarifas?|pagos?|honorarios|frais|honoraires|tariff[ae]|pagament[oi]|ücret\w*)\b",
    re.IGNORECASE,
)

# Words that grade instead of saying what is done; a difference in these alone tells an assessor nothing.
GRADING = frozenset(
    WORD.findall(
        "novice beginner advanced competent proficient expert basic junior senior master level "
        "never rarely seldom sometimes often usually mostly always very more most less least much many "
        "few some all well better best good excellent partly largely fully completely highly "
        "with help without one two three four five six seven eight nine ten first second third once twice "
        "principiante avanzado avanzada competente experto experta básico básica sénior máster nivel "
        "nunca rara vez raramente poco algunas veces a menudo casi siempre muy más menos mucho muchos pocos "
        "algunos todo bien mejor bueno excelente parcialmente totalmente plenamente con sin ayuda "
        "un una uno dos tres cuatro cinco seis siete ocho nueve diez primero primera segundo tercero"
    )
)


def languages(package: Package) -> Iterator[Finding]:
    """Refuse a text that lacks a language of the scheme or has one that is not declared (SCH-1).

    Of the partial languages each text may have any: they serve reading, nobody is assessed in them.
    """
    whole, partial = package["scheme"]["languages"], package["scheme"].get("partial_languages", [])
    declared = {*whole, *partial}
    for steps, text in _texts(package, ()):
        for language in whole:
            if language not in text:
                yield Finding(pointer_to(*steps, language), "SCH-1", "the text is missing in this language")
        for language in text:
            if language not in declared:
                yield Finding(
                    pointer_to(*steps, language), "SCH-1", "the scheme does not declare this language"
                )


def partial_languages(package: Package) -> Iterator[Finding]:
    """Refuse a partial language that is a whole one too, or in which not even the title exists (SCH-1)."""
    header = package["scheme"]
    for index, language in enumerate(header.get("partial_languages", [])):
        at = pointer_to("scheme", "partial_languages", index)
        if language in header["languages"]:
            yield Finding(at, "SCH-1", "every text exists in this language already")
        if language not in header["title"]:
            yield Finding(at, "SCH-1", "not even the title exists in this language")


def line_breaks(package: Package) -> Iterator[Finding]:
    """Refuse a text or code that ends in a line break, which a pattern's end lets through unseen (SCH-1)."""
    for steps, text in _strings(package, ()):
        if text.endswith("\n"):
            yield Finding(pointer_to(*steps), "SCH-1", "ends in a line break")


def descriptors(package: Package) -> Iterator[Finding]:
    """Refuse a missing descriptor, and two that differ by grading words, numbers or a single word (SCH-1)."""
    known = {str(item["level"]) for item in package["levels"]["items"]}
    for u, unit in enumerate(package["units"]):
        for e, element in enumerate(unit["elements"]):
            at = ("units", u, "elements", e, "descriptors")
            given = element["descriptors"]
            for level in known - given.keys():
                yield Finding(pointer_to(*at, level), "SCH-1", "the descriptor of this level is missing")
            for level in given.keys() - known:
                yield Finding(pointer_to(*at, level), "SCH-1", "the scheme has no such level")
            yield from _twins(at, given)


def _twins(at: tuple[str | int, ...], given: dict[str, Text]) -> Iterator[Finding]:
    for low, high in combinations(sorted(given), 2):
        for language in given[low].keys() & given[high].keys():
            if alike(given[low][language], given[high][language]):
                message = f"says the same as level {low} but for a level word or a number"
                yield Finding(pointer_to(*at, high, language), "SCH-1", message)


def alike(one: str, other: str) -> bool:
    """Return whether two descriptors say the same act: at most one word apart once grading words are gone."""
    left, right = _acts(one), _acts(other)
    return (left - right).total() <= 1 and (right - left).total() <= 1


def _acts(text: str) -> Counter[str]:
    return Counter(word for word in WORD.findall(text.casefold()) if word not in GRADING)


def memberships(package: Package) -> Iterator[Finding]:
    """Refuse a requirement that names a membership, a quota or a fee: a fee is owed, never met (GEN-3)."""
    sections: tuple[tuple[tuple[str, str], list[Requirement]], ...] = (
        (("requirements", "items"), package["requirements"].get("items", [])),
        (("surveillance", "requirements"), package["surveillance"].get("requirements", [])),
        (("recertification", "requirements"), package["recertification"].get("requirements", [])),
    )
    for at, requirements in sections:
        for index, requirement in enumerate(requirements):
            words: list[tuple[tuple[str, ...], str]] = [(("id",), requirement["id"])]
            words += [(("title", language), text) for language, text in requirement["title"].items()]
            for inner, text in words:
                if MEMBERSHIP.search(text) or FEE.search(text):
                    message = "certification may not depend on a membership, a quota or a fee"
                    yield Finding(pointer_to(*at, index, *inner), "GEN-3", message)


def _strings(value: object, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _strings(inner, (*at, index))


def _texts(
    value: object, at: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], dict[str, str]]]:
    """Find every text: a mapping whose keys are all languages."""
    if isinstance(value, dict):
        if value and all(LANGUAGE.fullmatch(key) for key in value):
            yield at, value
        else:
            for key, inner in value.items():
                yield from _texts(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*at, index))


RULES = (languages, partial_languages, line_breaks, descriptors, memberships)
