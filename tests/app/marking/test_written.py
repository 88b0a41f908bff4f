"""Written answers get their points blind and by two, and a third where those lie too far apart (EXM-6)."""

from fractions import Fraction

import pytest
import sqlalchemy as sa

from app.marking.rules import Seat, Stage, disputed, written_awards, written_stage
from tests.factories import itembank as b
from tests.factories import marking as a
from tests.factories.schemes import founding_scopes


@pytest.fixture
def case_id(client, world, system, version_id):
    """A case whose attempt was submitted with two written answers."""
    a.formative_done(client, world)
    made = a.an_admitted_case(system, world, version_id)
    form_id = b.an_approved_form_of(
        client, system, world.alpha, version_id, ("short_answer", "single_choice")
    )
    given = b.answered(client, world.alpha, form_id)
    written = [code for code, answer in given.items() if isinstance(answer, str)]
    for code in written[2:]:
        del given[code]
    a.attempt_submitted(client, world, made, given)
    founding_scopes(client, world.alpha, version_id, components=["F1"])
    return made


def answers(client, world, assignment, seat):
    return client.get(
        f"/v1/assignments/{assignment}/written-answers", headers=world.alpha[a.ASSESSORS[seat]].headers
    )


def saved(client, world, assignment, seat, given):
    """Save points, in the order of the sheet's items: (risk, step) for each."""
    told = answers(client, world, assignment, seat)
    points = [
        {"item": one["item"], "criterion": line["criterion"], "points": number}
        for one, numbers in zip(told.json()["answers"], given, strict=True)
        for line, number in zip(one["criteria"], numbers, strict=True)
    ]
    headers = {**world.alpha[a.ASSESSORS[seat]].headers, "If-Match": told.headers["etag"]}
    path = f"/v1/assignments/{assignment}/written-points"
    return client.put(path, json={"points": points}, headers=headers)


def submitted(client, world, assignment, seat):
    etag = answers(client, world, assignment, seat).headers["etag"]
    headers = {**world.alpha[a.ASSESSORS[seat]].headers, "If-Match": etag}
    return client.post(f"/v1/assignments/{assignment}/written-submission", headers=headers)


def marked(client, world, case_id, seat, given):
    assignment = a.assigned(client, world, case_id, "F1", seat)
    assert (answer := saved(client, world, assignment, seat, given)).status_code == 200, answer.text
    assert (answer := submitted(client, world, assignment, seat)).status_code == 200, answer.text
    return assignment


def stage(client, world, case_id):
    headers = world.alpha["administrator"].headers
    items = client.get(f"/v1/cases/{case_id}/marking", headers=headers).json()["items"]
    return next(one["stage"] for one in items if one["component"] == "F1")


def test_a_result_takes_the_exact_mean_of_both_and_is_recomputed_equal(client, world, case_id):
    marked(client, world, case_id, "first", [(2, 3), (1, 1)])
    marked(client, world, case_id, "second", [(2, 2), (1, 1)])

    released = a.released(client, world, case_id, "F1").json()

    choices = 30
    assert Fraction(released["score_exact"]) == choices + Fraction(9, 2) + 2
    auditor = world.alpha["auditor"].headers
    [anew] = client.get(f"/v1/cases/{case_id}/recomputation", headers=auditor).json()["items"]
    assert (anew["outcome"], anew["differs"]) == ("equal", [])


def test_a_third_decides_the_answer_on_which_two_lie_apart(client, world, case_id):
    marked(client, world, case_id, "first", [(2, 3), (1, 1)])
    marked(client, world, case_id, "second", [(0, 3), (1, 0)])
    assert stage(client, world, case_id) == "adjudication_needed"
    assert a.released(client, world, case_id, "F1").json()["code"] == "written_answers_unmarked"

    marked(client, world, case_id, "third", [(2, 1)])

    assert stage(client, world, case_id) == "ready"
    released = a.released(client, world, case_id, "F1").json()
    assert Fraction(released["score_exact"]) == 30 + 3 + Fraction(3, 2)


def test_one_sheet_in_looks_like_none_and_releases_nothing(client, world, case_id):
    second = a.assigned(client, world, case_id, "F1", "second")
    before = answers(client, world, second, "second").json(), stage(client, world, case_id)
    first = marked(client, world, case_id, "first", [(2, 3), (1, 1)])

    assert (answers(client, world, second, "second").json(), stage(client, world, case_id)) == before
    assert answers(client, world, first, "second").status_code == 404
    assert a.released(client, world, case_id, "F1").json()["code"] == "written_answers_unmarked"


