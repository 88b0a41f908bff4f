"""Panel studies: planning, the panel, concluding, training, and what the report tells."""

import pytest

from tests.factories import marking as a
from tests.factories import studies as the
from tests.factories.studies import JUDGES, code_of, posted
from tests.support.counting import events

FIVE = JUDGES[:5]


def test_a_study_takes_method_rounds_and_least_panel_from_the_scheme(client, world, study):
    read = client.get(f"/v1/studies/{study}", headers=world.alpha["auditor"].headers).json()

    assert (read["method"], read["rounds"], read["least_panel"]) == ("modified_angoff", 2, 5)
    assert [entry["level"] for entry in read["levels"]] == [3, 4, 5]


def test_a_study_is_of_one_form_and_a_form_has_one(client, world, form, study):
    again = posted(client, world.alpha["scheme_manager"], "/v1/studies", **the.study_wanted(form))

    assert code_of(again) == (409, "study_running")


def test_a_form_that_brought_its_study_along_gets_no_panel(client, world, version_id):
    document = {"scheme_version_id": str(version_id), "document": a.form_document()}
    form = the.sent(client, world.alpha["scheme_manager"], "POST", "/v1/forms", 201, **document)["id"]

    answer = posted(client, world.alpha["scheme_manager"], "/v1/studies", **the.study_wanted(form))

    assert code_of(answer) == (409, "study_taken")


def test_the_levels_are_those_of_the_scheme(client, world, form):
    wanted = the.study_wanted(form, levels=[{"level": 3, "minimally_competent": "Begins."}])

    assert code_of(posted(client, world.alpha["scheme_manager"], "/v1/studies", **wanted)) == (
        422,
        "study_levels_refused",
    )


def test_a_form_without_a_study_is_not_approved(client, world, form):
    assert code_of(the.approved(client, world, form)) == (409, "study_missing")


def test_a_form_is_not_approved_while_its_panel_is_at_work(client, world, form, rating):
    assert code_of(the.approved(client, world, form)) == (409, "study_running")


def test_who_leads_and_who_drafted_does_not_judge(client, world, study):
    assert code_of(the.invited(client, world, study, "scheme_manager")) == (409, "judge_barred")


def test_a_candidate_of_the_scheme_does_not_judge(client, world, system, version_id, study):
    a.an_admitted_case(system, world, version_id)

    assert code_of(the.invited(client, world, study, "person")) == (409, "judge_barred")


def test_a_judge_is_invited_once_and_by_mail(client, world, runtime, study):
    first, again = (the.invited(client, world, study, "assessor") for _ in range(2))
    notices = client.get("/v1/me/notices", headers=world.alpha["assessor"].headers).json()["items"]

    assert (first.status_code, code_of(again)) == (201, (409, "judge_taken"))
    assert [notice["kind"] for notice in notices] == ["judge_invited"]
    assert len(events(runtime, "panel_judge.invited")) == 1


def test_only_who_is_invited_signs(client, world, study):
    the.invited(client, world, study, "assessor")

    assert the.signed(client, world, study, "trainer").status_code == 404
    assert the.signed(client, world, study, "assessor").status_code == 201
    assert code_of(the.signed(client, world, study, "assessor")) == (409, "undertaking_signed")


def test_four_judges_are_too_few(client, world, study):
    the.a_panel(client, world, study, JUDGES[:4])

    answer = posted(client, world.alpha["scheme_manager"], f"/v1/studies/{study}/rounds")

    assert code_of(answer) == (409, "panel_too_small")


def test_a_round_waits_for_every_undertaking(client, world, study):
    the.a_panel(client, world, study, FIVE)
    the.invited(client, world, study, JUDGES[5])

    answer = posted(client, world.alpha["scheme_manager"], f"/v1/studies/{study}/rounds")

    assert code_of(answer) == (409, "undertaking_missing")


def test_a_panel_is_set_once_rating_has_begun(client, world, rating):
    assert code_of(the.invited(client, world, rating, JUDGES[5])) == (409, "study_move_refused")


def test_a_study_is_concluded_after_all_its_rounds_only(client, world, rating):
    the.rated(client, world, 1, FIVE)
    the.closed(client, world, rating, 1)

    assert code_of(the.concluded(client, world, rating)) == (409, "rounds_missing")


def test_no_more_rounds_are_held_than_were_declared(client, world, rating):
    the.both_rounds(client, world, rating)

    answer = posted(client, world.alpha["scheme_manager"], f"/v1/studies/{rating}/rounds")

    assert code_of(answer) == (409, "rounds_over")


