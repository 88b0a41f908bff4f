"""A measure asked period by period, and records that are there or not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.practice.rules import (
    Measure,
    Practice,
    Record,
    RecordKind,
    Span,
    measured,
    measured_each,
    records_present,
)

ON = date(2026, 3, 2)


def uid(number: int) -> UUID:
    return UUID(int=number)


def supervised(number: int, day: date, hours: str = "1") -> Record:
    return Record(uid(number), RecordKind.SUPERVISION, day, None, Decimal(hours), None, is_backed=False)


class TestPeriods:
    @given(
        on=st.dates(date(2000, 1, 1), date(2100, 12, 31)),
        months=st.sampled_from([1, 3, 12]),
        back=st.integers(0, 800),
    )
    @settings(max_examples=200)
    def test_a_day_of_the_window_lies_in_exactly_one_period(self, on: date, months: int, back: int) -> None:
        window, day = Span(on, 24), on - timedelta(days=back)

        held = [day in period for period in window.periods(months)]

        assert len(held) == 24 // months
        assert sum(held) == int(day in window)

    def test_the_quarter_with_least_counts_and_all_are_named(self) -> None:
        days = (date(2025, 3, 3), date(2025, 6, 3), date(2025, 9, 3), date(2026, 3, 2))
        practice = Practice(records=[supervised(n, day, str(n + 1)) for n, day in enumerate(days)])

        found = measured_each(practice, Measure.SUPERVISION_HOURS, Span(ON, 12), period_months=3)

        assert found.value == 1
        assert found.sources == tuple(f"record:{uid(n)}" for n in range(4))

    def test_many_hours_in_one_quarter_do_not_fill_an_empty_one(self) -> None:
        days = (date(2025, 3, 3), date(2025, 6, 3), date(2025, 9, 3), date(2025, 12, 2))
        practice = Practice(records=[supervised(n, day, "40") for n, day in enumerate(days)])

        found = measured_each(practice, Measure.SUPERVISION_HOURS, Span(ON, 12), period_months=3)

        assert found.value == 0

    def test_hours_of_professional_development_are_summed(self) -> None:
        records = [
            replace(supervised(n, day, "8"), kind=RecordKind.CPD)
            for n, day in enumerate((date(2025, 3, 2), date(2025, 3, 3), ON))
        ]

        found = measured(Practice(records=records), Measure.CPD_HOURS, Span(ON, 12))

        assert (found.value, len(found.sources)) == (16, 2)


@pytest.mark.parametrize(("attested", "count"), [(True, 1), (False, 2)])
def test_records_present_are_those_of_the_kind_up_to_the_day(attested: bool, count: int) -> None:
    own = [
        Record(uid(n), RecordKind.OWN_BUSINESS, day, None, None, None, is_backed=is_backed)
        for n, (day, is_backed) in enumerate(
            [(date(2010, 1, 1), True), (ON, False), (ON + timedelta(days=1), True)]
        )
    ]
    practice = Practice(records=[*own, replace(own[0], id=uid(9), kind=RecordKind.ADVISING)])

    found = records_present(practice, RecordKind.OWN_BUSINESS, Span(ON), attested=attested)

    assert (found.value, len(found.sources)) == (count, count)
