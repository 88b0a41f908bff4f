"""Reviews of assessors: how they agree, who is blocked by PER-5, and how she comes back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import calibration as c
from tests.factories import marking as a
from tests.factories.delivery import scheme_of

PERIOD = {"held_from": "2026-03-01", "held_until": "2026-03-02"}
CANDIDATES = ("person", "mentee", "adviser", "programme_manager")


@pytest.fixture
def cases(client, world, system, version_id):
    """Four candidates with a sitting of F2 each."""
    made = []
    for who in CANDIDATES:
        made.append(a.an_admitted_case(system, world, version_id, who=who))
        a.formative_done(client, world, who)
        assert a.held(client, world, made[-1], "F2").status_code == 201
    return made


@pytest.fixture
def scheme_id(client, world, cases):
    found = scheme_of(client, world, cases[0])
    a.policy_set(client, world, found, agreement_least=2, agreement_gate="0.99")
    return found


def mark_all(client, world, cases, second):
    """Let both assessors mark all; the second one gives what `second` makes of the first one's rating."""
    for place, case_id in enumerate(cases):
        for seat, who in (("first", "assessor"), ("second", "other_assessor")):
            sheet = a.assigned(client, world, case_id, "F2", seat)
            marks = [
                {**mark, "rating": 2 + (line * (place + 1) + line // 5) % 3, "comment": "Seen."}
                for line, mark in enumerate(a.sheets("F2")["first"])
            ]
            if seat == "second":
                marks = [{**mark, "rating": second(mark["rating"])} for mark in marks]
            assert a.save_marks(client, world.alpha[who], sheet, marks).status_code == 200
            assert a.submit_marks(client, world.alpha[who], sheet).status_code == 200


def opposite(rating):
    """The other end of what is given, 2 to 4."""
    return 6 - rating


def later(client, world, system, version_id):
    """A sitting of one more candidate."""
    case_id = a.an_admitted_case(system, world, version_id, who="accommodation_officer")
    a.formative_done(client, world, "accommodation_officer")
    assert a.held(client, world, case_id, "F2").status_code == 201
    return case_id


def reviewed(client, world, scheme_id, **changes):
    path = f"/v1/schemes/{scheme_id}/assessor-reviews"
    return client.post(path, json=PERIOD | changes, headers=world.alpha["scheme_manager"].headers)


def by_name(client, world, review):
    found = {str(world.alpha[name].person_id): name for name in ("assessor", "other_assessor")}
    return {found[line["assessor_id"]]: line for line in review["assessors"]}


def test_a_review_tells_agreement_and_severity_of_each(client, world, cases, scheme_id):
    mark_all(client, world, cases, lambda rating: rating - 1)

    answer = reviewed(client, world, scheme_id)

    assert answer.status_code == 201, answer.text
    lines = by_name(client, world, answer.json())
    first, second = lines["assessor"], lines["other_assessor"]
    assert first["n_double_marked"] == len(CANDIDATES)
    assert float(first["severity"]["value"]) == pytest.approx(-0.5)
    assert float(second["severity"]["value"]) == pytest.approx(0.5)
    assert float(first["exact"]["value"]) == 0
    assert float(first["adjacent"]["value"]) == 1
    assert first["drift"] is None


def test_who_is_proven_to_disagree_is_proposed_no_more(client, world, cases, scheme_id, system, version_id):
    mark_all(client, world, cases, opposite)
    assert by_name(client, world, reviewed(client, world, scheme_id).json())["assessor"]["state"] == "blocked"

    answer = a.proposed(client, world, later(client, world, system, version_id), "F2", "first")

    assert (answer.status_code, answer.json()["code"]) == (409, "assessor_blocked")


def test_who_is_calibrated_again_after_a_review_is_only_watched(
    client, world, cases, scheme_id, system, version_id, clock
):
    mark_all(client, world, cases, opposite)
    reviewed(client, world, scheme_id)
    clock.advance(timedelta(minutes=1))
    c.a_passed_calibration(client, world, version_id)

    answer = a.proposed(client, world, later(client, world, system, version_id), "F2", "first")

    assert answer.status_code == 201, answer.text


def test_who_agrees_is_clear(client, world, cases, scheme_id):
    mark_all(client, world, cases, lambda rating: rating)

    lines = by_name(client, world, reviewed(client, world, scheme_id).json())

    assert {line["state"] for line in lines.values()} == {"clear"}


def test_with_too_few_double_marked_per_5_says_nothing(client, world, cases, scheme_id):
    a.policy_set(client, world, scheme_id, agreement_least=20)
    mark_all(client, world, cases, lambda rating: rating - 1)

    lines = by_name(client, world, reviewed(client, world, scheme_id).json())

    assert {line["state"] for line in lines.values()} == {"too_few"}


def test_a_period_without_double_marking_gives_no_review(client, world, cases, scheme_id):
    answer = reviewed(client, world, scheme_id)

    assert (answer.status_code, answer.json()["code"]) == (409, "agreement_not_estimable")


def test_a_period_that_is_not_over_gives_no_review(client, world, cases, scheme_id):
    answer = reviewed(client, world, scheme_id, held_until="2026-04-01")

    assert (answer.status_code, answer.json()["code"]) == (422, "period_not_over")


def test_one_sheet_of_a_pair_is_no_part_of_a_review(client, world, cases, scheme_id):
    mark_all(client, world, cases[:3], lambda rating: rating)
    alone = a.assigned(client, world, cases[3], "F2", "first")
    a.marked(client, world, alone, "F2", "first")

    lines = by_name(client, world, reviewed(client, world, scheme_id).json())

    assert lines["assessor"]["n_double_marked"] == 3


def test_an_assessor_reads_what_was_found_of_her_alone(client, world, cases, scheme_id):
    mark_all(client, world, cases, lambda rating: rating - 1)
    review = reviewed(client, world, scheme_id).json()
    headers = world.alpha["assessor"].headers

    own = client.get("/v1/me/assessor-reviews", headers=headers).json()["items"]

    assert [line["assessor_id"] for line in own] == [str(world.alpha["assessor"].person_id)]
    assert client.get(f"/v1/assessor-reviews/{review['id']}", headers=headers).status_code == 403


def test_the_database_keeps_a_review_as_it_was_found(client, world, runtime, cases, scheme_id):
    mark_all(client, world, cases, lambda rating: rating - 1)
    reviewed(client, world, scheme_id)

    with pytest.raises(sa.exc.IntegrityError, match="PER-5"), a.raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE assessor_findings SET state = 'clear', rev = rev + 1")
