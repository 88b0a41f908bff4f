"""Cases on their way through the final assessment, over HTTP where there are routes for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import yaml
from starlette.testclient import TestClient

from app.applications.rules import AccommodationState, CaseState
from app.applications.tables import AccommodationRow, CaseRow
from app.audit.events import Event
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.itembank.formfile import read_form
from app.work import Caller, Runtime, Work
from tests.factories.delivery import checked_in
from tests.factories.practice import an_engagement
from tests.factories.schemes import founding_scopes
from tests.support.world import PASSWORD, Member, World

APP = Path(__file__).parents[2] / "app"
CONTENT = APP / "demo" / "content"
FORM = APP / "schemes" / "packages" / "sme_bm" / "forms" / "knowledge_a.yaml"
SEATS = ("first", "second", "third")
ASSESSORS = {"first": "assessor", "second": "other_assessor", "third": "third_assessor"}


@cache
def form_document() -> dict[str, Any]:
    return read_form(FORM)


@cache
def responses() -> dict[str, list[str]]:
    return yaml.safe_load((CONTENT / "responses.yaml").read_text(encoding="utf-8"))["responses"]


@cache
def sheets(component: str) -> dict[str, list[dict[str, Any]]]:
    """The demonstration's sheets: seat → marks as the API takes them."""
    marks = yaml.safe_load((CONTENT / "marks.yaml").read_text(encoding="utf-8"))
    return {
        entry["assessor"]: [
            {"element": element, "rating": rating, "comment": entry["comments"].get(element)}
            for element, rating in entry["ratings"].items()
        ]
        for entry in marks["components"][component]
    }


