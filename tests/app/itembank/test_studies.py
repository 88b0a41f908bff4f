"""Panel studies: who may rate, blind rounds, leaving, concluding, and what the database itself refuses."""

import copy
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
import sqlalchemy as sa

from tests.factories import marking as a
from tests.factories import studies as the
from tests.factories.studies import JUDGES

FIVE = JUDGES[:5]


@pytest.fixture
def form(client, world, version_id):
    return the.a_draft_form(client, world, version_id)


@pytest.fixture
def study(client, world, form):
    return the.planned(client, world, form)


@pytest.fixture
def rating(client, world, study):
    """A study of the least panel with its first round open."""
    the.a_panel(client, world, study, FIVE)
    the.opened(client, world, study)
    return study


def posted(client, member, path, **body):
    return client.post(path, json=body or None, headers=member.headers)


def code_of(answer):
    return answer.status_code, answer.json()["code"]


def events(runtime, name):
    with runtime.database.engine.connect() as connection:
        return connection.execute(
            sa.text("SELECT COUNT(*) FROM events WHERE event = :name"), {"name": name}
        ).scalar()


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
    assert events(runtime, "panel_judge.invited") == 1


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


def test_a_sheet_is_its_judges_alone(client, world, rating):
    sheet = the.sheet_of(client, world, "assessor", 1)
    others = ("other_assessor", "scheme_manager", "impartiality_officer", "auditor", "person")

    answers = {
        client.get(f"/v1/rating-sheets/{sheet}", headers=world.alpha[name].headers).status_code
        for name in others
    }

    assert answers == {404}


def test_a_judge_sees_the_items_and_that_is_on_record(client, world, runtime, rating):
    sheet = the.sheet_of(client, world, "assessor", 1)

    paper = the.sent(client, world.alpha["assessor"], "GET", f"/v1/rating-sheets/{sheet}")

    assert (len(paper["items"]), paper["items"][0]["key"], paper["ratings"]) == (60, ["b"], {})
    assert events(runtime, "record.disclosed") == 1


def test_an_open_round_is_shown_to_nobody(client, world, rating):
    the.rated(client, world, 1, FIVE[:4])
    path, sheet = the.round_path(client, world, rating, 1), the.sheet_of(client, world, "assessor", 1)

    panel = client.get(f"{path}/feedback", headers=world.alpha["scheme_manager"].headers)
    own = client.get(f"/v1/rating-sheets/{sheet}/feedback", headers=world.alpha["assessor"].headers)

    assert (code_of(panel), code_of(own)) == ((409, "round_open"), (409, "round_open"))


def test_a_save_keeps_what_it_does_not_name(client, world, rating):
    sheet = the.sheet_of(client, world, "assessor", 1)

    the.saved(client, world, "assessor", sheet, {"3": {"K-001": 50, "K-002": 60}})
    answer = the.saved(client, world, "assessor", sheet, {"3": {"K-002": 70}})

    assert answer.json()["ratings"]["3"] == {"K-001": 50, "K-002": 70}


@pytest.mark.parametrize("ratings", [{"2": {"K-001": 50}}, {"3": {"K-999": 50}}, {"3": {"K-001": 101}}])
def test_what_the_study_does_not_ask_is_not_rated(client, world, rating, ratings):
    sheet = the.sheet_of(client, world, "assessor", 1)

    assert the.saved(client, world, "assessor", sheet, ratings).status_code == 422


def test_a_sheet_with_a_hole_is_not_submitted(client, world, rating):
    sheet, ratings = the.sheet_of(client, world, "assessor", 1), the.imagined(0, 1)
    del ratings["4"]["K-007"]
    the.saved(client, world, "assessor", sheet, ratings)

    answer = the.submitted(client, world, "assessor", sheet)

    assert code_of(answer) == (422, "ratings_missing")
    assert [found["pointer"] for found in answer.json()["findings"]] == ["/ratings/4/K-007"]


def test_a_rating_that_falls_must_be_meant(client, world, rating):
    sheet, ratings = the.sheet_of(client, world, "assessor", 1), the.imagined(0, 1)
    ratings["3"]["K-007"], ratings["4"]["K-007"], ratings["5"]["K-007"] = 60, 50, 70
    the.saved(client, world, "assessor", sheet, ratings)

    refused = the.submitted(client, world, "assessor", sheet)
    meant = the.submitted(client, world, "assessor", sheet, confirms_falls=True)

    assert code_of(refused) == (422, "ratings_fall")
    assert "/ratings/4/K-007" in {found["pointer"] for found in refused.json()["findings"]}
    assert meant.json()["falls"] >= 1


