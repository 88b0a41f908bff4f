"""What the radar chart of a card shows, and the same in words; `paper_chart` and `web_chart` draw it."""

from decimal import Decimal

from app.statements.content import CardFound
from app.statements.labels import figure, label
from skillcard.framework import HIGHEST_RATING
from skillcard.radar import FEWEST_AXES, Axis, Label, Radar, radar

REACH = 1.12
"""How far from the centre the labels lie, in radii."""


def is_by_unit(card: CardFound) -> bool:
    """Tell whether the axes are units; a card with fewer than three of them is shown by element."""
    return len(card.units) >= FEWEST_AXES


def axes(card: CardFound) -> list[Axis]:
    """Return the chart's axes, or none where even the elements are too few to span an area."""
    if is_by_unit(card):
        return [Axis(unit.title, unit.mean, unit.least) for unit in card.units]
    found = [
        Axis(element.title, element.rating or Decimal(0), Decimal(element.least)) for element in card.elements
    ]
    return found if len(found) >= FEWEST_AXES else []


def geometry(card: CardFound) -> Radar:
    """Return the points of a card's chart."""
    return radar(axes(card), highest=HIGHEST_RATING, reach=REACH)


def in_words(card: CardFound, language: str) -> str:
    """Return the chart in words, for whoever does not see it."""
    said = {
        "values": "; ".join(f"{axis.title} {figure(language, axis.value)}" for axis in axes(card)),
        "least": "; ".join(f"{axis.title} {figure(language, axis.least)}" for axis in axes(card)),
    }
    return label(language, "chart_alt", level=card.target, **said)


def rise(place: Label) -> float:
    """Return which share of a label's lines stands above its place: all at the top, none at the bottom."""
    return (1 + place.at[1] / REACH) / 2
