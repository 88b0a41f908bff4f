"""A programme that runs, and its window, open on the day at which the world's clock stands."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.factories.programmes import a_running_programme, a_window
from tests.support.world import World


@pytest.fixture
def programme(client: TestClient, world: World) -> dict[str, Any]:
    return a_running_programme(client, world.alpha)


@pytest.fixture
def window(client: TestClient, world: World, programme: dict[str, Any]) -> dict[str, Any]:
    return a_window(client, world.alpha, programme)
