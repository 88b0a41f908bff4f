"""The database's own word on sessions that overlap, beside a count that compares each with each."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient

from app.core.ids import new_id
from app.practice.tables import SessionRow
from app.work import Runtime
from tests.factories.practice import an_engagement
from tests.support.world import World

START = datetime(2025, 3, 10, 8, 0, tzinfo=UTC)


def candidates(streams: list[UUID]) -> list[dict[str, object]]:
    """Slots on a coarse grid in no order, so that they touch, overlap, enclose and repeat each other."""
    draw = random.Random(7)
    found = []
    for _ in range(400):
        starts_at = START + timedelta(minutes=15 * draw.randrange(200))
        ends_at = starts_at + timedelta(minutes=15 * draw.choice((1, 2, 4, 10)))
        kind = draw.choice(("group", "group", "session"))
        found.append(
            {"stream": draw.choice(streams), "starts_at": starts_at, "ends_at": ends_at, "kind": kind}
        )
    again = [one | {"stream": draw.choice(streams)} for one in draw.sample(found, 100)]
    return [*found, *again]


def is_in_the_way(one: dict, other: dict) -> bool:
    if one["starts_at"] >= other["ends_at"] or other["starts_at"] >= one["ends_at"]:
        return False
    is_same_slot = (one["starts_at"], one["ends_at"]) == (other["starts_at"], other["ends_at"])
    is_same_group = one["kind"] == other["kind"] == "group" and one["stream"] != other["stream"]
    return not (is_same_slot and is_same_group)


@pytest.fixture
def streams(client: TestClient, world: World) -> list[UUID]:
    codes = ("oliva", "wino", "kekpince")
    return [UUID(an_engagement(client, world.alpha["person"], code=code)["id"]) for code in codes]


def test_a_session_is_refused_exactly_when_one_of_those_that_stand_is_in_its_way(
    runtime: Runtime, world: World, streams: list[UUID]
):
    fixed = {"body_id": world.alpha.body_id, "person_id": world.alpha["person"].person_id}
    standing: list[dict] = []
    verdicts, expected = [], []

    with runtime.database.writing() as session:
        for one in candidates(streams):
            row = {"id": new_id(), "rev": 999, "salt": b"s" * 32, "held_on": START.date(), "state": "logged"}
            expected.append(any(is_in_the_way(one, other) for other in standing))
            try:
                with session.begin_nested():
                    session.execute(sa.insert(SessionRow), [one | row | fixed])
                verdicts.append(False)
            except DBAPIError as error:
                assert "no two at once" in str(error)
                verdicts.append(True)
            standing += [] if verdicts[-1] else [one]

    assert verdicts == expected
    assert (expected.count(False) > 40, expected.count(True) > 100) == (True, True)
