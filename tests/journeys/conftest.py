"""A server process of its own on the test's database, and a browser that speaks to it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from app.work import Caller, Runtime
from tests.factories import marking as a
from tests.support.browsers import chromium
from tests.support.servers import Server
from tests.support.world import StandingClock, World


@pytest.fixture
def attempt(client: TestClient, world: World, clock: StandingClock, system: Caller, version_id: UUID) -> str:
    """An open attempt at the real time of day, since the server that is killed has a clock of its own."""
    clock.instant = datetime.now(UTC)
    for name in ("person", "administrator", "application_reviewer", "scheme_manager", "impartiality_officer"):
        a.signed_in_again(client, world, name)
    return a.an_open_attempt(client, world, a.an_examined_case(client, world, system, version_id))


@pytest.fixture
def server(runtime: Runtime, attempt: str, tmp_path: Path) -> Iterator[Server]:
    runtime.database.dispose()
    made = Server(runtime.settings, "alpha", tmp_path / "server.log")
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made
