"""Scoring in points, for forms that hold more than choice items: exact, and the same for ever.

Each item says how many points it is worth; an answer earns a share of them by the rule of its kind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from assessments.errors import AssessmentError
from assessments.forms.items import (
    AnyItem,
    EffectivenessKey,
    Item,
    JudgementItem,
    JudgementRule,
    OrderingItem,
    OrderingRule,
    ShortAnswerItem,
)
from assessments.forms.keys import AnswerKey
from assessments.forms.responses import (
    BestWorst,
    Marks,
    Order,
    Response,
    blank,
    ensure_fits,
    is_blank,
    is_spoiled,
)

POINTS_VERSION = "points/1"
"""Named in every score; changes whenever the same responses, awards and key could score differently."""


@dataclass(frozen=True, slots=True)
class Award:
    """The points that assessors gave a written answer, by criterion of its rubric."""

    points: Mapping[str, int | Fraction]
    """Fractions where they are the mean of two assessors' points."""
    confirmed: bool
    """Whether the points are final: agreed between the assessors, or adjudicated. Only such points count."""


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """What one answer earned of the points of its item; less than nothing only under a penalty."""

    item: str
    points: Fraction
    maximum: int


@dataclass(frozen=True, slots=True)
class UnitPoints:
    """What the answers of one unit earned: feedback, never a pass mark of its own."""

    unit: str
    raw: Fraction
    maximum: int


@dataclass(frozen=True, slots=True)
class PointScore:
    """A score in points with the versions that it can be recomputed from (EXM-5)."""

    raw: Fraction
    maximum: int
    by_unit: tuple[UnitPoints, ...]
    by_item: tuple[ItemPoints, ...]
    unanswered: tuple[str, ...]
    spoiled: tuple[str, ...]
    """Answers that cannot be meant, such as the same option best and worst; they earn and cost nothing."""
    scoring_version: str
    key_version: str


def score_points(
    key: AnswerKey, responses: Mapping[str, Response], awards: Mapping[str, Award] | None = None
) -> PointScore:
    """Score responses to items of any kind, from one key version and this scoring version alone (EXM-5).

    `responses`: item code → response; a missing or blank one is unanswered and earns nothing. `awards`: item
    code → confirmed points, for the written answers. Choice: all or nothing. Ordering: all or nothing, or
    the share of the key's neighbouring pairs that stand together in the response. Situational judgement:
    half of the points each for the option named best and the one named worst, by the item's key. Raises
    AssessmentError, naming the item: `unknown_item`, as `ensure_fits` does, `award_not_expected`,
    `award_missing`, `award_not_confirmed`, `award_incomplete`, `points_out_of_range`. Sources: Lord & Novick
    1968 (number correct); Motowidlo, Dunnette & Carter 1990, Bergman et al. 2006 (judgement).
    """
    given = awards or {}
    _ensure_known(key, responses, given)
    answers = {item.code: responses.get(item.code, blank(item)) for item in key.items}
    for item in key.items:
        ensure_fits(item, answers[item.code])
    by_item = tuple(_item_points(item, answers[item.code], given.get(item.code)) for item in key.items)
    units = tuple(dict.fromkeys(item.unit for item in key.items))
    return PointScore(
        raw=_total(by_item),
        maximum=sum(item.points for item in key.items),
        by_unit=tuple(_unit_points(unit, key, by_item) for unit in units),
        by_item=by_item,
        unanswered=tuple(code for code, response in answers.items() if is_blank(response)),
        spoiled=tuple(item.code for item in key.items if is_spoiled(item, answers[item.code])),
        scoring_version=POINTS_VERSION,
        key_version=key.version,
    )


def _ensure_known(key: AnswerKey, responses: Mapping[str, Response], awards: Mapping[str, Award]) -> None:
    """Refuse responses to items of another form, and awards for what no assessor judges."""
    unknown = sorted((responses.keys() | awards.keys()) - {item.code for item in key.items})
    if unknown:
        raise AssessmentError("unknown_item", item=unknown[0], items=tuple(unknown))
    for item in key.items:
        if item.code in awards and not isinstance(item, ShortAnswerItem):
            raise AssessmentError("award_not_expected", item=item.code, kind=item.kind.value)


