"""Tables as CSV that a spreadsheet opens as text: nothing in them is run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from app.directory.service.showing import Mentor

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
_MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""

_MENTORS = (
    "name", "headline", "expertise", "experience", "sectors", "languages", "country", "region", "remote",
    "on_site", "touch", "free", "accepting", "visibility", "confirmed_on", "open_engagements",
    "certificate_number", "scheme", "level", "level_title", "phases", "endorsements", "expires_on",
    "verify_url",
)  # fmt: skip


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return heading and rows as CSV; a text that would be taken for a formula gets a quote before it."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_safe(value) for value in row] for row in rows)
    return (_MARK + target.getvalue()).encode()


def _safe(value: object) -> object:
    """Put a quote before what begins like a formula, blanks before it or not; numbers stay numbers."""
    if value is None or isinstance(value, int):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def mentor_table(mentors: Iterable[Mentor]) -> bytes:
    """Return mentors as CSV, a line for each certificate in force, with the address where to verify it."""
    return as_csv(_MENTORS, (line for mentor in mentors for line in _lines(mentor)))


def _lines(mentor: Mentor) -> Iterator[list[object]]:
    row = mentor.row
    own = [
        mentor.name, " | ".join((row.headline or {}).values()), _list(row.expertise), _list(row.experience),
        _list(row.sectors), _list(row.languages), row.country, row.region, _word(row.is_remote),
        _word(row.is_on_site), row.touch, _word(row.is_free), _word(row.is_accepting), row.visibility,
        row.confirmed_on, mentor.open_engagements,
    ]  # fmt: skip
    for held in mentor.certificates:
        yield [
            *own, held.number, held.scheme_code, held.level, held.level_title, _list(held.phases),
            _list(held.endorsements), held.expires_on, held.verify_url,
        ]  # fmt: skip


def _list(codes: Sequence[str]) -> str:
    return "; ".join(codes)


def _word(flag: bool) -> str:
    return "yes" if flag else "no"
