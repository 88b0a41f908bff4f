from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.errors import Conflict, MoveRefused
from app.impartiality.rules import Act
from app.marking import rules
from app.marking.rules import AssignmentAction, AssignmentState, Mark, Seat, Sheet, Stage, Standard
from app.schemes import assessing
from assessments.marking import Cause, PassRule
from tests.factories.marking import sheets
from tests.factories.packages import a_package

PACKAGE = a_package()
ELEMENTS = assessing.elements_of(PACKAGE, "F3", 3)
STANDARD = Standard(
    critical=assessing.critical_elements(PACKAGE),
    target=3,
    pass_rule=rules.pass_rule(assessing.component(PACKAGE, "F3")["pass"]),
    adjudication=rules.adjudication_rule(PACKAGE["assessment"]),
)


def a_sheet(component, seat, *, is_submitted=True):
    ratings = {mark["element"]: mark["rating"] for mark in sheets(component)[seat]}
    return Sheet(Seat(seat), is_submitted, ratings)


FIRST, SECOND, THIRD = (a_sheet("F3", seat) for seat in ("first", "second", "third"))
AGREED = (a_sheet("F2", "first"), a_sheet("F2", "second"))


def test_signed_offsets_of_the_package_become_distances():
    assert STANDARD.pass_rule == PassRule(Decimal(0), Decimal(1), Decimal("0.5"))


def test_an_offset_above_the_level_is_refused():
    with pytest.raises(Conflict):
        rules.pass_rule({"critical_offset": 0, "other_offset": 1, "mean_offset": "-0.5"})


def test_a_rating_one_below_the_level_passes_a_non_critical_element_only():
    level = {"SME-BM/U1.1": 3, "SME-BM/U1.3": 3, "SME-BM/U2.2": 3, "SME-BM/U2.3": 3}

    def passed(**ratings):
        pair = [Sheet(seat, True, {**level, **ratings}) for seat in rules.PAIR]
        return rules.judged(pair, STANDARD).verdict.passed

    assert passed(**{"SME-BM/U1.3": 2})
    assert not passed(**{"SME-BM/U1.3": 1})
    assert not passed(**{"SME-BM/U1.1": 2})


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        ((), Stage.MARKING),
        ((FIRST,), Stage.MARKING),
        ((FIRST, replace(SECOND, is_submitted=False)), Stage.MARKING),
        ((FIRST, SECOND), Stage.ADJUDICATION_NEEDED),
        ((FIRST, SECOND, replace(THIRD, is_submitted=False)), Stage.ADJUDICATION_NEEDED),
        ((FIRST, SECOND, THIRD), Stage.READY),
        (AGREED, Stage.READY),
    ],
)
def test_the_stage_tells_one_sheet_in_from_none_in_by_nothing(given, stage):
    assert rules.stage(given, STANDARD) is stage


def test_no_reason_is_given_before_both_sheets_are_in():
    assert rules.reasons_for_third([FIRST], STANDARD) == ()
    assert [reason.cause for reason in rules.reasons_for_third([FIRST, SECOND], STANDARD)] == list(Cause)


@pytest.mark.parametrize(
    ("given", "code"), [((FIRST,), "marks_missing"), ((FIRST, SECOND), "adjudication_needed")]
)
def test_nothing_is_judged_while_sheets_are_missing(given, code):
    with pytest.raises(Conflict) as refusal:
        rules.judged(given, STANDARD)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("own", "others", "seats"),
    [
        (FIRST, (FIRST, SECOND), [Seat.SECOND]),
        (FIRST, (FIRST, SECOND, replace(THIRD, is_submitted=False)), [Seat.SECOND]),
        (FIRST, (FIRST, SECOND, THIRD), [Seat.SECOND, Seat.THIRD]),
        (THIRD, (FIRST, SECOND, THIRD), [Seat.FIRST, Seat.SECOND]),
    ],
)
def test_other_sheets_are_visible_once_own_and_pair_are_in(own, others, seats):
    assert [sheet.seat for sheet in rules.visible(own, others)] == seats


@pytest.mark.parametrize(
    ("own", "others"),
    [
        (replace(SECOND, is_submitted=False), (FIRST, replace(SECOND, is_submitted=False))),
        (replace(THIRD, is_submitted=False), (FIRST, SECOND, replace(THIRD, is_submitted=False))),
        (FIRST, (FIRST, replace(SECOND, is_submitted=False))),
    ],
)
def test_other_sheets_stay_closed_before(own, others):
    with pytest.raises(Conflict, match="marks_not_in"):
        rules.visible(own, others)


