"""Items as JSON values, so that an item bank can store them and get the same items back."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import NoReturn, TypeVar

from assessments.errors import AssessmentError
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
from assessments.results import Json, document

Member = TypeVar("Member", bound=Enum)


def item_document(item: AnyItem) -> Json:
    """Write an item as JSON values, its kind included; expert values are strings, which keep every digit."""
    return document(item)


def read_item(value: object) -> AnyItem:
    """Read an item that `item_document` wrote; fields that have a default may be missing.

    Raises AssessmentError `item_shape`, naming item and field, for a field that is missing, foreign or of
    another type, and as the item's own class does.
    """
    reader = _Reader(value, None)
    reader = _Reader(value, reader.text("code"))
    kind = reader.member("kind", ItemKind)
    if kind is ItemKind.ORDERING:
        item: AnyItem = _ordering(reader)
    elif kind is ItemKind.SITUATIONAL_JUDGEMENT:
        item = _judgement(reader)
    elif kind is ItemKind.SHORT_ANSWER:
        item = _short_answer(reader)
    else:
        item = Item(
            reader.text("code"),
            reader.whole("version"),
            reader.text("unit"),
            kind,
            reader.texts("options"),
            frozenset(reader.texts("key")),
            reader.optional_text("cognitive_level"),
        )
    reader.ensure_all_read()
    return item


def _ordering(reader: "_Reader") -> OrderingItem:
    """Read an ordering item."""
    return OrderingItem(
        reader.text("code"),
        reader.whole("version"),
        reader.text("unit"),
        reader.texts("options"),
        reader.texts("key"),
        reader.member("rule", OrderingRule),
        reader.whole("points", 1),
        reader.optional_text("cognitive_level"),
    )


def _judgement(reader: "_Reader") -> JudgementItem:
    """Read a situational judgement; its key is told by its fields."""
    inner = reader.inner("key")
    key: BestWorstKey | EffectivenessKey
    if inner.has("values"):
        key = EffectivenessKey(inner.decimals("values"))
    else:
        key = BestWorstKey(inner.text("best"), inner.text("worst"), inner.member("rule", JudgementRule))
    inner.ensure_all_read()
    return JudgementItem(
        reader.text("code"),
        reader.whole("version"),
        reader.text("unit"),
        reader.texts("options"),
        key,
        reader.whole("points", 2),
        reader.optional_text("cognitive_level"),
    )


def _short_answer(reader: "_Reader") -> ShortAnswerItem:
    """Read a short answer with its rubric."""
    return ShortAnswerItem(
        reader.text("code"),
        reader.whole("version"),
        reader.text("unit"),
        tuple(_criterion(inner) for inner in reader.inners("rubric")),
        reader.optional_text("cognitive_level"),
    )


def _criterion(reader: "_Reader") -> Criterion:
    """Read one criterion of a rubric."""
    criterion = Criterion(reader.text("code"), reader.whole("points"))
    reader.ensure_all_read()
    return criterion


class _Reader:
    """Reads the fields of one stored object, and refuses by name what is not as written."""

    def __init__(self, value: object, item: str | None) -> None:
        if not isinstance(value, Mapping):
            raise AssessmentError("item_shape", item=item, field=None)
        self._fields = value
        self._item = item
        self._read: set[object] = set()

    def has(self, field: str) -> bool:
        """Say whether a field is there."""
        return field in self._fields

    def text(self, field: str) -> str:
        """Read a text."""
        value = self._get(field)
        return value if isinstance(value, str) else self._refuse(field)

    def optional_text(self, field: str) -> str | None:
        """Read a text that may be missing or null."""
        return None if self._get(field) is None else self.text(field)

    def whole(self, field: str, default: int | None = None) -> int:
        """Read a whole number; JSON's true is none."""
        value = self._get(field) if self.has(field) else default
        return value if isinstance(value, int) and not isinstance(value, bool) else self._refuse(field)

    def texts(self, field: str) -> tuple[str, ...]:
        """Read a list of texts."""
        return tuple(value if isinstance(value, str) else self._refuse(field) for value in self._list(field))

    def decimals(self, field: str) -> tuple[Decimal, ...]:
        """Read a list of exact numbers written as texts."""
        try:
            return tuple(Decimal(value) for value in self.texts(field))
        except InvalidOperation:
            return self._refuse(field)

    def member(self, field: str, enum: type[Member]) -> Member:
        """Read a member of an enumeration by its value."""
        try:
            return enum(self.text(field))
        except ValueError:
            return self._refuse(field)

    def inner(self, field: str) -> "_Reader":
        """Read an object within."""
        return _Reader(self._get(field), self._item)

    def inners(self, field: str) -> list["_Reader"]:
        """Read a list of objects within."""
        return [_Reader(value, self._item) for value in self._list(field)]

    def ensure_all_read(self) -> None:
        """Refuse a field that nobody asked for: a misspelt one would otherwise be lost in silence."""
        foreign = sorted(str(field) for field in self._fields.keys() - self._read)
        if foreign:
            self._refuse(foreign[0])

    def _get(self, field: str) -> object:
        self._read.add(field)
        return self._fields.get(field)

    def _list(self, field: str) -> list[object] | tuple[object, ...]:
        value = self._get(field)
        return value if isinstance(value, list | tuple) else self._refuse(field)

    def _refuse(self, field: str) -> NoReturn:
        raise AssessmentError("item_shape", item=self._item, field=field)
