"""What applicants must bring besides competence is confirmed one by one, not by a version number (APP-1)."""

import pytest
from starlette.testclient import TestClient

from app.applications.rules import Need, ensure_needs
from app.core.errors import Invalid
from tests.support.world import World


def applied(client: TestClient, world: World, version_id: str, needs: list[str]):
    application = {
        "scheme_version_id": str(version_id), "level": 3, "phases": ["growth"], "endorsements": [],
        "language": "en", "overview_version": 1, "agreement_version": 1, "needs_confirmed": needs,
        "accommodation": {"asked": "none"},
    }  # fmt: skip
    return client.post("/v1/me/cases", json=application, headers=world.alpha["person"].headers)


def test_each_need_that_is_not_confirmed_is_named(client: TestClient, world: World, version_id) -> None:
    answer = applied(client, world, version_id, ["time"])

    assert (answer.status_code, answer.json()["code"]) == (422, "need_not_confirmed")
    assert "digital, languages" in answer.json()["detail"]


def test_what_was_confirmed_stands_in_the_case(client: TestClient, world: World, version_id) -> None:
    answer = applied(client, world, version_id, ["time", "languages", "digital"])

    assert answer.status_code == 201, answer.text
    assert answer.json()["needs_confirmed"] == ["digital", "languages", "time"]


def test_a_need_that_nobody_stated_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        ensure_needs({"time"}, [Need.TIME, Need.DIGITAL])

    assert refusal.value.code == "need_not_stated"
