"""What a candidate answered to an item: one typed value per way of answering, and its JSON form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assessments.errors import AssessmentError
from assessments.forms.items import AnyItem, Item, JudgementItem, OrderingItem
from assessments.results import Json


@dataclass(frozen=True, slots=True)
class Marks:
    """The options marked in a choice item."""

    options: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Order:
    """Options of an ordering item in the order given."""

    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BestWorst:
    """The options named best and worst in a situational judgement; None where none was named."""

    best: str | None = None
    worst: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """What was written; scoring asks only whether there is anything."""

    text: str = ""


Response = Marks | Order | BestWorst | WrittenAnswer


def is_blank(response: Response) -> bool:
    """Say whether nothing was answered."""
    if isinstance(response, BestWorst):
        return response.best is None and response.worst is None
    if isinstance(response, WrittenAnswer):
        return not response.text.strip()
    return not response.options


def is_spoiled(item: AnyItem, response: Response) -> bool:
    """Say whether an answer is not blank and cannot be meant: it earns nothing and costs nothing.

    That is: more than one mark in single choice, an order that leaves options out, the same option best and
    worst.
    """
    if is_blank(response):
        return False
    if isinstance(item, OrderingItem) and isinstance(response, Order):
        return len(response.options) != len(item.options)
    if isinstance(response, BestWorst):
        return response.best == response.worst
    return (
        isinstance(item, Item)
        and isinstance(response, Marks)
        and len(item.key) == 1
        and len(response.options) > 1
    )


def blank(item: AnyItem) -> Response:
    """Return the response to an item that was not answered."""
    if isinstance(item, Item):
        return Marks()
    if isinstance(item, OrderingItem):
        return Order()
    return BestWorst() if isinstance(item, JudgementItem) else WrittenAnswer()


def ensure_fits(item: AnyItem, response: Response) -> None:
    """Refuse a response that the item cannot have been given.

    Raises AssessmentError, always naming `item`: `response_of_other_kind`, `unknown_option`,
    `option_repeated` in an order.
    """
    if type(response) is not type(blank(item)):
        raise AssessmentError("response_of_other_kind", item=item.code, found=type(response).__name__)
    if isinstance(response, WrittenAnswer) or not isinstance(item, Item | OrderingItem | JudgementItem):
        return
    named = _named(response)
    unknown = sorted(set(named) - set(item.options))
    if unknown:
        raise AssessmentError("unknown_option", item=item.code, option=unknown[0])
    if isinstance(response, Order) and len(set(named)) != len(named):
        raise AssessmentError("option_repeated", item=item.code, options=tuple(named))


def response_document(response: Response) -> Json:
    """Write a response as JSON values: a list of options, {best, worst}, or the text."""
    if isinstance(response, Marks):
        return [*sorted(response.options)]
    if isinstance(response, Order):
        return [*response.options]
    if isinstance(response, BestWorst):
        return {"best": response.best, "worst": response.worst}
    return response.text


def read_response(item: AnyItem, value: object) -> Response:
    """Read the response to an item from JSON values, as `response_document` writes them.

    Raises AssessmentError, always naming `item`: `option_list_expected`, `best_worst_expected`,
    `text_expected` for another shape, and as `ensure_fits` does for options that do not fit.
    """
    if isinstance(item, Item):
        response: Response = Marks(frozenset(_options(item, value)))
    elif isinstance(item, OrderingItem):
        response = Order(tuple(_options(item, value)))
    elif isinstance(item, JudgementItem):
        response = _best_worst(item, value)
    elif isinstance(value, str):
        response = WrittenAnswer(value)
    else:
        raise AssessmentError("text_expected", item=item.code, found=type(value).__name__)
    ensure_fits(item, response)
    return response


def _named(response: Marks | Order | BestWorst) -> Collection[str]:
    """Return the options that a response names."""
    if isinstance(response, BestWorst):
        return [option for option in (response.best, response.worst) if option is not None]
    return response.options


def _options(item: AnyItem, value: object) -> Sequence[str]:
    """Read a list of options; a bare string is a sequence to Python and a misreading to us."""
    if not isinstance(value, list | tuple) or not all(isinstance(option, str) for option in value):
        raise AssessmentError("option_list_expected", item=item.code, found=type(value).__name__)
    return value


def _best_worst(item: AnyItem, value: object) -> BestWorst:
    """Read the options named best and worst; either may be missing or null."""
    if not isinstance(value, Mapping) or value.keys() - {"best", "worst"}:
        raise AssessmentError("best_worst_expected", item=item.code, found=type(value).__name__)
    best, worst = value.get("best"), value.get("worst")
    if not isinstance(best, str | None) or not isinstance(worst, str | None):
        raise AssessmentError("best_worst_expected", item=item.code, found=type(value).__name__)
    return BestWorst(best, worst)
