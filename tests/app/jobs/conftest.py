"""A runtime with a data folder to itself: the engine's book lies there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.main import make_runtime
from app.work import Caller, Runtime
from tests.support.world import StandingClock, World, as_system


@pytest.fixture
def own_runtime(runtime: Runtime, tmp_path: Path, clock: StandingClock) -> Iterator[Runtime]:
    made = make_runtime(replace(runtime.settings, data_folder=tmp_path), clock)
    yield made
    made.database.dispose()


@pytest.fixture
def own_system(own_runtime: Runtime, world: World) -> Caller:
    return as_system(own_runtime, world.alpha.body_id)
