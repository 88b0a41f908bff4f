"""What the database itself keeps of a case between two versions (GEN-2, SCH-5)."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.applications.rules import CaseState
from app.core.database import refused_by
from app.work import Caller, Runtime
from tests.factories import marking as a
from tests.factories.packages import put
from tests.factories.versions import a_newer_version, a_rule, drafted, second
from tests.support.world import World


def moved(client: TestClient, world: World, case_id: UUID) -> None:
    """Publish a newer version that cases move to, draft the one after it, and move the case."""
    to = a_newer_version(client, world.alpha, second(rule=a_rule("move")))
    drafted(client, world.alpha, second(put("scheme/version", "1.2")))
    answer = client.post(
        f"/v1/cases/{case_id}/version-moves",
        json={"scheme_version_id": str(to)},
        headers=world.alpha["scheme_manager"].headers,
    )
    assert answer.status_code == 201, answer.text


_MOVE = (
    "INSERT INTO version_moves (body_id, id, stream, rev, from_version_id, to_version_id, extra_assessment,"
    " moved_by, moved_at, moved_on)"
    " SELECT c.body_id, c.id, c.id, c.rev + 1, {older}, v.id, '[]', c.person_id,"
    " c.submitted_at, c.submitted_on FROM cases c, scheme_versions v WHERE v.version = '{label}'"
)
RAW = {
    "a case without a move": (
        "UPDATE cases SET rev = rev + 1, scheme_version_id ="
        " (SELECT id FROM scheme_versions WHERE version = '1.2')",
        "GEN-2",
    ),
    "a move to a draft": (_MOVE.format(older="c.scheme_version_id", label="1.2"), "SCH-5"),
    "a move to itself": (_MOVE.format(older="c.scheme_version_id", label="1.1"), "SCH-5"),
    "a move from elsewhere": (_MOVE.format(older="v.id", label="1.1"), "SCH-5"),
    "a move changed": ("UPDATE version_moves SET rev = rev + 1, extra_assessment = '[1]'", "SCH-5"),
}


@pytest.mark.parametrize("what", RAW)
def test_the_database_moves_a_case_by_a_move_only(
    what: str, client: TestClient, world: World, system: Caller, runtime: Runtime, version_id: UUID
) -> None:
    moved(client, world, a.an_admitted_case(system, world, version_id))
    statement, rule = RAW[what]

    with pytest.raises(sa.exc.IntegrityError) as refused, a.raw(runtime) as connection:
        connection.exec_driver_sql(statement)

    assert refused_by(refused.value) == rule


def test_the_database_moves_no_case_that_is_concluded(
    client: TestClient, world: World, system: Caller, runtime: Runtime, version_id: UUID
) -> None:
    a.an_admitted_case(system, world, version_id, state=CaseState.GRANTED)
    a_newer_version(client, world.alpha, second(rule=a_rule("move")))

    with pytest.raises(sa.exc.IntegrityError) as refused, a.raw(runtime) as connection:
        connection.exec_driver_sql(_MOVE.format(older="c.scheme_version_id", label="1.1"))

    assert refused_by(refused.value) == "SCH-5"
