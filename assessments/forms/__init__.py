"""Written forms: items of every kind, answer keys, responses, blueprints, and their stored form."""

from assessments.forms.blueprints import Blueprint, BlueprintLine, Deviation, blueprint_deviations
from assessments.forms.items import (
    AnyItem,
    BestWorstKey,
    Criterion,
    EffectivenessKey,
    Item,
    ItemKind,
    JudgementItem,
    JudgementRule,
    OrderingItem,
    OrderingRule,
    ShortAnswerItem,
)
from assessments.forms.keys import AnswerKey, rekey
from assessments.forms.responses import (
    BestWorst,
    Marks,
    Order,
    Response,
    WrittenAnswer,
    read_response,
    response_document,
)
from assessments.forms.stored import item_document, read_item

__all__ = [
    "AnswerKey",
    "AnyItem",
    "BestWorst",
    "BestWorstKey",
    "Blueprint",
    "BlueprintLine",
    "Criterion",
    "Deviation",
    "EffectivenessKey",
    "Item",
    "ItemKind",
    "JudgementItem",
    "JudgementRule",
    "Marks",
    "Order",
    "OrderingItem",
    "OrderingRule",
    "Response",
    "ShortAnswerItem",
    "WrittenAnswer",
    "blueprint_deviations",
    "item_document",
    "read_item",
    "read_response",
    "rekey",
    "response_document",
]
