"""Moderation: a sample by a seed, a moderator who took no part, and results that wait for her."""

import hashlib
from decimal import Decimal
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.marking.rules import Standard, moderation
from app.marking.rules.moderation import Candidate
from app.marking.rules.policy import DEFAULT_POLICY
from assessments.marking import AdjudicationRule, PassRule
from tests.factories import marking as a
from tests.factories.delivery import scheme_of
from tests.support.counting import events, rows

PERIOD = {"component": "F2", "held_from": "2026-03-01", "held_until": "2026-03-31"}
STANDARD = Standard(
    critical=frozenset({"C"}),
    target=3,
    pass_rule=PassRule(Decimal(0), Decimal(1), Decimal("0.5")),
    adjudication=AdjudicationRule(True, 3, 2),
)


@pytest.fixture
def case_id(client, world, system, version_id):
    made = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    assert a.held(client, world, made, "F2").status_code == 201
    return made


@pytest.fixture
def both(client, world, case_id):
    """Both sheets of the case, in."""
    sheets = [a.assigned(client, world, case_id, "F2", seat) for seat in ("first", "second")]
    for sheet, seat in zip(sheets, ("first", "second"), strict=True):
        a.marked(client, world, sheet, "F2", seat)
    return sheets


@pytest.fixture
def moderated(client, world, case_id):
    """The body moderates, and everything is near the line."""
    return a.policy_set(
        client, world, scheme_of(client, world, case_id), is_moderated=True, moderation_margin="5.00"
    )


def drawn(client, world, case_id, **changes):
    path = f"/v1/schemes/{scheme_of(client, world, case_id)}/moderations"
    return client.post(path, json=PERIOD | changes, headers=world.alpha["scheme_manager"].headers)


def at(made, place, tail=""):
    return f"/v1/moderations/{made['id']}/sheets/{made['drawn'][place]['id']}{tail}"


def taken(client, world, made, place, who="third_assessor", answer="none"):
    return client.post(at(made, place, "/taking"), json={"answer": answer}, headers=world.alpha[who].headers)


def judged(client, world, made, place, verdict="upheld", who="third_assessor"):
    body = {"verdict": verdict, "note": "Seen against what was said."}
    return client.post(at(made, place, "/verdict"), json=body, headers=world.alpha[who].headers)


def test_a_result_waits_for_the_moderation_of_its_period(client, world, case_id, moderated, both):
    early = a.released(client, world, case_id, "F2")
    made = drawn(client, world, case_id).json()
    during = a.released(client, world, case_id, "F2")
    for place in range(2):
        assert taken(client, world, made, place).status_code == 200
        assert judged(client, world, made, place).status_code == 200

    assert {(answer.status_code, answer.json()["code"]) for answer in (early, during)} == {
        (409, "moderation_open")
    }
    assert a.released(client, world, case_id, "F2").status_code == 201


def test_where_the_body_does_not_moderate_nothing_waits(client, world, case_id, both):
    assert a.released(client, world, case_id, "F2").status_code == 201


def test_an_outsider_draws_the_same_sample(client, world, runtime, case_id, moderated, both):
    made = drawn(client, world, case_id).json()

    assessors = {str(world.alpha[name].person_id) for name in ("assessor", "other_assessor")}
    digests = {
        hashlib.sha256(f"{made['seed']}\n{assessor}\n{case_id}".encode()).hexdigest()
        for assessor in assessors
    }
    [event] = events(runtime, "moderation.drawn")
    assert {sheet["digest"] for sheet in made["drawn"]} == digests
    assert (made["sheets"], made["waiting"]) == (2, 2)
    assert event is not None


def test_a_sheet_is_drawn_once(client, world, case_id, moderated, both):
    assert drawn(client, world, case_id).status_code == 201
    again = drawn(client, world, case_id)

    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_moderate")


def test_nothing_is_drawn_while_a_marking_goes_on(client, world, case_id, moderated):
    first = a.assigned(client, world, case_id, "F2", "first")
    a.assigned(client, world, case_id, "F2", "second")
    a.marked(client, world, first, "F2", "first")

    answer = drawn(client, world, case_id)

    assert (answer.status_code, answer.json()["code"]) == (409, "marking_not_ready")


def test_who_marked_does_not_moderate(client, world, case_id, moderated, both):
    made = drawn(client, world, case_id).json()

    answer = taken(client, world, made, 0, who="assessor")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_impartial")


def test_who_declares_a_conflict_gets_no_sheet(client, world, case_id, moderated, both):
    made = drawn(client, world, case_id).json()

    answer = taken(client, world, made, 0, answer="declared")

    assert (answer.status_code, answer.json()["moderator_id"]) == (200, None)
    assert client.get(at(made, 0), headers=world.alpha["third_assessor"].headers).status_code == 404
    assert taken(client, world, made, 0).status_code == 409  # a conflict once declared stands