def _item_points(item: AnyItem, response: Response, award: Award | None) -> ItemPoints:
    """Give what one answer earned."""
    if isinstance(item, ShortAnswerItem):
        return ItemPoints(item.code, _awarded(item, response, award), item.points)
    if is_blank(response) or is_spoiled(item, response):
        return ItemPoints(item.code, Fraction(0), item.points)
    return ItemPoints(item.code, item.points * _share(item, response), item.points)


def _share(item: Item | OrderingItem | JudgementItem, response: Response) -> Fraction:
    """Give the share of its points that an answer earns, -1 to 1."""
    if isinstance(item, Item):
        return Fraction(isinstance(response, Marks) and response.options == item.key)
    if isinstance(item, OrderingItem):
        assert isinstance(response, Order), "ensure_fits has refused anything else"
        return _order_share(item, response)
    assert isinstance(response, BestWorst), "ensure_fits has refused anything else"
    if isinstance(item.key, EffectivenessKey):
        return _effectiveness_share(item.options, item.key, response)
    right = (response.best == item.key.best) + (response.worst == item.key.worst)
    if item.key.rule is JudgementRule.PENALISED:
        right -= (response.best == item.key.worst) + (response.worst == item.key.best)
    return Fraction(right, 2)


def _order_share(item: OrderingItem, response: Order) -> Fraction:
    """Give the share that a complete order earns."""
    if item.rule is OrderingRule.ALL_OR_NOTHING:
        return Fraction(response.options == item.key)
    right = set(pairwise(item.key))
    return Fraction(sum(pair in right for pair in pairwise(response.options)), len(right))


def _effectiveness_share(options: tuple[str, ...], key: EffectivenessKey, response: BestWorst) -> Fraction:
    """Give the share by how far the named options lie from the wrong end of the experts' values.

    The two halves add up to (value of best - value of worst) / range, moved from -1..1 to 0..1.
    """
    value = {option: Fraction(number) for option, number in zip(options, key.values, strict=True)}
    least, most = min(value.values()), max(value.values())
    best = Fraction(0) if response.best is None else value[response.best] - least
    worst = Fraction(0) if response.worst is None else most - value[response.worst]
    return (best + worst) / (most - least) / 2


def _awarded(item: ShortAnswerItem, response: Response, award: Award | None) -> Fraction:
    """Give the confirmed points of a written answer; a blank one earns none and needs no assessor."""
    if award is None:
        if is_blank(response):
            return Fraction(0)
        raise AssessmentError("award_missing", item=item.code)
    if not award.confirmed:
        raise AssessmentError("award_not_confirmed", item=item.code)
    most = {criterion.code: criterion.points for criterion in item.rubric}
    if award.points.keys() != most.keys():
        differing = tuple(sorted(award.points.keys() ^ most.keys()))
        raise AssessmentError("award_incomplete", item=item.code, criteria=differing)
    for criterion, points in award.points.items():
        if type(points) not in (int, Fraction) or not 0 <= points <= (
            0 if is_blank(response) else most[criterion]
        ):
            raise AssessmentError("points_out_of_range", item=item.code, criterion=criterion, points=points)
    return Fraction(sum(award.points.values()))


def _total(entries: Iterable[ItemPoints]) -> Fraction:
    """Add up points, exact."""
    return sum((entry.points for entry in entries), Fraction(0))


def _unit_points(unit: str, key: AnswerKey, by_item: tuple[ItemPoints, ...]) -> UnitPoints:
    """Add up the points of one unit."""
    own = [entry for item, entry in zip(key.items, by_item, strict=True) if item.unit == unit]
    return UnitPoints(unit, _total(own), sum(entry.maximum for entry in own))