@pytest.mark.parametrize(
    ("seat", "taken", "stage", "code"),
    [
        (Seat.FIRST, {Seat.FIRST}, Stage.MARKING, "seat_taken"),
        (Seat.THIRD, {Seat.FIRST, Seat.SECOND}, Stage.MARKING, "seat_not_open"),
        (Seat.THIRD, {Seat.FIRST, Seat.SECOND}, Stage.READY, "seat_not_open"),
        (Seat.FIRST, set(), Stage.PASSED, "seat_not_open"),
    ],
)
def test_a_seat_out_of_order_is_refused(seat, taken, stage, code):
    with pytest.raises(Conflict) as refusal:
        rules.ensure_seat(seat, taken, stage)

    assert refusal.value.code == code


def test_the_third_seat_is_an_adjudication():
    rules.ensure_seat(Seat.THIRD, {Seat.FIRST, Seat.SECOND}, Stage.ADJUDICATION_NEEDED)
    assert rules.duty_of(Seat.THIRD) is Act.ADJUDICATED
    assert {rules.duty_of(seat) for seat in rules.PAIR} == {Act.EXAMINED}


def test_critical_and_failing_elements_need_a_comment():
    marks = {element.code: Mark(3, None) for element in ELEMENTS if not element.is_critical}
    marks |= {element.code: Mark(4, "Seen twice.") for element in ELEMENTS if element.is_critical}

    assert rules.submission_findings(ELEMENTS, marks, STANDARD) == []
    for code, mark, expected in (
        ("SME-BM/U1.3", Mark(1, None), "comment_missing"),
        ("SME-BM/U1.1", Mark(5, None), "comment_missing"),
        ("SME-BM/U1.3", Mark(None, "later"), "rating_missing"),
    ):
        findings = rules.submission_findings(ELEMENTS, {**marks, code: mark}, STANDARD)
        assert [found[1] for found in findings] == [expected]


def test_a_rating_below_the_level_that_the_pass_rule_lets_stand_needs_no_comment():
    marks = {element.code: Mark(4, "Seen twice.") for element in ELEMENTS} | {"SME-BM/U1.3": Mark(2, None)}

    assert rules.submission_findings(ELEMENTS, marks, STANDARD) == []


def test_a_line_that_its_marker_has_not_taken_over_counts_for_nothing():
    marks = {element.code: Mark(4, "Seen twice.") for element in ELEMENTS}
    marks["SME-BM/U1.3"] = Mark(4, "Seen twice.", is_confirmed=False)

    [finding] = rules.submission_findings(ELEMENTS, marks, STANDARD)

    assert finding[:2] == ("/marks/SME-BM~1U1.3", "ai_unconfirmed")


def test_a_result_is_judged_anew_from_its_evidence_not_from_its_word():
    evidence = {
        "rule": "offsets", "passed": False, "target": 3, "critical": sorted(STANDARD.critical),
        "pass_rule": {"critical_offset": "0", "other_offset": "1", "mean_offset": "0.5"},
        "adjudication_rule": {"straddle_critical": True, "noncritical_count": 3, "noncritical_distance": 2},
        "seats": [{"seat": str(sheet.seat), "ratings": sheet.ratings} for sheet in (FIRST, SECOND, THIRD)],
    }  # fmt: skip

    assert rules.recomputed(evidence) is True
    assert rules.recomputed({"rule": "cut", "score": 39, "cut": 39}) is True
    assert rules.recomputed({"rule": "cut", "score": 38, "cut": 39, "passed": True}) is False


def test_a_submitted_sheet_is_set_aside_or_stays_as_it_is():
    assert rules.after(AssignmentState.ASSIGNED, AssignmentAction.SUBMIT) is AssignmentState.SUBMITTED
    for action in set(AssignmentAction) - {AssignmentAction.SET_ASIDE}:
        with pytest.raises(MoveRefused):
            rules.after(AssignmentState.SUBMITTED, action)
    for action in AssignmentAction:
        with pytest.raises(MoveRefused):
            rules.after(AssignmentState.SET_ASIDE, action)
