"""Panel studies: two who act at once, and what the database itself refuses."""

import copy
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
import sqlalchemy as sa

from tests.factories import marking as a
from tests.factories import studies as the
from tests.factories.studies import JUDGES, posted
from tests.support.counting import events

FIVE = JUDGES[:5]


def test_of_two_who_close_a_round_at_once_one_is_refused(client, world, runtime, rating):
    the.rated(client, world, 1, FIVE)
    path = f"{the.round_path(client, world, rating, 1)}/closing"
    leader = copy.deepcopy(world.alpha["scheme_manager"])

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(lambda _: posted(client, leader, path).status_code, range(2)))

    assert statuses == [200, 409]
    assert len(events(runtime, "panel_round.closed")) == 1


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
    the.both_rounds(client, world, rating)
    the.concluded(client, world, rating)

    with pytest.raises(sa.exc.IntegrityError, match="EXM-3"), a.raw(runtime) as connection:
        connection.exec_driver_sql(statement)
