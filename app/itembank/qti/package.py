"""A content package: a zip with a manifest and the files that it names; nothing of it is ever written out."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Never

from app.core.errors import Invalid
from app.itembank.qti.reading import Finding, read_item
from app.itembank.qti.travelling import Travelling
from app.itembank.qti.tree import MOST_BYTES, Node, XmlRefusedError, document, parse, tag
from app.itembank.qti.writing import item_file

MOST_ITEMS = 500
_MOST_FILES, _MOST_ALTOGETHER = 2_000, 16 * 1024 * 1024
_MANIFEST = "imsmanifest.xml"
_ITEM = "imsqti_item_xmlv3p0"
_PACKAGING = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_BANK = "urn:mentorcert:item:1"
_WRITTEN_AT = (1980, 1, 1, 0, 0, 0)
"""The same items are the same bytes, whenever they are written."""


@dataclass(frozen=True)
class Packed:
    """A resource of a package: an item, or what kept it from being one."""

    resource: str
    is_item: bool
    item: Travelling | None
    findings: Sequence[Finding]


def pack(items: Sequence[Travelling]) -> bytes:
    """Write items as a package."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(_MANIFEST, _WRITTEN_AT), _manifest(items), zipfile.ZIP_DEFLATED)
        for item in items:
            entry = zipfile.ZipInfo(_path(item), _WRITTEN_AT)
            archive.writestr(entry, item_file(item), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def unpack(content: bytes) -> list[Packed]:
    """Read all resources of a package; one that cannot be read as a package at all is refused (422)."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            files = _Files(archive)
            return [_packed(resource, files) for resource in _resources(files)]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        _refuse("no_zip")
    except XmlRefusedError:
        _refuse("manifest_unreadable")


class _Files:
    """The files of a zip, each read up to a bound, and all of them together."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = _MOST_ALTOGETHER
        self._names = set(archive.namelist())
        entries = archive.infolist()
        if len(entries) > _MOST_FILES or len(self._names) != len(entries):
            _refuse("too_many_files" if len(entries) > _MOST_FILES else "file_repeated")
        if {entry.compress_type for entry in entries} - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            _refuse("compression_unknown")

    def read(self, name: str) -> bytes | None:
        """Return a file, or None if there is none; one byte too many is enough to refuse it."""
        if name not in self._names:
            return None
        with self._archive.open(name) as file:
            content = file.read(MOST_BYTES + 1)
        self._left -= len(content)
        if self._left < 0:
            _refuse("too_large")
        return content


def _resources(files: _Files) -> list[Node]:
    content = files.read(_MANIFEST)
    if content is None:
        _refuse("no_manifest")
    root = parse(content)
    found = [resource for home in root.named("resources") for resource in home.named("resource")]
    if len(found) > MOST_ITEMS:
        _refuse("too_many_items")
    return found


def _packed(resource: Node, files: _Files) -> Packed:
    name = resource.attributes.get("identifier", "")[:200]
    if not resource.attributes.get("type", "").startswith(_ITEM):
        return Packed(name, False, None, [("", "no_item", "It is no item, and is left out.")])
    content = files.read(resource.attributes.get("href", ""))
    if content is None:
        return Packed(name, True, None, [("", "file_missing", "The package has no such file.")])
    try:
        item, findings = read_item(parse(content))
    except XmlRefusedError as fault:
        return Packed(name, True, None, [("", "xml_refused", str(fault))])
    return Packed(name, True, item and _filed(item, resource), findings)


def _filed(item: Travelling, resource: Node) -> Travelling:
    """Add what the manifest knows of an item."""
    for facts in _facts(resource):
        seconds = facts.attributes.get("seconds", "")
        return replace(
            item,
            element=facts.attributes.get("element"),
            cognitive_level=facts.attributes.get("cognitive-level"),
            seconds=int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 6 else None,
            ai_system=facts.attributes.get("ai-system"),
        )
    return item


def _facts(resource: Node) -> Iterator[Node]:
    for metadata in resource.named("metadata"):
        yield from (node for node in metadata.named("item") if node.namespace == _BANK)


def _manifest(items: Sequence[Travelling]) -> bytes:
    about = tag("metadata", {}, tag("schema", {}, "QTI Package"), tag("schemaversion", {}, "3.0.0"))
    resources = tag("resources", {}, *map(_resource, items))
    head = {"xmlns": _PACKAGING, "identifier": "items"}
    return document(tag("manifest", head, about, tag("organizations", {}), resources))


def _resource(item: Travelling) -> str:
    facts = {
        "xmlns": _BANK,
        "element": item.element,
        "cognitive-level": item.cognitive_level,
        "seconds": item.seconds,
        "ai-system": item.ai_system,
    }
    given = {"identifier": item.identifier, "type": _ITEM, "href": _path(item)}
    return tag("resource", given, tag("metadata", {}, tag("item", facts)), tag("file", {"href": _path(item)}))


def _path(item: Travelling) -> str:
    return f"items/{item.identifier}.xml"


def _refuse(reason: str) -> Never:
    raise Invalid("items_package_refused", pointer="/file", reason=reason)
