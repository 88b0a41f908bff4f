"""A pool of certified persons in body alpha."""

from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.work import Caller
from tests.factories.directory import Pool
from tests.support.world import World


@pytest.fixture
def pool(client: TestClient, system: Caller, world: World, version_id: UUID) -> Pool:
    return Pool(client, system, world.alpha, version_id)
