"""The demonstration candidate's raw material does what the demonstration says of it."""

from decimal import Decimal
from pathlib import Path

import yaml

from app.itembank.formfile import answer_key, read_form
from assessments.marking import (
    AdjudicationRule,
    Cause,
    How,
    PassRule,
    disagreement,
    reconcile,
    verdict,
)
from assessments.scoring import passes, score

APP = Path(__file__).resolve().parents[3] / "app"
FORM = read_form(APP / "schemes/packages/sme_bm/forms/knowledge_a.yaml")
CONTENT = APP / "demo/content"
RESPONSES = yaml.safe_load((CONTENT / "responses.yaml").read_text(encoding="utf-8"))
MARKS = yaml.safe_load((CONTENT / "marks.yaml").read_text(encoding="utf-8"))
PASS = PassRule(Decimal(0), Decimal(1), Decimal("0.5"))
RULE = AdjudicationRule(straddle_critical=True, noncritical_count=3, noncritical_distance=2)
SETTING = {"critical": MARKS["critical"], "target": MARKS["target"], "pass_rule": PASS, "rule": RULE}
COVERED = {
    "F2": "1.1 1.2 1.4 2.1 2.2 3.1 3.2 4.1 5.1 5.2 5.4 7.4",
    "F3": "1.1 1.2 1.3 1.4 2.1 2.3 2.4 3.1 3.3 3.4 4.1 4.2 4.3 4.4 4.5 4.6 5.1 5.3 6.1 6.2 6.3 "
    "7.1 7.2 7.3 8.1 8.2 8.3",
}


def ratings(component):
    return [entry["ratings"] for entry in MARKS["components"][component]]


def passed(values):
    return verdict(values, MARKS["critical"], MARKS["target"], PASS).passed


def test_the_responses_answer_the_form_and_score_47():
    result = score(answer_key(FORM), RESPONSES["responses"])

    assert (RESPONSES["form"], RESPONSES["form_version"]) == (FORM["form"], FORM["version"])
    assert list(RESPONSES["responses"]) == [item["code"] for item in FORM["items"]]
    assert (result.raw, result.maximum, result.unanswered, result.spoiled) == (47, 60, ("K-060",), ())


def test_the_responses_pass_levels_3_and_4_but_not_5():
    result = score(answer_key(FORM), RESPONSES["responses"])

    outcome = {level["level"]: passes(result, level["cut"]) for level in FORM["study"]["levels"]}

    assert outcome == {3: True, 4: True, 5: False}


def test_every_assessor_rates_exactly_the_covered_elements():
    for component, covered in COVERED.items():
        expected = [f"SME-BM/U{element}" for element in covered.split()]
        assert [list(rated) for rated in ratings(component)] == [expected] * len(ratings(component))


def test_the_observed_session_needs_no_third_and_passes():
    first, second = ratings("F2")

    assert disagreement(first, second, **SETTING) == ()
    assert passed(reconcile(first, second, **SETTING).values())


def test_the_portfolio_needs_a_third_for_every_cause():
    first, second, _ = ratings("F3")

    causes = [reason.cause for reason in disagreement(first, second, **SETTING)]

    assert causes == [Cause.VERDICTS_DIFFER, Cause.CRITICAL_STRADDLES, Cause.NONCRITICAL_APART]
    assert (passed(first), passed(second)) == (False, True)


def test_the_portfolio_passes_once_the_third_is_heard():
    found = reconcile(*ratings("F3"), **SETTING)

    assert passed(found.values())
    assert found.values()["SME-BM/U4.1"] == 3
    assert {entry.how for entry in found.elements} == {How.THIRD_WITH_NEARER, How.THIRD_STANDS}


def test_critical_elements_and_low_ratings_carry_a_comment():
    low = MARKS["target"] - 1

    for entries in MARKS["components"].values():
        for number, entry in enumerate(entries):
            fails = {e for e, rating in entry["ratings"].items() if rating <= low}
            needed = fails | (set(MARKS["critical"]) & entry["ratings"].keys())
            assert needed <= entry["comments"].keys(), (number, needed - entry["comments"].keys())
