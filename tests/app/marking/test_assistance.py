"""A line in which a machine took part counts for nothing until its marker takes it over (AI-1)."""

from typing import Any

import pytest
import sqlalchemy as sa

from app.audit.canonical import digest
from app.marking import service as marking
from tests.factories import marking as a

ELEMENT = "SME-BM/U1.1"
MACHINE = {"ai_system": "Example scorer", "ai_version": "2.1"}


@pytest.fixture
def case_id(client, world, system, version_id):
    made = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    assert a.held(client, world, made, "F2").status_code == 201
    return made


@pytest.fixture
def first(client, world, case_id):
    return a.assigned(client, world, case_id, "F2", "first")


@pytest.fixture
def rating(client, world, first) -> int:
    """The whole sheet is saved, with a machine in one line; the rating of that line."""
    marks = [mark | (MACHINE if mark["element"] == ELEMENT else {}) for mark in a.sheets("F2")["first"]]
    answer = a.save_marks(client, world.alpha["assessor"], first, marks)
    assert answer.status_code == 200, answer.text
    return next(mark["rating"] for mark in marks if mark["element"] == ELEMENT)


def confirmed(client, member, assignment, rating, element=ELEMENT, etag=None) -> Any:
    path, headers = f"/v1/assignments/{assignment}", member.headers
    etag = etag or client.get(path, headers=headers).headers.get("etag", '"1"')
    body = {"element": element, "rating": rating}
    return client.post(f"{path}/confirmations", json=body, headers={**headers, "If-Match": etag})


def line(answer) -> dict[str, Any]:
    return next(one for one in answer.json()["elements"] if one["code"] == ELEMENT)


def test_a_sheet_with_an_unconfirmed_line_is_not_submitted(client, world, first, rating):
    answer = a.submit_marks(client, world.alpha["assessor"], first)

    assert answer.status_code == 422
    assert [found["code"] for found in answer.json()["findings"]] == ["ai_unconfirmed"]


def test_a_confirmed_line_counts_as_its_markers(client, world, first, rating):
    assessor = world.alpha["assessor"]
    told = confirmed(client, assessor, first, rating)

    assert line(told)["confirmed_at"] is not None
    assert a.submit_marks(client, assessor, first).status_code == 200


@pytest.mark.parametrize(
    ("off", "element", "status", "code"),
    [
        (1, ELEMENT, 409, "mark_differs"),
        (0, "SME-BM/U1.2", 409, "mark_not_to_confirm"),
        (0, "SME-BM/U8.3", 422, "element_refused"),
    ],
)
def test_only_the_saved_rating_of_an_assisted_line_is_confirmed(
    client, world, first, rating, off, element, status, code
):
    answer = confirmed(client, world.alpha["assessor"], first, (rating + off) % 6, element)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_line_is_confirmed_once(client, world, first, rating):
    confirmed(client, world.alpha["assessor"], first, rating)

    assert confirmed(client, world.alpha["assessor"], first, rating).json()["code"] == "mark_not_to_confirm"


def test_nobody_else_confirms(client, world, first, rating):
    assert confirmed(client, world.alpha["other_assessor"], first, rating).status_code == 404
    assert confirmed(client, world.alpha["administrator"], first, rating).status_code == 403


def test_a_confirmation_of_an_older_version_is_refused(client, world, first, rating):
    assert confirmed(client, world.alpha["assessor"], first, rating, etag='"1"').status_code == 412


def test_a_line_changed_after_its_confirmation_is_confirmed_anew_and_its_machine_stays_named(
    client, world, first, rating
):
    assessor = world.alpha["assessor"]
    confirmed(client, assessor, first, rating)
    changed = {"element": ELEMENT, "rating": (rating + 1) % 6, "comment": "On second thoughts."}

    told = a.save_marks(client, assessor, first, [changed])

    assert (line(told)["ai_system"], line(told)["confirmed_at"]) == ("Example scorer", None)


def test_an_unchanged_line_stays_confirmed_when_it_is_saved_again(client, world, first, rating):
    assessor = world.alpha["assessor"]
    confirmed(client, assessor, first, rating)

    told = a.save_marks(client, assessor, first, a.sheets("F2")["first"])

    assert line(told)["confirmed_at"] is not None


def test_a_machine_is_named_with_its_version(client, world, first):
    mark = {"element": ELEMENT, "rating": 3, "ai_system": "Example scorer"}

    assert a.save_marks(client, world.alpha["assessor"], first, [mark]).status_code == 422


def test_the_evidence_names_machine_and_human(client, world, system, case_id, first, rating):
    assessor = world.alpha["assessor"]
    confirmed(client, assessor, first, rating)
    assert a.submit_marks(client, assessor, first).status_code == 200
    second = a.assigned(client, world, case_id, "F2", "second")
    a.marked(client, world, second, "F2", "second")
    assert a.released(client, world, case_id, "F2").status_code == 201

    [evidence] = system.read(evidence_of, case_id)

    assert digest(evidence), "a snapshot takes it"
    told = {seat["seat"]: seat["assisted"] for seat in evidence["seats"]}
    assert told["second"] == []
    [one] = told["first"]
    assert (one["element"], one["system"], one["version"]) == (ELEMENT, "Example scorer", "2.1")
    assert one["confirmed_by"] == str(assessor.person_id)


def evidence_of(work, case_id):
    work.require_system()
    return marking.evidence(work, case_id)


_ASSISTED = "WHERE ai_system IS NOT NULL"
_HER = "(SELECT assessor_id FROM assignments)"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assignments SET state = 'submitted', submitted_at = '2026-03-02 10:00:00+00:00',"
        " seen = 'live', rev = rev + 1",
        f"UPDATE marks SET ai_system = NULL, ai_version = NULL, rev = rev + 1 {_ASSISTED}",
        "UPDATE marks SET confirmed_at = '2026-03-02 10:00:00+00:00',"
        f" confirmed_by = (SELECT person_id FROM cases), rev = rev + 1 {_ASSISTED}",
        "UPDATE marks SET confirmed_at = '2026-03-02 10:00:00+00:00', rating = 5 - rating,"
        f" confirmed_by = {_HER}, rev = rev + 1 {_ASSISTED}",
    ],
)
def test_the_database_counts_no_line_that_its_marker_has_not_taken_over(
    client, world, runtime, case_id, first, rating, statement
):
    with pytest.raises(sa.exc.IntegrityError, match="AI-1"), a.raw(runtime) as connection:
        connection.exec_driver_sql(statement)


def test_the_database_takes_no_line_that_is_born_confirmed(client, world, runtime, first, rating):
    with pytest.raises(sa.exc.IntegrityError, match="AI-1"), a.raw(runtime) as connection:
        table = sa.Table("marks", sa.MetaData(), autoload_with=connection)
        query = sa.select(table).where(table.c.ai_system.is_not(None))
        row = connection.execute(query).mappings().one()
        other = {"id": type(row["id"])("0" * 31 + "1"), "element": "SME-BM/U8.3"}
        by = connection.exec_driver_sql("SELECT assessor_id FROM assignments").scalar()
        now = sa.func.current_timestamp()
        connection.execute(table.insert().values({**row, **other, "confirmed_by": by, "confirmed_at": now}))
