"""Slots, bookings and check-ins over HTTP; times are told from the world's clock."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from tests.support.world import World


def now(client: TestClient) -> datetime:
    return client.app.state.runtime.clock.now()  # type: ignore[attr-defined] # an ASGI app to the client's type


def scheme_of(client: TestClient, world: World, case_id: UUID | str) -> str:
    """Return the scheme that a case is examined under."""
    staff = world.alpha["application_reviewer"].headers
    version = client.get(f"/v1/cases/{case_id}", headers=staff).json()["scheme_version_id"]
    return client.get(f"/v1/scheme-versions/{version}", headers=staff).json()["scheme_id"]


def slot_wanted(client: TestClient, scheme_id: str, component: str = "F1", **changes: Any) -> dict[str, Any]:
    """A slot that begins in half an hour and lasts four."""
    at = now(client)
    return {
        "scheme_id": scheme_id,
        "component": component,
        "starts_at": (at + timedelta(minutes=30)).isoformat(),
        "ends_at": (at + timedelta(hours=4)).isoformat(),
        "closes_at": (at + timedelta(minutes=10)).isoformat(),
        "mode": "on_site",
        "site": "Room 2",
        "places": 1,
        **changes,
    }


def a_slot(client: TestClient, world: World, scheme_id: str, component: str = "F1", **changes: Any) -> Any:
    answer = client.post(
        "/v1/slots",
        json=slot_wanted(client, scheme_id, component, **changes),
        headers=world.alpha["administrator"].headers,
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def booked(client: TestClient, world: World, case_id: UUID | str, slot_id: str, who: str = "person") -> Any:
    return client.post(
        f"/v1/me/cases/{case_id}/bookings", json={"slot_id": slot_id}, headers=world.alpha[who].headers
    )


def check_in(
    client: TestClient, world: World, booking_id: str, who: str = "administrator", **seen: bool
) -> Any:
    in_order = {"identity_confirmed": True, "agreement_signed": True, "aids_checked": True}
    return client.post(
        f"/v1/bookings/{booking_id}/check-in", json=in_order | seen, headers=world.alpha[who].headers
    )


def checked_in(client: TestClient, world: World, case_id: UUID | str, component: str = "F1") -> str:
    """Open a slot, let the candidate book it, and check her in; return the booking."""
    slot = a_slot(client, world, scheme_of(client, world, case_id), component)
    booking = booked(client, world, case_id, slot["id"])
    assert booking.status_code == 201, booking.text
    answer = check_in(client, world, booking.json()["id"])
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])
