"""Change requests over HTTP."""

from typing import Any

from starlette.testclient import TestClient

from tests.support.world import Member


def the_scheme(client: TestClient, member: Member) -> str:
    """Return the id of the one scheme that the member's body has."""
    return str(client.get("/v1/schemes", headers=member.headers).json()["items"][0]["id"])


def a_request(client: TestClient, member: Member, **changes: object) -> dict[str, Any]:
    wanted = {
        "kind": "change_request",
        "place": "/scope/text/en",
        "interest": "mentors",
        "text": "Say that a mentor may work in more than one country.",
    } | changes
    path = f"/v1/schemes/{the_scheme(client, member)}/change-requests"
    answer = client.post(path, json=wanted, headers=member.headers)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def commented(client: TestClient, member: Member, request_id: str, *, interest: str = "smes") -> Any:
    return client.post(
        f"/v1/change-requests/{request_id}/comments",
        json={"interest": interest, "text": "Firms near a border would gain most."},
        headers=member.headers,
    )


def answered(client: TestClient, member: Member, request_id: str, **reply: object) -> Any:
    return client.post(f"/v1/change-requests/{request_id}/answer", json=reply, headers=member.headers)
