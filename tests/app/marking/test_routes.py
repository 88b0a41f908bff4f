"""Seats, sheets and releases over HTTP, and what the database refuses whoever asks."""

import pytest
import sqlalchemy as sa

from app.applications.rules import CaseState
from app.audit import guards
from tests.factories import marking as a


@pytest.fixture
def case_id(client, world, system, version_id):
    made = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    return made


def test_the_declaration_shows_the_name_and_the_sheet_a_pseudonym(client, world, case_id):
    a.proposed(client, world, case_id, "F2", "first")
    member = world.alpha["assessor"]
    [view] = client.get("/v1/marking/proposals", headers=member.headers).json()["items"]

    declared = client.post(
        f"/v1/cases/{case_id}/declarations", json={"answer": "none"}, headers=member.headers
    ).json()

    sheet = client.get(f"/v1/assignments/{declared['assignments'][0]}", headers=member.headers).json()
    assert view["candidate_name"] == "Person of Alpha"
    assert view["sme_names"] == ["Olivar del Alba S.L."]
    assert sheet["candidate"].startswith("Candidate ")
    assert "Person of Alpha" not in str(sheet)
    assert len(sheet["elements"]) == 12
    assert sheet["elements"][0]["descriptor"]["en"].startswith("Agrees in writing what may be shared")
    assert sheet["elements"][0]["is_critical"] is True
    assert client.get("/v1/marking/queue", headers=member.headers).json()["items"][0]["state"] == "assigned"


def test_a_declared_conflict_closes_the_proposal_and_frees_the_seat(client, world, case_id):
    a.proposed(client, world, case_id, "F2", "first")
    member = world.alpha["assessor"]

    declared = client.post(
        f"/v1/cases/{case_id}/declarations", json={"answer": "declared"}, headers=member.headers
    )

    assert declared.json()["assignments"] == []
    assert client.get("/v1/marking/queue", headers=member.headers).json()["items"] == []
    assert a.proposed(client, world, case_id, "F2", "first", "other_assessor").status_code == 201


def test_a_conflict_declared_later_closes_the_file_again(client, world, case_id):
    assignment = a.assigned(client, world, case_id, "F2", "first")
    a.proposed(client, world, case_id, "F3", "first")
    member = world.alpha["assessor"]

    client.post(f"/v1/cases/{case_id}/declarations", json={"answer": "declared"}, headers=member.headers)

    answer = client.get(f"/v1/assignments/{assignment}", headers=member.headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict_declared")


def test_nobody_declares_on_a_case_she_is_not_proposed_for(client, world, case_id):
    answer = client.post(
        f"/v1/cases/{case_id}/declarations",
        json={"answer": "none"},
        headers=world.alpha["assessor"].headers,
    )

    assert answer.status_code == 404


def test_an_assessor_who_trained_the_candidate_is_refused_with_the_act(client, world, system, case_id):
    a.trained_by(system, world.alpha["assessor"].person_id, world.alpha["person"].person_id)

    answer = a.proposed(client, world, case_id, "F2", "first")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_impartial")
    assert (answer.json()["facts"]["rule"], answer.json()["facts"]["act"]) == ("IMP-1", "trained")


@pytest.mark.parametrize(
    ("component", "seat", "who", "code"),
    [
        ("F1", "first", "assessor", "component_not_judged"),
        ("F4", "first", "assessor", "component_not_judged"),
        ("E3", "first", "assessor", "component_not_judged"),
        ("F2", "first", "trainer", "not_an_assessor"),
        ("F2", "third", "assessor", "seat_not_open"),
    ],
)
def test_a_proposal_that_the_plan_does_not_know_is_refused(
    client, world, case_id, component, seat, who, code
):
    answer = a.proposed(client, world, case_id, component, seat, who)

    assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_a_seat_is_taken_once_and_an_assessor_sits_once(client, world, case_id):
    a.assigned(client, world, case_id, "F2", "first")

    taken = a.proposed(client, world, case_id, "F2", "first", "other_assessor")
    twice = a.proposed(client, world, case_id, "F2", "second", "assessor")

    assert (taken.json()["code"], twice.json()["code"]) == ("seat_taken", "assessor_seated")


def test_a_case_that_is_not_admitted_is_not_marked(client, world, system, version_id):
    case_id = a.an_admitted_case(system, world, version_id, state=CaseState.SUBMITTED)

    answer = a.proposed(client, world, case_id, "F2", "first")

    assert answer.json()["code"] == "case_not_admitted"


def test_an_incomplete_sheet_names_each_element(client, world, case_id):
    assignment = a.assigned(client, world, case_id, "F2", "first")
    a.held(client, world, case_id, "F2")
    member = world.alpha["assessor"]
    marks = [{**mark, "comment": None} for mark in a.sheets("F2")["first"][1:]]
    failing = next(mark for mark in marks if mark["element"] == "SME-BM/U3.2")
    a.save_marks(
        client, member, assignment, [mark | {"rating": 1} if mark is failing else mark for mark in marks]
    )

    answer = a.submit_marks(client, member, assignment)

    found = {(item["pointer"], item["code"]) for item in answer.json()["findings"]}
    assert answer.status_code == 422
    assert ("/marks/SME-BM~1U1.1", "rating_missing") in found
    assert ("/marks/SME-BM~1U1.2", "comment_missing") in found
    assert ("/marks/SME-BM~1U3.2", "comment_missing") in found
    assert ("/marks/SME-BM~1U5.4", "comment_missing") not in found


def test_a_sheet_waits_for_its_sitting(client, world, case_id):
    assignment = a.assigned(client, world, case_id, "F2", "first")
    member = world.alpha["assessor"]
    a.save_marks(client, member, assignment, a.sheets("F2")["first"])

    assert a.submit_marks(client, member, assignment).json()["code"] == "sitting_missing"


@pytest.mark.parametrize(
    "mark",
    [
        {"element": "SME-BM/U1.1", "rating": 6},
        {"element": "SME-BM/U1.1", "rating": "3"},
        {"element": "SME-BM/U1.1", "rating": True},
        {"element": "SME-BM/U8.3", "rating": 3},
        {"element": "U1.1", "rating": 3},
        {"element": "SME-BM/U1.1", "rating": 3, "comment": "\x00"},
    ],
)
def test_marks_off_the_scale_or_the_sheet_are_refused(client, world, case_id, mark):
    assignment = a.assigned(client, world, case_id, "F2", "first")

    assert a.save_marks(client, world.alpha["assessor"], assignment, [mark]).status_code == 422


def test_an_older_version_of_a_sheet_is_refused_with_the_present_one(client, world, case_id):
    assignment = a.assigned(client, world, case_id, "F2", "first")
    member = world.alpha["assessor"]
    old = client.get(f"/v1/assignments/{assignment}", headers=member.headers).headers["etag"]
    a.save_marks(client, member, assignment, [{"element": "SME-BM/U1.1", "rating": 4}])

    answer = client.put(
        f"/v1/assignments/{assignment}/marks",
        json={"marks": [{"element": "SME-BM/U1.1", "rating": 2}]},
        headers={**member.headers, "If-Match": old},
    )

    assert answer.status_code == 412
    assert answer.json()["current"]["elements"][0]["rating"] == 4


def test_a_submitted_sheet_takes_no_more_marks(client, world, case_id):
    assignment = a.assigned(client, world, case_id, "F2", "first")
    a.held(client, world, case_id, "F2")
    a.marked(client, world, assignment, "F2", "first")

    answer = a.save_marks(client, world.alpha["assessor"], assignment, a.sheets("F2")["second"])

    assert (answer.status_code, answer.json()["code"]) == (409, "marks_move_refused")


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE marks SET rating = 5, rev = rev + 1", "EXM-6"),
        ("UPDATE assignments SET seat = 'second', rev = rev + 1", "EXM-6"),
        ("UPDATE assignments SET state = 'assigned', submitted_at = NULL, rev = rev + 1", "EXM-6"),
        ("DELETE FROM marks", "REC-1"),
    ],
)
def test_the_database_keeps_a_submitted_sheet(client, world, runtime, case_id, statement, rule):
    assignment = a.assigned(client, world, case_id, "F2", "first")
    a.held(client, world, case_id, "F2")
    a.marked(client, world, assignment, "F2", "first")

    with pytest.raises(sa.exc.IntegrityError, match=rule), a.raw(runtime) as connection:
        connection.exec_driver_sql(statement)


