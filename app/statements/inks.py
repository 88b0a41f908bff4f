"""Colours and margins of statements: other ones than a certificate's, so that none is taken for it."""

from reportlab.lib.pagesizes import A4

from app.certificates.sheet import Colour

WIDTH, HEIGHT = A4
LEFT, RIGHT = 56.0, WIDTH - 56.0
TEXT = RIGHT - LEFT
TOP, BOTTOM = HEIGHT - 44.0, 56.0

INK: Colour = (0.20, 0.22, 0.42)
TEXT_INK: Colour = (0.13, 0.14, 0.18)
GREY: Colour = (0.36, 0.38, 0.44)
LINE: Colour = (0.80, 0.81, 0.87)
WASH: Colour = (0.952, 0.952, 0.976)
SHAPE: Colour = (0.33, 0.38, 0.66)
SHAPE_WASH: Colour = (0.855, 0.868, 0.942)
TARGET: Colour = (0.62, 0.17, 0.40)
WARNING: Colour = (0.60, 0.14, 0.12)
WARNING_WASH: Colour = (0.985, 0.945, 0.940)
WATERMARK: Colour = (0.962, 0.955, 0.957)


def stroked(colour: Colour) -> str:
    """Return the operator that sets the colour of lines."""
    return "{:.3f} {:.3f} {:.3f} RG".format(*colour)


def filled(colour: Colour) -> str:
    """Return the operator that sets the colour of areas."""
    return "{:.3f} {:.3f} {:.3f} rg".format(*colour)


def box(left: float, bottom: float, right: float, top: float, colour: Colour) -> str:
    """Return the operators of a filled rectangle."""
    return f"q {filled(colour)} {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re f Q"


def rule(y: float, *, left: float = LEFT, right: float = RIGHT, colour: Colour = LINE) -> str:
    """Return the operators of a thin line across."""
    return f"q 0.5 w {stroked(colour)} {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S Q"
