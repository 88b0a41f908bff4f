"""The hierarchy of a CFPackage, brought to the two layers of a skill card: groups and their elements."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.schemes.interchange.convention import CHILD, Entry
from app.schemes.packaging.finding import Finding, pointer_to


@dataclass(frozen=True, slots=True)
class Group:
    """An item with the elements under it; `head` is None where elements hang on the document itself."""

    head: Entry | None
    elements: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One `isChildOf`: where it stands, and in which order its child comes."""

    place: int
    order: int
    parent: str | None


class Tree:
    """Who stands under whom; each item has at most one parent here."""

    def __init__(self, package: Mapping[str, Any]) -> None:
        self._items: dict[str, Entry] = {item["identifier"]: item for item in package["CFItems"]}
        self._places = {identifier: place for place, identifier in enumerate(self._items)}
        self._root: str = package["CFDocument"]["identifier"]
        self._lines: dict[str, _Line] = {}
        self.faults: list[Finding] = []
        self.left_out: list[Finding] = []
        for place, association in enumerate(package.get("CFAssociations") or ()):
            if association["associationType"] == CHILD:
                self._hang(place, association)
        self.faults += self._cycles()
        self._children = self._by_parent()

    def groups(self) -> Iterator[Group]:
        """Yield the groups in reading order: every item that has elements right under it (7.1).

        What a skill card has no layer for is named in `left_out`: a group of groups goes, its groups stay.
        """
        loose = tuple(
            self._items[name] for name in self._children.get(None, ()) if name not in self._children
        )
        if loose:
            yield Group(None, loose)
        pending = [name for name in reversed(self._children.get(None, ())) if name in self._children]
        while pending:
            name = pending.pop()
            inner = [child for child in self._children[name] if child in self._children]
            leaves = tuple(
                self._items[child] for child in self._children[name] if child not in self._children
            )
            if inner:
                at = pointer_to("CFItems", self._places[name])
                self.left_out.append(
                    Finding(at, "flattened", "a skill card has no groups in groups; these stand side by side")
                )
            if leaves:
                yield Group(self._items[name], leaves)
            pending += reversed(inner)

    def _hang(self, place: int, association: Entry) -> None:
        child, parent = (association[end]["identifier"] for end in ("originNodeURI", "destinationNodeURI"))
        if parent not in self._items and parent != self._root:
            at = pointer_to("CFAssociations", place, "destinationNodeURI", "identifier")
            self.faults.append(Finding(at, "unknown_parent", f"{parent} is neither an item nor the document"))
        elif child not in self._items:
            at = pointer_to("CFAssociations", place, "originNodeURI", "identifier")
            self.left_out.append(Finding(at, "left_out", f"{child} is not an item of this package"))
        elif child in self._lines:
            at = pointer_to("CFAssociations", place)
            self.left_out.append(Finding(at, "left_out", f"{child} stands under another item already"))
        else:
            order = association.get("sequenceNumber")
            last = len(self._items) if order is None else order
            self._lines[child] = _Line(place, last, None if parent == self._root else parent)

    def _by_parent(self) -> dict[str | None, list[str]]:
        """Sort children by their sequence number, then by where their association or item stands."""
        found: dict[str | None, list[tuple[int, int, str]]] = {}
        for name, place in self._places.items():
            line = self._lines.get(name, _Line(place, len(self._items), None))
            found.setdefault(line.parent, []).append((line.order, line.place, name))
        return {parent: [name for _, _, name in sorted(children)] for parent, children in found.items()}

    def _cycles(self) -> Iterator[Finding]:
        """Find each ring of items once, at the association that leads back into it."""
        sound: set[str] = set()
        for start in self._lines:
            path: list[str] = []
            on_path: set[str] = set()
            name: str | None = start
            while name is not None and name not in sound and name not in on_path:
                path.append(name)
                on_path.add(name)
                line = self._lines.get(name)
                name = line.parent if line else None
            if name is not None and name in on_path:
                at = pointer_to("CFAssociations", self._lines[path[-1]].place)
                yield Finding(at, "cycle", f"{name} stands under itself")
            sound |= on_path
