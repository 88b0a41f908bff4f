"""How many hours of a record count: what its type bounds in a year is spent from the earliest day on."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from app.practice.rules.activities import Types
from app.practice.rules.loaded import Record


def stands(record: Record, types: Types) -> bool:
    """Tell whether a record counts at all: some types do so only once somebody else attested the record."""
    found = types.get(record.type) if record.type is not None else None
    return found is None or not found.is_attested or record.is_backed


def credited(records: Iterable[Record], types: Types) -> dict[UUID, Decimal]:
    """Return the hours of each record that count, by its id.

    Beyond the most hours of its type in a calendar year a record counts nothing. The bound is spent from
    January on, whatever window is asked for, so that the sums of periods add up to the sum of the year.
    """
    spent: dict[tuple[str, int], Decimal] = {}
    found: dict[UUID, Decimal] = {}
    for record in sorted(records, key=lambda one: (one.started_on, one.id)):
        hours = record.hours or Decimal(0)
        bound = types.get(record.type) if record.type is not None else None
        if bound is not None and (most := bound.hours_per_year_max) is not None:
            place = (bound.code, record.started_on.year)
            hours = min(hours, most - spent.get(place, Decimal(0)))
            spent[place] = spent.get(place, Decimal(0)) + hours
        found[record.id] = hours
    return found
