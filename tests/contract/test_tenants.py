"""What one body holds is not there for another: every operation, every token, ids that really exist."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.applications.rules import CaseState
from app.work import Caller
from tests.factories import certificates, practice, programmes, studies
from tests.factories import marking as a
from tests.factories.bodies import a_contact_point
from tests.factories.calibration import opened, published
from tests.factories.delivery import a_slot, checked_in, scheme_of
from tests.factories.directory import MESSAGE, NEED, listed, newest_link, secret_in
from tests.factories.itembank import an_approved_item, assembly_asked, translated
from tests.factories.practice import a_mentee, an_engagement, an_import
from tests.factories.recordings import entered
from tests.factories.requests import a_request
from tests.support.counting import counts
from tests.support.days import begin_day
from tests.support.examples import UNKNOWN, operations, request_of
from tests.support.world import Member, World


@pytest.fixture
def existing(client: TestClient, world: World, system: Caller, version_id: UUID) -> dict[str, str]:
    """One real id of alpha for every name that a path of the API has."""
    people = {name: UUID(str(world.alpha[name].person_id)) for name in ("person", "decision_maker")}
    certificates.a_seal(system)
    certificate = certificates.granted(system, version_id, people["person"], people["decision_maker"])
    form = a.an_approved_form(client, world, version_id)
    a.formative_done(client, world)
    case = a.an_admitted_case(system, world, version_id, state=CaseState.ADMITTED)
    booking = checked_in(client, world, case)
    attempt = client.post(
        f"/v1/cases/{case}/attempts", json={"component": "F1"}, headers=world.alpha["person"].headers
    )
    schemes = client.get("/v1/schemes", headers=world.alpha["person"].headers).json()["items"]
    return {
        "person_id": str(people["person"]),
        "case_id": str(case),
        "version_id": str(version_id),
        "scheme_id": schemes[0]["id"],
        "form_id": str(form["id"]),
        **_marking(client, world, version_id, case),
        "attempt_id": str(attempt.json()["id"]),
        "booking_id": booking,
        "check_id": _check(client, world),
        **_delivery(client, world, case, str(attempt.json()["id"])),
        **_study(client, world, version_id),
        **_bank(client, world),
        "assembly_id": assembly_asked(client, world.alpha, version_id).json()["id"],
        "component": "F1",
        "certificate_id": str(certificate.id),
        "decision_id": str(certificate.decision_id),
        "statement_id": _statement(client, world, version_id),
        **_practice(client, world),
        **_programme(client, world),
        **_directory(client, world),
        "appointment_id": _appointment(client, world),
        **_exchange(client, world),
        "contact_point_id": str(a_contact_point(client, world.alpha["administrator"])["id"]),
        "report_id": _report(client, world, str(form["id"])),
        "change_request_id": str(a_request(client, world.alpha["person"])["id"]),
    }


def _marking(client: TestClient, world: World, version_id: UUID, case: UUID) -> dict[str, str]:
    exercise = published(client, world, version_id)
    scopes = f"/v1/people/{world.alpha['assessor'].person_id}/assessor-scopes"
    found = client.get(scopes, headers=world.alpha["administrator"].headers).json()["items"]
    return {
        "assignment_id": a.assigned(client, world, case, "F2", "first"),
        "exercise_id": exercise,
        "try_id": opened(client, world, exercise).json()["id"],
        "scope_id": found[0]["id"],
        **_quality(client, world, case),
    }


def _quality(client: TestClient, world: World, case: UUID) -> dict[str, str]:
    """A drawn sheet of a moderation, and a review of assessors."""
    manager, scheme_id = world.alpha["scheme_manager"].headers, scheme_of(client, world, case)
    a.held(client, world, case, "F3")
    for seat in a.SEATS:
        a.marked(client, world, a.assigned(client, world, case, "F3", seat), "F3", seat)
    period = {"held_from": "2026-03-01", "held_until": "2026-03-02"}
    path = f"/v1/schemes/{scheme_id}"
    made = client.post(f"{path}/moderations", json={"component": "F3", **period}, headers=manager).json()
    review = client.post(f"{path}/assessor-reviews", json=period, headers=manager).json()
    return {
        "moderation_id": made["id"],
        "moderated_id": made["drawn"][0]["id"],
        "review_id": review["id"],
    }


def _report(client: TestClient, world: World, form: str) -> str:
    """A report on a period before anybody sat."""
    wanted = {"form_id": form, "starts_on": "2026-01-01", "ends_on": "2026-01-31"}
    asked = client.post("/v1/reports", json=wanted, headers=world.alpha["scheme_manager"].headers)
    return str(asked.json()["id"])


def _check(client: TestClient, world: World) -> str:
    """A drawn attestation, still to be checked."""
    mentor = world.alpha["person"]
    made = an_engagement(client, mentor, code="sampled")
    an_import(client, mentor, "sampled,2025-05-12,16:00,17:00,,\n")
    client.post(
        f"/v1/practice/engagements/{made['id']}/attestations",
        json={"capacity": "programme", "basis": "List."},
        headers=world.alpha["programme_manager"].headers,
    )
    period = {"given_from": "2026-03-01", "given_until": "2026-03-02", "percent": 100}
    reviewer = world.alpha["application_reviewer"].headers
    client.post("/v1/practice/samples", json=period, headers=reviewer)
    return str(client.get("/v1/practice/attestation-checks", headers=reviewer).json()["items"][0]["id"])


def _delivery(client: TestClient, world: World, case: UUID, attempt: str) -> dict[str, str]:
    scheme = scheme_of(client, world, case)
    told = {"kind": "technical", "told": "A power cut.", "attempt_id": attempt}
    sitting = a.held(client, world, case, "F2").json()["id"]
    incident = client.post("/v1/incidents", json=told, headers=world.alpha["assessor"].headers)
    exam = {
        "provider": "Chamber", "exam": "K-2", "scheme_id": scheme, "component": "F1",
        "reasons": "Compared.", "valid_from": "2026-01-01", "valid_until": "2026-12-31",
    }  # fmt: skip
    accepted = client.post("/v1/external-exams", json=exam, headers=world.alpha["scheme_manager"].headers)
    return {
        "sitting_id": sitting,
        "recording_id": entered(client, world, sitting),
        "slot_id": a_slot(client, world, scheme)["id"],
        "incident_id": incident.json()["id"],
        "exam_id": accepted.json()["id"],
    }


def _study(client: TestClient, world: World, version_id: UUID) -> dict[str, str]:
    """A study with a round open, by the least panel that may rate."""
    study = studies.planned(client, world, studies.a_draft_form(client, world, version_id, form="RATED"))
    studies.a_panel(client, world, study, studies.JUDGES[:5])
    rating = studies.opened(client, world, study)
    return {
        "study_id": study,
        "judge_id": rating["judges"][0]["id"],
        "round_id": rating["rounds_held"][0]["id"],
        "sheet_id": studies.sheet_of(client, world, studies.JUDGES[0], 1),
    }


def _bank(client: TestClient, world: World) -> dict[str, str]:
    item = translated(client, world.alpha, an_approved_item(client, world.alpha)).json()
    [version] = item["versions"]
    return {
        "item_id": item["id"],
        "item_version_id": version["id"],
        "variant_id": version["variants"][0]["id"],
    }


def _statement(client: TestClient, world: World, version_id: UUID) -> str:
    headers = world.alpha["person"].headers
    path = f"/v1/me/profiles/{version_id}/ratings"
    client.put(path, json={"ratings": {"SME-BM/U1.1": 2}}, headers=headers)
    wanted = {"scheme_version_id": str(version_id), "kind": "skill_card", "source": "self"}
    return str(client.post("/v1/me/statements", json=wanted, headers=headers).json()["id"])


def _practice(client: TestClient, world: World) -> dict[str, str]:
    headers = world.alpha["person"].headers
    engagement = {
        "code": "apart", "sme_name": "Olivar", "sector": "agro_food", "modality": "one_to_one",
        "planned_months": 6, "phase": "growth", "started_on": "2025-02-03",
    }  # fmt: skip
    record = {"kind": "reflection", "started_on": "2025-02-03", "note": "What I learned."}
    opened = client.post("/v1/me/practice/engagements", json=engagement, headers=headers)
    logged = client.post("/v1/me/practice/records", json=record, headers=headers)
    goal = {
        "specific": "Sell through two shops abroad.", "measure": "shops", "baseline": "0", "target": "2",
        "achievable": "Two importers asked for samples.", "relevant": "Half of it has no buyer.",
        "due_on": "2027-02-03",
    }  # fmt: skip
    path = f"/v1/me/practice/engagements/{opened.json()['id']}/goals"
    set_goal = client.post(path, json=goal, headers=headers)
    indicator = {"code": "exports", "unit": "count", "text": {"en": "Countries", "es": "Países"}}
    manager = world.alpha["programme_manager"].headers
    defined = client.post("/v1/practice/indicators", json=indicator, headers=manager)
    return {
        **_shown(client, world.alpha["person"], opened.json()),
        "practice_indicator_id": defined.json()["id"],
        "engagement_id": opened.json()["id"],
        "mentee_id": a_mentee(client, world.alpha["person"], opened.json()["id"])["id"],
        "record_id": logged.json()["id"],
        "goal_id": set_goal.json()["id"],
        "type_code": _type(client, world),
        "hand_over_id": _hand_over(client, world),
    }


def _shown(client: TestClient, mentor: Member, engagement: dict[str, Any]) -> dict[str, str]:
    """Evidence, and the badge for a milestone that the mentee confirmed."""
    path, headers = f"/v1/me/practice/engagements/{engagement['id']}", mentor.headers
    handed_in = client.post(
        f"{path}/evidence",
        data={"title": "Price list", "confidentiality": "open", "consent_on": "2025-02-03"},
        files={"file": ("prices", b"A price list.")},
        headers=headers,
    )
    confirmed = _a_confirmed_milestone(client, mentor, engagement)
    badge = client.post(f"{path}/badges", json={"kind": confirmed, "with_name": True}, headers=headers)
    return {
        "badge_id": badge.json()["id"],
        "evidence_id": handed_in.json()["id"],
        "evidence_version_id": handed_in.json()["versions"][0]["id"],
    }


def _hand_over(client: TestClient, world: World) -> str:
    headers = world.alpha["person"].headers
    made = an_engagement(client, world.alpha["person"], code="handed-over")
    path = f"/v1/me/practice/engagements/{made['id']}/end"
    client.post(path, json={"ended_on": "2025-05-01"}, headers=headers | {"If-Match": '"1"'})
    wanted = {"to_person_id": str(world.alpha["trainer"].person_id), "need": "Money.", "why": "No fit."}
    offered = client.post(f"/v1/practice/engagements/{made['id']}/hand-overs", json=wanted, headers=headers)
    return str(offered.json()["id"])


def _type(client: TestClient, world: World) -> str:
    wanted = {"code": "apart", "titles": {"en": "Apart"}}
    headers = world.alpha["administrator"].headers
    return str(client.post("/v1/practice/activity-types", json=wanted, headers=headers).json()["code"])


def _exchange(client: TestClient, world: World) -> dict[str, str]:
    """Alpha takes beta's word, and its person hands in what was taken along there."""
    keys = client.get("/public/v1/bodies/beta/keys").json()["items"]
    key = next(one for one in keys if one["purpose"] == "exchange")
    wanted = {"name": "Beta", "kid": key["kid"], "public_pem": key["public_pem"]}
    trust = client.post("/v1/trusted-bodies", json=wanted, headers=world.alpha["administrator"].headers)
    own = world.alpha["person"].headers
    there = world.beta["person"].headers
    taken = client.get("/v1/me/practice/transcript", headers=there).content
    entry = client.post("/v1/me/practice/entries", files={"file": ("practice.json", taken)}, headers=own)
    return {"trusted_id": trust.json()["id"], "entry_id": entry.json()["id"]}