def test_the_sheet_shows_answers_and_rubric_under_a_pseudonym(client, world, case_id):
    told = answers(client, world, a.assigned(client, world, case_id, "F1", "first"), "first")

    [one, _] = told.json()["answers"]
    assert one["answer"] == b.ANSWERS["short_answer"]
    assert [(line["criterion"], line["most"], line["points"]) for line in one["criteria"]] == [
        ("risk", 2, None),
        ("step", 3, None),
    ]
    assert str(case_id) not in told.text


def test_an_assessor_who_has_not_declared_has_no_seat(client, world, case_id):
    assert a.proposed(client, world, case_id, "F1", "first").status_code == 201
    queue = client.get("/v1/marking/queue", headers=world.alpha["assessor"].headers).json()

    assert queue["items"] == []


def test_no_third_is_seated_before_two_lie_apart(client, world, case_id):
    answer = a.proposed(client, world, case_id, "F1", "third")

    assert (answer.status_code, answer.json()["code"]) == (409, "seat_not_open")


def test_more_points_than_the_criterion_has_are_refused(client, world, case_id):
    assignment = a.assigned(client, world, case_id, "F1", "first")

    answer = saved(client, world, assignment, "first", [(2, 4), (1, 1)])

    assert (answer.status_code, answer.json()["code"]) == (422, "points_refused")


def test_an_incomplete_sheet_is_not_taken_in(client, world, case_id):
    answer = submitted(client, world, a.assigned(client, world, case_id, "F1", "first"), "first")

    assert (answer.status_code, answer.json()["code"]) == (422, "sheet_incomplete")


def test_a_submitted_sheet_is_frozen(client, world, case_id):
    assignment = marked(client, world, case_id, "first", [(2, 3), (1, 1)])

    answer = saved(client, world, assignment, "first", [(0, 0), (0, 0)])

    assert (answer.status_code, answer.json()["code"]) == (409, "marks_move_refused")


def test_who_gave_points_releases_nothing(client, world, case_id):
    marked(client, world, case_id, "first", [(2, 3), (1, 1)])
    marked(client, world, case_id, "second", [(2, 2), (1, 1)])
    a.appointed(client, world, "assessor", "scheme_manager")

    answer = client.post(
        f"/v1/cases/{case_id}/results", json={"component": "F1"}, headers=world.alpha["assessor"].headers
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "not_impartial")


def test_a_sheet_of_a_sitting_has_no_written_answers(client, world, case_id):
    assignment = a.assigned(client, world, case_id, "F2", "first")

    answer = answers(client, world, assignment, "first")

    assert (answer.status_code, answer.json()["code"]) == (409, "component_not_written")


@pytest.mark.parametrize("change", ["points = 0", "most = 9", "criterion = 'other'"])
def test_the_database_freezes_points_once_submitted(client, world, runtime, case_id, change):
    marked(client, world, case_id, "first", [(2, 3), (1, 1)])

    with pytest.raises(sa.exc.IntegrityError, match="EXM-6"), a.raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE written_points SET {change}, rev = rev + 1")


@pytest.mark.parametrize("points", ["-1", "most + 1"])
def test_the_database_keeps_points_within_the_criterion(client, world, runtime, case_id, points):
    assignment = a.assigned(client, world, case_id, "F1", "first")
    saved(client, world, assignment, "first", [(2, 3), (1, 1)])

    with pytest.raises(sa.exc.IntegrityError), a.raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE written_points SET points = {points}, rev = rev + 1")


@pytest.mark.parametrize(("other", "apart"), [((1, 2), False), ((1, 1), True), ((0, 4), True)])
def test_totals_more_than_one_point_apart_call_a_third(other, apart):
    sheets = {
        Seat.FIRST: {"K": {"risk": 2, "step": 0 + (1 + 1 if not apart or other == (1, 1) else 0)}},
        Seat.SECOND: {"K": dict(zip(("risk", "step"), other, strict=True))},
    }

    assert bool(disputed(sheets)) == apart
    assert (written_stage(sheets) is Stage.ADJUDICATION_NEEDED) == apart
    assert bool(written_awards(sheets)) != apart
