"""Evidence reports over HTTP: asked for, made by a job, read on record, and frozen."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.audit.tables import EventRow
from app.core.database import refused_by
from app.jobs.running import drain
from app.reports import jobs
from app.worker import HANDLERS
from tests.factories import marking as a
from tests.support.world import World

PERIOD = {"starts_on": "2026-01-01", "ends_on": "2026-03-02"}


@pytest.fixture
def form(client: TestClient, world: World, version_id: UUID) -> str:
    return str(a.an_approved_form(client, world, version_id)["id"])


@pytest.fixture
def next_day(client: TestClient, world: World, clock) -> None:
    """The period of these tests is over."""
    clock.advance(timedelta(days=1))
    for name in ("scheme_manager", "auditor", "assessor"):
        a.signed_in_again(client, world, name)


def ask(client: TestClient, world: World, who: str = "scheme_manager", **wanted: Any):
    return client.post("/v1/reports", json=PERIOD | wanted, headers=world.alpha[who].headers)


def got(client: TestClient, world: World, report: str, part: str = "", who: str = "scheme_manager"):
    return client.get(f"/v1/reports/{report}{part}", headers=world.alpha[who].headers)


def made(client: TestClient, world: World, runtime, **wanted: Any) -> str:
    answer = ask(client, world, **wanted)
    assert answer.status_code == 201, answer.text
    assert drain(runtime, HANDLERS).failures == ()
    return answer.json()["id"]


@pytest.fixture
def sat(client: TestClient, world: World, system, version_id: UUID, form: str) -> None:
    """One candidate has sat the form, and her result is out."""
    a.formative_done(client, world)
    case = a.an_admitted_case(system, world, version_id)
    a.attempt_submitted(client, world, case, a.responses())
    assert a.released(client, world, case, "F1").status_code == 201


def test_the_report_of_a_form_counts_who_passed_and_says_why_it_tells_no_more(
    client, world, runtime, form, sat, next_day
) -> None:
    report = made(client, world, runtime, form_id=form)

    told = got(client, world, report, "/figures").json()

    assert got(client, world, report).json()["candidates"] == 1
    assert [(one["level"], one["n"]) for one in told["figures"]["passes"]] == [(3, 1)]
    assert told["figures"]["alpha"]["reason"] == "too_few_persons"
    assert told["figures"]["alpha"]["threshold"]["source"]
    assert {cut["cut_error"]["verdict"] for cut in told["figures"]["cuts"]} <= {"met", "not_met"}


def test_what_was_released_after_the_period_is_not_in_it(client, world, runtime, form, sat, next_day) -> None:
    report = made(client, world, runtime, form_id=form, ends_on="2026-03-01")

    assert got(client, world, report).json()["candidates"] == 0


def test_the_document_is_a_pdf_with_the_hash_that_was_told(client, world, runtime, form, next_day) -> None:
    report = made(client, world, runtime, form_id=form, language="es")

    answer = got(client, world, report, "/document")

    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["etag"] == f'"{got(client, world, report).json()["sha256"]}"'


def test_a_component_that_nobody_was_judged_in_has_a_report_too(
    client, world, runtime, version_id, next_day
) -> None:
    report = made(client, world, runtime, scheme_version_id=str(version_id), component="F2")

    figures = got(client, world, report, "/figures").json()["figures"]

    assert (figures["n"], figures["agreement"]["kappa"]["reason"]) == (0, "too_few_persons")


def test_the_report_of_a_component_reads_both_sheets(
    client, world, runtime, system, version_id, form, next_day
) -> None:
    for name in ("administrator", "person", "other_assessor", "third_assessor"):
        a.signed_in_again(client, world, name)
    case = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    assert a.held(client, world, case).status_code == 201
    for seat in ("first", "second"):
        a.marked(client, world, a.assigned(client, world, case, "F2", seat), "F2", seat)
    assert a.released(client, world, case, "F2").status_code == 201
    asked = {"scheme_version_id": str(version_id), "component": "F2", "ends_on": "2026-03-03"}
    runtime.clock.advance(timedelta(days=1))
    a.signed_in_again(client, world, "scheme_manager")

    report = made(client, world, runtime, **asked)

    figures = got(client, world, report, "/figures").json()["figures"]
    assert (figures["n"], figures["n_elements"] > 0, len(figures["passes"])) == (1, True, 1)


def test_the_same_material_has_the_same_hash_and_the_same_document(
    client, world, runtime, form, sat, next_day
) -> None:
    first, second = (got(client, world, made(client, world, runtime, form_id=form)).json() for _ in "ab")

    assert first["material_sha256"] == second["material_sha256"]
    assert first["document_sha256"] == second["document_sha256"]


def test_a_job_that_is_run_again_leaves_what_is_there(client, world, runtime, system, form, next_day) -> None:
    report = made(client, world, runtime, form_id=form)
    before = got(client, world, report).json()

    jobs.make(system, UUID(report))

    assert got(client, world, report).json() == before


def test_a_period_that_runs_is_refused(client, world, form) -> None:
    answer = ask(client, world, form_id=form)

    assert (answer.status_code, answer.json()["code"]) == (409, "report_period_running")


def test_a_period_that_runs_backwards_is_refused(client, world, form, next_day) -> None:
    answer = ask(client, world, form_id=form, ends_on="2025-12-31")

    assert (answer.status_code, answer.json()["code"]) == (422, "report_period_refused")


def test_a_component_that_a_key_scores_is_reported_on_by_its_forms(
    client, world, version_id, next_day
) -> None:
    answer = ask(client, world, scheme_version_id=str(version_id), component="F1")

    assert (answer.status_code, answer.json()["code"]) == (409, "report_component_not_judged")


def test_a_form_and_a_component_at_once_are_refused(client, world, version_id, form, next_day) -> None:
    answer = ask(client, world, form_id=form, scheme_version_id=str(version_id), component="F2")

    assert answer.status_code == 422


def test_a_draft_has_no_report(client, world, version_id, next_day) -> None:
    manager = world.alpha["scheme_manager"].headers
    wanted = {"scheme_version_id": str(version_id), "document": a.form_document()}
    draft = client.post("/v1/forms", json=wanted, headers=manager).json()

    answer = ask(client, world, form_id=draft["id"])

    assert (answer.status_code, answer.json()["code"]) == (409, "report_form_not_approved")


def test_figures_that_are_not_there_yet_are_said_to_be_pending(client, world, form, next_day) -> None:
    report = ask(client, world, form_id=form).json()["id"]

    answer = got(client, world, report, "/figures")

    assert (answer.status_code, answer.json()["code"]) == (409, "report_pending")


def test_the_auditor_reads_and_does_not_ask(client, world, runtime, form, next_day) -> None:
    report = made(client, world, runtime, form_id=form)

    assert got(client, world, report, "/figures", who="auditor").status_code == 200
    assert ask(client, world, "auditor", form_id=form).status_code == 403


def test_an_assessor_reads_no_report(client, world, runtime, form, next_day) -> None:
    report = made(client, world, runtime, form_id=form)

    assert got(client, world, report, "/figures", who="assessor").status_code == 403


def test_who_looked_is_on_record(client, world, runtime, form, next_day) -> None:
    report = made(client, world, runtime, form_id=form)
    before = got(client, world, report).json()["rev"]

    got(client, world, report, "/figures")

    looked = sa.select(EventRow.event).where(EventRow.stream == UUID(report), EventRow.sseq > before)
    with a.raw(runtime) as connection:
        [event] = connection.execute(looked).scalars()
    assert event == "record.disclosed"


def test_the_database_refuses_to_change_a_report_that_is_ready(
    client, world, runtime, form, next_day
) -> None:
    made(client, world, runtime, form_id=form)

    with pytest.raises(sa.exc.DBAPIError) as caught, a.raw(runtime) as connection:
        connection.execute(sa.text("UPDATE reports SET candidates = 200, rev = rev + 1"))

    assert refused_by(caught.value) == "EXM-4"