def test_a_sheet_is_submitted_once_and_then_stays(client, world, rating):
    the.rated(client, world, 1, FIVE[:1])
    sheet = the.sheet_of(client, world, "assessor", 1)

    again = the.submitted(client, world, "assessor", sheet)
    changed = the.saved(client, world, "assessor", sheet, {"3": {"K-001": 1}})

    assert (code_of(again), code_of(changed)) == ((409, "sheet_is_in"), (409, "sheet_is_in"))


def test_a_round_closes_when_every_sheet_is_in(client, world, rating):
    the.rated(client, world, 1, FIVE[:4])

    path = the.round_path(client, world, rating, 1)
    early = posted(client, world.alpha["scheme_manager"], f"{path}/closing")
    the.rated(client, world, 1, FIVE[4:])

    assert code_of(early) == (409, "sheets_missing")
    assert the.closed(client, world, rating, 1)["state"] == "discussing"


def test_nobody_leaves_below_the_least_panel(client, world, rating):
    judge = client.get(f"/v1/studies/{rating}", headers=world.alpha["auditor"].headers).json()["judges"][0][
        "id"
    ]

    answer = posted(
        client,
        world.alpha["scheme_manager"],
        f"/v1/studies/{rating}/judges/{judge}/withdrawal",
        reason="Ill.",
    )

    assert code_of(answer) == (409, "panel_too_small")


def test_who_left_is_shut_out_and_does_not_hold_up_the_round(client, world, study):
    the.a_panel(client, world, study, JUDGES[:6])
    judge = the.opened(client, world, study)["judges"][5]["id"]
    sheet = the.sheet_of(client, world, JUDGES[5], 1)
    the.rated(client, world, 1, FIVE)

    the.lead(client, world, f"/v1/studies/{study}/judges/{judge}/withdrawal", reason="She fell ill.")
    shut = client.get(f"/v1/rating-sheets/{sheet}", headers=world.alpha[JUDGES[5]].headers)

    assert code_of(shut) == (409, "study_shut")
    assert the.closed(client, world, study, 1)["rounds_held"][0]["sheets_in"] == 5


def test_feedback_shows_ones_own_place_and_nobody_elses(client, world, rating):
    the.rated(client, world, 1, FIVE)
    the.closed(client, world, rating, 1)
    sheet = the.sheet_of(client, world, "assessor", 1)

    own = the.sent(client, world.alpha["assessor"], "GET", f"/v1/rating-sheets/{sheet}/feedback")
    panel = the.sent(
        client, world.alpha["scheme_manager"], "GET", f"{the.round_path(client, world, rating, 1)}/feedback"
    )

    assert [entry["own"]["judge"] for entry in own["levels"]] == ["J1"] * 3
    assert "J2" not in str(own)
    assert [judge["judge"] for judge in panel["levels"][0]["judges"]] == ["J1", "J2", "J3", "J4", "J5"]
    assert own["levels"][0]["panel"]["mean"] == panel["levels"][0]["panel"]["mean"]
    assert len(own["levels"][0]["items"]) == 60


def test_a_study_is_concluded_after_all_its_rounds_only(client, world, rating):
    the.rated(client, world, 1, FIVE)
    the.closed(client, world, rating, 1)

    assert code_of(the.concluded(client, world, rating)) == (409, "rounds_missing")


def test_no_more_rounds_are_held_than_were_declared(client, world, rating):
    _both_rounds(client, world, rating)

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
    _both_rounds(client, world, again)
    the.concluded(client, world, again)

    assert code_of(the.approved(client, world, form)) == (409, "judge_approves")


def test_a_judge_does_not_sit_what_she_rated(client, world, system, version_id, form, study):
    the.a_panel(client, world, study, (*FIVE[:4], "person"))
    the.lead(client, world, f"/v1/studies/{study}/abandonment", reason="Begun anew.")
    a.an_approved_form(client, world, version_id, form="OTHER")
    again = the.planned(client, world, form)
    the.a_panel(client, world, again, FIVE)
    the.opened(client, world, again)
    _both_rounds(client, world, again)
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
    _both_rounds(client, world, study)
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


def test_of_two_who_close_a_round_at_once_one_is_refused(client, world, runtime, rating):
    the.rated(client, world, 1, FIVE)
    path = f"{the.round_path(client, world, rating, 1)}/closing"
    leader = copy.deepcopy(world.alpha["scheme_manager"])

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(lambda _: posted(client, leader, path).status_code, range(2)))

    assert statuses == [200, 409]
    assert events(runtime, "panel_round.closed") == 1


