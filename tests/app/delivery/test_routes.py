from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from app.delivery import service as delivery
from tests.factories import marking as a
from tests.factories.delivery import checked_in
from tests.factories.practice import an_engagement
from tests.support.walking import every_get

RATIONALES = [item["rationale"] for item in a.form_document()["items"]]
STEMS = [item["stem"] for item in a.form_document()["items"]]


@pytest.fixture
def case_id(client, world, system, version_id):
    return a.an_admitted_case(system, world, version_id, extra_percent=25)


@pytest.fixture
def ready(client, world, version_id, case_id):
    """A case that may sit F1."""
    a.an_approved_form(client, world, version_id)
    a.formative_done(client, world)
    checked_in(client, world, case_id)
    return case_id


@pytest.fixture
def attempt(client, world, ready):
    return opened(client, world, ready).json()


def opened(client, world, case_id, component="F1", who="person"):
    return client.post(
        f"/v1/cases/{case_id}/attempts", json={"component": component}, headers=world.alpha[who].headers
    )


def saved(client, world, attempt, responses, etag='"1"'):
    return client.put(
        f"/v1/attempts/{attempt['id']}/responses",
        json={"responses": responses},
        headers={**world.alpha["person"].headers, "If-Match": etag},
    )


def submitted(client, world, attempt, who="person"):
    return client.post(f"/v1/attempts/{attempt['id']}/submission", headers=world.alpha[who].headers)


def test_no_attempt_before_the_formative_components_are_completed(client, world, version_id, case_id):
    a.an_approved_form(client, world, version_id)

    answer = opened(client, world, case_id)

    assert (answer.status_code, answer.json()["code"]) == (409, "formative_missing")
    assert answer.json()["facts"]["components"] == ["C1", "C2", "C3"]


def test_no_attempt_without_an_approved_form(client, world, case_id):
    a.formative_done(client, world)

    assert opened(client, world, case_id).json()["code"] == "no_approved_form"


@pytest.mark.parametrize("component", ["F2", "E2"])
def test_an_attempt_is_made_at_keyed_examinations_only(client, world, ready, component):
    assert opened(client, world, ready, component).json()["code"] == "component_not_offered"


def test_another_persons_case_or_attempt_is_not_there(client, world, attempt, ready):
    stranger = world.alpha["mentee"].headers

    assert opened(client, world, ready, who="mentee").status_code == 404
    assert client.get(f"/v1/attempts/{attempt['id']}", headers=stranger).status_code == 404
    assert submitted(client, world, attempt, who="mentee").status_code == 404


def test_a_second_attempt_waits_for_the_result_of_the_first(client, world, attempt, ready):
    assert opened(client, world, ready).json()["code"] == "attempt_pending"


def test_granted_extra_time_is_added_by_the_server(attempt):
    assert (attempt["opened_at"], attempt["closes_at"]) == ("2026-03-02T09:00:00Z", "2026-03-02T10:52:30Z")


def test_responses_are_saved_against_the_version_seen(client, world, attempt):
    first = saved(client, world, attempt, {"K-001": ["a"]})
    stale = saved(client, world, attempt, {"K-001": ["d"]})
    bare = client.put(
        f"/v1/attempts/{attempt['id']}/responses",
        json={"responses": {}},
        headers=world.alpha["person"].headers,
    )
    second = saved(client, world, attempt, {"K-001": ["b"]}, first.headers["etag"])

    assert (first.status_code, stale.status_code, bare.status_code, second.status_code) == (
        200,
        412,
        428,
        200,
    )
    paper = client.get(f"/v1/attempts/{attempt['id']}", headers=world.alpha["person"].headers).json()
    assert paper["responses"] == {"K-001": ["b"]}


@pytest.mark.parametrize("responses", [{"K-999": ["a"]}, {"K-001": ["e"]}, {"K-001": "ab"}, {"x y": ["a"]}])
def test_responses_that_the_form_does_not_offer_are_refused(client, world, attempt, responses):
    assert saved(client, world, attempt, responses).status_code == 422


