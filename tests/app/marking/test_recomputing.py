"""Released results follow from stored raw material, whenever anybody asks (EXM-5)."""

import pytest
import sqlalchemy as sa

from app.audit import guards
from app.marking.rules import Recomputed, RecomputedOutcome, compared
from tests.factories import marking as a

PERIOD = {"released_from": "2026-03-01", "released_until": "2026-03-31"}


@pytest.fixture
def case_id(client, world, system, version_id):
    a.an_approved_form(client, world, version_id)
    a.formative_done(client, world)
    made = a.an_admitted_case(system, world, version_id)
    assert a.held(client, world, made, "F2").status_code == 201
    a.attempt_submitted(client, world, made, a.responses())
    for seat in ("first", "second"):
        a.marked(client, world, a.assigned(client, world, made, "F2", seat), "F2", seat)
    for component in ("F1", "F2"):
        assert a.released(client, world, made, component).status_code == 201
    return made


def recomputed(client, world, case_id, who="auditor"):
    return client.get(f"/v1/cases/{case_id}/recomputation", headers=world.alpha[who].headers)


def outcomes(answer):
    return {
        one["component"]: (one["outcome"], one["differs"], one["fault"]) for one in answer.json()["items"]
    }


def tampered(runtime, statement):
    """Change raw material as an intruder who owns the database would, all guards taken off."""
    with a.raw(runtime) as connection:
        guards.drop(connection)
        connection.exec_driver_sql(statement)


def test_every_released_result_is_equal_to_what_its_raw_material_comes_to(client, world, case_id):
    assert outcomes(recomputed(client, world, case_id)) == {
        "F1": ("equal", [], None),
        "F2": ("equal", [], None),
    }


def test_a_period_is_recomputed_page_by_page(client, world, case_id):
    headers = world.alpha["scheme_manager"].headers
    pages = [client.get("/v1/marking/recomputation", params={**PERIOD, "limit": 1}, headers=headers).json()]
    pages.append(
        client.get(
            "/v1/marking/recomputation",
            params={**PERIOD, "limit": 1, "cursor": pages[0]["next"]},
            headers=headers,
        ).json()
    )

    assert [page["items"][0]["component"] for page in pages] == ["F1", "F2"]
    assert {page["items"][0]["outcome"] for page in pages} == {"equal"}
    assert pages[1]["next"] is None


def test_a_period_without_releases_is_empty(client, world, case_id):
    params = {"released_from": "2025-01-01", "released_until": "2025-12-31"}
    answer = client.get("/v1/marking/recomputation", params=params, headers=world.alpha["auditor"].headers)

    assert answer.json() == {"items": [], "next": None}


def test_changed_responses_show_as_a_difference_without_a_value(client, world, runtime, case_id):
    tampered(runtime, "UPDATE attempts SET responses = '{}'")

    told = outcomes(recomputed(client, world, case_id))

    assert told["F1"] == ("different", ["passed", "score_raw", "units"], None)
    assert told["F2"][0] == "equal"


def test_changed_marks_show_as_a_difference(client, world, runtime, case_id):
    tampered(runtime, "UPDATE marks SET rating = 0")

    assert outcomes(recomputed(client, world, case_id))["F2"][:2] == (
        "different",
        ["failing", "passed", "values"],
    )


def test_raw_material_that_is_not_whole_makes_it_impossible(client, world, runtime, case_id):
    tampered(runtime, "DELETE FROM marks WHERE stream IN (SELECT id FROM assignments WHERE seat = 'first')")

    assert outcomes(recomputed(client, world, case_id))["F2"][0] == "impossible"


def test_nothing_is_changed_by_recomputing(client, world, runtime, case_id):
    def state():
        with runtime.database.engine.connect() as connection:
            events = connection.exec_driver_sql("SELECT COUNT(*) FROM events").scalar()
            rows = connection.execute(sa.text("SELECT rev, passed, score_raw FROM results ORDER BY id")).all()
        return events, rows

    before = state()
    recomputed(client, world, case_id)

    assert state() == before


@pytest.mark.parametrize(("who", "status"), [("administrator", 403), ("assessor", 403), ("person", 403)])
def test_only_who_reads_results_has_them_recomputed(client, world, case_id, who, status):
    assert recomputed(client, world, case_id, who).status_code == status


def test_another_body_finds_no_case(client, world, case_id):
    path = f"/v1/cases/{case_id}/recomputation"

    assert client.get(path, headers=world.beta["auditor"].headers).status_code == 404


def test_a_comparison_names_what_differs():
    assert compared({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2}) == Recomputed(RecomputedOutcome.EQUAL)
    assert compared({"a": 1, "b": 2}, {"a": 0, "b": 3}).differs == ("a", "b")