def _programme(client: TestClient, world: World) -> dict[str, str]:
    programme = programmes.a_running_programme(client, world.alpha)
    window = programmes.a_window(client, world.alpha, programme)
    member = programmes.a_member(client, world.alpha, window, world.alpha["person"])
    again = programmes.replies(client, world.alpha, window, programmes.a_reply(member, "offered"))
    indicator = {"code": "jobs", "titles": {"en": "Jobs"}, "unit": "jobs", "target": "6", "adds_up": True}
    path, manager = f"/v1/programmes/{programme['id']}/indicators", world.alpha["programme_manager"]
    return {
        "programme_id": programme["id"],
        "window_id": window["id"],
        "request_id": member["id"],
        "batch_id": again.json()["id"],
        "indicator_id": programmes.sent(client, "POST", path, manager, **indicator)["id"],
    }


def _a_confirmed_milestone(client: TestClient, mentor: Member, engagement: dict[str, Any]) -> str:
    """Note a milestone and let the mentee confirm it; return its kind."""
    path = f"/v1/me/practice/engagements/{engagement['id']}"
    rev = client.get(path, headers=mentor.headers).headers["etag"]
    milestone = practice.a_milestone("first_advice")
    client.post(f"{path}/milestones", json=milestone, headers=mentor.headers | {"If-Match": rev})
    client.post(practice.a_link(client, mentor, engagement["id"]), json={})
    return "first_advice"


