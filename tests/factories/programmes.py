"""Programmes over HTTP; the world's clock stands at 2 March 2026, and their window is open then."""

from typing import Any

from starlette.testclient import TestClient

from tests.support.world import Member, Tenant

PROGRAMME: dict[str, Any] = {
    "code": "business-ready",
    "names": {"en": "Business Ready"},
    "kind": "growth_support",
    "funders": ["County Council", "European Union"],
    "region": "Coventry and Warwickshire",
    "sectors": ["technology"],
    "phases": ["early_startup", "growth"],
    "planned_firms": 100,
    "is_free": True,
    "starts_on": "2026-02-01",
    "ends_on": "2028-12-31",
    "hours_a_month": "6.00",
    "digital_needs": ["Video calls"],
    "languages": ["en"],
}
WINDOW: dict[str, Any] = {
    "opens_on": "2026-02-15",
    "closes_on": "2026-03-31",
    "places": 2,
    "induction_days": ["2026-03-01", "2026-03-02", "2026-04-10"],
}
INDUCTED_ON = "2026-03-01"
OWN = "/v1/me/programme-requests"
MENTORS = ("person", "mentee", "trainer", "assessor", "other_assessor", "third_assessor")


def sent(
    client: TestClient, method: str, path: str, by: Member, *, rev: int | None = None, **body: Any
) -> Any:
    """Send a request that is expected to succeed; return what it answered."""
    headers = by.headers | ({} if rev is None else {"If-Match": f'"{rev}"'})
    answer = client.request(method, path, headers=headers, json=body or None)
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()


def a_programme(client: TestClient, tenant: Tenant, **changes: object) -> dict[str, Any]:
    found: dict[str, Any] = sent(
        client, "POST", "/v1/programmes", tenant["programme_manager"], **(PROGRAMME | changes)
    )
    return found


def a_running_programme(client: TestClient, tenant: Tenant, **changes: object) -> dict[str, Any]:
    made = a_programme(client, tenant, **changes)
    path = f"/v1/programmes/{made['id']}/start"
    found: dict[str, Any] = sent(client, "POST", path, tenant["programme_manager"], rev=made["rev"])
    return found


def a_window(
    client: TestClient, tenant: Tenant, programme: dict[str, Any], **changes: object
) -> dict[str, Any]:
    path = f"/v1/programmes/{programme['id']}/intake-windows"
    found: dict[str, Any] = sent(client, "POST", path, tenant["programme_manager"], **(WINDOW | changes))
    return found


def a_request(client: TestClient, mentor: Member, code: str = "business-ready") -> dict[str, Any]:
    wanted = {"programme": code, "motivation": "I led such a firm myself."}
    found: dict[str, Any] = sent(client, "POST", OWN, mentor, **wanted)
    return found


def asked(client: TestClient, tenant: Tenant, *names: str) -> list[dict[str, Any]]:
    """Return the requests of several people, in this order."""
    return [a_request(client, tenant[name]) for name in names]


def own(client: TestClient, mentor: Member) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sent(client, "GET", OWN, mentor)["items"]
    return found


def ranked(client: TestClient, tenant: Tenant, request: dict[str, Any], rank: int) -> dict[str, Any]:
    path = f"/v1/programme-requests/{request['id']}/rank"
    found: dict[str, Any] = sent(
        client,
        "PUT",
        path,
        tenant["programme_manager"],
        rev=request["rev"],
        rank=rank,
        reasons="Knows the trade.",
    )
    return found


def a_reply(request: dict[str, Any], reply: str, reasons: str | None = None) -> dict[str, Any]:
    return {"request_id": request["id"], "reply": reply, "reasons": reasons}


def replies(
    client: TestClient, tenant: Tenant, window: dict[str, Any], *rows: dict[str, Any], **more: Any
) -> Any:
    """Send replies and return the whole answer."""
    return client.post(
        f"/v1/intake-windows/{window['id']}/reply-batches",
        json={"replies": list(rows), **more},
        headers=tenant["programme_manager"].headers,
    )


def inducted(
    client: TestClient, tenant: Tenant, request: dict[str, Any], on: str = INDUCTED_ON
) -> dict[str, Any]:
    path = f"/v1/programme-requests/{request['id']}/induction"
    found: dict[str, Any] = sent(client, "POST", path, tenant["programme_manager"], inducted_on=on)
    return found


def a_member(
    client: TestClient, tenant: Tenant, window: dict[str, Any], mentor: Member, *, on: str = INDUCTED_ON
) -> dict[str, Any]:
    """Return the request of a mentor who asked, was offered a place and was inducted."""
    request = a_request(client, mentor)
    answer = replies(client, tenant, window, a_reply(request, "offered"))
    assert answer.json()["carried_out"] == 1, answer.text
    return inducted(client, tenant, request, on)


def states(client: TestClient, tenant: Tenant, window: dict[str, Any]) -> dict[str, str]:
    """Return the state of each request of a window, by person."""
    path = f"/v1/intake-windows/{window['id']}/requests"
    found = sent(client, "GET", path, tenant["adviser"])["items"]
    return {request["person_id"]: request["state"] for request in found}
