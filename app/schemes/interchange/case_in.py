"""From a CFPackage of CASE 1.1, ours or foreign, to the framework part of a scheme package."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from app.core.errors import Findings
from app.schemes.interchange import case_shape
from app.schemes.interchange.case_tree import Group, Tree
from app.schemes.interchange.convention import CHILD, DERIVED, NAMED, RELATIONS, Entry, own
from app.schemes.packaging.finding import Finding, pointer_to

MOST_LEVELS = 5
MOST_TOLD = 500
"""Most findings that are told of one package; nobody reads on beyond them."""
FALLBACK_LANGUAGE = "en"
_SEEN_TO = {"identifier", "uri", "lastChangeDateTime", "language", "licenseURI", "extensions", "CFPackageURI"}
_READ = {
    "CFDocument": _SEEN_TO
    | {"title", "creator", "publisher", "version", "caseVersion", "officialSourceURL", "adoptionStatus"},
    "CFItems": _SEEN_TO
    | {"fullStatement", "humanCodingScheme", "CFItemType", "CFItemTypeURI", "CFDocumentURI"},
}
"""Fields that are read, or that say nothing of the framework itself."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A framework that was read, and by pointer into the CFPackage what could not come along."""

    framework: Entry
    findings: tuple[Finding, ...]


def framework_from(package: Mapping[str, Any]) -> Entry:
    """Return the framework part of a scheme package: header, levels and units; refuse as `read` does."""
    return read(package).framework


def read(package: Mapping[str, Any]) -> Reading:
    """Read a whole framework at once; refuse a package that is broken, naming each fault by JSON pointer.

    A foreign package is read as far as a skill card has a place for it; the rest is named in the findings.
    """
    _refuse(case_shape.faults(package))
    tree = Tree(package)
    _refuse(tree.faults)
    reader = _Reader(package, tree)
    _refuse(list(reader.unknown_items()))
    framework = {"scheme": reader.header(), "levels": reader.levels(), "units": reader.units()}
    reader.look_back()
    return Reading(framework, tuple(sorted([*tree.left_out, *reader.findings])))


def _refuse(faults: Sequence[Finding]) -> None:
    told = tuple((found.pointer, found.code, found.message) for found in faults[:MOST_TOLD])
    if told:
        raise Findings("case_refused", told)


@dataclass(frozen=True, slots=True)
class _Criterion:
    """A rubric's criterion with its place and its rubric."""

    at: tuple[str | int, ...]
    rubric: Entry
    entry: Entry

    @property
    def item(self) -> str | None:
        link = self.entry.get("CFItemURI")
        return link["identifier"] if link else None

    @property
    def levels(self) -> list[Entry]:
        """Its levels from the lowest, as position or else score has it."""
        found = self.entry.get("CFRubricCriterionLevels") or []
        return sorted(found, key=lambda level: (level.get("position") or 0, level.get("score") or 0))


