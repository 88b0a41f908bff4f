"""XML as a small tree, bounded in size and depth; a document type, and so every entity, is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

MOST_BYTES = 256 * 1024
_MOST_DEPTH, _MOST_NODES = 40, 5_000
_XML = "http://www.w3.org/XML/1998/namespace"
LANGUAGE = f"{_XML} lang"


class XmlRefusedError(Exception):
    """A file that is not read any further; says why in a sentence."""


@dataclass
class Node:
    """An element: namespace, local name, attributes, and what stands in it, in order."""

    namespace: str
    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    parts: list["Node | str"] = field(default_factory=list)

    @property
    def children(self) -> Iterator["Node"]:
        """The elements in it."""
        return (part for part in self.parts if isinstance(part, Node))

    def named(self, name: str) -> list["Node"]:
        """Return the elements of this name in it."""
        return [child for child in self.children if child.name == name]

    @property
    def words(self) -> str:
        """The text that stands right in it."""
        return "".join(part for part in self.parts if isinstance(part, str)).strip()


class _Builder:
    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_NODES or len(self._open) >= _MOST_DEPTH:
            raise XmlRefusedError("The file has too many elements, or too deep.")
        namespace, _, local = name.rpartition(" ")
        node = Node(namespace, local, attributes)
        if self._open:
            self._open[-1].parts.append(node)
        else:
            self.root = node
        self._open.append(node)

    def ends(self, _name: str) -> None:
        self._open.pop()

    def says(self, text: str) -> None:
        self._open[-1].parts.append(text)


def _refuse(*_facts: object) -> None:
    raise XmlRefusedError("The file has a document type; none is read, and no entity either.")


def parse(content: bytes) -> Node:
    """Read a file; raises XmlRefusedError for what is too large, too deep, no XML, or has a document type."""
    if len(content) > MOST_BYTES:
        raise XmlRefusedError(f"The file is larger than {MOST_BYTES} bytes.")
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = builder.starts, builder.ends
    parser.CharacterDataHandler = builder.says
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise XmlRefusedError(f"The file is no XML: {fault}.") from None
    assert builder.root is not None, "a file that parses has a root"
    return builder.root


def tag(name: str, attributes: Mapping[str, object], *parts: str) -> str:
    """Write an element; attributes that are None are left out, parts are written already."""
    given = "".join(
        f' {key}="{escape(str(value))}"' for key, value in attributes.items() if value is not None
    )
    return f"<{name}{given}>{''.join(parts)}</{name}>" if parts else f"<{name}{given}/>"


def document(root: str) -> bytes:
    """Write a whole file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()
