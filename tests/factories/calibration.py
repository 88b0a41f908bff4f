"""Calibration exercises and tries, over HTTP."""

from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from tests.factories import marking
from tests.support.world import World

PERFORMANCES = ("She opens by asking what changed.", "She tells of her own firm for half an hour.")


def reference() -> dict[str, int]:
    """The experts' ratings of the elements of F2, the same for each performance."""
    return {mark["element"]: 1 + place % 4 for place, mark in enumerate(marking.sheets("F2")["first"])}


def an_exercise(world: World, **changes: Any) -> dict[str, Any]:
    """What the API takes as an exercise: two performances of F2."""
    references = {
        code: {"rating": rating, "reason": f"Planted reason for {code}."}
        for code, rating in reference().items()
    }
    return {
        "component": "F2",
        "level": 3,
        "title": "Two observed sessions",
        "closeness": "within_one",
        "least": "0.80",
        "valid_months": 24,
        "experts": [str(world.alpha[name].person_id) for name in ("trainer", "decision_maker")],
        "performances": [{"text": text, "references": references} for text in PERFORMANCES],
        **changes,
    }


def drafted(client: TestClient, world: World, version_id: UUID, **changes: Any) -> Any:
    path = f"/v1/scheme-versions/{version_id}/calibration-exercises"
    return client.post(path, json=an_exercise(world, **changes), headers=manager(world))


def published(client: TestClient, world: World, version_id: UUID, **changes: Any) -> str:
    made = drafted(client, world, version_id, **changes)
    assert made.status_code == 201, made.text
    exercise = str(made.json()["id"])
    answer = client.post(
        f"/v1/calibration-exercises/{exercise}/publication", headers=manager(world) | {"If-Match": '"1"'}
    )
    assert answer.status_code == 200, answer.text
    return exercise


def opened(client: TestClient, world: World, exercise: str, who: str = "assessor") -> Any:
    path = f"/v1/calibration-exercises/{exercise}/tries"
    return client.post(path, headers=world.alpha[who].headers)


def submitted(
    client: TestClient, world: World, attempt: str, given: dict[str, int], who: str = "assessor"
) -> Any:
    body = {"ratings": {str(number + 1): given for number in range(len(PERFORMANCES))}}
    return client.post(
        f"/v1/calibration-tries/{attempt}/submission", json=body, headers=world.alpha[who].headers
    )


def a_passed_calibration(client: TestClient, world: World, version_id: UUID, who: str = "assessor") -> Any:
    exercise = published(client, world, version_id)
    attempt = opened(client, world, exercise, who).json()["id"]
    answer = submitted(client, world, attempt, reference(), who)
    assert answer.json()["passed"] is True, answer.text
    return answer.json()


def manager(world: World) -> dict[str, str]:
    return world.alpha["scheme_manager"].headers
