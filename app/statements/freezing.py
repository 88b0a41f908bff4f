"""From ratings to what a statement says of them: levels, units, elements and steps in one language."""

from collections.abc import Mapping
from decimal import ROUND_UP, Decimal
from typing import Any

from app.profiles import rules as profiles
from app.profiles.rules import text
from app.statements import rules
from app.statements.content import CardFound, ElementFound, LevelNamed, StepAhead, UnitFound
from skillcard.framework import Element, Framework, Level, Unit
from skillcard.level import least_mean, least_rating, level_reached, pathway
from skillcard.profile import Rating, Source

_CENT = Decimal("0.01")


def card_found(
    package: Mapping[str, Any],
    framework: Framework,
    ratings: Mapping[str, Rating],
    *,
    source: Source,
    target: int | None,
    language: str,
) -> CardFound:
    """Return the card of one source's counting ratings; without a target, the next level is the target."""
    exact = profiles.levels(ratings)
    full = profiles.whole(exact)
    reached = level_reached(framework, full)
    aim = rules.aim(framework, reached, target)
    profiles.ensure_target(framework, aim)
    means = profiles.means(framework, exact)
    return CardFound(
        source=source,
        level=None if reached is None else int(reached),
        target=aim,
        levels=_levels(package, language),
        units=tuple(
            _unit(framework, unit, ratings, mean=means[unit.code], target=Level(aim), language=language)
            for unit in framework.units
        ),
        steps=tuple(
            StepAhead(
                element=step.element,
                title=_one_line(framework.element(step.element).title, language),
                has=step.has,
                needs=step.needs,
                why=step.why,
                descriptor=_one_line(step.descriptor, language),
            )
            for step in pathway(framework, full, Level(aim))
        ),
    )


def _levels(package: Mapping[str, Any], language: str) -> tuple[LevelNamed, ...]:
    certified = rules.certifiable(package)
    return tuple(
        LevelNamed(item["level"], _one_line(item["name"], language), item["level"] in certified)
        for item in package["levels"]["items"]
    )


def _unit(
    framework: Framework,
    unit: Unit,
    ratings: Mapping[str, Rating],
    *,
    mean: Decimal,
    target: Level,
    language: str,
) -> UnitFound:
    return UnitFound(
        code=unit.code,
        title=_one_line(unit.title, language),
        mean=mean,
        least=least_mean(framework, unit, target).quantize(_CENT, ROUND_UP),
        elements=tuple(
            _element(framework, element, ratings.get(element.code), target=target, language=language)
            for element in unit.elements
        ),
    )


def _element(
    framework: Framework, element: Element, rating: Rating | None, *, target: Level, language: str
) -> ElementFound:
    return ElementFound(
        code=element.code,
        title=_one_line(element.title, language),
        critical=element.critical,
        rating=None if rating is None else rating.level,
        rated_on=None if rating is None else rating.on,
        least=least_rating(framework, element, target),
    )


def _one_line(texts: Mapping[str, str], language: str) -> str:
    return " ".join(text(texts, language).split())