def test_a_result_is_written_once_and_never_changed(client, world, runtime, version_id, case_id):
    a.an_approved_form(client, world, version_id)
    a.attempt_submitted(client, world, case_id, a.responses())
    assert a.released(client, world, case_id, "F1").status_code == 201

    again = a.released(client, world, case_id, "F1")

    assert again.json()["code"] == "attempt_missing"
    with pytest.raises(sa.exc.IntegrityError, match="EXM-5"), a.raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE results SET passed = true, rev = rev + 1")


def test_a_failed_score_is_told_by_unit_and_does_not_move_the_case(client, world, version_id, case_id):
    a.an_approved_form(client, world, version_id)
    a.attempt_submitted(client, world, case_id, {"K-001": ["b"]})

    answer = a.released(client, world, case_id, "F1").json()

    assert (answer["passed"], answer["score_raw"], answer["cut"]) == (False, 1, 39)
    assert answer["units"][0] == {"unit": "U1", "raw": 1, "exact": None, "maximum": 8}


def test_no_result_is_released_on_a_cut_that_no_longer_follows(client, world, runtime, version_id, case_id):
    a.an_approved_form(client, world, version_id)
    a.attempt_submitted(client, world, case_id, a.responses())
    with a.raw(runtime) as connection:
        guards.drop(connection)
        levels = [{**level, "cut": 20} for level in a.form_document()["study"]["levels"]]
        table = sa.table("standard_setting_studies", sa.column("levels", sa.JSON))
        connection.execute(sa.update(table).values(levels=levels))

    answer = a.released(client, world, case_id, "F1")

    assert (answer.status_code, answer.json()["code"]) == (409, "cut_differs")
    assert answer.json()["facts"] == {"rule": "EXM-3", "level": 3, "declared": 20, "recomputed": 39}


def test_nothing_is_released_before_both_sheets_are_in(client, world, case_id):
    a.held(client, world, case_id, "F2")
    assignment = a.assigned(client, world, case_id, "F2", "first")
    a.marked(client, world, assignment, "F2", "first")

    assert a.released(client, world, case_id, "F2").json()["code"] == "marks_missing"


def test_results_are_disclosed_to_staff_and_kept_from_others(client, world, version_id, case_id):
    a.an_approved_form(client, world, version_id)
    a.attempt_submitted(client, world, case_id, a.responses())
    a.released(client, world, case_id, "F1")

    statuses = {
        name: client.get(f"/v1/cases/{case_id}/results", headers=world.alpha[name].headers).status_code
        for name in ("decision_maker", "auditor", "assessor", "person", "administrator")
    }

    assert statuses == {
        "decision_maker": 200, "auditor": 200, "assessor": 403, "person": 403, "administrator": 403,
    }  # fmt: skip
    other = client.get(f"/v1/me/cases/{case_id}/results", headers=world.alpha["mentee"].headers)
    assert other.status_code == 404
