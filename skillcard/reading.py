"""From a scheme package document to a `Framework`; every refusal points to the exact place."""

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal, InvalidOperation

from skillcard.framework import (
    Counting,
    Element,
    Framework,
    Level,
    LevelRule,
    LevelRuleError,
    Unit,
    UnitKind,
    Which,
)


class FrameworkError(ValueError):
    """A document that holds no sound framework: `pointer` (RFC 6901) says where, `message` says why."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(f"{pointer}: {message}")
        self.pointer = pointer
        self.message = message


def framework_from(document: Mapping[str, object]) -> Framework:
    """Read the skill card out of a scheme package: `scheme.code`, `levels` and `units` (7.1, 7.2).

    Raises `FrameworkError` when a part is missing or of the wrong kind, a code occurs twice, a unit is empty,
    the levels do not run from 1 upwards without a hole, or an element lacks a descriptor. A descriptor is
    there in every language of its element's title, those in `scheme.partial_languages` excepted.
    """
    scheme = _mapping(_member(document, "scheme", ""), "/scheme")
    code, partial = _text(_member(scheme, "code", "/scheme"), "/scheme/code"), _partial(scheme)
    levels = _mapping(_member(document, "levels", ""), "/levels")
    steps = _levels(levels)
    units = tuple(
        _unit(_mapping(item, pointer), steps, partial, pointer)
        for item, pointer in _items(document, "units", "")
    )
    _refuse_repeats(units)
    return Framework(code, units, _rule(levels), _counting(levels), steps)


def _partial(scheme: Mapping[str, object]) -> frozenset[str]:
    """Read in which languages a scheme is there in part only; most schemes have none."""
    if "partial_languages" not in scheme:
        return frozenset()
    return frozenset(_text(item, pointer) for item, pointer in _items(scheme, "partial_languages", "/scheme"))


def _levels(levels: Mapping[str, object]) -> tuple[Level, ...]:
    """Read which levels there are; a hole would leave a step of the pathway without a descriptor."""
    found: list[int] = []
    for item, pointer in _items(levels, "items", "/levels"):
        found.append(_integer(_member(_mapping(item, pointer), "level", pointer), f"{pointer}/level"))
        if found[-1] != len(found) or found[-1] > max(Level):
            raise FrameworkError(f"{pointer}/level", "levels run from 1 upwards without a hole, at most to 5")
    return tuple(Level(level) for level in found)


def _rule(levels: Mapping[str, object]) -> LevelRule:
    at = "/levels/rule"
    rule = _mapping(_member(levels, "rule", "/levels"), at)
    try:
        return LevelRule(
            critical_offset=_integer(_member(rule, "critical_offset", at), f"{at}/critical_offset"),
            other_offset=_integer(_member(rule, "other_offset", at), f"{at}/other_offset"),
            unit_mean_offset=_decimal(_member(rule, "unit_mean_offset", at), f"{at}/unit_mean_offset"),
        )
    except LevelRuleError as refusal:
        raise FrameworkError(at, str(refusal)) from None


def _counting(levels: Mapping[str, object]) -> Counting:
    """Read which ratings count; a scheme that says nothing lets the last one stand without end."""
    at = "/levels/counting"
    counting = _mapping(levels.get("counting", {}), at)
    which, months = _text(counting.get("which", "last"), f"{at}/which"), counting.get("months")
    if which not in set(Which):
        raise FrameworkError(f"{at}/which", "the last rating counts or the best")
    try:
        return Counting(Which(which), None if months is None else _integer(months, f"{at}/months"))
    except LevelRuleError as refusal:
        raise FrameworkError(f"{at}/months", str(refusal)) from None


def _unit(unit: Mapping[str, object], steps: tuple[Level, ...], partial: frozenset[str], at: str) -> Unit:
    code = _text(_member(unit, "code", at), f"{at}/code")
    kind = _text(_member(unit, "kind", at), f"{at}/kind")
    if kind not in {known.value for known in UnitKind}:
        raise FrameworkError(f"{at}/kind", "a unit is soft or hard")
    return Unit(
        code=code,
        title=_texts(_member(unit, "title", at), f"{at}/title"),
        kind=UnitKind(kind),
        elements=tuple(
            _element(_mapping(item, pointer), code, steps, partial, pointer)
            for item, pointer in _items(unit, "elements", at)
        ),
    )


def _element(
    element: Mapping[str, object], unit: str, steps: tuple[Level, ...], partial: frozenset[str], at: str
) -> Element:
    critical = _member(element, "critical", at)
    if not isinstance(critical, bool):
        raise FrameworkError(f"{at}/critical", "must be true or false")
    title = _texts(_member(element, "title", at), f"{at}/title")
    descriptors = _mapping(_member(element, "descriptors", at), f"{at}/descriptors")
    languages = title.keys() - partial
    return Element(
        code=_text(_member(element, "code", at), f"{at}/code"),
        unit=unit,
        title=title,
        critical=critical,
        descriptors={
            level: _descriptor(descriptors, level, languages, f"{at}/descriptors") for level in steps
        },
    )


def _descriptor(
    descriptors: Mapping[str, object], level: Level, languages: Set[str], at: str
) -> Mapping[str, str]:
    key = str(int(level))
    texts = _texts(_member(descriptors, key, at), f"{at}/{key}")
    for language in sorted(languages):
        _member(texts, language, f"{at}/{key}")
    return texts


def _refuse_repeats(units: tuple[Unit, ...]) -> None:
    seen: set[str] = set()
    for u, unit in enumerate(units):
        codes = [(unit.code, f"/units/{u}/code")]
        codes += [(element.code, f"/units/{u}/elements/{e}/code") for e, element in enumerate(unit.elements)]
        for code, pointer in codes:
            if code in seen:
                raise FrameworkError(pointer, f"the code {code!r} occurs twice")
            seen.add(code)


def _member(mapping: Mapping[str, object], key: str, at: str) -> object:
    if key not in mapping:
        raise FrameworkError(f"{at}/{key}", "is missing")
    return mapping[key]


def _items(mapping: Mapping[str, object], key: str, at: str) -> list[tuple[object, str]]:
    """Return the members of a list that may not be empty, each with its pointer."""
    value = _member(mapping, key, at)
    if isinstance(value, str) or not isinstance(value, Sequence) or not value:
        raise FrameworkError(f"{at}/{key}", "must be a list with at least one member")
    return [(item, f"{at}/{key}/{index}") for index, item in enumerate(value)]


def _mapping(value: object, at: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise FrameworkError(at, "must be a mapping")
    return value


def _texts(value: object, at: str) -> dict[str, str]:
    texts = {language: _text(text, f"{at}/{language}") for language, text in _mapping(value, at).items()}
    if not texts:
        raise FrameworkError(at, "must hold a text in at least one language")
    return texts


def _text(value: object, at: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise FrameworkError(at, "must be a text that is not blank")
    return value


def _integer(value: object, at: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise FrameworkError(at, "must be a whole number")
    return value


def _decimal(value: object, at: str) -> Decimal:
    """Read a decimal from text; a binary fraction is refused because it may already have lost its value."""
    try:
        number = Decimal(_text(value, at))
    except InvalidOperation:
        raise FrameworkError(at, "must be a decimal number written as text") from None
    if not number.is_finite():
        raise FrameworkError(at, "must be a finite number")
    return number
