"""Sheets that are set aside: a conflict that shows late, and a seat that another marks anew."""

from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from app.core.ids import new_id
from app.tables import metadata
from tests.factories import marking as a


@pytest.fixture
def case_id(client, world, system, version_id):
    made = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    assert a.held(client, world, made, "F2").status_code == 201
    return made


@pytest.fixture
def first(client, world, case_id):
    return a.assigned(client, world, case_id, "F2", "first")


def conflict(client, world, case_id, who="assessor"):
    return client.post(
        f"/v1/cases/{case_id}/declarations", json={"answer": "declared"}, headers=world.alpha[who].headers
    )


def remarked(client, world, case_id, seat="first", who="scheme_manager"):
    return client.post(
        f"/v1/cases/{case_id}/remarkings",
        json={"component": "F2", "seat": seat, "reasons": "It speaks of another."},
        headers=world.alpha[who].headers,
    )


def both(client, world, case_id, first):
    second = a.assigned(client, world, case_id, "F2", "second")
    a.marked(client, world, first, "F2", "first")
    a.marked(client, world, second, "F2", "second")
    return second


def seated(client, world, case_id, seat, who):
    assert a.proposed(client, world, case_id, "F2", seat, who).status_code == 201
    answer = client.post(
        f"/v1/cases/{case_id}/declarations", json={"answer": "none"}, headers=world.alpha[who].headers
    )
    return answer.json()["assignments"][0]


def marked_by(client, world, assignment, who, marks):
    assert a.save_marks(client, world.alpha[who], assignment, marks).status_code == 200
    answer = a.submit_marks(client, world.alpha[who], assignment)
    assert answer.status_code == 200, answer.text


def test_a_conflict_declared_after_marks_were_saved_closes_the_sheet(client, world, case_id, first):
    a.save_marks(client, world.alpha["assessor"], first, a.sheets("F2")["first"])

    told = conflict(client, world, case_id)

    entry = client.get("/v1/marking/queue", headers=world.alpha["assessor"].headers).json()["items"][0]
    assert (told.status_code, told.json()["set_aside"]) == (201, [first])
    assert entry["state"] == "set_aside"


def test_a_sheet_set_aside_keeps_its_marks(client, world, runtime, case_id, first):
    a.save_marks(client, world.alpha["assessor"], first, a.sheets("F2")["first"])

    conflict(client, world, case_id)

    with runtime.database.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT COUNT(*) FROM marks WHERE rating IS NOT NULL").scalar()
    assert kept == len(a.sheets("F2")["first"])


def test_the_seat_of_a_sheet_set_aside_is_open_to_another(client, world, case_id, first):
    conflict(client, world, case_id)

    again = a.proposed(client, world, case_id, "F2", "first", "assessor")
    another = a.proposed(client, world, case_id, "F2", "first", "third_assessor")

    assert again.status_code == 409
    assert another.status_code == 201, another.text


def test_marks_set_aside_after_submission_count_for_nothing(client, world, case_id, first):
    both(client, world, case_id, first)

    conflict(client, world, case_id)

    assert a.released(client, world, case_id, "F2").json()["code"] == "marks_missing"


def test_the_result_comes_from_the_sheets_that_stand(client, world, case_id, first):
    both(client, world, case_id, first)
    conflict(client, world, case_id)
    low = [{**mark, "rating": 0, "comment": "Nothing was seen."} for mark in a.sheets("F2")["first"]]
    fresh = seated(client, world, case_id, "first", "third_assessor")
    marked_by(client, world, fresh, "third_assessor", low)

    answer = a.released(client, world, case_id, "F2")

    assert answer.json()["code"] == "adjudication_needed"


def test_a_conflict_found_after_release_is_on_record_and_changes_no_sheet(client, world, case_id, first):
    both(client, world, case_id, first)
    assert a.released(client, world, case_id, "F2").status_code == 201

    told = conflict(client, world, case_id)

    assert (told.status_code, told.json()["set_aside"]) == (201, [])


def test_nobody_declares_herself_free_again_without_a_proposal(client, world, case_id, first):
    answer = client.post(
        f"/v1/cases/{case_id}/declarations", json={"answer": "none"}, headers=world.alpha["assessor"].headers
    )

    assert answer.status_code == 404


