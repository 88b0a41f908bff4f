"""The app, a database per test on both kinds, clients by role."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.settings import Mode, Settings
from app.main import create_app, make_runtime
from app.work import Caller, Runtime
from tests.support.databases import Templates, checkpointed, postgres_server
from tests.support.world import Member, StandingClock, World, as_system, make_world

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[sa.URL]:
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session", params=KINDS)
def templates(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Templates:
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return Templates(request.param, tmp_path_factory.mktemp(request.param), server)


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def settings_for(url: str, folder: Path, guard: Path | None = None) -> Settings:
    return Settings(
        url,
        folder,
        key_passphrase="only for tests",
        mode=Mode.TEST,
        argon2_memory_kib=8,
        argon2_rounds=1,
        guard_folder=guard,
    )


@pytest.fixture(scope="session")
def empty_template(templates: Templates) -> str:
    return checkpointed(templates.fresh())


@pytest.fixture(scope="session")
def world_template(templates: Templates, empty_template: str, data_folder: Path) -> tuple[str, World]:
    url = templates.copy(empty_template)
    runtime = make_runtime(settings_for(url, data_folder), StandingClock())
    world = make_world(runtime)
    runtime.database.dispose()
    return checkpointed(url), world


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def world(world_template: tuple[str, World]) -> World:
    return copy.deepcopy(world_template[1])


@pytest.fixture
def runtime(
    templates: Templates,
    world_template: tuple[str, World],
    data_folder: Path,
    clock: StandingClock,
    tmp_path: Path,
) -> Iterator[Runtime]:
    """A runtime on a fresh copy of the world; its log's guard is its own, since copies go different ways."""
    url = templates.copy(world_template[0])
    made = make_runtime(settings_for(url, data_folder, tmp_path / "guard"), clock)
    yield made
    made.database.dispose()
    templates.remove(url)


@pytest.fixture
def client(runtime: Runtime) -> Iterator[TestClient]:
    with TestClient(create_app(runtime), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def system(runtime: Runtime, world: World) -> Caller:
    """The service itself acting in body alpha."""
    return as_system(runtime, world.alpha.body_id)


@pytest.fixture
def acting(client: TestClient) -> Callable[[Member], TestClient]:
    """Set who speaks for the following requests."""

    def choose(member: Member) -> TestClient:
        client.headers.update(member.headers)
        return client

    return choose
