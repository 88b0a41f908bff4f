"""A case between two versions: what it is told, when it moves, and what is asked then (SCH-5, 9.2.2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.applications.rules import MOVES, CaseAction, CaseState, after, is_open
from app.core.errors import MoveRefused
from app.work import Caller, Runtime
from tests.factories import marking as a
from tests.factories.packages import Fault, a_package, drop, put
from tests.factories.versions import (
    a_newer,
    a_newer_version,
    a_rule,
    examining_more,
    moved,
    moved_on,
    second,
    transition_of,
)
from tests.support.counting import events, rows
from tests.support.world import StandingClock, World

HOURS = next(n for n, item in enumerate(a_package()["requirements"]["items"]) if item["id"] == "R-hours")
MORE_HOURS = put(f"requirements/items/{HOURS}/thresholds/3", "60")
OTHER_AGREEMENT = (put("agreement/version", 2), put("agreement/text/en", "I agree to other things."))
UNKNOWN = "01890000-0000-7000-8000-00000000dead"


@pytest.fixture
def case_id(world: World, system: Caller, version_id: UUID) -> UUID:
    return a.an_admitted_case(system, world, version_id)


def decided(client: TestClient, world: World, case_id: UUID, **verdict: Any) -> Any:
    headers = world.alpha["decision_maker"].headers
    client.post(f"/v1/cases/{case_id}/conflict-declarations", json={"answer": "none"}, headers=headers)
    return client.post(f"/v1/cases/{case_id}/decisions", json={"kind": "grant"} | verdict, headers=headers)


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("action", CaseAction)
def test_a_case_goes_only_where_its_life_leads(state: CaseState, action: CaseAction) -> None:
    if (state, action) in MOVES:
        assert after(state, action) is MOVES[(state, action)]
    else:
        with pytest.raises(MoveRefused, match="case_move_refused"):
            after(state, action)


def test_a_case_is_open_until_it_is_concluded() -> None:
    assert {state for state in CaseState if is_open(state)} == {
        CaseState.SUBMITTED,
        CaseState.ADMITTED,
        CaseState.EXAMINED,
    }


def test_without_a_newer_version_nothing_is_told(client: TestClient, world: World, case_id: UUID) -> None:
    assert transition_of(client, world, case_id) == {
        "case_id": str(case_id),
        "version": "1.0",
        "governed_by": "1.0",
        "must_move": False,
        "passage": None,
        "recertification": None,
    }


def test_candidate_and_staff_read_what_is_asked_on_top_and_by_when(
    client: TestClient, world: World, case_id: UUID
) -> None:
    to = a_newer(client, world, "move", *examining_more(), MORE_HOURS, extra_assessment=["F5"])

    own = transition_of(client, world, case_id)
    passage = own["passage"]

    assert (own["version"], own["governed_by"], own["must_move"]) == ("1.0", "1.1", True)
    assert (passage["to_version_id"], passage["due_on"]) == (str(to), "2026-09-02")
    assert [part["code"] for part in passage["extra_assessment"]] == ["F5"]
    assert [(item["requirement"], item["threshold"]) for item in passage["requirements"]] == [
        ("R-hours", "60"),
        ("R-f5", "1"),
    ]
    for role in ("application_reviewer", "decision_maker", "auditor"):
        assert transition_of(client, world, case_id, role) == own


def test_others_do_not_read_it(client: TestClient, world: World, case_id: UUID) -> None:
    url = f"/v1/cases/{case_id}/transition"

    assert client.get(url, headers=world.alpha["mentee"].headers).status_code == 404
    assert client.get(url, headers=world.beta["auditor"].headers).status_code == 404


@pytest.mark.parametrize("who", ["scheme_manager", "application_reviewer"])
def test_a_case_moves_with_what_it_has_achieved(
    who: str, client: TestClient, world: World, runtime: Runtime, case_id: UUID, version_id: UUID
) -> None:
    to = a_newer(client, world, "move")

    answer = moved(client, world, case_id, to, who)

    assert answer.status_code == 201, answer.text
    assert (answer.json()["scheme_version_id"], answer.json()["state"]) == (str(to), "admitted")
    [row] = rows(runtime, "version_moves")
    assert (row.from_version_id, row.to_version_id, row.extra_assessment) == (version_id, to, [])
    assert row.moved_by == world.alpha[who].person_id
    assert len(events(runtime, "case.version_moved")) == 1
    assert transition_of(client, world, case_id)["passage"] is None


def test_more_examination_leads_an_examined_case_back(
    client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    cases = [a.an_admitted_case(system, world, version_id, state=CaseState.EXAMINED, level=n) for n in (3, 5)]
    to = a_newer(
        client,
        world,
        "move",
        *examining_more(),
        put("assessment/components/10/levels", [3]),
        extra_assessment=["F5"],
    )

    states = [moved(client, world, case, to).json()["state"] for case in cases]

    assert states == ["admitted", "examined"]


@pytest.mark.parametrize("open_cases", ["finish", "finish_by"])
def test_a_case_that_may_be_finished_does_not_move(
    open_cases: str, client: TestClient, world: World, runtime: Runtime, case_id: UUID
) -> None:
    to = a_newer(client, world, open_cases)

    answer = moved(client, world, case_id, to)

    codes = {"finish": "version_move_not_foreseen", "finish_by": "version_move_too_early"}
    assert (answer.status_code, answer.json()["code"]) == (409, codes[open_cases])
    assert transition_of(client, world, case_id)["must_move"] is False
    assert rows(runtime, "version_moves") == []


def test_after_the_deadline_nothing_is_reviewed_or_decided_before_the_case_has_moved(
    client: TestClient, world: World, system: Caller, clock: StandingClock, version_id: UUID
) -> None:
    submitted = a.an_admitted_case(system, world, version_id, state=CaseState.SUBMITTED)
    examined = a.an_admitted_case(system, world, version_id, state=CaseState.EXAMINED)
    to = a_newer(client, world, "finish_by")
    in_time = decided(client, world, examined).json()["code"]
    clock.advance(timedelta(days=185))
    for name in ("decision_maker", "application_reviewer", "scheme_manager"):
        a.signed_in_again(client, world, name)
    reviewer = world.alpha["application_reviewer"].headers
    client.post(f"/v1/cases/{submitted}/conflict-declarations", json={"answer": "none"}, headers=reviewer)
    review = {"outcome": "reorient", "unmet": ["R-hours"]}

    refusals = [
        decided(client, world, examined),
        decided(client, world, examined, kind="refuse", requirements=["R-hours"]),
        client.post(f"/v1/cases/{submitted}/review", json=review, headers=reviewer),
    ]
    moves = [moved(client, world, case, to).status_code for case in (examined, submitted)]

    assert in_time == "requirements_unmet_for_grant"
    assert {(answer.status_code, answer.json()["code"]) for answer in refusals} == {(409, "case_must_move")}
    assert moves == [201, 201]
    assert decided(client, world, examined).json()["code"] == "requirements_unmet_for_grant"


@pytest.mark.parametrize("state", [CaseState.GRANTED, CaseState.REFUSED, CaseState.REORIENTED])
def test_a_concluded_case_does_not_move(
    state: CaseState, client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    case = a.an_admitted_case(system, world, version_id, state=state)
    to = a_newer(client, world, "move")

    answer = moved(client, world, case, to)

    assert (answer.status_code, answer.json()["code"]) == (409, "case_move_refused")


def test_a_holder_stays_under_her_version_and_reads_what_recertification_asks(
    client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    case = a.an_admitted_case(system, world, version_id, state=CaseState.GRANTED)
    before = transition_of(client, world, case)["recertification"]
    to = a_newer(client, world, "move")

    found = transition_of(client, world, case)

    assert [part["code"] for part in before["components"]] == ["R1"]
    assert (found["governed_by"], found["must_move"], found["passage"]) == ("1.0", False, None)
    assert (found["recertification"]["version"], found["recertification"]["version_id"]) == ("1.1", str(to))
    assert [part["code"] for part in found["recertification"]["components"]] == ["R1", "R2"]


def test_a_case_moves_neither_elsewhere_nor_twice_nor_by_just_anybody(
    client: TestClient, world: World, case_id: UUID, version_id: UUID
) -> None:
    to = a_newer(client, world, "move")
    elsewhere = [moved(client, world, case_id, target) for target in (version_id, UNKNOWN)]
    barred = [moved(client, world, case_id, to, who) for who in ("person", "decision_maker", "auditor")]

    first, again = (moved(client, world, case_id, to) for _ in range(2))

    assert {answer.json()["code"] for answer in (*elsewhere, again)} == {"version_move_not_foreseen"}
    assert {answer.status_code for answer in barred} == {403}
    assert (first.status_code, again.status_code) == (201, 409)


def test_nobody_moves_her_own_case(client: TestClient, world: World, case_id: UUID) -> None:
    to = a_newer(client, world, "move")
    client.post(
        f"/v1/people/{world.alpha['person'].person_id}/appointments",
        json={"role": "scheme_manager", "starts_on": "2026-01-01"},
        headers=world.alpha["administrator"].headers,
    )

    answer = moved(client, world, case_id, to, "person")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_impartial")


def test_of_two_moves_at_once_one_happens(
    client: TestClient, world: World, runtime: Runtime, case_id: UUID
) -> None:
    to = a_newer(client, world, "move")

    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(moved, client, world, case_id, to) for _ in range(4)]
    statuses = sorted(call.result().status_code for call in calls)

    assert statuses == [201, 409, 409, 409]
    assert len(rows(runtime, "version_moves")) == 1


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        ((put("levels/items/2/serves/early_startup", "with_lead"),), "phase_not_served"),
        (
            (put("scheme/languages", ["es"]), drop("scheme/partial_languages")),
            "language_not_offered",
        ),
    ],
)
def test_a_version_without_the_scope_takes_the_case_not(
    faults: tuple[Fault, ...],
    reason: str,
    client: TestClient,
    world: World,
    runtime: Runtime,
    case_id: UUID,
) -> None:
    package = second(*faults, rule=a_rule("move"))
    if reason == "language_not_offered":
        package = _only(package, "es")
    to = a_newer_version(client, world.alpha, package)

    answer = moved(client, world, case_id, to)

    assert (answer.status_code, answer.json()["code"]) == (409, "scope_not_in_version")
    assert answer.json()["facts"]["reason"] == reason
    assert rows(runtime, "version_moves") == []


def _only(value: Any, language: str) -> Any:
    """Leave one language of every text."""
    if isinstance(value, dict):
        if {"en", "es"} <= value.keys():
            return {language: value[language]}
        return {key: _only(inner, language) for key, inner in value.items()}
    return [_only(inner, language) for inner in value] if isinstance(value, list) else value


def test_a_pilots_case_ends_in_its_version(
    client: TestClient, world: World, system: Caller, runtime: Runtime, version_id: UUID
) -> None:
    case = a.an_admitted_case(system, world, version_id, is_pilot=True)
    to = a_newer(client, world, "move")

    assert moved(client, world, case, to).json()["code"] == "version_move_not_foreseen"
    assert transition_of(client, world, case)["passage"] is None


def test_a_moved_case_is_not_brought_back_by_retiring_the_newer_version(
    client: TestClient, world: World, case_id: UUID
) -> None:
    to = a_newer(client, world, "move")
    moved(client, world, case_id, to)
    moved_on(client, world.alpha, to, "retirement")

    assert transition_of(client, world, case_id)["governed_by"] == "1.1"
