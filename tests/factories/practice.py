"""Engagements, sessions and confirmations over HTTP; the world's clock stands at 2 March 2026, 09:00 UTC."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.testclient import TestClient

from app.jobs.running import drain
from app.practice.indicators import milestone_texts
from app.practice.rules import Milestone
from app.work import Runtime
from app.worker import HANDLERS
from tests.support.days import newest_path
from tests.support.world import Member

OWN = "/v1/me/practice"
HEADING = "engagement,date,start,end,kind,note\n"


def an_engagement(client: TestClient, mentor: Member, **changes: object) -> dict[str, Any]:
    wanted = {
        "code": "oliva",
        "sme_name": "Olivar del Alba S.L.",
        "country": "ES",
        "sector": "agro_food",
        "modality": "one_to_one",
        "planned_months": 6,
        "phase": "growth",
        "started_on": "2025-02-03",
    } | changes
    answer = client.post(f"{OWN}/engagements", json=wanted, headers=mentor.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


def an_import(client: TestClient, mentor: Member, content: str | bytes, **query: object) -> Any:
    """Send a CSV file; a text is sent as UTF-8 below the usual heading."""
    file = (HEADING + content).encode() if isinstance(content, str) else content
    return client.post(
        f"{OWN}/sessions/import",
        files={"file": ("sessions.csv", file, "text/csv")},
        params=query,
        headers=mentor.headers,
    )


MENTEE = {"name": "Κατερίνα Παπαδοπούλου", "email": "katerina@firm.example", "language": "en"}


def a_mentee(client: TestClient, mentor: Member, engagement_id: str, **changes: object) -> dict[str, Any]:
    answer = client.post(
        f"{OWN}/engagements/{engagement_id}/mentees", json=MENTEE | changes, headers=mentor.headers
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def a_link(client: TestClient, mentor: Member, engagement_id: str) -> str:
    """Have a mentee of body alpha asked; return the path of the API that her mail's link stands for."""
    mentee = a_mentee(client, mentor, engagement_id)
    answer = client.post(
        f"{OWN}/engagements/{engagement_id}/confirmation-links",
        json={"mentee_id": mentee["id"]},
        headers=mentor.headers,
    )
    assert answer.status_code == 201, answer.text
    runtime: Runtime = client.app.state.runtime  # type: ignore[attr-defined] # an ASGI app to the client's type
    drain(runtime, HANDLERS)
    return api_path(newest_path(runtime, MENTEE["email"]))


def api_path(path: str) -> str:
    """Return where the API answers what a page shows: `/confirm/{slug}/{secret}`."""
    _, _, slug, secret = path.split("/")
    return f"/public/v1/bodies/{slug}/practice-confirmations/{secret}"


def measures(client: TestClient, mentor: Member) -> dict[tuple[str, int | None], str]:
    answer = client.get(OWN, headers=mentor.headers)
    assert answer.status_code == 200, answer.text
    return {(line["measure"], line["window_months"]): line["value"] for line in answer.json()["measures"]}


def sessions(client: TestClient, mentor: Member, engagement_id: str) -> list[dict[str, Any]]:
    answer = client.get(f"{OWN}/engagements/{engagement_id}/sessions", headers=mentor.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def complete(client: TestClient, mentor: Member, engagement: dict[str, Any], ended_on: str) -> dict[str, Any]:
    """Reach three milestones and complete the engagement."""
    path, etag = f"{OWN}/engagements/{engagement['id']}", f'"{engagement["rev"]}"'
    for kind in ("initial_goals", "first_advice", "after_plan"):
        answer = client.post(
            f"{path}/milestones", json=a_milestone(kind), headers=mentor.headers | {"If-Match": etag}
        )
        assert answer.status_code == 200, answer.text
        etag = answer.headers["etag"]
    answer = client.post(
        f"{path}/completion", json={"ended_on": ended_on}, headers=mentor.headers | {"If-Match": etag}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def a_milestone(kind: str, *codes: str, **others: object) -> dict[str, Any]:
    """What is sent to note a milestone; its first indicator, unless others are named."""
    seen = codes or tuple(milestone_texts()[Milestone(kind)].indicators)[:1]
    return {"kind": kind, "indicators": [{"code": code, "note": f"Seen: {code}."} for code in seen], **others}


def a_record(client: TestClient, mentor: Member, **changes: object) -> dict[str, Any]:
    wanted = {"kind": "training", "started_on": "2024-10-01", "hours": "40"} | changes
    answer = client.post(f"{OWN}/records", json=wanted, headers=mentor.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


def hand_in(
    client: TestClient, mentor: Member, place: str, file: bytes | None = None, **changes: object
) -> Any:
    """Send evidence to `engagements/…` or `records/…`; open and agreed to, unless it is said otherwise."""
    wanted = {
        "title": "Price list, one page",
        "confidentiality": "open",
        "consent_on": "2025-06-02",
    } | changes
    fields = {name: (None, str(value)) for name, value in wanted.items() if value is not None}
    files = {} if file is None else {"file": ("Olivar del Alba secret.pdf", file)}
    return client.post(f"{OWN}/{place}/evidence", files=fields | files, headers=mentor.headers)


def handed_in(
    client: TestClient, mentor: Member, place: str, file: bytes | None = None, **changes: object
) -> Any:
    answer = hand_in(client, mentor, place, file, **changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


def at_once(call: Callable[[], Any], times: int) -> list[int]:
    """Make the same call several times at once; return the statuses, sorted."""
    with ThreadPoolExecutor(times) as pool:
        return sorted(answer.status_code for answer in pool.map(lambda _: call(), range(times)))
