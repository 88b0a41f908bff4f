"""What was found at the review does not carry a grant once it has fallen (DEC-4)."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from tests.factories.practice import a_link
from tests.support.world import World

HEADING = "engagement,date,start,end,kind,note\n"


def imported(client: TestClient, world: World, months: range) -> None:
    """Three sessions of four hours in each month."""
    rows = [
        f"oliva,2025-{month:02}-{day:02},09:00,13:00,session,\n" for month in months for day in (3, 10, 17)
    ]
    file = ("sessions.csv", (HEADING + "".join(rows)).encode())
    url = "/v1/me/practice/sessions/import"
    answer = client.post(url, files={"file": file}, headers=world.alpha["person"].headers)
    assert answer.status_code == 200, answer.text


def answered(client: TestClient, world: World, engagement: str, disputed: list[str]) -> None:
    """The mentee's answer by a fresh link."""
    told = client.post(a_link(client, world.alpha["person"], engagement), json={"disputed": disputed})
    assert told.status_code == 200, told.text


@pytest.fixture
def engagement(client: TestClient, world: World) -> str:
    """36 hours confirmed by the mentee, then 36 attested by the administrator."""
    wanted = {
        "code": "oliva", "sme_name": "Olivar", "sector": "agro_food", "modality": "one_to_one",
        "planned_months": 6, "phase": "growth", "started_on": "2025-02-03",
    }  # fmt: skip
    url, own = "/v1/me/practice/engagements", world.alpha["person"].headers
    engagement = str(client.post(url, json=wanted, headers=own).json()["id"])
    imported(client, world, range(3, 6))
    answered(client, world, engagement, [])
    imported(client, world, range(6, 9))
    word = {"capacity": "programme", "basis": "Attendance lists."}
    attested = client.post(
        f"/v1/practice/engagements/{engagement}/attestations",
        json=word,
        headers=world.alpha["administrator"].headers,
    )
    assert attested.status_code == 201, attested.text
    return engagement


@pytest.fixture
def case_id(client: TestClient, world: World, engagement: str, version_id: UUID) -> UUID:
    """A case that the reviewer admitted with whatever gaps it has."""
    application = {
        "scheme_version_id": str(version_id), "level": 3, "phases": ["early_startup"], "endorsements": [],
        "language": "en", "overview_version": 1,
        "needs_confirmed": ["time", "digital", "languages"],
        "agreement_version": 1, "accommodation": {"asked": "none"},
    }  # fmt: skip
    made = client.post("/v1/me/cases", json=application, headers=world.alpha["person"].headers)
    assert made.status_code == 201, made.text
    url, reviewer = f"/v1/cases/{made.json()['id']}", world.alpha["application_reviewer"].headers
    client.post(f"{url}/conflict-declarations", json={"answer": "none"}, headers=reviewer)
    found = client.get(f"{url}/answers", headers=reviewer).json()["items"]
    unmet = [item["requirement"] for item in found if not item["met"]]
    review = {"outcome": "admit_with_gaps", "unmet": unmet, "close_by": "2026-03-20"}
    answer = client.post(f"{url}/review", json=review, headers=reviewer)
    assert answer.status_code == 201, answer.text
    return UUID(made.json()["id"])


def hours(client: TestClient, world: World, case_id: UUID) -> list[bool]:
    """Whether the requirements of confirmed hours are met, as a decider sees it now."""
    decider, url = world.alpha["decision_maker"].headers, f"/v1/cases/{case_id}"
    client.post(f"{url}/conflict-declarations", json={"answer": "none"}, headers=decider)
    answer = client.get(f"{url}/readiness", headers=decider)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["answers"]
    return [item["met"] for item in found if item["measure"] == "confirmed_hours"]


def test_hours_that_the_mentee_disputes_after_the_review_no_longer_count(
    client: TestClient, world: World, engagement: str, case_id: UUID
) -> None:
    before = hours(client, world, case_id)
    url, own = f"/v1/me/practice/engagements/{engagement}/sessions", world.alpha["person"].headers
    sessions = client.get(url, headers=own).json()["items"]

    answered(client, world, engagement, [row["id"] for row in sessions if row["state"] == "attested"])

    assert sum(hours(client, world, case_id)) < sum(before)
