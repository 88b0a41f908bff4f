"""From the changes between versions to sentences: where something changed, and from what to what.

A place is named as a reader of the scheme's page would: parts by their headings, things by their titles,
levels and languages by their names. What has no name in the catalogues keeps that of the package.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from itertools import groupby
from typing import Any, cast

from markupsafe import Markup, escape

from app.schemes import service as schemes
from app.schemes.comparing import NAMES, Change, ChangeKind
from app.schemes.packaging.texts import LANGUAGE
from app.web.languages import Reader

_THEN = Markup(' <span aria-hidden="true">\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}</span> ')
_LONG = 120
"""From so many characters on a value is folded."""
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LABELS = frozenset({"version", "from_version", "years", "editions", "code"})
"""Members that look like figures and are none."""
_SILENT = frozenset({"items"})
"""Members that hold others together and say nothing to a reader."""
_TITLES = ("public_title", "title", "name", "text")


@dataclass(frozen=True)
class Told:
    """One change: where, what happened, and what stood and stands there."""

    place: Markup
    change: Change
    order: Sequence[Markup] = ()
    """The members in their order now, where that is what changed."""

    @property
    def kind(self) -> str:
        """What happened."""
        return str(self.change.kind)

    @property
    def language(self) -> str | None:
        """The language that both values are in, where one wording changed."""
        last = self.change.place[-1]
        is_wording = LANGUAGE.fullmatch(last) and all(
            isinstance(value, str | None) for value in (self.change.before, self.change.after)
        )
        return last if is_wording else None

    @property
    def member(self) -> str:
        """What the values are of."""
        return self.change.place[-1]

    @property
    def parent(self) -> str:
        """What holds that."""
        return self.change.place[-2] if len(self.change.place) > 1 else ""

    @property
    def is_long(self) -> bool:
        """Whether the values are better folded away."""
        return any(is_large(value) for value in (self.change.before, self.change.after))


@dataclass(frozen=True)
class Edition:
    """One published version with its changes, by the part of the scheme they lie in."""

    version: str
    state: str
    published_on: date
    since: str | None
    parts: Sequence[tuple[Markup, Sequence[Told]]]

    @property
    def count(self) -> int:
        """How many changes there are."""
        return sum(len(changes) for _, changes in self.parts)


@dataclass(frozen=True)
class ChangeLog:
    """The change log of a scheme, as its page tells it to one reader."""

    versions: Sequence[Any]
    reader: Reader

    @cached_property
    def packages(self) -> Mapping[str | None, Mapping[str, Any]]:
        """The packages by their versions; before the first there was none."""
        return {None: {}} | {found.version: found.package for found in self.versions}

    @property
    def newest(self) -> Mapping[str, Any]:
        """The package that was published last."""
        package: Mapping[str, Any] = self.versions[-1].package
        return package

    def editions(self) -> Iterator[Edition]:
        """Tell each version, newest first."""
        for found in schemes.history(self.versions):
            between = self.packages[found["since"]], self.packages[found["version"]]
            told = [(change.place[0], self._told(change, between)) for change in found["changes"]]
            parts = [
                (self.member(part), [one for _, one in changes])
                for part, changes in groupby(told, key=lambda pair: pair[0])
            ]
            since, state = found["since"], str(found["state"])
            yield Edition(found["version"], state, found["published_on"], since, parts)

    def _told(self, change: Change, between: tuple[Any, Any]) -> Told:
        if change.kind is not ChangeKind.REORDERED:
            return Told(self._place(change, between), change)
        members = reduce(_inside, change.place, between[1])
        order = [self.thing(name, _inside(members, name)) for name in cast("list[str]", change.after)]
        return Told(self._place(change, between), change, order)

    def _place(self, change: Change, between: tuple[Any, Any]) -> Markup:
        """Name the way from the part of the scheme, which stands above, to the place itself."""
        first, *rest = change.place
        nodes = [_inside(package, first) for package in between]
        steps = []
        for step in rest:
            steps.append(self._step(step, nodes))
            nodes = [_inside(node, step) for node in nodes]
        said = [step for step in steps if step] or [self.member(first)]
        return _THEN.join(said)

    def _step(self, step: str, nodes: Sequence[Any]) -> Markup:
        holder = next((node for node in nodes if node), None)
        if isinstance(holder, list):
            return self.thing(step, next((found for node in nodes if (found := _inside(node, step))), None))
        if is_text(holder):
            return escape(self.reader.language_name(step))
        if step.isdigit():
            return self.reader.told("level_n", level=step)
        return Markup("") if step in _SILENT else self.member(step)

    def thing(self, code: str, thing: Any = None) -> Markup:
        """Name a thing by its title, and by its code unless that is in lower case: no page shows it."""
        own = thing if isinstance(thing, dict) else {}
        title = next((own[key] for key in _TITLES if key in own), self._titles.get(code))
        said = self.reader.say(title) if isinstance(title, dict) else escape(title or code)
        return said if title is None or code.islower() else Markup("{} ({})").format(said, code)

    def member(self, name: str) -> Markup:
        """Name a member of a package."""
        if name in self._phases:
            return self.reader.say(self._phases[name])
        if self.reader.has(f"place_{name}"):
            return self.reader.told(f"place_{name}")
        return Markup("<code>{}</code>").format(name)

    def scalar(self, value: Any, member: str, parent: str = "") -> Markup:
        """Write a single value: a word of the package by its meaning, a figure as figures are written."""
        if isinstance(value, bool):
            return self.reader.told("yes" if value else "no")
        for holder in (member, parent):
            if self.reader.has(f"value_{holder}_{value}"):
                return self.reader.told(f"value_{holder}_{value}")
        if _DECIMAL.fullmatch(str(value)) and member not in _LABELS:
            return escape(self.reader.number(str(value)))
        return self.thing(value) if value in self._titles else escape(value)

    def key(self, name: str) -> Markup:
        """Name a key inside a value: a level, a language or a member."""
        if name.isdigit():
            return self.reader.told("level_n", level=name)
        is_language = LANGUAGE.fullmatch(name)
        return escape(self.reader.language_name(name)) if is_language else self.member(name)

    def is_text(self, value: Any) -> bool:
        """Tell whether a value is one text in several languages."""
        return is_text(value)

    def is_plain(self, value: Sequence[Any]) -> bool:
        """Tell whether a list has single values only."""
        return not any(isinstance(member, dict | list) for member in value)

    @cached_property
    def _phases(self) -> Mapping[str, Any]:
        return {phase["code"]: phase["title"] for phase in self.newest["phases"]}

    @cached_property
    def _titles(self) -> Mapping[str, Any]:
        """The titles of what others refer to by code."""
        package = self.newest
        elements = [element for unit in package["units"] for element in unit["elements"]]
        components = [*package["assessment"]["components"], *package["recertification"]["components"]]
        named = [*package["units"], *elements, *components]
        asked = package["requirements"].get("items", [])
        return {one["code"]: one["title"] for one in named} | {one["id"]: one["title"] for one in asked}


def is_text(value: Any) -> bool:
    """Tell whether a value is one text in several languages."""
    return isinstance(value, dict) and bool(value) and all(LANGUAGE.fullmatch(key) for key in value)


def is_large(value: Any) -> bool:
    """Tell whether a value is more than a few words."""
    if isinstance(value, dict):
        return not is_text(value) or any(len(text) >= _LONG for text in value.values())
    if isinstance(value, list):
        return any(isinstance(member, dict) for member in value) or len(value) > 6
    return len(str(value)) >= _LONG


def _inside(node: Any, step: str) -> Any:
    """Return what a step leads to: a member by its key, one of a list by the name it bears."""
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list):
        named = (one for one in node if isinstance(one, dict))
        return next((one for one in named if any(str(one.get(name)) == step for name in NAMES)), None)
    return None