def _both_rounds(client, world, study):
    """Rate the round that is open and the one after it by the least panel."""
    the.rated(client, world, 1, FIVE)
    the.closed(client, world, study, 1)
    the.opened(client, world, study)
    the.rated(client, world, 2, FIVE)
    the.closed(client, world, study, 2)


_CANDIDATE = (
    "INSERT INTO panel_judges (body_id, id, rev, stream, person_id, code, role, qualifications, state,"
    " notice_id) SELECT j.body_id, c.id, j.rev, j.stream, c.person_id, 'J9', 'x', 'x', 'invited', j.notice_id"
    " FROM panel_judges j, cases c LIMIT 1"
)


def test_the_database_lets_no_candidate_judge(client, world, runtime, system, version_id, study):
    the.invited(client, world, study, "assessor")
    a.an_admitted_case(system, world, version_id)

    with pytest.raises(sa.exc.IntegrityError, match="SEC-1"), a.raw(runtime) as connection:
        connection.exec_driver_sql(_CANDIDATE)


def test_the_database_lets_no_judge_sit(client, world, runtime, system, version_id, form, study):
    a.an_approved_form(client, world, version_id, form="OTHER")
    a.formative_done(client, world)
    case = a.an_admitted_case(system, world, version_id)
    a.attempt_submitted(client, world, case, {})
    candidate, judge = (world.alpha[name].person_id for name in ("person", "assessor"))
    the.invited(client, world, study, "assessor")

    with pytest.raises(sa.exc.IntegrityError, match="SEC-1"), a.raw(runtime) as connection:
        connection.execute(
            sa.text(_ATTEMPT).bindparams(
                sa.bindparam("form", UUID(form), sa.Uuid()),
                sa.bindparam("judge", judge, sa.Uuid()),
                sa.bindparam("candidate", candidate, sa.Uuid()),
            )
        )


_ATTEMPT = (
    "INSERT INTO attempts (body_id, id, rev, case_id, candidate_id, component, attempt_no, form_id, state,"
    " opened_at, opened_on, closes_at, saves, submitted_at, responses) SELECT body_id, case_id, rev, case_id,"
    " :judge, component, 2, :form, state, opened_at, opened_on, closes_at, saves, submitted_at, responses"
    " FROM attempts WHERE candidate_id = :candidate"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE panel_studies SET rounding = 'down', rev = rev + 1",
        "UPDATE panel_studies SET state = 'concluded', rev = rev + 1",
        "UPDATE panel_judges SET state = 'withdrawn', left_at = signed_at, rev = rev + 1",
        "UPDATE panel_judges SET code = 'J0', rev = rev + 1 WHERE code = 'J1'",
        "UPDATE panel_rounds SET state = 'closed', closed_at = opened_at, rev = rev + 1",
        "UPDATE rating_sheets SET ratings = '{}', rev = rev + 1 WHERE state = 'submitted'",
        "UPDATE rating_sheets SET person_id = (SELECT person_id FROM panel_judges WHERE code = 'J2'),"
        " rev = rev + 1 WHERE state = 'draft'",
        "INSERT INTO panel_rounds (body_id, id, rev, stream, number, state, opened_at)"
        " SELECT body_id, stream, rev, stream, 2, 'open', opened_at FROM panel_rounds",
    ],
)
def test_the_database_keeps_the_rounds_blind_and_the_panel_whole(client, world, runtime, rating, statement):
    the.rated(client, world, 1, FIVE[:1])

    with pytest.raises(sa.exc.IntegrityError, match="EXM-3"), a.raw(runtime) as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE panel_studies SET state = 'discussing', rev = rev + 1",
        "UPDATE panel_judges SET state = 'withdrawn', left_at = signed_at, rev = rev + 1",
        "UPDATE panel_rounds SET number = 7, rev = rev + 1",
        "UPDATE forms SET state = 'approved', approved_on = '2026-03-02', rev = rev + 1,"
        " approved_by = (SELECT person_id FROM panel_judges WHERE code = 'J1')",
    ],
)
def test_the_database_keeps_a_concluded_study(client, world, runtime, rating, statement):
    _both_rounds(client, world, rating)
    the.concluded(client, world, rating)

    with pytest.raises(sa.exc.IntegrityError, match="EXM-3"), a.raw(runtime) as connection:
        connection.exec_driver_sql(statement)
