"""From ratings to a card: what counts of each source, the level reached, gap and pathway, in one language."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal

from app.core.errors import Findings, Invalid
from skillcard.cohort import spreads
from skillcard.framework import Element, Framework, Level, UnknownLevelError
from skillcard.level import difference, gap, level_reached, pathway
from skillcard.profile import Profile, Rating, Source

_CENT = Decimal("0.01")


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


def card(
    framework: Framework, profile: Profile, *, on: date, target: int, language: str
) -> dict[str, object]:
    """Return the whole card as it counts on a day: by element, by source, and where two sources differ."""
    by_source = {source: profile.counting(source, framework.counting, on) for source in Source}
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
            _view(framework, source, levels(found), target=target, language=language)
            for source, found in by_source.items()
            if found or source is Source.SELF
        ],
        "differences": _differences(framework, by_source),
    }


def levels(ratings: Mapping[str, Rating]) -> dict[str, Decimal]:
    """Return the levels alone."""
    return {code: rating.level for code, rating in ratings.items()}


def spread(
    framework: Framework, own: Mapping[str, Decimal], others: Sequence[Mapping[str, Decimal]], language: str
) -> list[dict[str, object]]:
    """Return where a person stands on each element of the card, small groups hidden (7.4)."""
    return [
        {
            "element": found.element,
            "title": text(framework.element(found.element).title, language),
            "own": own.get(found.element),
            "people": found.people,
            "quartiles": found.quartiles,
        }
        for found in spreads([element.code for element in framework.elements], others)
    ]


def _differences(
    framework: Framework, by_source: Mapping[Source, Mapping[str, Rating]]
) -> list[dict[str, object]]:
    """Return what the person and her assessors rated differently, the widest first, then as on the card."""
    place = {element.code: index for index, element in enumerate(framework.elements)}
    apart = [
        (found.element, found.steps)
        for found in difference(levels(by_source[Source.SELF]), levels(by_source[Source.ASSESSOR]))
        if found.steps
    ]
    return [
        {"element": code, "steps": steps}
        for code, steps in sorted(apart, key=lambda item: (-abs(item[1]), place[item[0]]))
    ]


def _element(
    element: Element, by_source: Mapping[Source, Mapping[str, Rating]], target: int, language: str
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


def _view(
    framework: Framework, source: Source, rated: Mapping[str, Decimal], *, target: int, language: str
) -> dict[str, object]:
    ratings, aim = whole(rated), Level(target)
    return {
        "source": source,
        "rated": len(rated),
        "level_reached": level_reached(framework, ratings),
        "unit_means": means(framework, rated),
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


def means(framework: Framework, ratings: Mapping[str, Decimal]) -> dict[str, Decimal]:
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
