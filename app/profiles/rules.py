"""From ratings to a card: the latest of each source, the level reached, gap and pathway, in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from app.core.errors import Findings, Invalid
from skillcard.framework import Element, Framework, Level, UnknownLevelError
from skillcard.level import gap, level_reached, pathway
from skillcard.profile import Source

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Given:
    """One rating as it was given; `turn` tells which of two of one day came later."""

    element: str
    level: Decimal
    source: Source
    on: date
    turn: int


@dataclass(frozen=True)
class Standing:
    """What one source's latest ratings amount to."""

    source: Source
    ratings: Mapping[str, Decimal]
    level: int | None
    """The highest level reached, or None below the lowest."""


def latest(given: Iterable[Given], source: Source) -> dict[str, Given]:
    """Return the newest rating of each element that a source rated."""
    newest: dict[str, Given] = {}
    for rating in sorted(given, key=lambda rating: (rating.on, rating.turn)):
        if rating.source is source:
            newest[rating.element] = rating
    return newest


def standing(framework: Framework, given: Iterable[Given], source: Source) -> Standing:
    """Return a source's latest ratings and the level they reach (7.2)."""
    ratings = {code: found.level for code, found in latest(given, source).items()}
    reached = level_reached(framework, whole(ratings))
    return Standing(source, ratings, None if reached is None else int(reached))


def whole(ratings: Mapping[str, Decimal]) -> dict[str, int]:
    """Return ratings in full steps: half way to a level is not yet the level."""
    return {code: int(level.to_integral_value(ROUND_DOWN)) for code, level in ratings.items()}


def ensure_rateable(framework: Framework, ratings: Mapping[str, int | Decimal]) -> None:
    """Refuse ratings of elements that the scheme version does not have, or outside 0 to 5; name each."""
    known = {element.code for element in framework.elements}
    findings = []
    for code, level in ratings.items():
        pointer = "/ratings/" + code.replace("~", "~0").replace("/", "~1")
        if code not in known:
            findings.append((pointer, "element_unknown", "The scheme version has no such element."))
        elif not 0 <= level <= 5:
            findings.append((pointer, "rating_refused", "A rating lies between 0 and 5."))
    if findings:
        raise Findings("ratings_refused", tuple(findings))


def card(framework: Framework, given: Iterable[Given], *, target: int, language: str) -> dict[str, object]:
    """Return the whole card: elements with ratings by source, and for each source level, gap and pathway."""
    known = list(given)
    by_source = {source: latest(known, source) for source in Source}
    return {
        "units": [
            {
                "code": unit.code,
                "title": text(unit.title, language),
                "kind": unit.kind,
                "elements": [_element(element, by_source, target, language) for element in unit.elements],
            }
            for unit in framework.units
        ],
        "sources": [
            _view(framework, standing(framework, known, source), target=target, language=language)
            for source, found in by_source.items()
            if found or source is Source.SELF
        ],
    }


def _element(
    element: Element, by_source: Mapping[Source, Mapping[str, Given]], target: int, language: str
) -> dict[str, object]:
    return {
        "code": element.code,
        "title": text(element.title, language),
        "is_critical": element.critical,
        "target_descriptor": text(element.descriptors[Level(target)], language),
        "ratings": [
            {"source": source, "level": found[element.code].level, "on": found[element.code].on}
            for source, found in by_source.items()
            if element.code in found
        ],
    }


def _view(framework: Framework, found: Standing, *, target: int, language: str) -> dict[str, object]:
    ratings, aim = whole(found.ratings), Level(target)
    return {
        "source": found.source,
        "rated": len(found.ratings),
        "level_reached": found.level,
        "unit_means": _means(framework, found.ratings),
        "gap": [
            {"element": lack.element, "has": lack.has, "needs": lack.needs, "why": lack.why}
            for lack in gap(framework, ratings, aim)
        ],
        "pathway": [
            {
                "element": step.element,
                "title": text(framework.element(step.element).title, language),
                "has": step.has,
                "needs": step.needs,
                "why": step.why,
                "descriptor": text(step.descriptor, language),
            }
            for step in pathway(framework, ratings, aim)
        ],
    }


def _means(framework: Framework, ratings: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return the mean of each unit, an element without a rating counting zero (7.2)."""
    return {
        unit.code: (
            sum((ratings.get(element.code, Decimal(0)) for element in unit.elements), Decimal(0))
            / len(unit.elements)
        ).quantize(_CENT, ROUND_DOWN)
        for unit in framework.units
    }


def ensure_target(framework: Framework, target: int) -> None:
    """Refuse a target that the scheme version does not have."""
    try:
        gap(framework, {}, Level(target))
    except (ValueError, UnknownLevelError):
        raise Invalid("target_unknown", pointer="/target", target=target) from None


def text(texts: Mapping[str, str], language: str) -> str:
    """Return a text in the asked language, else in the scheme's first one."""
    return texts.get(language) or next(iter(texts.values()))