def test_a_late_save_is_refused_and_a_late_submission_takes_what_was_saved(
    client, world, clock, attempt, ready
):
    etag = saved(client, world, attempt, a.responses()).headers["etag"]
    clock.advance(timedelta(minutes=112, seconds=31))
    a.signed_in_again(client, world, "person")

    late = saved(client, world, attempt, {"K-001": ["a"]}, etag)
    answer = submitted(client, world, attempt)

    assert (late.status_code, late.json()["code"]) == (409, "time_is_up")
    assert (answer.status_code, answer.json()["state"]) == (200, "submitted")
    [row] = stored(client, "SELECT responses FROM attempts")
    assert "K-059" in str(row[0])


def stored(client, query):
    with client.app.state.runtime.database.engine.connect() as connection:
        return connection.exec_driver_sql(query).all()


def test_planning_staff_may_close_an_attempt_only_once_its_time_is_up(client, world, attempt):
    answer = submitted(client, world, attempt, who="administrator")

    assert (answer.status_code, answer.json()["code"]) == (409, "attempt_running")


def test_a_forgotten_attempt_is_closed_by_planning_staff(client, world, clock, attempt):
    clock.advance(timedelta(minutes=113))
    a.signed_in_again(client, world, "administrator")

    answer = submitted(client, world, attempt, who="administrator")

    assert (answer.status_code, answer.json()["state"]) == (200, "submitted")


def test_after_submission_the_paper_is_closed_and_frozen(client, world, runtime, attempt):
    saved(client, world, attempt, a.responses())
    submitted(client, world, attempt)

    paper = client.get(f"/v1/attempts/{attempt['id']}", headers=world.alpha["person"].headers).json()
    again = saved(client, world, attempt, {"K-001": ["a"]}, f'"{paper["rev"]}"')

    assert (paper["questions"], paper["responses"], paper["answered"]) == ([], {}, 59)
    assert (again.status_code, again.json()["code"]) == (409, "attempt_move_refused")
    for change in ("responses = '{}'", "state = 'open', submitted_at = NULL", "form_id = case_id"):
        with (
            pytest.raises(sa.exc.IntegrityError, match="EXM-5"),
            a.raw(runtime) as connection,
        ):
            connection.exec_driver_sql(f"UPDATE attempts SET {change}, rev = rev + 1")


def test_the_candidate_sees_questions_and_nobody_a_key(client, world, runtime, attempt, ready):
    form_id = stored(client, "SELECT id FROM forms")[0][0]
    values = {
        "case_id": [str(ready)],
        "attempt_id": [attempt["id"]],
        "form_id": [str(UUID(str(form_id)))],
        "person_id": [str(world.alpha["person"].person_id)],
        "slug": ["alpha"],
        "code": ["SME-BM"],
    }
    asked = 0

    for name, member in world.alpha.members.items():
        for operation, path, answer in every_get(client, member.headers, values):
            asked += 1
            if operation == "itembank_content" and answer.status_code == 200:
                continue
            assert not any(text in answer.text for text in RATIONALES), (name, path)
            assert '"key":' not in answer.text or operation == "schemes_read_version", (name, path)
            shows = any(text in answer.text for text in STEMS)
            assert shows == (name == "person" and operation == "delivery_read"), (name, path)
    assert asked > 200