class _Reader:
    """One package on its way in; `findings` grows with what has no place in a skill card."""

    def __init__(self, package: Mapping[str, Any], tree: Tree) -> None:
        self._document: Entry = package["CFDocument"]
        self._definitions: Entry = package.get("CFDefinitions") or {}
        self._associations: list[Entry] = package.get("CFAssociations") or []
        self._items = {item["identifier"]: item for item in package["CFItems"]}
        self.findings: list[Finding] = []
        self._language = self._language_of()
        self._groups = tuple(tree.groups())
        self._criteria = [
            _Criterion(("CFRubrics", r, "CFRubricCriteria", c), rubric, criterion)
            for r, rubric in enumerate(package.get("CFRubrics") or ())
            for c, criterion in enumerate(rubric.get("CFRubricCriteria") or ())
        ]
        self._by_item: dict[str, _Criterion] = {}
        for criterion in self._criteria:
            if criterion.item is not None:
                self._by_item.setdefault(criterion.item, criterion)
        self._groupings: dict[str, str] = {
            grouping["identifier"]: grouping["title"]
            for grouping in self._definitions.get("CFAssociationGroupings") or ()
        }
        self._mapped: dict[str, list[Entry]] = {}
        for place, association in enumerate(self._associations):
            self._map(place, association)

    def unknown_items(self) -> Iterator[Finding]:
        """Find rubrics for items that the package does not have."""
        for criterion in self._criteria:
            if criterion.item is not None and criterion.item not in self._items:
                at = pointer_to(*criterion.at, "CFItemURI", "identifier")
                yield Finding(at, "unknown_item", f"{criterion.item} is not an item of this package")

    def header(self) -> Entry:
        """Read who the framework is: CASE's own fields, and beside them what only our extension holds."""
        document = self._document
        header = {
            "languages": [self._language],
            **_members(document),
            "title": self._texts(document, "title"),
        }
        if document.get("version"):
            header["version"] = document["version"]
        if document.get("creator"):
            header["owner"] = {"name": document["creator"]}
        licence = self._licence()
        if licence is not None:
            header["licence"] = licence
        lineage = [self._line(entry) for entry in self._associations if self._is_lineage(entry)]
        return header | ({"lineage": lineage} if lineage else {})

    def levels(self) -> Entry:
        """Read the levels from the rubric that holds them, or by the names in the first element's rubric."""
        for criterion in self._criteria:
            rest = own(criterion.rubric).get("levels")
            if criterion.item is None and rest is not None:
                return {**rest, "items": [self._level(entry) for entry in criterion.levels]}
        first = next(iter(self._by_item.values()), None)
        found = enumerate(first.levels[:MOST_LEVELS] if first else (), 1)
        return {
            "items": [
                {"level": n, "name": {self._language: level.get("quality") or ""}} for n, level in found
            ]
        }

    def units(self) -> list[Entry]:
        """Read the groups with their elements, in the order of the package."""
        return [
            self._head(group) | {"elements": [self._element(item) for item in group.elements]}
            for group in self._groups
        ]

    def look_back(self) -> None:
        """Name what was read past: fields, rubrics of no element, subjects, concepts, further licences."""
        self._name_unread(("CFDocument",), self._document, set())
        named: set[str] = set()
        for place, item in enumerate(self._items.values()):
            self._name_unread(("CFItems", place), item, named)
        elements = {item["identifier"] for group in self._groups for item in group.elements}
        for criterion in self._criteria:
            read_here = criterion.item in elements and self._by_item.get(criterion.item or "") is criterion
            if not read_here and not (criterion.item is None and "levels" in own(criterion.rubric)):
                self._leave(
                    criterion.at, "an element takes one criterion; this belongs to none or to a second"
                )
        for member in ("CFSubjects", "CFConcepts"):
            for place in range(len(self._definitions.get(member) or ())):
                self._leave(("CFDefinitions", member, place), "a skill card has no subjects or concepts")
        taken = (self._document.get("licenseURI") or {}).get("identifier")
        for place, licence in enumerate(self._licences()):
            if licence["identifier"] != taken and len(self._licences()) > 1:
                self._leave(("CFDefinitions", "CFLicenses", place), "a framework has one licence")

    def _name_unread(self, at: tuple[str | int, ...], entry: Entry, named: set[str]) -> None:
        """Name each field without a place in a skill card, once for all items."""
        for field in entry.keys() - _READ[str(at[0])] - named:
            named.add(field)
            self._leave((*at, field), "a skill card has no place for this field")

    def _language_of(self) -> str:
        given = self._document.get("language") or ""
        if not given:
            self._leave(("CFDocument", "language"), f"is missing; {FALLBACK_LANGUAGE} is taken for it")
            return FALLBACK_LANGUAGE
        language, _, region = given.partition("-")
        return f"{language.lower()}-{region.upper()}" if region else language.lower()

    def _head(self, group: Group) -> Entry:
        if group.head is None:
            self._leave(("CFDocument",), "its own elements stand in a group that bears its title")
            return {"code": self._document["identifier"], "title": self._texts(self._document, "title")}
        return self._thing(group.head)

    def _element(self, item: Entry) -> Entry:
        return self._thing(item) | {"descriptors": self._descriptors(item["identifier"])}

    def _thing(self, item: Entry) -> Entry:
        thing = {
            **_members(item),
            "code": item.get("humanCodingScheme") or item["identifier"],
            "title": self._texts(item, "fullStatement"),
        }
        mapped = self._mapped.get(item["identifier"])
        return thing | ({"mappings": mapped} if mapped else {})

    def _descriptors(self, identifier: str) -> dict[str, dict[str, str]]:
        criterion = self._by_item.get(identifier)
        found: dict[str, dict[str, str]] = {}
        for n, level in enumerate(criterion.levels if criterion else (), 1):
            key = own(level).get("level", str(n))
            if criterion and (key in found or n > MOST_LEVELS):
                self._leave(criterion.at, f"has more than one level {key}, or more than {MOST_LEVELS} levels")
            else:
                found[key] = self._texts(level, "description")
        return found

    def _level(self, entry: Entry) -> Entry:
        return {
            **_members(entry),
            "name": self._texts(entry, "quality"),
            "anchor": self._texts(entry, "description"),
        }

    def _licences(self) -> list[Entry]:
        found: list[Entry] = self._definitions.get("CFLicenses") or []
        return found

    def _licence(self) -> Entry | None:
        link, licences = self._document.get("licenseURI"), self._licences()
        named = [entry for entry in licences if link and entry["identifier"] == link["identifier"]]
        if not named and len(licences) == 1:
            named = licences
        if not named:
            if link:
                self._leave(("CFDocument", "licenseURI"), "the package does not define this licence")
            return None
        licence = {"name": named[0]["title"], "text": self._texts(named[0], "licenseText")}
        return licence | ({"url": named[0]["uri"]} if named[0].get("uri") else {})

    def _is_lineage(self, association: Entry) -> bool:
        is_own = association["originNodeURI"]["identifier"] == self._document["identifier"]
        return is_own and association["associationType"] != CHILD and "members" in own(association)

    def _line(self, association: Entry) -> Entry:
        name = association["destinationNodeURI"].get("title") or ""
        kind = "derived" if association["associationType"] == DERIVED else "inspiration"
        return {
            **_members(association),
            "kind": kind,
            "name": name,
            "note": self._texts(association, "notes"),
        }

    def _map(self, place: int, association: Entry) -> None:
        """Take an association of an item to something outside for a mapping; name any other relation."""
        origin, target = association["originNodeURI"]["identifier"], association["destinationNodeURI"]
        if association["associationType"] == CHILD or self._is_lineage(association):
            return
        relations = {name: relation for relation, name in RELATIONS.items()}
        framework = self._framework_of(association)
        is_inside = target["identifier"] in self._items or origin not in self._items
        if association["associationType"] not in relations or is_inside or framework is None:
            self._leave(("CFAssociations", place), "a skill card has no place for this relation")
            return
        mapping = {"framework": framework, "category": target.get("title") or target["identifier"]}
        relation = relations[association["associationType"]]
        if relation is not None:
            mapping["relation"] = relation
        if target.get("targetType") != NAMED and target.get("uri"):
            mapping["uri"] = target["uri"]
        self._mapped.setdefault(origin, []).append(mapping)

    def _framework_of(self, association: Entry) -> str | None:
        """Name the framework of a target: by the group of the association, or by the host of its address."""
        link = association.get("CFAssociationGroupingURI")
        if link and link["identifier"] in self._groupings:
            return self._groupings[link["identifier"]]
        if link and link.get("title"):
            named: str = link["title"]
            return named
        try:
            return urlsplit(association["destinationNodeURI"].get("uri") or "").hostname
        except ValueError:
            return None

    def _texts(self, entry: Entry, field: str) -> dict[str, str]:
        others = own(entry).get("texts", {}).get(field, {})
        plain = entry.get(field)
        return {**others, **({self._language: plain} if plain else {})}

    def _leave(self, at: tuple[str | int, ...], message: str) -> None:
        self.findings.append(Finding(pointer_to(*at), "left_out", message))


def _members(entry: Entry) -> Entry:
    found: Entry = own(entry).get("members", {})
    return found
