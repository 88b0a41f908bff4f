"""Calibration: blind before submission, compared afterwards, once, and for so long as the exercise says."""

import pytest
import sqlalchemy as sa

from app.core.errors import Conflict
from app.marking import rules
from tests.factories import calibration as c
from tests.factories import marking as a


@pytest.fixture
def exercise(client, world, version_id):
    return c.published(client, world, version_id)


@pytest.fixture
def attempt(client, world, exercise):
    return c.opened(client, world, exercise).json()["id"]


def test_a_try_shows_performances_and_nothing_of_the_reference(client, world, exercise):
    told = c.opened(client, world, exercise)

    assert told.status_code == 201
    assert [each["text"] for each in told.json()["performances"]] == list(c.PERFORMANCES)
    assert "Planted reason" not in told.text
    assert told.json()["differences"] == []


def test_no_list_shows_an_assessor_the_reference(client, world, exercise, attempt):
    headers = world.alpha["assessor"].headers

    told = [
        client.get(path, headers=headers)
        for path in ("/v1/marking/calibrations", f"/v1/calibration-tries/{attempt}")
    ]

    assert [answer.status_code for answer in told] == [200, 200]
    assert "Planted reason" not in "".join(answer.text for answer in told)


def test_the_differences_are_shown_with_their_reasons_after_submission(client, world, attempt):
    answer = c.submitted(client, world, attempt, c.reference()).json()

    assert (answer["passed"], answer["figure"], answer["valid_until"]) == (True, "1.0000", "2028-03-02")
    assert len(answer["differences"]) == 2 * len(c.reference())
    assert answer["differences"][0]["reason"].startswith("Planted reason")


def test_ratings_too_far_from_the_reference_do_not_pass(client, world, attempt):
    far = {code: 5 if rating < 3 else 0 for code, rating in c.reference().items()}

    answer = c.submitted(client, world, attempt, far).json()

    assert (answer["passed"], answer["valid_until"]) == (False, None)


def test_kappa_passes_where_the_exercise_says_so(client, world, version_id):
    exercise = c.published(client, world, version_id, closeness="weighted_kappa", least="0.60")
    attempt = c.opened(client, world, exercise).json()["id"]
    near = {code: min(5, rating + 1) for code, rating in c.reference().items()}

    answer = c.submitted(client, world, attempt, near).json()

    assert (answer["passed"], answer["figure"]) == (True, "0.7143")


def test_ratings_all_alike_pass_no_kappa(client, world, version_id):
    exercise = c.published(client, world, version_id, closeness="weighted_kappa", least="0.60")
    attempt = c.opened(client, world, exercise).json()["id"]

    answer = c.submitted(client, world, attempt, dict.fromkeys(c.reference(), 3)).json()

    assert (answer["passed"], answer["figure"]) == (False, "0.0000")


def test_an_exercise_is_tried_once(client, world, exercise, attempt):
    c.submitted(client, world, attempt, c.reference())

    again = c.opened(client, world, exercise)
    resubmitted = c.submitted(client, world, attempt, c.reference())

    assert (again.json()["code"], resubmitted.json()["code"]) == ("calibration_tried",) * 2


def test_incomplete_ratings_are_named_one_by_one(client, world, attempt):
    given = dict(list(c.reference().items())[1:])

    answer = c.submitted(client, world, attempt, given)

    assert (answer.status_code, answer.json()["code"]) == (422, "calibration_incomplete")
    assert len(answer.json()["findings"]) == 2


def test_who_set_the_reference_does_not_try_it(client, world, version_id):
    experts = [str(world.alpha[name].person_id) for name in ("assessor", "trainer")]
    exercise = c.published(client, world, version_id, experts=experts)

    answer = c.opened(client, world, exercise)

    assert (answer.status_code, answer.json()["code"]) == (409, "calibration_by_expert")


def test_who_may_read_the_reference_does_not_try_it(client, world, exercise):
    a.appointed(client, world, "assessor", "scheme_manager")

    assert c.opened(client, world, exercise).json()["code"] == "calibration_by_expert"


def test_a_draft_is_open_to_nobody(client, world, version_id):
    draft = c.drafted(client, world, version_id).json()["id"]

    assert c.opened(client, world, draft).json()["code"] == "calibration_not_open"


def test_a_retired_exercise_is_open_to_nobody_and_its_passes_hold(client, world, version_id, exercise):
    client.post(
        f"/v1/calibration-exercises/{exercise}/retirement", headers=c.manager(world) | {"If-Match": '"2"'}
    )

    assert c.opened(client, world, exercise).json()["code"] == "calibration_not_open"


def test_references_must_rate_what_the_sheet_rates(client, world, version_id):
    performance = {"text": "Short.", "references": {"SME-BM/U8.3": {"rating": 3, "reason": "Seen."}}}

    answer = c.drafted(client, world, version_id, performances=[performance])

    assert (answer.status_code, answer.json()["code"]) == (422, "calibration_refused")


def test_anothers_try_is_not_there(client, world, attempt):
    headers = world.alpha["other_assessor"].headers

    answers = [
        client.get(f"/v1/calibration-tries/{attempt}", headers=headers),
        c.submitted(client, world, attempt, c.reference(), "other_assessor"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_body_that_certifies_publishes_no_example():
    with pytest.raises(Conflict, match="calibration_is_example"):
        rules.ensure_may_publish(is_example=True, is_demo_body=False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE calibration_tries SET passed = true, valid_until = '2030-01-01', rev = rev + 1",
        "UPDATE calibration_performances SET number = 9, rev = rev + 1",
        "UPDATE calibration_exercises SET least = 1, rev = rev + 1",
    ],
)
def test_the_database_keeps_exercise_and_try(client, world, runtime, attempt, statement):
    c.submitted(client, world, attempt, dict.fromkeys(c.reference(), 0))

    with pytest.raises(sa.exc.IntegrityError, match="PER-1"), a.raw(runtime) as connection:
        connection.exec_driver_sql(statement)
