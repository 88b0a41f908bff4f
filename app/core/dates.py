"""Calendar arithmetic, today in a body's own time zone, and days in words."""

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

_EUROPEAN = {"en": "en_GB"}


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later (earlier if negative), or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_years(start: date, end: date) -> int:
    """Return how many full years lie between two days; a year from 29 February is full on 28 February."""
    years = end.year - start.year
    return years if add_months(start, years * 12) <= end else years - 1


def day_in(zone: str, instant: datetime) -> date:
    """Return the calendar date that an instant falls on in an IANA time zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def in_words(day: date, language: str) -> str:
    """Write a day as people of a language do, the day before the month in English too."""
    return format_date(day, "long", locale=_EUROPEAN.get(language, language))