def _directory(client: TestClient, world: World) -> dict[str, str]:
    """A listed mentor, a need noted by an adviser, a message that was passed on."""
    listing = listed(client, world.alpha["person"])["id"]
    need = client.post("/v1/directory/needs", json=NEED, headers=world.alpha["adviser"].headers)
    client.post(f"/public/v1/bodies/alpha/mentors/{listing}/contacts", json=MESSAGE)
    runtime = client.app.state.runtime  # type: ignore[attr-defined] # an ASGI app to the client's type
    begin_day(runtime)
    secret = secret_in(newest_link(runtime, MESSAGE["email"]))
    client.post(f"/public/v1/bodies/alpha/contact-confirmations/{secret}")
    [contact] = client.get("/v1/me/contacts", headers=world.alpha["person"].headers).json()["items"]
    return {"listing_id": listing, "need_id": need.json()["id"], "contact_id": contact["id"]}


def _appointment(client: TestClient, world: World) -> str:
    url = f"/v1/people/{world.alpha['assessor'].person_id}/appointments"
    found = client.get(url, headers=world.alpha["administrator"].headers)
    return str(found.json()["items"][0]["id"])


def test_no_operation_reaches_what_another_body_holds(
    client: TestClient, world: World, runtime: Any, existing: dict[str, str]
) -> None:
    document = client.app.openapi()  # type: ignore[attr-defined] # an ASGI app to the client's type
    before = counts(runtime)
    let_in, unnamed = [], set()
    for method, path, operation in operations(document):
        if "security" not in operation or "{" not in path:
            continue
        names = [part.split("}")[0] for part in path.split("{")[1:]]
        unnamed |= set(names) - set(existing)
        url = path.format(**{name: existing.get(name, UNKNOWN) for name in names})
        request = request_of(document, operation)
        for name, member in world.beta.members.items():
            headers = member.headers | {"If-Match": '"1"'}
            answer = client.request(method, url, headers=headers, **request)
            if answer.status_code not in {403, 404}:
                let_in.append((method, path, name, answer.status_code))

    after = counts(runtime)
    changed = {table for table in after if after[table] != before[table]} - _OF_REFUSALS
    assert let_in == []
    assert unnamed == set()
    assert changed == set()


_OF_REFUSALS = {"events", "event_openings", "events_pending", "log_leaves", "log_nodes", "log_edges"}