def test_a_retake_uses_another_form_after_the_waiting_time(client, world, clock, version_id, case_id):
    a.an_approved_form(client, world, version_id)
    a.formative_done(client, world)
    other = a.an_approved_form(client, world, version_id, form="SME-BM-F1-B")
    a.attempt_submitted(client, world, case_id, {})
    assert a.released(client, world, case_id, "F1").json()["passed"] is False

    early = opened(client, world, case_id)
    clock.advance(timedelta(days=31))
    for name in ("person", "administrator", "application_reviewer"):
        a.signed_in_again(client, world, name)
    checked_in(client, world, case_id)
    again = opened(client, world, case_id)

    assert early.json()["code"] == "retake_too_early"
    assert (again.status_code, again.json()["attempt_no"]) == (201, 2)
    sat = stored(client, "SELECT form_id FROM attempts WHERE attempt_no = 2")
    assert UUID(str(sat[0][0])) == UUID(other["id"])


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"identity_confirmed": False}, 409, "identity_not_confirmed"),
        ({"agreement_signed": False}, 409, "agreement_not_signed"),
        ({"aids_checked": False}, 409, "aids_not_checked"),
        ({"held_on": "2026-03-03"}, 422, "held_on_refused"),
        ({"held_on": "2025-01-01"}, 422, "held_on_refused"),
        ({"component": "F1"}, 409, "component_not_offered"),
        ({"component": "F4"}, 409, "component_not_offered"),
    ],
)
def test_a_sitting_outside_its_conditions_is_refused(client, world, case_id, changes, status, code):
    a.formative_done(client, world)

    answer = a.held(client, world, case_id, **{"component": "F2", **changes})

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_an_invigilator_is_appointed_and_never_scores(client, world, case_id):
    a.formative_done(client, world)
    named = {name: str(world.alpha[name].person_id) for name in ("trainer", "person", "other_assessor")}

    refused = a.held(client, world, case_id, "F2", invigilator_id=named["trainer"])
    herself = a.held(client, world, case_id, "F2", invigilator_id=named["person"])
    noted = a.held(client, world, case_id, "F2", invigilator_id=named["other_assessor"])

    assert (refused.json()["code"], noted.status_code) == ("not_appointed", 201)
    assert herself.status_code == 422
    barred = a.proposed(client, world, case_id, "F2", "second")
    assert (barred.json()["code"], barred.json()["facts"]["act"]) == ("not_impartial", "invigilated")


def test_one_who_scores_is_not_the_invigilator(client, world, case_id):
    a.formative_done(client, world)
    a.assigned(client, world, case_id, "F2", "first")

    answer = a.held(client, world, case_id, "F2", invigilator_id=str(world.alpha["assessor"].person_id))

    assert (answer.status_code, answer.json()["code"]) == (409, "not_impartial")


def test_attesting_a_formative_component_bars_its_author(client, world, system, case_id):
    client.post(
        f"/v1/people/{world.alpha['administrator'].person_id}/appointments",
        json={"role": "assessor", "starts_on": "2026-01-01"},
        headers=world.alpha["administrator"].headers,
    )
    a.formative_done(client, world)

    answer = a.proposed(client, world, case_id, "F2", "first", "administrator")

    assert (answer.status_code, answer.json()["facts"]["rule"]) == (409, "IMP-1")


def test_a_formative_completion_is_attested_once_and_not_ahead_of_time(client, world):
    person = world.alpha["person"].person_id
    engagement = an_engagement(client, world.alpha["person"])["id"]

    def attested(**changes):
        body = {"component": "C1", "engagement": engagement, "completed_on": "2026-02-02", **changes}
        return client.post(
            f"/v1/people/{person}/formative-completions",
            json=body,
            headers=world.alpha["administrator"].headers,
        )

    assert attested().status_code == 201
    assert attested().json()["code"] == "formative_taken"
    assert attested(component="C2", engagement=str(uuid4())).status_code == 404
    assert attested(component="C2", completed_on="2026-03-03").json()["code"] == "formative_ahead_of_time"


def test_a_formative_completion_is_evidence_with_its_sources(client, world, system):
    person = world.alpha["person"].person_id

    def asked(work, component):
        work.open_to_all()
        return delivery.formative_completed(work, person, component)

    before = system.read(asked, "C1")
    a.formative_done(client, world)
    found = system.read(asked, "C1")

    assert before is None
    assert found.value == 1
    assert found.sources[0].startswith("formative:")
