"""What a version says of those before it: each fault found at its place, each day reckoned out (SCH-5)."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.core.errors import Conflict
from app.schemes.packaging import check_package, check_succession
from app.schemes.rules import transition
from app.schemes.rules.transition import OpenCases, Version
from tests.factories.packages import Fault, a_package, append, drop, put
from tests.factories.versions import a_rule, examining_more, second

OUT = date(2026, 3, 2)
DEADLINE = date(2026, 9, 2)
IDS = {label: UUID(int=n) for n, label in enumerate(("1.0", "1.1", "1.2"))}


def at(place: int) -> str:
    return f"/assessment/components/{place}"


F1, F2 = 6, 7


def alone(package: dict[str, Any]) -> set[tuple[str, str]]:
    return {(found.pointer, found.code) for found in check_package(package)}


def beside(package: dict[str, Any], *older: Fault) -> set[tuple[str, str]]:
    """What is found beside version 1.0, which is in force."""
    found = check_succession(package, {"1.0": a_package(*older)}, {"1.0"})
    return {(fault.pointer, fault.code) for fault in found}


@pytest.mark.parametrize(
    ("rules", "place", "code"),
    [
        ([a_rule("finish"), a_rule("move")], "1/from_version", "SCH-5"),
        ([a_rule("finish", from_version="1.1")], "0/from_version", "SCH-5"),
        ([a_rule("finish", from_version="1.10")], "0/from_version", "SCH-5"),
        ([a_rule("finish", deadline_months=3)], "0/deadline_months", "SCH-5"),
        ([a_rule("later")], "0/open_cases", "SCH-5"),
        ([a_rule("move", extra_assessment=["F9"])], "0/extra_assessment/0", "SCH-1"),
        ([a_rule("move", extra_assessment=["C1"])], "0/extra_assessment/0", "SCH-5"),
        ([a_rule("move", applications_months=-1)], "0/applications_months", "SCH-5"),
    ],
)
def test_a_rule_that_cannot_hold_is_found(rules: list[dict[str, Any]], place: str, code: str) -> None:
    assert alone(second(put("transition/rules", rules))) == {(f"/transition/rules/{place}", code)}


@pytest.mark.parametrize("missing", ["deadline_months", "extra_assessment", "applications_months", "text"])
def test_a_rule_by_which_cases_move_says_all_of_it(missing: str) -> None:
    rule = a_rule("finish_by")
    del rule[missing]

    assert alone(second(rule=rule)) == {(f"/transition/rules/0/{missing}", "SCH-5")}


def test_a_version_in_force_needs_a_rule_about_it() -> None:
    assert beside(second()) == {("/transition/rules", "SCH-5")}
    for open_cases in OpenCases:
        assert beside(second(rule=a_rule(open_cases))) == set()


CARRIED = [
    ((drop(f"assessment/components/{F2}"),), "/assessment/components"),
    ((put(f"assessment/components/{F2}/pass/critical_offset", -1),), at(F2)),
    ((put(f"assessment/components/{F2}/levels", [3, 4]),), at(F2)),
    ((put("coverage/0/final", ["F1", "F3"]),), at(F2)),
    ((put("units/0/elements/2/critical", True),), at(F1)),
    ((put("assessment/adjudication/noncritical_count", 4),), "/assessment/adjudication"),
    ((put("assessment/rounding/places", 3),), "/assessment/rounding"),
    ((put("agreement/text/en", "I agree to other things."),), "/agreement/version"),
    (examining_more(), "/transition/rules/0/extra_assessment"),
]


@pytest.mark.parametrize(("changes", "pointer"), CARRIED)
def test_results_go_along_only_where_a_code_still_means_the_same(
    changes: tuple[Fault, ...], pointer: str
) -> None:
    for open_cases in (OpenCases.MOVE, OpenCases.FINISH_BY):
        assert pointer in {where for where, _ in beside(second(*changes, rule=a_rule(open_cases)))}
    assert beside(second(*changes, rule=a_rule("finish"))) == set()


def test_what_is_taken_on_top_is_named_and_nothing_else() -> None:
    rule = a_rule("move", extra_assessment=["F5"])
    package = second(*examining_more(), rule=rule)

    assert alone(package) == set()
    assert beside(package) == set()
    assert beside(second(rule=a_rule("move", extra_assessment=["F1"]))) == {
        ("/transition/rules/0/extra_assessment/0", "SCH-5")
    }


def test_words_times_and_another_agreement_may_change_freely() -> None:
    changes = (
        put(f"assessment/components/{F2}/title/en", "Role play"),
        put(f"assessment/components/{F2}/duration_minutes", 50),
        put("agreement/text/en", "I agree to other things."),
        put("agreement/version", 2),
    )

    assert beside(second(*changes, rule=a_rule("move"))) == set()


def version(label: str, *rules: dict[str, Any], on: date = OUT) -> Version:
    package = a_package(put("scheme/version", label), put("transition/rules", list(rules)))
    return Version(IDS[label], label, on, package)


@pytest.mark.parametrize(
    ("open_cases", "day", "is_newer"),
    [
        ("finish", date(2030, 1, 1), False),
        ("finish_by", OUT, False),
        ("finish_by", DEADLINE, False),
        ("finish_by", date(2026, 9, 3), True),
        ("move", OUT, True),
        ("move", date(2026, 3, 1), False),
    ],
)
def test_which_version_governs_a_case_on_a_day(open_cases: str, day: date, is_newer: bool) -> None:
    passage = transition.passage_from("1.0", [version("1.0"), version("1.1", a_rule(open_cases))])

    assert transition.is_governed_by_newer(passage, day) is is_newer
    if is_newer:
        with pytest.raises(Conflict, match="case_must_move"):
            transition.ensure_governed(passage, day)
        assert transition.ensure_may_move(passage, IDS["1.1"], day) == passage
    else:
        transition.ensure_governed(passage, day)
        with pytest.raises(Conflict, match="version_move"):
            transition.ensure_may_move(passage, IDS["1.1"], day)


def test_the_days_of_a_passage_follow_from_the_day_of_publishing() -> None:
    [finish, by, move] = [
        transition.passages(version("1.1", a_rule(kind, applications_months=2), on=date(2026, 8, 31)))[0]
        for kind in OpenCases
    ]

    assert {passage.applications_until for passage in (finish, by, move)} == {date(2026, 10, 31)}
    assert (finish.stays_until, finish.due_on) == (None, None)
    assert (by.stays_until, by.due_on) == (date(2027, 2, 28), date(2027, 3, 1))
    assert (move.stays_until, move.due_on) == (None, date(2027, 2, 28))


def test_without_a_rule_a_case_stays_and_applications_go_on() -> None:
    published = [version("1.0"), version("1.1")]

    assert transition.passage_from("1.0", published) is None
    assert transition.is_governed_by_newer(None, date(2030, 1, 1)) is False
    assert transition.applications_until("1.0", published) is None
    transition.ensure_takes_applications("1.0", None, date(2030, 1, 1))


def test_the_newest_version_that_speaks_of_it_says_what_becomes_of_a_case() -> None:
    published = [
        version("1.0"),
        version("1.1", a_rule("move")),
        version("1.2", a_rule("finish"), a_rule("move", from_version="1.1")),
    ]

    assert transition.passage_from("1.0", published).to.label == "1.2"
    assert transition.passage_from("1.0", published[:2]).to.label == "1.1"
    assert transition.passage_from("1.2", published) is None


def test_applications_end_by_the_earliest_rule_and_on_its_last_day_are_still_taken() -> None:
    published = [
        version("1.1", a_rule("finish", applications_months=1)),
        version("1.2", a_rule("finish", applications_months=6)),
    ]
    until = transition.applications_until("1.0", published)

    assert until == date(2026, 4, 2)
    transition.ensure_takes_applications("1.0", until, date(2026, 4, 2))
    with pytest.raises(Conflict, match="version_superseded"):
        transition.ensure_takes_applications("1.0", until, date(2026, 4, 3))


def test_a_case_moves_to_the_version_that_the_rule_names_and_no_other() -> None:
    passage = transition.passage_from("1.0", [version("1.1", a_rule("move"))])

    with pytest.raises(Conflict, match="version_move_not_foreseen"):
        transition.ensure_may_move(passage, IDS["1.2"], OUT)


def test_what_is_asked_anew_leaves_out_what_only_reads_otherwise() -> None:
    items = a_package()["requirements"]["items"]
    hours = next(index for index, item in enumerate(items) if item["id"] == "R-hours")
    newer = a_package(
        put(f"requirements/items/{hours}/thresholds/3", "60"),
        put("requirements/items/0/title/en", "In other words"),
        append("requirements/items", items[hours] | {"id": "R-more", "thresholds": {"4": "9"}}),
    )

    assert [item.id for item in transition.asked_anew(a_package(), newer, 3)] == ["R-hours"]
    assert [item.id for item in transition.asked_anew(a_package(), newer, 4)] == ["R-more"]


def test_recertification_asks_more_once_the_scheme_has_changed() -> None:
    package = a_package()

    assert transition.at_recertification(package, is_changed=False, level=3) == ("R1",)
    assert transition.at_recertification(package, is_changed=True, level=3) == ("R1", "R2")
    assert transition.at_recertification(package, is_changed=True) == ("R1", "R2", "R3")
