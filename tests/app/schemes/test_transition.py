"""A newer version over HTTP: it says what becomes of the older one, and the service holds to it (SCH-5)."""

from datetime import timedelta
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from tests.factories import marking as a
from tests.factories.packages import put
from tests.factories.versions import TEXT, a_newer_version, a_rule, drafted, examining_more, moved_on, second
from tests.support.world import StandingClock, World

PAGE = "/public/v1/bodies/alpha/schemes/SME-BM/transition"


def applied(client: TestClient, world: World, version: UUID, *, agreement: int = 1) -> tuple[int, str]:
    application = {
        "scheme_version_id": str(version), "level": 3, "phases": ["growth"], "endorsements": [],
        "language": "en", "overview_version": 1,
        "needs_confirmed": ["time", "digital", "languages"], "agreement_version": agreement,
        "accommodation": {"asked": "none"},
    }  # fmt: skip
    answer = client.post("/v1/me/cases", json=application, headers=world.alpha["person"].headers)
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.parametrize("step", ["publication", "pilot"])
def test_no_version_comes_without_a_word_on_the_one_in_force(
    step: str, client: TestClient, world: World, version_id: UUID
) -> None:
    version = drafted(client, world.alpha, second())
    headers = world.alpha["scheme_manager"].headers

    answer = moved_on(client, world.alpha, version, step)
    found = client.get(f"/v1/scheme-versions/{version}/findings", headers=headers).json()["findings"]

    assert (answer.status_code, answer.json()["code"]) == (422, "package_refused")
    assert [(fault["pointer"], fault["code"]) for fault in found] == [("/transition/rules", "SCH-5")]
    assert answer.json()["findings"] == found


def test_a_version_that_was_retired_needs_no_word(client: TestClient, world: World, version_id: UUID) -> None:
    moved_on(client, world.alpha, version_id, "retirement")

    a_newer_version(client, world.alpha, second())


def test_the_older_version_takes_applications_until_its_day_and_then_no_more(
    client: TestClient, world: World, clock: StandingClock, version_id: UUID
) -> None:
    newer = a_newer_version(client, world.alpha, second(rule=a_rule("finish", applications_months=1)))
    clock.advance(timedelta(days=31))
    a.signed_in_again(client, world, "person")

    on_its_last_day = applied(client, world, version_id)
    clock.advance(timedelta(days=1))
    a.signed_in_again(client, world, "person")

    assert on_its_last_day == (201, "")
    assert applied(client, world, version_id) == (409, "version_superseded")
    assert applied(client, world, newer) == (201, "")


def test_a_newer_version_that_was_retired_again_ends_nothing(
    client: TestClient, world: World, clock: StandingClock, version_id: UUID
) -> None:
    newer = a_newer_version(client, world.alpha, second(rule=a_rule("finish")))
    clock.advance(timedelta(days=1))
    for name in ("person", "scheme_manager"):
        a.signed_in_again(client, world, name)
    before = applied(client, world, version_id)

    moved_on(client, world.alpha, newer, "retirement")

    assert before == (409, "version_superseded")
    assert applied(client, world, version_id) == (201, "")


def test_the_public_page_says_what_becomes_of_whom_and_when(
    client: TestClient, world: World, version_id: UUID
) -> None:
    first = client.get(PAGE).json()
    rule = a_rule("finish_by", applications_months=1, extra_assessment=["F5"])
    a_newer_version(client, world.alpha, second(*examining_more(), rule=rule))

    told = client.get(PAGE).json()

    assert (first["version"], first["items"]) == ("1.0", [])
    assert "until recertification" in first["statement"]["en"]
    assert (told["version"], told["published_on"]) == ("1.1", "2026-03-02")
    [item] = told["items"]
    assert [part["code"] for part in item.pop("extra_assessment")] == ["F5"]
    assert item == {
        "from_version": "1.0",
        "open_cases": "finish_by",
        "applications_until": "2026-04-02",
        "stays_until": "2026-09-02",
        "due_on": "2026-09-03",
        "text": TEXT,
    }
    assert [part["code"] for part in told["recertification"]] == ["R1", "R2", "R3"]
    assert client.get("/public/v1/bodies/beta/schemes/SME-BM/transition").status_code == 404


def test_the_agreement_of_the_newer_version_is_the_one_to_accept(
    client: TestClient, world: World, version_id: UUID
) -> None:
    changes = (put("agreement/version", 2), put("agreement/text/en", "I agree to other things."))
    newer = a_newer_version(client, world.alpha, second(*changes, rule=a_rule("finish")))

    assert applied(client, world, newer) == (422, "not_the_current_version")
    assert applied(client, world, newer, agreement=2) == (201, "")
