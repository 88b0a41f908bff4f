"""The conflict matrix, whole: every act before every duty, and the days on which a time is over.

The table is written by hand from the standard's clauses, apart from the one in the code.
"""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from app.core.errors import NotImpartial
from app.impartiality.rules import DUTY_OF, MATRIX, Act, Bar, Duty, Involvement, Wish, ensure_free

TABLE = """
                REVIEW        EXAMINE       ADJUDICATE    MODERATE      DECIDE
    TRAINED     24m IMP-1     24m IMP-1     24m IMP-1     24m IMP-1     ever IMP-3
    MENTORED    24m IMP-1     24m IMP-1     ever IMP-1    24m IMP-1     ever IMP-3
    REFEREED    ever IMP-2    ever IMP-2    ever IMP-2    ever IMP-2    ever IMP-3
    RELATED     ever IMP-2    ever IMP-2    ever IMP-2    ever IMP-2    ever IMP-2
    REVIEWED    free -        ever IMP-2    ever IMP-2    ever IMP-2    ever IMP-3
    INVIGILATED free -        ever IMP-2    ever IMP-2    ever IMP-2    ever IMP-3
    EXAMINED    ever IMP-2    seat EXM-6    seat EXM-6    seat EXM-6    ever IMP-3
    ADJUDICATED ever IMP-2    seat EXM-6    seat EXM-6    seat EXM-6    ever IMP-3
    MODERATED   ever IMP-2    seat EXM-6    seat EXM-6    free -        ever IMP-3
    DECIDED     case IMP-3    case IMP-3    case IMP-3    case IMP-3    free -
"""
CASE, OTHER_CASE = uuid4(), uuid4()
LONG_AGO, TODAY = date(2010, 1, 1), date(2026, 3, 2)


def cells() -> list[tuple[Act, Duty, str, str]]:
    head, *lines = (line.split() for line in TABLE.strip().splitlines())
    return [
        (Act[act], Duty[duty], bar, rule)
        for act, *words in lines
        for duty, bar, rule in zip(head, words[::2], words[1::2], strict=True)
    ]


def wish(duty: Duty, **changes: object) -> Wish:
    return replace(Wish(duty, CASE, "C2", TODAY, 24), **changes)  # type: ignore[arg-type] # any field


def refused(
    act: Act, wanted: Wish, *, ended_on: date | None, component: str = "C2", case: object = CASE
) -> str:
    """The rule that refuses, or nothing."""
    earlier = Involvement(act, case, component, ended_on)  # type: ignore[arg-type] # an id
    try:
        ensure_free([earlier], wanted)
    except NotImpartial as refusal:
        assert (refusal.facts["act"], refusal.facts["duty"]) == (act, wanted.duty)
        return str(refusal.facts["rule"])
    return ""


def test_the_table_holds_every_act_and_every_duty() -> None:
    assert {(act, duty) for act, duty, _, _ in cells()} == {(act, duty) for act in Act for duty in Duty}


@pytest.mark.parametrize(("act", "duty", "bar", "rule"), cells())
def test_an_act_of_today_bars_what_the_table_says(act: Act, duty: Duty, bar: str, rule: str) -> None:
    assert refused(act, wish(duty), ended_on=TODAY) == rule.strip("-")


@pytest.mark.parametrize(("act", "duty", "bar", "rule"), cells())
def test_an_act_that_still_goes_on_bars_the_same(act: Act, duty: Duty, bar: str, rule: str) -> None:
    assert refused(act, wish(duty), ended_on=None) == rule.strip("-")


@pytest.mark.parametrize(("act", "duty", "bar", "rule"), cells())
def test_an_act_of_long_ago_bars_for_ever_or_not_at_all(act: Act, duty: Duty, bar: str, rule: str) -> None:
    assert refused(act, wish(duty), ended_on=LONG_AGO) == (rule if bar in {"ever", "seat", "case"} else "")


@pytest.mark.parametrize(("act", "duty", "bar", "rule"), cells())
def test_another_seat_is_free_where_only_the_seat_is_barred(
    act: Act, duty: Duty, bar: str, rule: str
) -> None:
    elsewhere = (
        refused(act, wish(duty), ended_on=TODAY, component="C3"),
        refused(act, wish(duty), ended_on=TODAY, case=OTHER_CASE),
    )

    in_another_seat = "" if bar == "seat" else rule.strip("-")
    in_another_case = "" if bar in {"seat", "case"} else rule.strip("-")
    assert elsewhere == (in_another_seat, in_another_case)


@pytest.mark.parametrize(
    ("ended", "on", "is_free"),
    [
        ("2024-03-03", "2026-03-02", False),  # 23 months and 29 days
        ("2024-03-02", "2026-03-02", True),  # 24 months to the day
        ("2024-02-29", "2026-02-27", False),
        ("2024-02-29", "2026-02-28", True),  # the month has no 29th
        ("2024-08-31", "2026-08-30", False),
        ("2024-08-31", "2026-08-31", True),
        ("2022-02-28", "2024-02-27", False),
        ("2022-02-28", "2024-02-28", True),  # a leap year asks for no day more
    ],
)
@pytest.mark.parametrize("act", [Act.TRAINED, Act.MENTORED])
def test_a_trainer_is_free_after_24_months_of_the_calendar(
    act: Act, ended: str, on: str, is_free: bool
) -> None:
    wanted = wish(Duty.EXAMINE, on=date.fromisoformat(on))

    assert refused(act, wanted, ended_on=date.fromisoformat(ended)) == ("" if is_free else "IMP-1")


@pytest.mark.parametrize(
    ("gap", "on", "is_free"), [(36, "2027-03-01", False), (36, "2027-03-02", True), (12, "2026-03-01", False)]
)
def test_a_scheme_may_ask_for_more_than_24_months_and_never_for_less(
    gap: int, on: str, is_free: bool
) -> None:
    wanted = wish(Duty.REVIEW, on=date.fromisoformat(on), gap_months=gap)

    assert refused(Act.TRAINED, wanted, ended_on=date(2024, 3, 2)) == ("" if is_free else "IMP-1")


def test_one_act_that_bars_is_enough_among_many_that_do_not() -> None:
    harmless = [Involvement(Act.DECIDED, OTHER_CASE, None, TODAY)] * 5
    barring = Involvement(Act.TRAINED, None, None, LONG_AGO)

    with pytest.raises(NotImpartial) as refusal:
        ensure_free([*harmless, barring], wish(Duty.DECIDE))

    assert refusal.value.facts["ended_on"] == "2010-01-01"


def test_every_duty_is_noted_as_an_act_of_its_own() -> None:
    assert sorted(DUTY_OF.values()) == sorted(Duty)
    assert {bar for bar, _ in MATRIX.values()} == set(Bar)
