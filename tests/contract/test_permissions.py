"""The golden table: every route by every role, by a stranger, and by all of another body."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.access.permissions import Role
from app.main import create_app, make_runtime
from tests.conftest import settings_for
from tests.support.databases import Templates
from tests.support.golden import COLUMNS, COMMITTED, OTHER_BODY, STRANGER, Table, measure, rendered
from tests.support.world import StandingClock, World


@pytest.fixture(scope="module")
def table(templates: Templates, populated_template: tuple[str, World], data_folder: Path) -> Table:
    url = templates.copy(populated_template[0])
    runtime = make_runtime(settings_for(url, data_folder), StandingClock())
    with TestClient(create_app(runtime), raise_server_exceptions=False) as client:
        measured = measure(client, populated_template[1])
    templates.remove(url)
    return measured


def test_every_route_answers_every_role_as_agreed(table: Table) -> None:
    assert rendered(table) == COMMITTED.read_text(encoding="utf-8"), (
        "run `make golden` and read the difference"
    )


def test_no_example_is_refused_as_malformed_or_breaks_the_service(table: Table) -> None:
    faults = {
        call: line for call, line in table.items() if any("422" in s or "500" in s for s in line.values())
    }

    assert faults == {}


def test_every_route_lets_somebody_in(table: Table) -> None:
    closed = [
        call
        for call, line in table.items()
        if " /v1/" in call and {line[role] for role in Role} <= {"401", "403"}
    ]

    assert closed == []


def test_a_stranger_is_let_in_to_public_routes_only(table: Table) -> None:
    for call, line in table.items():
        if " /v1/" in call:
            assert line[STRANGER] == "401", call
        else:
            assert len({line[column] for column in COLUMNS}) == 1, call


def test_another_body_never_reaches_what_is_named_by_id(table: Table) -> None:
    for call, line in table.items():
        if " /v1/" in call and "{" in call:
            assert set(line[OTHER_BODY].split("/")) <= {"403", "404"}, call
