"""The plan of an engagement, and goals that can be judged."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.core.errors import Findings, MoveRefused
from app.practice.rules.goals import (
    GoalAction,
    GoalState,
    Horizon,
    closed,
    ensure_smart,
    horizon_of,
    is_reached,
)
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import an_engagement
from tests.support.world import World

TODAY = date(2026, 3, 2)
GOOD: dict[str, Any] = {
    "specific": "Sell the oil through two shops abroad.",
    "baseline": Decimal(0),
    "target": Decimal(2),
    "achievable": "Two importers asked for samples.",
    "relevant": "Half of the harvest has no buyer.",
    "due_on": date(2026, 9, 1),
}
PLAN = {
    "outcomes": "A second sales channel.",
    "months": 6,
    "modality": "one_to_one",
    "implementation": "Every second Tuesday.",
    "follow_up": "A call three months later.",
}


def test_a_goal_with_all_five_letters_is_taken() -> None:
    ensure_smart(**GOOD, today=TODAY)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"specific": "Grow abroad"}, "/specific"),
        ({"target": Decimal("0.00")}, "/target"),
        ({"achievable": "yes"}, "/achievable"),
        ({"relevant": "of course it is"[:9]}, "/relevant"),
        ({"due_on": TODAY}, "/due_on"),
    ],
)
def test_each_letter_that_is_missing_is_named(change: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Findings) as refusal:
        ensure_smart(**(GOOD | change), today=TODAY)

    assert [finding[0] for finding in refusal.value.findings] == [pointer]


def test_half_a_year_divides_near_from_far() -> None:
    assert horizon_of(date(2026, 9, 2), TODAY) is Horizon.NEAR
    assert horizon_of(date(2026, 9, 3), TODAY) is Horizon.FAR


@pytest.mark.parametrize(
    ("baseline", "target", "found", "reached"),
    [(0, 2, 2, True), (0, 2, 1, False), (10, 4, 4, True), (10, 4, 3, True), (10, 4, 5, False)],
)
def test_a_goal_may_lie_above_or_below_the_start(
    baseline: int, target: int, found: int, reached: bool
) -> None:
    assert is_reached(Decimal(baseline), Decimal(target), Decimal(found)) is reached


@pytest.mark.parametrize("state", [state for state in GoalState if state is not GoalState.OPEN])
@pytest.mark.parametrize("action", GoalAction)
def test_a_goal_that_has_ended_stays_so(state: GoalState, action: GoalAction) -> None:
    with pytest.raises(MoveRefused):
        closed(state, action)


@pytest.fixture
def engagement(client: TestClient, world: World) -> str:
    return f"/v1/me/practice/engagements/{an_engagement(client, world.alpha['person'])['id']}"


def asked(**changes: Any) -> dict[str, Any]:
    plain = {name: str(value) for name, value in GOOD.items()}
    return plain | {"measure": "shops abroad"} | changes


def test_goals_are_set_listed_measured_and_given_up(
    client: TestClient, world: World, engagement: str
) -> None:
    headers = world.alpha["person"].headers
    near, far = (
        client.post(f"{engagement}/goals", json=asked(due_on=due), headers=headers).json()
        for due in ("2026-06-01", "2027-06-01")
    )
    reached = client.post(f"{engagement}/goals/{near['id']}/closing", json={"found": "3"}, headers=headers)
    dropped = client.post(f"{engagement}/goals/{far['id']}/closing", json={"found": None}, headers=headers)
    again = client.post(f"{engagement}/goals/{far['id']}/closing", json={"found": "1"}, headers=headers)
    listed = client.get(f"{engagement}/goals", headers=headers).json()["items"]

    assert (near["horizon"], far["horizon"]) == ("near", "far")
    assert (reached.json()["state"], reached.json()["found"]) == ("reached", "3.00")
    assert (dropped.json()["state"], dropped.json()["found"]) == ("dropped", None)
    assert (again.status_code, again.json()["code"]) == (409, "goal_move_refused")
    assert [goal["state"] for goal in listed] == ["reached", "dropped"]


def test_a_vague_goal_is_refused_letter_by_letter_and_not_kept(
    client: TestClient, world: World, engagement: str
) -> None:
    headers = world.alpha["person"].headers

    refused = client.post(
        f"{engagement}/goals", json=asked(specific="Grow", due_on="2026-01-01"), headers=headers
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "goal_not_smart")
    assert [finding["pointer"] for finding in refused.json()["findings"]] == ["/specific", "/due_on"]
    assert client.get(f"{engagement}/goals", headers=headers).json()["items"] == []


def test_a_plan_is_written_and_written_anew(client: TestClient, world: World, engagement: str) -> None:
    headers = world.alpha["person"].headers
    none = client.get(f"{engagement}/plan", headers=headers)
    first = client.post(f"{engagement}/plan", json=PLAN, headers=headers)
    second = client.post(f"{engagement}/plan", json=PLAN | {"months": 12}, headers=headers)

    assert [answer.status_code for answer in (none, first, second)] == [404, 201, 201]
    assert client.get(f"{engagement}/plan", headers=headers).json() == second.json()


def test_anothers_goals_and_plan_are_not_there(client: TestClient, world: World, engagement: str) -> None:
    goal = client.post(f"{engagement}/goals", json=asked(), headers=world.alpha["person"].headers).json()
    other = world.alpha["mentee"].headers

    answers = [
        client.get(f"{engagement}/goals", headers=other),
        client.get(f"{engagement}/plan", headers=other),
        client.post(f"{engagement}/goals", json=asked(), headers=other),
        client.post(f"{engagement}/goals/{goal['id']}/closing", json={"found": None}, headers=other),
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_nothing_is_planned_once_the_engagement_has_ended(
    client: TestClient, world: World, engagement: str
) -> None:
    headers = world.alpha["person"].headers
    day = (TODAY - timedelta(days=1)).isoformat()
    ended = client.post(f"{engagement}/end", json={"ended_on": day}, headers=headers | {"If-Match": '"1"'})

    assert ended.status_code == 200, ended.text
    assert client.post(f"{engagement}/goals", json=asked(), headers=headers).status_code == 409


def test_the_database_keeps_a_goal_as_it_was_set(
    client: TestClient, world: World, engagement: str, runtime: Runtime
) -> None:
    client.post(f"{engagement}/goals", json=asked(), headers=world.alpha["person"].headers)

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE practice_goals SET target = target - 100, rev = rev + 1")

    assert refused_by(refused.value) == "7.3"
