"""Which figures are taken, and what those of many firms come to; pure."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Conflict, Findings
from app.practice.questionnaire import indicators_of_all
from app.practice.rules.impact import (
    Consent,
    Indicator,
    Moment,
    Unit,
    ensure_consented,
    ensure_figures,
    ensure_withdrawable,
    span_of,
    told_by_now,
)
from app.practice.rules.impact_sums import Figure, Firm, sums
from app.practice.rules.measures import MEASURES, Measure
from app.practice.rules.reviews import Course

TODAY = date(2027, 6, 1)
COURSE = Course(date(2025, 8, 31), 6, date(2026, 2, 28))
KNOWN = {one.code: one for one in indicators_of_all()} | {
    "exports": Indicator("exports", Unit.PERCENT, {"en": "Sold abroad", "es": "Vendido fuera"})
}
ANNA, BERTA = UUID(int=1), UUID(int=2)


@dataclass(frozen=True)
class Told:
    indicator: str = "jobs"
    moment: Moment = Moment.BASELINE
    as_of: date = date(2025, 9, 1)
    amount: Decimal = Decimal(4)
    currency: str | None = None


MONEY = Told("turnover", amount=Decimal("120000.50"), currency="EUR")


def test_figures_that_fit_are_taken() -> None:
    told = [
        Told(),
        MONEY,
        Told("profit", amount=Decimal("-3000"), currency="EUR"),
        Told("confidence", amount=Decimal(5)),
        Told("exports", amount=Decimal("12.5")),
        replace(MONEY, moment=Moment.TWELVE_MONTHS, as_of=date(2027, 2, 28)),
    ]

    ensure_figures(told, KNOWN, {}, COURSE, TODAY)


@pytest.mark.parametrize(
    ("told", "place", "code"),
    [
        (Told("shoe_size"), "", "indicator_unknown"),
        (Told(amount=Decimal("1.5")), "/amount", "amount_refused"),
        (Told(amount=Decimal(-1)), "/amount", "amount_refused"),
        (Told("confidence", amount=Decimal(6)), "/amount", "amount_refused"),
        (Told("confidence", amount=Decimal("3.5")), "/amount", "amount_refused"),
        (Told(currency="EUR"), "/currency", "currency_refused"),
        (replace(MONEY, currency=None), "/currency", "currency_missing"),
        (replace(MONEY, currency="USD"), "/currency", "currency_differs"),
        (Told(as_of=TODAY + timedelta(days=1)), "/as_of", "day_ahead"),
        (Told(as_of=date(2025, 10, 27)), "/as_of", "moment_refused"),
        (Told(moment=Moment.END, as_of=date(2026, 2, 20)), "/as_of", "moment_refused"),
        (Told(moment=Moment.SIX_MONTHS, as_of=date(2027, 2, 28)), "/as_of", "moment_refused"),
    ],
)
def test_a_figure_that_does_not_fit_is_named(told: Told, place: str, code: str) -> None:
    with pytest.raises(Findings) as refusal:
        ensure_figures([told], KNOWN, {"turnover": "EUR"}, COURSE, TODAY)

    assert [finding[:2] for finding in refusal.value.findings] == [(f"/figures/0{place}", code)]


def test_a_figure_is_told_once_for_a_time_and_in_one_currency() -> None:
    twice = [MONEY, replace(MONEY, currency="USD")]

    with pytest.raises(Findings) as refusal:
        ensure_figures(twice, KNOWN, {}, COURSE, TODAY)

    assert [finding[1] for finding in refusal.value.findings] == ["figure_repeated", "currency_differs"]


def test_times_after_the_end_count_from_the_real_one_and_leave_no_gap() -> None:
    assert span_of(Moment.BASELINE, COURSE) == (None, date(2025, 10, 26))
    assert span_of(Moment.END, COURSE) == (date(2026, 2, 21), date(2026, 8, 27))
    assert span_of(Moment.SIX_MONTHS, COURSE) == (date(2026, 8, 28), date(2027, 2, 27))
    assert span_of(Moment.TWELVE_MONTHS, COURSE) == (date(2027, 2, 28), None)


def test_an_end_on_a_leap_day_has_its_anniversary_on_the_last_of_february() -> None:
    leap = Course(date(2027, 8, 31), 6, date(2028, 2, 29))

    assert span_of(Moment.TWELVE_MONTHS, leap) == (date(2029, 2, 28), None)


def test_a_firm_is_asked_only_for_moments_whose_days_have_come() -> None:
    going_on = Course(date(2025, 8, 31), 6, None)
    baseline = (Moment.BASELINE, None)

    assert list(told_by_now(going_on, date(2025, 9, 1))) == [(*baseline, date(2025, 9, 1))]
    assert list(told_by_now(COURSE, date(2026, 2, 20))) == [(*baseline, date(2025, 10, 26))]
    assert list(told_by_now(COURSE, date(2026, 2, 21)))[1:] == [
        (Moment.END, date(2026, 2, 21), date(2026, 2, 21))
    ]
    assert list(told_by_now(COURSE, TODAY))[2:] == [
        (Moment.SIX_MONTHS, date(2026, 8, 28), date(2027, 2, 27)),
        (Moment.TWELVE_MONTHS, date(2027, 2, 28), TODAY),
    ]


def test_while_an_engagement_goes_on_there_is_no_time_after_it() -> None:
    with pytest.raises(Findings) as refusal:
        ensure_figures([Told(moment=Moment.SIX_MONTHS)], KNOWN, {}, replace(COURSE, ended_on=None), TODAY)

    assert refusal.value.findings[0][:2] == ("/figures/0/moment", "moment_refused")


@pytest.mark.parametrize("consent", [None, Consent()])
def test_without_consent_to_any_use_nothing_is_taken_or_taken_back(consent: Consent | None) -> None:
    with pytest.raises(Conflict) as kept:
        ensure_consented(consent)
    with pytest.raises(Conflict) as withdrawn:
        ensure_withdrawable(consent, to_assessors=True, in_statistics=True)

    assert {kept.value.code, withdrawn.value.code} == {"consent_missing"}


def test_each_use_is_taken_back_by_itself() -> None:
    both = Consent(to_assessors=True, in_statistics=True)

    assert ensure_withdrawable(both, to_assessors=True, in_statistics=False) == Consent(in_statistics=True)
    assert not ensure_withdrawable(both, to_assessors=True, in_statistics=True).is_given


def test_no_measure_that_a_requirement_may_name_is_a_figure_of_a_firm() -> None:
    figures = {indicator.code for indicator in indicators_of_all()}

    assert figures & {str(measure) for measure in Measure} == set()
    assert set(MEASURES) == set(Measure)


def a_firm(n: int, before: str, after: str, *, mentor: UUID = ANNA, code: str = "jobs", **more) -> Firm:
    currency = more.get("currency")
    figures = (
        Figure(code, Moment.BASELINE, Decimal(before), currency),
        Figure(code, Moment.END, Decimal(after), more.get("later_currency", currency)),
    )
    return Firm(more.get("key", f"firm-{n}"), mentor, more.get("ended_on", date(2026, 3, 1)), figures)


def at_end(firms: list[Firm], mentor: UUID | None = None, code: str = "jobs") -> list:
    found = sums(firms, [KNOWN[code]], mentor)
    return [one for one in found if one.moment is Moment.END]


def test_medians_before_and_after_are_told_of_ten_firms_in_steps_of_five() -> None:
    firms = [a_firm(n, "4", str(4 + n)) for n in range(12)] + [a_firm(99, "4", "1000")]

    [told] = at_end(firms)

    assert (told.firms, told.baseline, told.value, told.change) == (10, 4, 10, 6)


def test_of_nine_firms_nothing_is_told_not_even_how_many() -> None:
    [told] = at_end([a_firm(n, "4", "5") for n in range(9)])

    assert (told.firms, told.baseline, told.value, told.change) == (None, None, None, None)


def test_only_firms_that_told_both_times_count() -> None:
    half = [Firm(f"half-{n}", ANNA, date(2026, 3, 1), a_firm(n, "4", "5").figures[:1]) for n in range(5)]

    [told] = at_end([a_firm(n, "4", "5") for n in range(9)] + half)

    assert told.firms is None


def test_a_firm_with_two_engagements_counts_once_by_the_later() -> None:
    firms = [a_firm(n, "4", "5") for n in range(9)]
    again = [
        a_firm(9, "1", "1", key="twice", ended_on=date(2026, 1, 9)),
        a_firm(9, "4", "9", key="twice", ended_on=date(2026, 5, 9)),
    ]

    assert at_end([*firms, again[0]])[0].firms == 10
    assert at_end([a_firm(n, "4", "5") for n in range(8)] + again)[0].firms is None
    assert at_end([*firms, *again])[0].firms == 10


def test_money_is_told_by_currency_with_two_leading_digits_and_growth_in_percent() -> None:
    euros = [
        a_firm(n, str(118_345 + n), str(177_519 + n), code="turnover", currency="EUR") for n in range(11)
    ]
    dollars = [a_firm(n, "1", "2", code="turnover", currency="USD", key=f"us-{n}") for n in range(9)]

    [told] = at_end([*euros, *dollars], code="turnover")

    assert (told.currency, told.firms, told.baseline, told.value, told.change) == (
        "EUR", 10, Decimal(120_000), Decimal(180_000), Decimal(50),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "shown"), [("0", "0"), ("7.25", "7.2"), ("-3456", "-3500"), ("99.9", "100")]
)
def test_money_is_rounded_at_any_size(amount: str, shown: str) -> None:
    firms = [a_firm(n, amount, amount, code="profit", currency="EUR") for n in range(10)]

    assert at_end(firms, code="profit")[0].value == Decimal(shown)


def test_a_loss_before_gives_no_percentage() -> None:
    firms = [a_firm(n, "-500", "900", code="profit", currency="EUR") for n in range(10)]

    [told] = at_end(firms, code="profit")

    assert (told.firms, told.change) == (10, None)


def test_currencies_that_changed_are_not_compared() -> None:
    firms = [a_firm(n, "10", "20", code="profit", currency="EUR", later_currency="USD") for n in range(10)]

    assert at_end(firms, code="profit")[0].firms is None


@pytest.mark.parametrize(
    ("hers", "others", "told"), [(10, 0, 10), (10, 10, 10), (9, 20, None), (20, 9, None), (20, 1, None)]
)
def test_a_mentors_firms_are_told_of_where_they_and_the_rest_are_enough(
    hers: int, others: int, told: int | None
) -> None:
    firms = [a_firm(n, "4", "5") for n in range(hers)]
    firms += [a_firm(n, "4", "5", mentor=BERTA, key=f"other-{n}") for n in range(others)]

    assert at_end(firms, ANNA)[0].firms == told


@given(st.lists(st.integers(0, 500), max_size=9), st.sampled_from([None, ANNA, BERTA]))
def test_few_firms_are_never_told_of(amounts: list[int], mentor: UUID | None) -> None:
    firms = [a_firm(n, str(amount), str(amount + 1)) for n, amount in enumerate(amounts)]

    assert all(
        (one.firms, one.baseline, one.value, one.change) == (None, None, None, None)
        for one in sums(firms, list(KNOWN.values()), mentor)
    )