def test_the_moderator_reads_what_she_took_and_that_is_on_record(
    client, world, runtime, case_id, moderated, both
):
    made = drawn(client, world, case_id).json()
    headers = world.alpha["third_assessor"].headers
    untaken = client.get(at(made, 0), headers=headers)
    taken(client, world, made, 0)
    before = len(events(runtime, "record.disclosed"))

    shown = client.get(at(made, 0), headers=headers).json()

    assert untaken.status_code == 404
    assert shown["candidate"].startswith("Candidate ")
    assert all(mark["rating"] is not None for mark in shown["marks"])
    assert len(events(runtime, "record.disclosed")) == before + 1


def test_nobody_else_reads_a_sheet_through_moderation(client, world, case_id, moderated, both):
    made = drawn(client, world, case_id).json()
    taken(client, world, made, 0)

    for name in ("assessor", "other_assessor", "scheme_manager", "auditor"):
        assert client.get(at(made, 0), headers=world.alpha[name].headers).status_code in {403, 404}


def test_a_sheet_that_is_not_upheld_is_marked_by_another(client, world, case_id, moderated, both):
    a.appointed(client, world, "trainer")
    made = drawn(client, world, case_id).json()
    seat = made["drawn"][0]["seat"]
    taken(client, world, made, 0)
    assert judged(client, world, made, 0, "remark").status_code == 200
    taken(client, world, made, 1)
    judged(client, world, made, 1)

    waiting = a.released(client, world, case_id, "F2")
    moderator = a.proposed(client, world, case_id, "F2", seat, "third_assessor")
    another = a.proposed(client, world, case_id, "F2", seat, "trainer")

    assert (waiting.status_code, waiting.json()["code"]) == (409, "marks_missing")
    assert (moderator.status_code, moderator.json()["code"]) == (409, "not_impartial")
    assert another.status_code == 201


def test_who_marks_anew_is_told_nothing_of_the_sheets_of_the_case(client, world, case_id, moderated, both):
    for role in ("assessor", "scheme_manager"):
        a.appointed(client, world, "trainer", role)
    made = drawn(client, world, case_id).json()
    path, trainer = f"/v1/moderations/{made['id']}", world.alpha["trainer"].headers
    taken(client, world, made, 0)
    judged(client, world, made, 0, "remark")
    overseer = client.get(path, headers=trainer).json()["drawn"]
    a.proposed(client, world, case_id, "F2", made["drawn"][0]["seat"], "trainer")

    of_marker = client.get(path, headers=trainer).json()["drawn"]
    of_assessor = client.get(path, headers=world.alpha["assessor"].headers).json()["drawn"]

    assert [sheet["reason"] for sheet in overseer] == ["near_line", "near_line"]
    for told in (of_marker, of_assessor):
        assert {sheet[name] for sheet in told for name in ("reason", "digest", "verdict")} == {None}


def test_a_verdict_stays(client, world, case_id, moderated, both):
    made = drawn(client, world, case_id).json()
    taken(client, world, made, 0)
    judged(client, world, made, 0)

    answer = judged(client, world, made, 0, "remark")

    assert (answer.status_code, answer.json()["code"]) == (409, "sheet_moderated")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moderations SET seed = 'mine', rev = rev + 1",
        "UPDATE moderation_sheets SET reason = NULL, rev = rev + 1",
        "UPDATE moderation_sheets SET rev = rev + 1,"
        " moderator_id = (SELECT assessor_id FROM assignments LIMIT 1)",
    ],
)
def test_the_database_keeps_the_sample_and_bars_the_markers(
    client, world, runtime, case_id, moderated, both, statement
):
    drawn(client, world, case_id)

    with pytest.raises(sa.exc.IntegrityError, match="EXM-6"), a.raw(runtime) as connection:
        connection.exec_driver_sql(statement)


def test_the_database_takes_no_result_that_waits_for_moderation(
    client, world, system, runtime, case_id, both, moderated
):
    drawn(client, world, case_id)
    a.policy_set(client, world, scheme_of(client, world, case_id), is_moderated=False)

    answer = a.released(client, world, case_id, "F2")

    assert answer.status_code == 409
    assert rows(runtime, "results") == []


def test_a_clear_pass_lies_above_and_a_failed_element_below_its_line():
    assert moderation.distance({"C": 4, "A": 4}, STANDARD) == Decimal("1.5")
    assert moderation.distance({"C": 3, "A": 2}, STANDARD) == Decimal(0)
    assert moderation.distance({"C": 2, "A": 5}, STANDARD) == Decimal(-1)
    assert moderation.distance({"C": 5, "A": 0}, STANDARD) == Decimal(-2)


def test_fails_and_those_near_the_line_are_drawn_and_a_share_of_the_rest():
    sheets = [
        a_sheet(place, distance) for place, distance in enumerate([-2, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2])
    ]

    placed = moderation.drawn(sheets, DEFAULT_POLICY, "seed")

    reasons = [one.reason and one.reason.value for one in placed]
    assert (reasons.count("failed"), reasons.count("near_line"), reasons.count("random")) == (1, 1, 1)
    assert moderation.drawn(list(reversed(sheets)), DEFAULT_POLICY, "seed") == placed


def a_sheet(place, distance):
    return Candidate(UUID(int=place), UUID(int=100 + place), UUID(int=1), Decimal(distance))
