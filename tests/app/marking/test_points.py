"""Forms of every kind of item: what the candidate sees and saves, and what it earns."""

from fractions import Fraction

import pytest

from tests.factories import itembank as b
from tests.factories import marking as a
from tests.factories.delivery import checked_in

KEYED = ("single_choice", "multiple_choice", "ordering", "situational_judgement")


@pytest.fixture
def case_id(client, world, system, version_id):
    a.formative_done(client, world)
    return a.an_admitted_case(system, world, version_id)


def test_a_form_of_several_kinds_is_scored_in_exact_points(client, world, system, version_id, case_id):
    form_id = b.an_approved_form_of(client, system, world.alpha, version_id, KEYED)
    items = b.content_of(client, world.alpha, form_id)["items"]
    a.attempt_submitted(client, world, case_id, b.answered(client, world.alpha, form_id))

    released = a.released(client, world, case_id, "F1").json()

    ordering = sum(item["kind"] == "ordering" for item in items)
    most = sum(item["points"] for item in items)
    exact = most - ordering * Fraction(2, 3)
    assert (released["score_raw"], released["score_maximum"]) == (int(exact), most)
    assert Fraction(released["score_exact"]) == exact
    assert sum(Fraction(unit["exact"]) for unit in released["units"]) == exact
    assert (released["version"], released["passed"]) == ("points/1", True)


def test_the_paper_asks_every_kind_and_tells_no_key(client, world, system, version_id, case_id):
    form_id = b.an_approved_form_of(client, system, world.alpha, version_id, (*KEYED, "short_answer"))
    checked_in(client, world, case_id)
    person = world.alpha["person"].headers
    attempt = client.post(f"/v1/cases/{case_id}/attempts", json={"component": "F1"}, headers=person)
    path, given = f"/v1/attempts/{attempt.json()['id']}", b.answered(client, world.alpha, form_id)

    saved = client.put(
        f"{path}/responses",
        json={"responses": given},
        headers=person | {"If-Match": attempt.headers["etag"]},
    )
    paper = client.get(path, headers=person).json()

    assert saved.status_code == 200, saved.text
    assert (paper["responses"], paper["answered"]) == (given, 60)
    written = [question for question in paper["questions"] if question["kind"] == "short_answer"]
    assert written[0]["points"] == 5
    assert written[0]["criteria"][0] == {"points": 2, "text": "Names a risk."}
    assert "rationale" not in str(paper["questions"])
    assert "key" not in paper["questions"][0]


def test_no_result_is_released_while_a_written_answer_has_no_points(
    client, world, system, version_id, case_id
):
    form_id = b.an_approved_form_of(client, system, world.alpha, version_id, ("short_answer",))
    a.attempt_submitted(client, world, case_id, b.answered(client, world.alpha, form_id))

    answer = a.released(client, world, case_id, "F1")

    assert (answer.status_code, answer.json()["code"]) == (409, "written_answers_unmarked")


def test_a_written_answer_left_blank_needs_no_marks(client, world, system, version_id, case_id):
    b.an_approved_form_of(client, system, world.alpha, version_id, ("short_answer",))
    a.attempt_submitted(client, world, case_id, {})

    released = a.released(client, world, case_id, "F1").json()

    assert (released["score_raw"], released["passed"]) == (0, False)


def test_a_character_that_is_no_text_costs_no_saved_answer(client, world, system, version_id, case_id):
    form_id = b.an_approved_form_of(client, system, world.alpha, version_id, ("short_answer",))
    checked_in(client, world, case_id)
    person = world.alpha["person"].headers
    attempt = client.post(f"/v1/cases/{case_id}/attempts", json={"component": "F1"}, headers=person)
    path = f"/v1/attempts/{attempt.json()['id']}"
    code = next(iter(b.answered(client, world.alpha, form_id)))

    saved = client.put(
        f"{path}/responses",
        json={"responses": {code: "\uf0b7 A risk.\r\n\x00 A step."}},
        headers=person | {"If-Match": attempt.headers["etag"]},
    )

    assert saved.status_code == 200, saved.text
    kept = client.get(path, headers=person).json()["responses"][code]
    assert kept == "\ufffd A risk.\n\ufffd A step."
