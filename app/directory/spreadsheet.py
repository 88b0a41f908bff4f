"""Mentors as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence

from app.core.spreadsheet import csv_of
from app.directory.service.showing import Mentor

_MENTORS = (
    "name", "headline", "expertise", "experience", "sectors", "languages", "country", "region", "remote",
    "on_site", "touch", "free", "accepting", "visibility", "confirmed_on", "open_engagements",
    "certificate_number", "scheme", "level", "level_title", "phases", "endorsements", "expires_on",
    "verify_url",
)  # fmt: skip


def mentor_table(mentors: Iterable[Mentor]) -> bytes:
    """Return mentors as CSV, a line for each certificate in force, with the address where to verify it."""
    return csv_of(_MENTORS, (line for mentor in mentors for line in _lines(mentor)))


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
