"""The app, a database per test on both kinds, clients by role."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.certificates.tables import CertificateRow
from app.core.settings import Mode, Settings
from app.main import create_app, make_runtime
from app.work import Caller, Runtime
from tests.factories.certificates import a_seal, granted
from tests.factories.schemes import a_published_version, founding_scopes
from tests.support.databases import Templates, checkpointed, in_memory, postgres_server
from tests.support.days import Mailbox
from tests.support.scheduling import Together
from tests.support.world import Member, StandingClock, World, as_system, make_world

KINDS = ("sqlite", "postgresql")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


@pytest.fixture(scope="session")
def postgres() -> Iterator[sa.URL]:
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session", params=KINDS)
def templates(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Templates]:
    """Makers of databases; nothing waits for a disk here, on either kind."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    with in_memory(tmp_path_factory.mktemp(request.param)) as folder:
        yield Templates(request.param, folder, server)


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
def populated_template(templates: Templates, empty_template: str, data_folder: Path) -> tuple[str, World]:
    url = templates.copy(empty_template)
    runtime = make_runtime(settings_for(url, data_folder), StandingClock())
    world = make_world(runtime)
    runtime.database.dispose()
    return checkpointed(url), world


@pytest.fixture(scope="session")
def published_template(
    templates: Templates, populated_template: tuple[str, World], data_folder: Path
) -> tuple[str, World]:
    """The world once body alpha has published SME-BM."""
    url, world = templates.copy(populated_template[0]), copy.deepcopy(populated_template[1])
    runtime = make_runtime(settings_for(url, data_folder), StandingClock())
    with TestClient(create_app(runtime)) as client:
        world.alpha.version_id = a_published_version(client, world.alpha)
        founding_scopes(client, world.alpha, world.alpha.version_id)
    return checkpointed(url), world


@pytest.fixture
def template(request: pytest.FixtureRequest, templates: Templates) -> tuple[str, World]:
    """What the test's database begins as: with a published version if the test asks for its id."""
    begins = "published_template" if "version_id" in request.fixturenames else "populated_template"
    made: tuple[str, World] = request.getfixturevalue(begins)
    return made


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def world(template: tuple[str, World]) -> World:
    return copy.deepcopy(template[1])


@pytest.fixture
def version_id(world: World) -> UUID:
    """The version of SME-BM that body alpha has published."""
    assert world.alpha.version_id is not None
    return world.alpha.version_id


@pytest.fixture
def runtime(
    templates: Templates,
    template: tuple[str, World],
    data_folder: Path,
    clock: StandingClock,
    tmp_path: Path,
) -> Iterator[Runtime]:
    """A runtime on a fresh copy of the world; its log's guard is its own, since copies go different ways."""
    url = templates.copy(template[0])
    made = make_runtime(settings_for(url, data_folder, tmp_path / "guard"), clock, Mailbox())
    yield made
    made.database.dispose()
    templates.remove(url)


@pytest.fixture(scope="session")
def standing_app(empty_template: str, data_folder: Path) -> FastAPI:
    """The application, made once: its routes take a second to unfold, and keep nothing of a test."""
    return create_app(make_runtime(settings_for(empty_template, data_folder)))


@pytest.fixture
def client(standing_app: FastAPI, runtime: Runtime) -> Iterator[TestClient]:
    standing_app.state.runtime = runtime
    with TestClient(standing_app, raise_server_exceptions=False) as made:
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


@pytest.fixture
def certificate(world: World, system: Caller, version_id: UUID) -> CertificateRow:
    """A certificate granted to the person of body alpha, its document still to be sealed."""
    a_seal(system)
    people = (world.alpha[name].person_id for name in ("person", "decision_maker"))
    return granted(system, version_id, *people)
