"""A signed head is kept outside the database first; a database set back is refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.audit.note import Checkpoint, decode_vkey, open_note
from app.core.errors import NotFound
from app.log import checkpointing, guarding, service
from app.log.guarding import RolledBack
from app.main import make_runtime
from app.work import Caller, Runtime, Work
from tests.support.databases import Templates, checkpointed
from tests.support.logs import forged_log, signed, unguarded
from tests.support.world import World


def _register(client: TestClient, world: World) -> None:
    answer = client.post(
        "/v1/people",
        json={"printed_name": "Ana", "language": "en"},
        headers=world.alpha["administrator"].headers,
    )
    assert answer.status_code == 201


def _guard(system: Caller) -> Path:
    return system.runtime.settings.guards / f"{system.claim.body_id}.json"


def _set_back(runtime: Runtime, system: Caller) -> None:
    """Leave the database without its newest event, as an older copy of it would be."""
    unguarded(runtime)
    with runtime.database.writing() as session:
        newest = "SELECT id FROM log_leaves WHERE body_id = :body ORDER BY position DESC LIMIT 1"
        body = str(system.claim.body_id) if not runtime.database.is_sqlite else system.claim.body_id.hex  # type: ignore[union-attr] # the fixture names a body
        last = session.execute(sa.text(newest), {"body": body}).scalar_one()
        session.execute(sa.text("DELETE FROM events WHERE id = :id"), {"id": last})
        forged_log(session, system)
        session.commit()


def test_a_checkpoint_opens_under_the_published_key_and_names_the_log(
    client: TestClient, system: Caller, world: World
) -> None:
    row = signed(system)

    key = decode_vkey(client.get("/public/v1/bodies/alpha/log/key").text.strip())
    note = client.get("/public/v1/bodies/alpha/log/checkpoint")
    opened = Checkpoint.parse(open_note(note.text, [key]).text)

    assert note.headers["content-type"].startswith("text/plain")
    assert (opened.origin, opened.size) == (f"127.0.0.1:8000/log/{world.alpha.body_id}", row.size)


def test_the_guard_holds_the_head_that_was_signed(system: Caller) -> None:
    row = signed(system)

    assert json.loads(_guard(system).read_text()) == {
        "origin": f"127.0.0.1:8000/log/{system.claim.body_id}",
        "size": row.size,
        "root": row.root,
    }


def test_signing_the_same_head_again_gives_the_same_note(system: Caller) -> None:
    assert signed(system).note == signed(system).note


def test_a_head_whose_note_was_lost_after_the_guard_moved_is_signed_again(
    system: Caller, runtime: Runtime
) -> None:
    def sign_and_die(work: Work) -> None:
        checkpointing.sign(work)
        raise NotFound("power")

    system.write(service.bring_in)
    with pytest.raises(NotFound):
        system.write(sign_and_die)

    assert _guard(system).exists()
    assert signed(system).size > 0


def test_signing_refuses_a_database_that_was_set_back(
    client: TestClient, world: World, runtime: Runtime, system: Caller
) -> None:
    _register(client, world)
    signed(system)

    _set_back(runtime, system)

    with pytest.raises(RolledBack, match="set back"):
        system.write(checkpointing.sign)


def test_serving_refuses_a_database_that_was_set_back(
    client: TestClient, world: World, runtime: Runtime, system: Caller
) -> None:
    _register(client, world)
    signed(system)
    checkpointing.check_guard(runtime)

    _set_back(runtime, system)

    with pytest.raises(RolledBack, match="set back"):
        checkpointing.check_guard(runtime)


def test_serving_refuses_another_history_of_the_same_length(
    client: TestClient, world: World, runtime: Runtime, system: Caller
) -> None:
    _register(client, world)
    signed(system)
    _set_back(runtime, system)

    _register(client, world)
    system.write(service.bring_in)

    with pytest.raises(RolledBack, match="other events"):
        checkpointing.check_guard(runtime)


def test_serving_refuses_an_older_copy_of_the_database(
    client: TestClient, world: World, runtime: Runtime, system: Caller, templates: Templates
) -> None:
    runtime.database.dispose()
    older = templates.copy(checkpointed(runtime.settings.database_url))
    _register(client, world)
    signed(system)

    restored = make_runtime(replace(runtime.settings, database_url=older))

    with pytest.raises(RolledBack):
        checkpointing.check_guard(restored)
    restored.database.dispose()
    templates.remove(older)


def test_a_guard_that_cannot_be_read_is_no_permission(runtime: Runtime, system: Caller) -> None:
    signed(system)
    _guard(system).write_text("{}")

    with pytest.raises(RolledBack, match="cannot be read"):
        checkpointing.check_guard(runtime)


def test_the_guard_never_moves_back(tmp_path: Path, world: World) -> None:
    longer = guarding.Head("here", 9, b"\1" * 32)
    with guarding.held(tmp_path, world.alpha.body_id) as guard:
        guard.advance(longer)
    with guarding.held(tmp_path, world.alpha.body_id) as guard:
        guard.advance(guarding.Head("here", 8, b"\2" * 32))

    with guarding.held(tmp_path, world.alpha.body_id) as guard:
        assert guard.head == longer


def test_only_the_service_itself_signs(client: TestClient, system: Caller) -> None:
    assert client.post("/public/v1/bodies/alpha/log/checkpoint").status_code == 405
    with pytest.raises(Exception, match="permission_missing"):
        system.of_body("alpha").write(checkpointing.sign)