def an_approved_form(client: TestClient, world: World, version_id: UUID, **changes: Any) -> dict[str, Any]:
    drafted = client.post(
        "/v1/forms",
        json={"scheme_version_id": str(version_id), "document": {**form_document(), **changes}},
        headers=world.alpha["scheme_manager"].headers,
    )
    assert drafted.status_code == 201, drafted.text
    officer = world.alpha["impartiality_officer"].headers
    answer = client.post(
        f"/v1/forms/{drafted.json()['id']}/approval",
        headers={**officer, "If-Match": drafted.headers["etag"]},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def an_admitted_case(
    system: Caller,
    world: World,
    version_id: UUID,
    *,
    who: str = "person",
    extra_percent: int = 0,
    **other: Any,
) -> UUID:
    """A case of the body's plain person, or another member, as a review would have left it."""
    return system.write(_admit, world.alpha[who].person_id, version_id, extra_percent, other)


def _admit(work: Work, person_id: UUID, version_id: UUID, extra_percent: int, other: dict[str, Any]) -> UUID:
    work.require_system()
    case = CaseRow(
        body_id=work.body_id,
        person_id=person_id,
        scheme_version_id=version_id,
        phases=["early_startup"],
        endorsements=[],
        language="en",
        submitted_at=work.now,
        submitted_on=work.today - timedelta(days=90),
        agreement_version=1,
        overview_version=1,
        **({"level": 3, "state": CaseState.ADMITTED} | other),
    )
    work.session.add(case)
    work.session.flush()
    granted = AccommodationState.GRANTED if extra_percent else AccommodationState.NONE
    work.session.add(
        AccommodationRow(
            body_id=work.body_id, stream=case.id, state=granted, extra_time_percent=extra_percent
        )
    )
    work.record(Event.APPLICATION_SUBMITTED, case)
    return case.id


def formative_done(client: TestClient, world: World, who: str = "person") -> None:
    """The three continuing assessments of one engagement, attested by the administrator."""
    engagement = an_engagement(client, world.alpha[who])["id"]
    for component in ("C1", "C2", "C3"):
        answer = client.post(
            f"/v1/people/{world.alpha[who].person_id}/formative-completions",
            json={"component": component, "engagement": engagement, "completed_on": "2026-02-02"},
            headers=world.alpha["administrator"].headers,
        )
        assert answer.status_code == 201, answer.text


def proposed(
    client: TestClient, world: World, case_id: UUID, component: str, seat: str, who: str = ""
) -> Any:
    return client.post(
        f"/v1/cases/{case_id}/proposals",
        json={
            "component": component,
            "seat": seat,
            "assessor_id": str(world.alpha[who or ASSESSORS[seat]].person_id),
        },
        headers=world.alpha["administrator"].headers,
    )


def assigned(client: TestClient, world: World, case_id: UUID, component: str, seat: str) -> str:
    """Propose, declare no conflict, and return the assignment's id."""
    assert (answer := proposed(client, world, case_id, component, seat)).status_code == 201, answer.text
    answer = client.post(
        f"/v1/cases/{case_id}/declarations",
        json={"answer": "none"},
        headers=world.alpha[ASSESSORS[seat]].headers,
    )
    assert answer.status_code == 201, answer.text
    [assignment] = answer.json()["assignments"]
    return str(assignment)


def policy_set(client: TestClient, world: World, scheme_id: str, **changes: Any) -> None:
    """Decide how marking in a scheme is allocated, monitored and moderated."""
    wanted = {
        "language_level": "C1", "most_open": 10, "agreement_gate": "0.60", "agreement_least": 20,
        "is_moderated": False, "moderation_percent": 10, "moderation_least": 1, "moderation_margin": "0.25",
    } | changes  # fmt: skip
    answer = client.post(
        f"/v1/schemes/{scheme_id}/marking-policies",
        json=wanted,
        headers=world.alpha["scheme_manager"].headers,
    )
    assert answer.status_code == 201, answer.text


def appointed(client: TestClient, world: World, name: str, role: str = "assessor") -> None:
    """Appoint a member of the world to one more role."""
    answer = client.post(
        f"/v1/people/{world.alpha[name].person_id}/appointments",
        json={"role": role, "starts_on": "2026-01-01"},
        headers=world.alpha["administrator"].headers,
    )
    assert answer.status_code == 201, answer.text
    if role == "assessor" and world.alpha.version_id is not None:
        founding_scopes(client, world.alpha, world.alpha.version_id, name)


def held(client: TestClient, world: World, case_id: UUID, component: str = "F2", **changes: Any) -> Any:
    return client.post(
        f"/v1/cases/{case_id}/sittings",
        json={
            "component": component,
            "held_on": "2026-03-02",
            "site": "Room 2",
            "mode": "on_site",
            "identity_confirmed": True,
            "agreement_signed": True,
            "aids_checked": True,
            **changes,
        },
        headers=world.alpha["administrator"].headers,
    )


def save_marks(client: TestClient, member: Member, assignment: str, marks: list[dict[str, Any]]) -> Any:
    etag = client.get(f"/v1/assignments/{assignment}", headers=member.headers).headers["etag"]
    return client.put(
        f"/v1/assignments/{assignment}/marks",
        json={"marks": marks},
        headers={**member.headers, "If-Match": etag},
    )


def submit_marks(client: TestClient, member: Member, assignment: str, seen: str = "live") -> Any:
    etag = client.get(f"/v1/assignments/{assignment}", headers=member.headers).headers["etag"]
    return client.post(
        f"/v1/assignments/{assignment}/submission",
        json={"seen": seen},
        headers={**member.headers, "If-Match": etag},
    )


def marked(client: TestClient, world: World, assignment: str, component: str, seat: str) -> None:
    """Save and submit the demonstration's sheet."""
    member = world.alpha[ASSESSORS[seat]]
    saved = save_marks(client, member, assignment, sheets(component)[seat])
    assert saved.status_code == 200, saved.text
    answer = submit_marks(client, member, assignment)
    assert answer.status_code == 200, answer.text


def an_examined_case(
    client: TestClient, world: World, system: Caller, version_id: UUID, **other: Any
) -> UUID:
    """An admitted case for which all stands ready but a booked slot."""
    an_approved_form(client, world, version_id)
    formative_done(client, world)
    return an_admitted_case(system, world, version_id, **other)


def an_open_attempt(client: TestClient, world: World, case_id: UUID) -> str:
    """Check the candidate in and open her attempt."""
    checked_in(client, world, case_id)
    opened = client.post(
        f"/v1/cases/{case_id}/attempts", json={"component": "F1"}, headers=world.alpha["person"].headers
    )
    assert opened.status_code == 201, opened.text
    return str(opened.json()["id"])


def attempt_submitted(client: TestClient, world: World, case_id: UUID, given: dict[str, list[str]]) -> str:
    checked_in(client, world, case_id)
    person = world.alpha["person"].headers
    opened = client.post(f"/v1/cases/{case_id}/attempts", json={"component": "F1"}, headers=person)
    assert opened.status_code == 201, opened.text
    attempt = opened.json()["id"]
    saved = client.put(
        f"/v1/attempts/{attempt}/responses",
        json={"responses": given},
        headers={**person, "If-Match": opened.headers["etag"]},
    )
    assert saved.status_code == 200, saved.text
    answer = client.post(f"/v1/attempts/{attempt}/submission", headers=person)
    assert answer.status_code == 200, answer.text
    return str(attempt)


def released(client: TestClient, world: World, case_id: UUID, component: str) -> Any:
    return client.post(
        f"/v1/cases/{case_id}/results",
        json={"component": component},
        headers=world.alpha["scheme_manager"].headers,
    )


def trained_by(system: Caller, trainer: UUID, candidate: UUID) -> None:
    system.write(_train, trainer, candidate)


def _train(work: Work, trainer: UUID, candidate: UUID) -> None:
    work.require_system()
    impartiality.note_fact(
        work,
        Act.TRAINED,
        person_id=trainer,
        candidate_id=candidate,
        started_on=work.today,
        ended_on=work.today,
    )


def signed_in_again(client: TestClient, world: World, name: str) -> None:
    """Give a member of the world a fresh token, for when the clock has moved on."""
    grant = {"grant": "password", "email": f"{name}@alpha.example", "password": PASSWORD}
    answer = client.post("/public/v1/bodies/alpha/tokens", json=grant)
    assert answer.status_code == 200, answer.text
    world.alpha[name].token = answer.json()["access_token"]


@contextmanager
def raw(runtime: Runtime) -> Iterator[sa.Connection]:
    """A connection that may write past the service, as an intruder with the database's password would."""
    with runtime.database.engine.execution_options(write=True).begin() as connection:
        yield connection
