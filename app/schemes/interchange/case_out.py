"""From a scheme package to one CFPackage of CASE 1.1, with identifiers that stay the same at every export."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from app.schemes.interchange.convention import (
    CHILD,
    DERIVED,
    ITEM_HOMES,
    LEVEL_HOMES,
    NAMED,
    OURS,
    RELATED,
    RELATIONS,
    SCHEME_HOMES,
    Entry,
    identifier_of,
)

Text = Mapping[str, str]

TYPES = {"unit": ("Unit", "Elements that are judged together."), "element": ("Element", "One thing to do.")}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who publishes: the body's slug and legal name; a retired version is told as deprecated."""

    slug: str
    publisher: str
    is_retired: bool = False


def framework_part(document: Mapping[str, Any]) -> Entry:
    """Return the part of a scheme package that is the framework: header, levels and units."""
    return {member: document[member] for member in ("scheme", "levels", "units")}


def case_package(
    document: Mapping[str, Any], *, identity: Identity, base_url: str, changed_at: datetime
) -> Entry:
    """Write the whole framework of a sound scheme package as one CFPackage; nothing of it is left out."""
    writer = _Writer(document, identity, base_url, changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    return {
        "CFDocument": writer.document(),
        "CFItems": [item for unit in writer.units for item in writer.items(unit)],
        "CFAssociations": [*writer.children(), *writer.mappings(), *writer.lineage()],
        "CFDefinitions": writer.definitions(),
        "CFRubrics": [
            writer.levels(),
            *(writer.rubric(unit, element) for unit in writer.units for element in unit["elements"]),
        ],
    }


class _Writer:
    """One export: what every entry shares is said once."""

    def __init__(
        self, document: Mapping[str, Any], identity: Identity, base_url: str, changed_at: str
    ) -> None:
        self._identity, self._changed_at = identity, changed_at
        self._header: Entry = document["scheme"]
        self._levels: Entry = document["levels"]
        self.units: list[Entry] = document["units"]
        self._language: str = self._header["languages"][0]
        self._names = {str(item["level"]): item["name"] for item in self._levels["items"]}
        self._page = (
            f"{base_url}/public/v1/bodies/{quote(identity.slug)}/schemes/{quote(self._header['code'])}"
        )

    def document(self) -> Entry:
        header, identity = self._header, self._identity
        entry = {
            **self._entry("document"),
            "caseVersion": "1.1",
            "creator": header["owner"]["name"],
            "publisher": identity.publisher,
            "officialSourceURL": self._page,
            "language": self._language,
            "version": header["version"],
            "adoptionStatus": "Deprecated" if identity.is_retired else "Adopted",
        }
        if "licence" in header:
            entry["licenseURI"] = self._link(self._licence(header["licence"]))
        return self._said(entry, {"members": _rest(header, SCHEME_HOMES)}, title=header["title"])

    def items(self, unit: Entry) -> list[Entry]:
        return [self._item(unit, "unit"), *(self._item(element, "element") for element in unit["elements"])]

    def children(self) -> list[Entry]:
        """Write order and nesting: units under the document, elements under their unit."""
        root = {**self._entry("document"), "title": self._header["title"][self._language]}
        found = []
        for place, unit in enumerate(self.units, 1):
            parent = self._node(unit, "unit")
            found.append(self._association(CHILD, parent, root, place=place))
            found += [
                self._association(CHILD, self._node(element, "element"), parent, place=n)
                for n, element in enumerate(unit["elements"], 1)
            ]
        return found

    def mappings(self) -> list[Entry]:
        """Say what units and elements correspond to, one group of associations for each other framework."""
        found = []
        for thing, kind in self._things():
            for place, mapping in enumerate(thing.get("mappings", ()), 1):
                target = _target(mapping["framework"], mapping["category"], mapping.get("uri"))
                association = self._association(
                    RELATIONS[mapping.get("relation")], self._node(thing, kind), target, place=place
                )
                grouping = self._link(self._grouping(mapping["framework"]))
                found.append(association | {"CFAssociationGroupingURI": grouping})
        return found

    def lineage(self) -> list[Entry]:
        """Say what the framework was derived from or inspired by, in associations of the document itself."""
        root = {**self._entry("document"), "title": self._header["title"][self._language]}
        found = []
        for place, line in enumerate(self._header.get("lineage", ()), 1):
            kind = DERIVED if line["kind"] == "derived" else RELATED
            association = self._association(kind, root, _target("lineage", line["name"], None), place=place)
            members = {"members": _rest(line, {"name", "note", "kind"})}
            found.append(self._said(association, members, notes=line["note"]))
        return found

    def definitions(self) -> Entry:
        frameworks = {m["framework"]: None for thing, _ in self._things() for m in thing.get("mappings", ())}
        return {
            "CFConcepts": [],
            "CFSubjects": [],
            "CFLicenses": [self._licence(self._header["licence"])] if "licence" in self._header else [],
            "CFItemTypes": [self._type(kind) for kind in TYPES],
            "CFAssociationGroupings": [self._grouping(name) for name in frameworks],
        }

    def levels(self) -> Entry:
        """Write the levels themselves as a rubric of one criterion that belongs to no item."""
        rubric = self._entry("rubric", "levels") | {"title": "Levels"}
        items = [
            self._level(
                ("levels", str(item["level"])),
                int(item["level"]),
                {"members": _rest(item, LEVEL_HOMES)},
                quality=item["name"],
                description=item["anchor"],
            )
            for item in self._levels["items"]
        ]
        extension = {"levels": _rest(self._levels, {"items"})}
        criterion = self._criterion(rubric, "levels", items)
        return self._said(rubric | {"CFRubricCriteria": [criterion]}, extension)

    def rubric(self, unit: Entry, element: Entry) -> Entry:
        """Write what an assessor sees of one element at each level."""
        code, language = element["code"], self._language
        rubric = self._entry("rubric", code)
        levels = [
            self._level(
                (code, level), int(level), {"level": level}, description=text, quality=self._names[level]
            )
            for level, text in sorted(element["descriptors"].items())
        ]
        criterion = self._criterion(rubric, code, levels) | {
            "category": unit["title"][language],
            "description": element["title"][language],
            "CFItemURI": self._link(self._node(element, "element")),
        }
        return rubric | {"title": element["title"][language], "CFRubricCriteria": [criterion]}

    def _item(self, thing: Entry, kind: str) -> Entry:
        entry = {
            **self._entry(kind, thing["code"]),
            "humanCodingScheme": thing["code"],
            "CFItemType": TYPES[kind][0],
            "CFItemTypeURI": self._link(self._type(kind)),
            "language": self._language,
        }
        return self._said(entry, {"members": _rest(thing, ITEM_HOMES)}, fullStatement=thing["title"])

    def _things(self) -> list[tuple[Entry, str]]:
        pairs = [
            [(unit, "unit"), *((element, "element") for element in unit["elements"])] for unit in self.units
        ]
        return [pair for group in pairs for pair in group]

    def _licence(self, licence: Entry) -> Entry:
        entry = {**self._entry("licence"), "uri": licence["url"], "title": licence["name"]}
        return self._said(entry, licenseText=licence["text"])

    def _type(self, kind: str) -> Entry:
        title, description = TYPES[kind]
        place = str(list(TYPES).index(kind) + 1)
        entry = {"title": title, "description": description, "hierarchyCode": place, "typeCode": kind}
        return self._entry("type", kind) | entry

    def _grouping(self, framework: str) -> Entry:
        return self._entry("grouping", framework) | {"title": framework}

    def _node(self, thing: Entry, kind: str) -> Entry:
        return self._entry(kind, thing["code"]) | {"title": thing["title"][self._language]}

    def _association(self, kind: str, origin: Entry, target: Entry, *, place: int) -> Entry:
        return {
            **self._entry("association", kind, origin["identifier"], target["identifier"], str(place)),
            "associationType": kind,
            "sequenceNumber": place,
            "originNodeURI": self._link(origin) | {"targetType": "CASE"},
            "destinationNodeURI": {"targetType": "CASE", **_without(target, {"lastChangeDateTime"})},
        }

    def _criterion(self, rubric: Entry, code: str, levels: Sequence[Entry]) -> Entry:
        entry = self._entry("criterion", code)
        parent = {"rubricCriterionId": entry["identifier"]}
        return {
            **entry,
            "position": 1,
            "rubricId": rubric["identifier"],
            "CFRubricCriterionLevels": [level | parent for level in levels],
        }

    def _level(self, steps: tuple[str, str], level: int, extension: Entry, **texts: Text) -> Entry:
        entry = self._entry("level", *steps) | {"score": level, "position": level}
        said = self._said(entry, extension, **texts)
        return said | {"extensions": [said["extensions"]]}

    def _said(self, entry: Entry, extension: Entry | None = None, **texts: Text) -> Entry:
        """Add texts: the default language in the field of that name, the others in our extension."""
        others = {field: _without(text, {self._language}) for field, text in texts.items()}
        told = {field: text for field, text in others.items() if text}
        ours = {**(extension or {}), **({"texts": told} if told else {})}
        plain = {field: text[self._language] for field, text in texts.items()}
        return {**entry, **plain, **({"extensions": {OURS: ours}} if ours else {})}

    def _link(self, entry: Entry) -> Entry:
        return {key: entry[key] for key in ("title", "identifier", "uri")}

    def _entry(self, *steps: str) -> Entry:
        version = self._header["version"]
        identifier = identifier_of(self._identity.slug, self._header["code"], version, *steps)
        uri = f"{self._page}/case?version={quote(version)}#{identifier}"
        return {"identifier": identifier, "uri": uri, "lastChangeDateTime": self._changed_at}


def _target(framework: str, name: str, uri: str | None) -> Entry:
    """Point to a thing of another framework by its address, or by its name if there is none."""
    identifier = identifier_of("named", framework, name)
    if uri is None:
        return {"title": name, "identifier": identifier, "uri": f"urn:uuid:{identifier}", "targetType": NAMED}
    return {"title": name, "identifier": identifier, "uri": uri, "targetType": "ext:concept"}


def _rest(value: Mapping[str, Any], homes: Collection[str]) -> Entry:
    """Return what CASE has no place for; an empty list has none either and would be lost."""
    return {member: inner for member, inner in value.items() if member not in homes or inner == []}


def _without(value: Mapping[str, Any], members: Collection[str]) -> Entry:
    return {key: inner for key, inner in value.items() if key not in members}
