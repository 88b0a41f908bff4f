"""Calendar months and years, and the day in a place."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.dates import add_months, day_in, whole_years


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-15", -24, "2022-01-15"),
        ("2024-05-31", 0, "2024-05-31"),
    ],
)
def test_months_are_those_of_the_calendar(day: str, months: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 240), st.integers(0, 240))
def test_more_months_are_never_earlier(day: date, months: int, more: int) -> None:
    assert day <= add_months(day, months) <= add_months(day, months + more)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2020-02-29", "2021-02-27", 0),
        ("2020-02-29", "2021-02-28", 1),
        ("2020-03-01", "2025-02-28", 4),
        ("2020-03-01", "2025-03-01", 5),
    ],
)
def test_a_year_is_full_on_its_day(start: str, end: str, years: int) -> None:
    assert whole_years(date.fromisoformat(start), date.fromisoformat(end)) == years


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/Madrid", "2026-03-29"), ("America/Lima", "2026-03-28"), ("Pacific/Auckland", "2026-03-29")],
)
def test_the_day_is_that_of_the_place(zone: str, day: str) -> None:
    assert day_in(zone, datetime(2026, 3, 28, 23, 30, tzinfo=UTC)) == date.fromisoformat(day)
