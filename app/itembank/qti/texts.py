"""Plain texts as paragraphs and back: a line is a paragraph, and every character of it comes back."""

import re
from collections.abc import Iterator
from html import escape

from app.itembank.qti.tree import Node, tag

_SPACE = " \t\r\n"
_KEPT = {"data-whitespace": "kept"}


def paragraphs(text: str) -> str:
    """Write a text, a paragraph a line; lines whose spaces XML would fold are marked."""
    return "".join(
        tag("p", _KEPT if _folded(line) != line else {}, escape(line)) for line in text.split("\n")
    )


def read_text(node: Node, strange: list[str]) -> str:
    """Return the text in an element; elements that are more than text are added to `strange` by name."""
    return "\n".join(_lines(node, strange))


def _lines(node: Node, strange: list[str]) -> Iterator[str]:
    if node.name == "p" and node.attributes.get("data-whitespace") == "kept":
        strange.extend(child.name for child in node.children)
        yield "".join(part for part in node.parts if isinstance(part, str))
        return
    run, is_begun = "", node.name != "p"
    for part in node.parts:
        if isinstance(part, str):
            run += part
        elif part.name == "span":
            run += " ".join(_lines(part, strange))
        elif part.name in {"p", "div", "br"}:
            if _folded(run) or part.name == "br":
                yield _folded(run)
            run, is_begun = "", True
            yield from _lines(part, strange) if part.name != "br" else ()
        else:
            strange.append(part.name)
    if _folded(run) or not is_begun:
        yield _folded(run)


def _folded(text: str) -> str:
    """Fold spaces as XML's readers do."""
    return re.sub(f"[{_SPACE}]+", " ", text).strip(_SPACE)
