"""Recordings of sittings, entered over HTTP."""

import hashlib
from typing import Any

from starlette.testclient import TestClient

from tests.support.world import World

MP4 = b"\x00\x00\x00\x18ftypmp42 a mentoring session"
SHA256 = hashlib.sha256(MP4).hexdigest()
LINK = {"url": "https://videos.example/s/1", "sha256": SHA256, "size": "4096"}
CONSENTS = {
    "candidate_consent_on": "2026-03-01",
    "others": "1",
    "others_consent_on": "2026-03-02",
    "retain_until": "2026-12-31",
}


def enter(
    client: TestClient,
    world: World,
    sitting_id: str,
    file: bytes | None = MP4,
    who: str = "administrator",
    **changes: Any,
) -> Any:
    """Enter a recording; a change to None leaves a field out."""
    wanted = {name: value for name, value in (CONSENTS | changes).items() if value is not None}
    return client.post(
        f"/v1/sittings/{sitting_id}/recordings",
        data=wanted,
        files={} if file is None else {"file": ("session.mp4", file)},
        headers=world.alpha[who].headers,
    )


def entered(
    client: TestClient, world: World, sitting_id: str, file: bytes | None = MP4, **changes: Any
) -> str:
    answer = enter(client, world, sitting_id, file, **changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def withdrawn(client: TestClient, world: World, recording_id: str, who: str = "administrator") -> Any:
    return client.post(f"/v1/recordings/{recording_id}/withdrawal", headers=world.alpha[who].headers)