def test_levels_that_share_a_cut_give_no_study(client, world, rating):
    flat = {level: dict.fromkeys(the.imagined(0, 1)["3"], 60) for level in "345"}
    for number in (1, 2):
        if number == 2:
            the.opened(client, world, rating)
        for name in FIVE:
            sheet = the.sheet_of(client, world, name, number)
            the.saved(client, world, name, sheet, flat)
            the.submitted(client, world, name, sheet)
        the.closed(client, world, rating, number)

    answer = the.concluded(client, world, rating)

    assert code_of(answer) == (409, "cuts_not_set")
    assert answer.json()["facts"]["reason"] == "cuts_not_increasing"


def test_an_abandoned_study_makes_room_for_another(client, world, form, rating):
    the.lead(client, world, f"/v1/studies/{rating}/abandonment", reason="The panel quarrelled.")

    assert the.planned(client, world, form) != rating
    assert code_of(posted(client, world.alpha["scheme_manager"], f"/v1/studies/{rating}/rounds")) == (
        409,
        "study_move_refused",
    )


def test_a_judge_does_not_approve_what_she_rated(client, world, study, form):
    the.a_panel(client, world, study, (*FIVE[:4], "impartiality_officer"))
    the.opened(client, world, study)
    the.lead(client, world, f"/v1/studies/{study}/abandonment", reason="Begun anew.")
    again = the.planned(client, world, form)
    the.a_panel(client, world, again, FIVE)
    the.opened(client, world, again)
    the.both_rounds(client, world, again)
    the.concluded(client, world, again)

    assert code_of(the.approved(client, world, form)) == (409, "judge_approves")


def test_a_judge_does_not_sit_what_she_rated(client, world, system, version_id, form, study):
    the.a_panel(client, world, study, (*FIVE[:4], "person"))
    the.lead(client, world, f"/v1/studies/{study}/abandonment", reason="Begun anew.")
    a.an_approved_form(client, world, version_id, form="OTHER")
    again = the.planned(client, world, form)
    the.a_panel(client, world, again, FIVE)
    the.opened(client, world, again)
    the.both_rounds(client, world, again)
    the.concluded(client, world, again)
    the.approved(client, world, form)
    case = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    a.checked_in(client, world, case)

    answer = posted(client, world.alpha["person"], f"/v1/cases/{case}/attempts", component="F1")

    assert code_of(answer) == (409, "not_impartial")


def test_training_is_rated_first_and_never_counts(client, world, version_id, form):
    other = the.a_draft_form(client, world, version_id, form="OTHER")
    study = the.planned(client, world, form, training={"form_id": other, "items": ["K-001", "K-002"]})
    the.a_panel(client, world, study, FIVE)
    the.opened(client, world, study)
    few = {level: {"K-001": 50, "K-002": 60} for level in "345"}
    for name in FIVE:
        sheet = the.sheet_of(client, world, name, 0)
        the.saved(client, world, name, sheet, few)
        assert the.submitted(client, world, name, sheet).status_code == 200
    the.closed(client, world, study, 0)
    path = the.round_path(client, world, study, 0)
    shown = the.sent(client, world.alpha["scheme_manager"], "GET", f"{path}/feedback")
    the.opened(client, world, study)
    the.both_rounds(client, world, study)
    the.concluded(client, world, study)

    report = the.sent(client, world.alpha["auditor"], "GET", f"/v1/studies/{study}/report")

    assert [item["item"] for item in shown["levels"][0]["items"]] == ["K-001", "K-002"]
    assert [held["number"] for held in report["rounds"]] == [1, 2]
    assert len(report["rounds"][0]["sheets"]["J1"]["3"]) == 60


@pytest.mark.parametrize("items", [["K-999"], ["K-001", "K-001"]])
def test_training_is_on_items_of_another_form(client, world, version_id, form, items):
    other = the.a_draft_form(client, world, version_id, form="OTHER")
    wanted = the.study_wanted(form, training={"form_id": other, "items": items})

    answer = posted(client, world.alpha["scheme_manager"], "/v1/studies", **wanted)

    assert code_of(answer) == (422, "training_refused")


def test_the_report_names_how_the_cut_moved_with_who_left(client, world, study):
    the.a_panel(client, world, study, JUDGES[:6])
    judge = the.opened(client, world, study)["judges"][5]["id"]
    the.rated(client, world, 1, JUDGES[:6])
    the.closed(client, world, study, 1)
    the.opened(client, world, study)
    the.rated(client, world, 2, JUDGES[:6])
    the.closed(client, world, study, 2)
    the.lead(client, world, f"/v1/studies/{study}/judges/{judge}/withdrawal", reason="She trains candidates.")
    the.concluded(client, world, study)

    report = the.sent(client, world.alpha["auditor"], "GET", f"/v1/studies/{study}/report")

    assert all(entry["moved_by_leaving"] is not None for entry in report["levels"])
    assert all(len(entry["judges"]) == 5 for entry in report["levels"])
