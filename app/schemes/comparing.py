"""What differs between two versions of a scheme, told as a reader of the scheme would tell it.

Members of a list are known by their own name (code, id, level …), not by their place: an element that moved
down is the same element, and one that came in between does not make all that follow look changed.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

NAMES = ("code", "id", "level", "component", "element", "requirement")
"""What members are known by, the first that all of a list have and no two share."""


class ChangeKind(StrEnum):
    """What happened to a place of the package."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


@dataclass(frozen=True)
class Change:
    """One difference: the way to it from part to detail, and what stood and stands there.

    What was added or removed is shown whole, so that nobody has to look it up in the package.
    """

    place: tuple[str, ...]
    kind: ChangeKind
    before: object
    after: object


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Change, ...]:
    """Return every difference between two packages, in the order of the newer, removals last in each part.

    Equal packages give none, and every difference lies in exactly one of the changes.
    """
    return tuple(_of_mapping((), before, after))


def _between(place: tuple[str, ...], before: object, after: object) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_mapping(place, before, after)
    elif (named := _named(before, after)) is not None:
        yield from _of_mapping(place, *named)
        yield from _order(place, *named)
    elif json.dumps(before, sort_keys=True) != json.dumps(after, sort_keys=True):  # where True is not 1
        yield Change(place, ChangeKind.CHANGED, before, after)


def _of_mapping(
    place: tuple[str, ...], before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Change]:
    for key, value in after.items():
        if key in before:
            yield from _between((*place, key), before[key], value)
        else:
            yield Change((*place, key), ChangeKind.ADDED, None, value)
    for key, value in before.items():
        if key not in after:
            yield Change((*place, key), ChangeKind.REMOVED, value, None)


def _order(
    place: tuple[str, ...], before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Change]:
    """Tell that members stand in another order, leaving aside those that came or went."""
    stayed = [key for key in before if key in after]
    now = [key for key in after if key in before]
    if stayed != now:
        yield Change(place, ChangeKind.REORDERED, stayed, now)


def _named(before: object, after: object) -> tuple[dict[str, object], dict[str, object]] | None:
    """Return both lists by the names of their members, or None where they are not lists of named things."""
    if not (_is_list_of_things(before) and _is_list_of_things(after)):
        return None
    assert isinstance(before, Sequence)
    assert isinstance(after, Sequence)
    for name in NAMES:
        old, new = _by(name, before), _by(name, after)
        if old is not None and new is not None:
            return old, new
    return None


def _is_list_of_things(value: object) -> bool:
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return is_list and all(isinstance(member, Mapping) for member in value)  # type: ignore[attr-defined] # a list


def _by(name: str, members: Sequence[Mapping[str, object]]) -> dict[str, object] | None:
    named = {str(member[name]): member for member in members if name in member}
    return dict(named) if len(named) == len(members) else None
