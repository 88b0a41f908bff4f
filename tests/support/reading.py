"""Reads a page as a browser and a screen reader would."""

import re
from html.parser import HTMLParser

_EMPTY = frozenset({"meta", "link", "input", "br"})
_FIELD = re.compile(r"<(?:input|textarea|select)\b([^>]*)>")
_DRAWN = frozenset({"svg", "circle", "line", "path", "polygon"})


class Page(HTMLParser):
    """A page taken apart: what it is made of, what it says where and in which language, where it leads.

    `foreign` holds what no page has: scripts, inline styles, and anything loaded from elsewhere. What a page
    only leads to may lie elsewhere; that is in `links`.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.is_balanced = True
        self.levels: list[int] = []
        self.fields: set[str] = set()
        self.labels: set[str] = set()
        self.foreign: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.said: list[tuple[str, str]] = []
        self.language = ""
        self.feed(text)
        self.is_balanced &= not self.open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attributes}
        if tag == "html":
            self.language = named["lang"]
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.levels.append(int(tag[1]))
        if tag == "input" and named.get("type") != "hidden":
            self.fields.add(named["id"])
        if tag == "label":
            self.labels.add(named["for"])
        self.ids += [named["id"]] if "id" in named else []
        self.links += [named["href"]] if tag == "a" and "href" in named else []
        if tag in {"script", "style", "iframe"} or "style" in named or any(n.startswith("on") for n in named):
            self.foreign.append(tag)
        loaded = [named[name] for name in ("href", "src", "action") if name in named and tag != "a"]
        self.foreign += [address for address in loaded if not address.startswith(("/", "#"))]
        if tag not in _EMPTY:
            self.open.append((tag, named))

    def handle_startendtag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        assert tag in _EMPTY | _DRAWN

    def handle_endtag(self, tag: str) -> None:
        self.is_balanced &= bool(self.open) and self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            language = next((named["lang"] for _, named in reversed(self.open) if "lang" in named), "")
            self.said.append((language, " ".join(data.split())))

    @property
    def text(self) -> str:
        """All that the page says, in one line."""
        return " ".join(said for _, said in self.said)

    def in_language(self, language: str) -> str:
        """All that the page marks as being in a language."""
        return " ".join(said for marked, said in self.said if marked == language)

    @property
    def skips_a_heading(self) -> bool:
        """Whether a heading lies more than one step below the one before."""
        return any(now > before + 1 for before, now in zip([0, *self.levels], self.levels, strict=False))


def fields_in(text: str) -> list[dict[str, str]]:
    """Return every field of a page that people fill in, by its attributes."""
    found = [dict(re.findall(r'([\w-]+)(?:="([^"]*)")?', rest)) for rest in _FIELD.findall(text)]
    return [field for field in found if field.get("type") != "hidden"]


def ticked_in(text: str) -> set[str]:
    """Return the ids of boxes and choices that are ticked."""
    return {field["id"] for field in fields_in(text) if "checked" in field}


def text_in(text: str) -> str:
    """Return all that a page says, in one line."""
    return Page(text).text
