"""The picture of a badge: a pennant in colour, as little like the body's certificates as can be.

Certificates are upright white sheets in serif letters with a round seal; a badge has neither, and says in its
largest plain line that it is no certificate. The picture is SVG without script, style sheet or anything from
outside.
"""

import textwrap
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from pathlib import Path

import yaml

from app.core.dates import in_words
from app.practice.indicators import milestone_texts
from app.practice.rules import Milestone

_WIDTH = 400
_MIDDLE = _WIDTH // 2
_VIOLET, _SUN, _WHITE = "#5b3a8c", "#ffd166", "#ffffff"
_LETTERS = "'Noto Sans','DejaVu Sans',Arial,sans-serif"


@dataclass(frozen=True)
class Badge:
    """What a picture shows."""

    kind: Milestone
    mentor_name: str | None
    body_name: str
    awarded_on: date


@cache
def badge_texts() -> Mapping[str, Mapping[str, str]]:
    """Return what every badge says, by language."""
    texts: dict[str, dict[str, str]] = yaml.safe_load(
        Path(__file__).with_name("badges.yaml").read_text(encoding="utf-8")
    )
    return texts


def picture(badge: Badge, language: str) -> str:
    """Return the picture of a badge in a language."""
    says = {name: text[language] for name, text in badge_texts().items()}
    title = milestone_texts()[badge.kind].title[language]
    drawn = _Column(56)
    drawn.line(says["word"].upper(), 17, _SUN, spacing=3)
    drawn.steps(list(Milestone).index(badge.kind))
    drawn.block(title, 27, 22, is_bold=True)
    if badge.mentor_name is not None:
        drawn.line(says["by"], 15, _SUN, before=8)
        size, width = (20, 26) if len(badge.mentor_name) <= 52 else (14, 36)
        drawn.block(badge.mentor_name, size, width, is_bold=True, before=4)
    drawn.line(says["confirmed"], 15, _WHITE, before=8)
    drawn.line(in_words(badge.awarded_on, language), 15, _WHITE)
    drawn.band(says["plainly"])
    drawn.block(badge.body_name, 13, 40)
    return drawn.finished(f"{says['word']}: {title}", says["statement"])


class _Column:
    """Lines one below the other; each moves on to the next one's place."""

    def __init__(self, top: int) -> None:
        self._y = top
        self._parts: list[str] = []

    def line(
        self, text: str, size: int, colour: str, *, is_bold: bool = False, spacing: int = 0, before: int = 0
    ) -> None:
        self._y += before
        weight = ' font-weight="700"' if is_bold else ""
        apart = f' letter-spacing="{spacing}"' if spacing else ""
        self._parts.append(
            f'<text x="{_MIDDLE}" y="{self._y}" font-size="{size}" fill="{colour}"{weight}{apart}'
            f' style="unicode-bidi:plaintext">{escape(text)}</text>'
        )
        self._y += round(size * 1.35)

    def block(self, text: str, size: int, width: int, *, is_bold: bool = False, before: int = 0) -> None:
        """Break a text into lines of so many letters, or half as many where letters are square."""
        is_square = any(unicodedata.east_asian_width(letter) in {"W", "F"} for letter in text)
        self._y += before
        for part in textwrap.wrap(text, width // 2 if is_square else width):
            self.line(part, size, _WHITE, is_bold=is_bold)

    def steps(self, reached: int) -> None:
        """Five steps of a way, and a flag on the one that was reached; it says nothing about the others."""
        y, places = self._y + 26, [_MIDDLE + 62 * (n - 2) for n in range(5)]
        self._parts.append(
            f'<path d="M{places[0]} {y}H{places[-1]}" stroke="{_SUN}" stroke-width="3" stroke-dasharray="2 9"'
            ' stroke-linecap="round"/>'
        )
        for n, x in enumerate(places):
            radius, fill = (19, _SUN) if n == reached else (8, _VIOLET)
            self._parts.append(
                f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{_SUN}" stroke-width="3"/>'
            )
        x = places[reached]
        self._parts.append(
            f'<path d="M{x - 5} {y + 11}V{y - 11}L{x + 9} {y - 5}L{x - 5} {y + 1}" fill="{_VIOLET}"'
            f' stroke="{_VIOLET}" stroke-width="2.5" stroke-linejoin="round"/>'
        )
        self._y = y + 70

    def band(self, text: str) -> None:
        self._parts.append(f'<rect x="0" y="{self._y}" width="{_WIDTH}" height="46" fill="{_SUN}"/>')
        self._y += 30
        self.line(text, 19, "#2b1748", is_bold=True)
        self._y += 14

    def finished(self, title: str, description: str) -> str:
        height = self._y + 62
        shape = f"M14 14H{_WIDTH - 14}V{height - 14}L{_MIDDLE} {height - 58}L14 {height - 14}Z"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"'
            f' font-family="{_LETTERS}" text-anchor="middle">'
            f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
            f'<path d="{shape}" fill="{_VIOLET}" stroke="{_VIOLET}" stroke-width="16"'
            ' stroke-linejoin="round"/>'
            f"{''.join(self._parts)}</svg>"
        )
