"""A cut from its panel to a result: eight judges, two rounds, one leaves, three levels, one attempt."""

from fractions import Fraction
from math import ceil
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from app.work import Caller
from tests.factories import marking as a
from tests.factories import studies as the
from tests.factories.studies import JUDGES
from tests.support.world import World


def by_arithmetic(report: dict[str, Any], level: int) -> int:
    """The cut as anybody can compute it from the report alone: mean of the sums over items, rounded up."""
    staying = [judge["code"] for judge in report["judges"] if judge["state"] == "signed"]
    last = max(report["rounds"], key=lambda held: held["number"])["sheets"]
    sums = [Fraction(sum(last[code][str(level)].values()), 100) for code in staying]
    assert report["rounding"] == "up"
    return ceil(sum(sums, Fraction(0)) / len(sums))


def answered(right: int) -> dict[str, list[str]]:
    """Responses to the form of which so many are right."""
    items = a.form_document()["items"]
    return {
        item["code"]: item["key"]
        if place < right
        else [option for option in "abcd" if option not in item["key"]][:1]
        for place, item in enumerate(items)
    }


def test_a_panel_sets_the_cut_on_which_an_attempt_is_scored(
    client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    form = the.a_draft_form(client, world, version_id)
    study = the.planned(client, world, form)
    the.a_panel(client, world, study)
    the.opened(client, world, study)
    the.rated(client, world, 1)
    discussing = the.closed(client, world, study, 1)
    stays = tuple(name for name in JUDGES if name != "mentee")
    left = next(one["id"] for one in discussing["judges"] if one["code"] == f"J{JUDGES.index('mentee') + 1}")
    reason = "She fell ill before the second round."
    the.lead(client, world, f"/v1/studies/{study}/judges/{left}/withdrawal", reason=reason)
    the.opened(client, world, study)
    the.rated(client, world, 2, stays)
    the.closed(client, world, study, 2)
    assert the.concluded(client, world, study).json()["state"] == "concluded"
    approved = the.approved(client, world, form)
    assert approved.status_code == 200, approved.text

    report = the.sent(client, world.alpha["auditor"], "GET", f"/v1/studies/{study}/report")
    cuts = {entry["level"]: entry["cut"] for entry in report["levels"]}
    case = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    a.attempt_submitted(client, world, case, answered(cuts[3]))
    result = a.released(client, world, case, "F1").json()

    assert cuts == {level: by_arithmetic(report, level) for level in (3, 4, 5)}
    assert cuts[3] < cuts[4] < cuts[5]
    assert (result["score_raw"], result["cut"], result["passed"]) == (cuts[3], cuts[3], True)
    assert [one["left_because"] for one in report["judges"] if one["state"] == "withdrawn"] == [reason]
    assert [len(held["sheets"]) for held in report["rounds"]] == [8, 7]
    assert report["form"]["approved_by"] == str(world.alpha["impartiality_officer"].person_id)
    assert {one["code"] for one in report["levels"][0]["warnings"]} == {"small_panel"}