def test_a_seat_is_marked_anew_by_another_before_the_release(client, world, case_id, first):
    both(client, world, case_id, first)
    told = remarked(client, world, case_id)
    fresh = seated(client, world, case_id, "first", "third_assessor")
    marked_by(client, world, fresh, "third_assessor", a.sheets("F2")["first"])

    answer = a.released(client, world, case_id, "F2")

    assert told.json()["state"] == "set_aside"
    assert answer.json()["passed"] is True, answer.text


def test_whose_sheet_is_marked_anew_reads_no_file_any_more(client, world, case_id, first):
    remarked(client, world, case_id)

    answers = [
        client.get(f"/v1/assignments/{first}{what}", headers=world.alpha["assessor"].headers)
        for what in ("", "/co-marks", "/practice")
    ]

    assert [answer.json()["code"] for answer in answers] == ["sheet_set_aside"] * 3


def test_a_third_sheet_counts_only_while_the_pair_disagrees(client, world, case_id, first):
    second = a.assigned(client, world, case_id, "F2", "second")
    low = [{**mark, "rating": 0, "comment": "Nothing was seen."} for mark in a.sheets("F2")["first"]]
    marked_by(client, world, first, "assessor", low)
    a.marked(client, world, second, "F2", "second")
    third = a.assigned(client, world, case_id, "F2", "third")
    marked_by(client, world, third, "third_assessor", low)
    remarked(client, world, case_id)
    a.appointed(client, world, "trainer")
    fresh = seated(client, world, case_id, "first", "trainer")
    marked_by(client, world, fresh, "trainer", a.sheets("F2")["first"])

    answer = a.released(client, world, case_id, "F2")

    assert (answer.json()["passed"], answer.json()["reasons"]) == (True, [])


@pytest.mark.parametrize(("who", "status"), [("administrator", 403), ("assessor", 403), ("auditor", 403)])
def test_only_who_releases_orders_a_marking_anew(client, world, case_id, first, who, status):
    assert remarked(client, world, case_id, who=who).status_code == status


def test_nothing_is_marked_anew_once_its_result_is_released(client, world, case_id, first):
    both(client, world, case_id, first)
    a.released(client, world, case_id, "F2")

    assert remarked(client, world, case_id).status_code == 404


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        (
            "UPDATE assignments SET state = 'set_aside', aside_at = submitted_at, aside_cause = 'conflict'",
            "EXM-5",
        ),
        ("UPDATE assignments SET state = 'set_aside', submitted_at = NULL, aside_at = submitted_at", "EXM"),
    ],
)
def test_the_database_keeps_a_sheet_that_a_result_rests_on(
    client, world, runtime, case_id, first, statement, rule
):
    both(client, world, case_id, first)
    a.released(client, world, case_id, "F2")

    with pytest.raises(sa.exc.IntegrityError, match=rule), a.raw(runtime) as connection:
        connection.exec_driver_sql(f"{statement}, rev = rev + 1")


def test_the_database_brings_no_sheet_back(client, world, runtime, case_id, first):
    conflict(client, world, case_id)

    with pytest.raises(sa.exc.IntegrityError, match="EXM-6"), a.raw(runtime) as connection:
        connection.exec_driver_sql(
            "UPDATE assignments SET state = 'assigned', aside_at = NULL, aside_cause = NULL, rev = rev + 1"
        )


def test_the_database_takes_no_judged_result_without_both_sheets(client, world, runtime, case_id, first):
    both(client, world, case_id, first)
    a.released(client, world, case_id, "F2")

    with pytest.raises(sa.exc.IntegrityError, match="EXM-6"), a.raw(runtime) as connection:
        table = metadata.tables["results"]
        row = connection.execute(sa.select(table)).mappings().one()
        connection.execute(table.insert().values({**row, "id": new_id(), "component": "F3"}))


def test_a_conflict_and_the_release_never_both_win(client, world, runtime, case_id, first):
    both(client, world, case_id, first)
    ready, answers = Barrier(2), {}

    def act(name, path, body, who):
        ready.wait()
        answers[name] = client.post(path, json=body, headers=world.alpha[who].headers)

    acts = (
        ("conflict", f"/v1/cases/{case_id}/declarations", {"answer": "declared"}, "assessor"),
        ("release", f"/v1/cases/{case_id}/results", {"component": "F2"}, "scheme_manager"),
    )
    threads = [Thread(target=act, args=each) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers["conflict"].status_code == 201
    is_released = answers["release"].status_code == 201
    assert answers["conflict"].json()["set_aside"] == ([] if is_released else [first])
