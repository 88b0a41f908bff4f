"""The QR code of a verification address, as rectangles that stay sharp in print."""

from dataclasses import dataclass

import segno

QUIET = 4
"""Modules that stay empty on every side, so that a camera finds the code."""
_MASK = 2  # fixed: scoring all eight masks costs more than the rest of the page


@dataclass(frozen=True)
class Symbol:
    """Rows of a QR code, dark modules as 1."""

    rows: tuple[tuple[int, ...], ...]

    def squares(self, left: float, top: float, module: float) -> list[str]:
        """Return the page operators of all dark modules, from the code's upper left corner down."""
        return [
            f"{left + start * module:.3f} {top - (index + 1) * module:.3f}"
            f" {length * module:.3f} {module:.3f} re"
            for index, row in enumerate(self.rows)
            for start, length in _runs(row)
        ]


def symbol(url: str) -> Symbol:
    """Return the QR code of an address."""
    code = segno.make(url, error="m", mask=_MASK, boost_error=False, micro=False)
    return Symbol(tuple(tuple(int(module) for module in row) for row in code.matrix))


def _runs(row: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return start and length of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    for index, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == index:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((index, 1))
    return runs
