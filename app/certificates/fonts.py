"""The two faces that certificates are printed in, and what they can print.

A character that no face covers would be drawn as an empty box without any error, so it is refused when the
text enters the service (`uncovered`), never when the certificate is due. Texts are in NFC; a combining mark
that is left there counts as not covered, since marks are not placed here.
"""

import unicodedata
from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "NotoSerif-Regular"
BOLD = "NotoSerif-Bold"

_FOLDER = Path(__file__).parent / "assets"
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# a mark without a composed letter would be drawn beside or through its base: a misprinted name
_MARKS = {"Mn", "Mc", "Me"}
_lock = Lock()


def register() -> None:
    """Make both faces known to the drawing library, once per process."""
    with _lock:
        for name in (REGULAR, BOLD):
            if name not in pdfmetrics._fonts:  # the library has no public way to ask
                pdfmetrics.registerFont(TTFont(name, _FOLDER / f"{name}.ttf", shapable=False))


def width(text: str, face: str, size: float) -> float:
    """Return how wide a text runs, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, face, size))


def uncovered(text: str) -> str:
    """Return the characters of a text that cannot be printed, each once, in order; empty means all can."""
    covered = _covered()
    return "".join(dict.fromkeys(char for char in text if char not in covered))


def control_characters(text: str) -> str:
    """Return the characters that steer instead of print: controls, direction marks, line separators."""
    return "".join(dict.fromkeys(char for char in text if unicodedata.category(char) in _UNPRINTABLE))


@cache
def _covered() -> frozenset[str]:
    """Return what both faces have a glyph for, so that bold and regular print the same names."""
    register()
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in (REGULAR, BOLD)]
    both = {chr(code) for code in faces[0].keys() & faces[1].keys()}
    return frozenset(char for char in both if unicodedata.category(char) not in _UNPRINTABLE | _MARKS)
