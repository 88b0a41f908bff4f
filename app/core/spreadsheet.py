"""CSV that opens in a spreadsheet as what it is: text in UTF-8, and no cell taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_MARK = "\ufeff"
"""Without it the most used spreadsheet takes UTF-8 for another encoding and spoils names. Programs that read
CSV skip it under the name `utf-8-sig`, as our own import does."""
_FORMULA = re.compile(r"(^|[;,|\t\r\n\"'])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""The signs, plain or full-width, with which a formula begins: at the beginning of a cell, or behind whatever
a spreadsheet set to another delimiter may begin one at."""


def csv_of(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file; texts are quoted, and what might run as a formula gets an apostrophe in front."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC)
    lines.writerow(heading)
    for row in rows:
        lines.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return (_MARK + written.getvalue()).encode()


def _harmless(text: str) -> str:
    return _FORMULA.sub(r"\1\2'", text)
