"""From raw responses to a raw score and a pass: the same inputs give the same score for ever.

Forms of choice items only; a form with other kinds of items is scored in points (`assessments.points`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from assessments.errors import AssessmentError
from assessments.forms import AnswerKey, AnyItem, Item, ItemKind

SCORING_VERSION = "number-correct/1"
"""Named in every score; changes whenever the same responses and key could score differently."""


@dataclass(frozen=True, slots=True)
class UnitScore:
    """Right answers out of the items of one unit: feedback, never a pass mark of its own."""

    unit: str
    raw: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Score:
    """A number-correct score with the versions that it can be recomputed from (EXM-5)."""

    raw: int
    maximum: int
    by_unit: tuple[UnitScore, ...]
    unanswered: tuple[str, ...]
    spoiled: tuple[str, ...]
    """Single-choice items with two or more options marked; they score nothing."""
    scoring_version: str
    key_version: str


class Scored(Protocol):
    """What a pass is decided by."""

    @property
    def raw(self) -> int | Fraction:
        """The points reached, exact."""

    @property
    def maximum(self) -> int:
        """The points of a faultless candidate."""


def score(key: AnswerKey, responses: Mapping[str, Collection[str]]) -> Score:
    """Score raw responses under one key version and this scoring version, and from nothing else (EXM-5).

    `responses`: item code → options marked; a missing item or an empty collection is unanswered and scores
    0. One point per item whose marked options are exactly the keyed ones, so multiple choice is all or
    nothing and wrong answers cost nothing. Units and item lists follow the key's order. Raises
    AssessmentError `unknown_item`, `unknown_option` or `option_list_expected` (a bare string), and
    `kind_not_choice` for a key that holds other kinds, naming the item. Source: number-correct scoring, Lord
    & Novick 1968.
    """
    items = choice_items(key)
    unknown = sorted(responses.keys() - {item.code for item in items})
    if unknown:
        raise AssessmentError("unknown_item", item=unknown[0], items=tuple(unknown))
    marked = {item.code: marked_options(item, responses.get(item.code, ())) for item in items}
    units = tuple(dict.fromkeys(item.unit for item in items))
    by_unit = tuple(_unit_score(unit, items, marked) for unit in units)
    return Score(
        raw=sum(unit.raw for unit in by_unit),
        maximum=len(items),
        by_unit=by_unit,
        unanswered=tuple(code for code, options in marked.items() if not options),
        spoiled=tuple(
            item.code for item in items if item.kind is ItemKind.SINGLE_CHOICE and len(marked[item.code]) > 1
        ),
        scoring_version=SCORING_VERSION,
        key_version=key.version,
    )


def passes(result: Scored, cut: int) -> bool:
    """Say whether a score reaches the approved cut of its form and level (EXM-2); reaching it exactly passes.

    `cut`: raw points, 1 to the form's maximum. Raises AssessmentError `cut_out_of_range` outside of it.
    """
    if not 1 <= cut <= result.maximum:
        raise AssessmentError("cut_out_of_range", cut=cut, maximum=result.maximum)
    return result.raw >= cut


def _choice(item: AnyItem) -> Item:
    """Refuse an item that is not right or wrong as a whole by its marks."""
    if not isinstance(item, Item):
        raise AssessmentError("kind_not_choice", item=item.code, kind=item.kind.value)
    return item


def choice_items(key: AnswerKey) -> tuple[Item, ...]:
    """Return the items of a key that are right or wrong as a whole by their marks (n_items,), in its order.

    Raises AssessmentError `kind_not_choice` where the key holds other kinds.
    """
    return tuple(_choice(item) for item in key.items)


def marked_options(item: Item, options: Collection[str]) -> frozenset[str]:
    """Return the options marked for an item.

    Raises AssessmentError `unknown_option` for one that the item does not offer, `option_list_expected` for
    a bare string.
    """
    # A bare "ab" is a collection of "a" and "b" to Python; to take it as two marks would be a misreading.
    if isinstance(options, str):
        raise AssessmentError("option_list_expected", item=item.code, found=options)
    unknown = sorted(set(options) - set(item.options))
    if unknown:
        raise AssessmentError("unknown_option", item=item.code, option=unknown[0])
    return frozenset(options)


def _unit_score(unit: str, items: Sequence[Item], marked: Mapping[str, frozenset[str]]) -> UnitScore:
    """Count the right answers of one unit."""
    own = [item for item in items if item.unit == unit]
    return UnitScore(unit, sum(marked[item.code] == item.key for item in own), len(own))
