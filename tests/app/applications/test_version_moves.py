"""A case between two versions: what it is told, when it moves, and what is asked then (SCH-5, 9.2.2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.applications.rules import MOVES, CaseAction, CaseState, after, is_open
from app.core.database import refused_by
from app.core.errors import MoveRefused
from app.marking import rules as marking_rules
from app.marking import service as marking
from app.work import Caller, Runtime, Work
from tests.factories import marking as a
from tests.factories.packages import Fault, a_package, put
from tests.factories.versions import a_newer_version, a_rule, drafted, examining_more, moved_on, second
from tests.support.counting import events, rows
from tests.support.world import StandingClock, World

HOURS = next(n for n, item in enumerate(a_package()["requirements"]["items"]) if item["id"] == "R-hours")
MORE_HOURS = put(f"requirements/items/{HOURS}/thresholds/3", "60")
OTHER_AGREEMENT = (put("agreement/version", 2), put("agreement/text/en", "I agree to other things."))
UNKNOWN = "01890000-0000-7000-8000-00000000dead"


@pytest.fixture
def case_id(world: World, system: Caller, version_id: UUID) -> UUID:
    return a.an_admitted_case(system, world, version_id)


def newer(client: TestClient, world: World, open_cases: str, *faults: Fault, **changes: Any) -> UUID:
    return a_newer_version(client, world.alpha, second(*faults, rule=a_rule(open_cases, **changes)))


def told(client: TestClient, world: World, case_id: UUID, who: str = "person") -> dict[str, Any]:
    answer = client.get(f"/v1/cases/{case_id}/transition", headers=world.alpha[who].headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def move(client: TestClient, world: World, case_id: UUID, to: object, who: str = "scheme_manager") -> Any:
    return client.post(
        f"/v1/cases/{case_id}/version-moves",
        json={"scheme_version_id": str(to)},
        headers=world.alpha[who].headers,
    )


def decided(client: TestClient, world: World, case_id: UUID, **verdict: Any) -> Any:
    headers = world.alpha["decision_maker"].headers
    client.post(f"/v1/cases/{case_id}/conflict-declarations", json={"answer": "none"}, headers=headers)
    return client.post(f"/v1/cases/{case_id}/decisions", json={"kind": "grant"} | verdict, headers=headers)


def readiness(client: TestClient, world: World, case_id: UUID) -> dict[str, Any]:
    headers = world.alpha["decision_maker"].headers
    client.post(f"/v1/cases/{case_id}/conflict-declarations", json={"answer": "none"}, headers=headers)
    answer = client.get(f"/v1/cases/{case_id}/readiness", headers=headers)
    assert answer.status_code == 200, answer.text
    return {item["requirement"]: item for item in answer.json()["answers"]}


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
    assert told(client, world, case_id) == {
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
    to = newer(client, world, "move", *examining_more(), MORE_HOURS, extra_assessment=["F5"])

    own = told(client, world, case_id)
    passage = own["passage"]

    assert (own["version"], own["governed_by"], own["must_move"]) == ("1.0", "1.1", True)
    assert (passage["to_version_id"], passage["due_on"]) == (str(to), "2026-09-02")
    assert [part["code"] for part in passage["extra_assessment"]] == ["F5"]
    assert [(item["requirement"], item["threshold"]) for item in passage["requirements"]] == [
        ("R-hours", "60"),
        ("R-f5", "1"),
    ]
    for role in ("application_reviewer", "decision_maker", "auditor"):
        assert told(client, world, case_id, role) == own


def test_others_do_not_read_it(client: TestClient, world: World, case_id: UUID) -> None:
    url = f"/v1/cases/{case_id}/transition"

    assert client.get(url, headers=world.alpha["mentee"].headers).status_code == 404
    assert client.get(url, headers=world.beta["auditor"].headers).status_code == 404


@pytest.mark.parametrize("who", ["scheme_manager", "application_reviewer"])
def test_a_case_moves_with_what_it_has_achieved(
    who: str, client: TestClient, world: World, runtime: Runtime, case_id: UUID, version_id: UUID
) -> None:
    to = newer(client, world, "move")

    answer = move(client, world, case_id, to, who)

    assert answer.status_code == 201, answer.text
    assert (answer.json()["scheme_version_id"], answer.json()["state"]) == (str(to), "admitted")
    [row] = rows(runtime, "version_moves")
    assert (row.from_version_id, row.to_version_id, row.extra_assessment) == (version_id, to, [])
    assert row.moved_by == world.alpha[who].person_id
    assert len(events(runtime, "case.version_moved")) == 1
    assert told(client, world, case_id)["passage"] is None


def test_more_examination_leads_an_examined_case_back(
    client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    cases = [a.an_admitted_case(system, world, version_id, state=CaseState.EXAMINED, level=n) for n in (3, 5)]
    to = newer(
        client,
        world,
        "move",
        *examining_more(),
        put("assessment/components/10/levels", [3]),
        extra_assessment=["F5"],
    )

    states = [move(client, world, case, to).json()["state"] for case in cases]

    assert states == ["admitted", "examined"]


@pytest.mark.parametrize("open_cases", ["finish", "finish_by"])
def test_a_case_that_may_be_finished_does_not_move(
    open_cases: str, client: TestClient, world: World, runtime: Runtime, case_id: UUID
) -> None:
    to = newer(client, world, open_cases)

    answer = move(client, world, case_id, to)

    codes = {"finish": "version_move_not_foreseen", "finish_by": "version_move_too_early"}
    assert (answer.status_code, answer.json()["code"]) == (409, codes[open_cases])
    assert told(client, world, case_id)["must_move"] is False
    assert rows(runtime, "version_moves") == []


def test_after_the_deadline_nothing_is_reviewed_or_decided_before_the_case_has_moved(
    client: TestClient, world: World, system: Caller, clock: StandingClock, version_id: UUID
) -> None:
    submitted = a.an_admitted_case(system, world, version_id, state=CaseState.SUBMITTED)
    examined = a.an_admitted_case(system, world, version_id, state=CaseState.EXAMINED)
    to = newer(client, world, "finish_by")
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
    moved = [move(client, world, case, to).status_code for case in (examined, submitted)]

    assert in_time == "requirements_unmet_for_grant"
    assert {(answer.status_code, answer.json()["code"]) for answer in refusals} == {(409, "case_must_move")}
    assert moved == [201, 201]
    assert decided(client, world, examined).json()["code"] == "requirements_unmet_for_grant"


@pytest.mark.parametrize("state", [CaseState.GRANTED, CaseState.REFUSED, CaseState.REORIENTED])
def test_a_concluded_case_does_not_move(
    state: CaseState, client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    case = a.an_admitted_case(system, world, version_id, state=state)
    to = newer(client, world, "move")

    answer = move(client, world, case, to)

    assert (answer.status_code, answer.json()["code"]) == (409, "case_move_refused")


def test_a_holder_stays_under_her_version_and_reads_what_recertification_asks(
    client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    case = a.an_admitted_case(system, world, version_id, state=CaseState.GRANTED)
    before = told(client, world, case)["recertification"]
    to = newer(client, world, "move")

    found = told(client, world, case)

    assert [part["code"] for part in before["components"]] == ["R1"]
    assert (found["governed_by"], found["must_move"], found["passage"]) == ("1.0", False, None)
    assert (found["recertification"]["version"], found["recertification"]["version_id"]) == ("1.1", str(to))
    assert [part["code"] for part in found["recertification"]["components"]] == ["R1", "R2"]


def test_a_case_moves_neither_elsewhere_nor_twice_nor_by_just_anybody(
    client: TestClient, world: World, case_id: UUID, version_id: UUID
) -> None:
    to = newer(client, world, "move")
    elsewhere = [move(client, world, case_id, target) for target in (version_id, UNKNOWN)]
    barred = [move(client, world, case_id, to, who) for who in ("person", "decision_maker", "auditor")]

    first, again = (move(client, world, case_id, to) for _ in range(2))

    assert {answer.json()["code"] for answer in (*elsewhere, again)} == {"version_move_not_foreseen"}
    assert {answer.status_code for answer in barred} == {403}
    assert (first.status_code, again.status_code) == (201, 409)


def test_nobody_moves_her_own_case(client: TestClient, world: World, case_id: UUID) -> None:
    to = newer(client, world, "move")
    client.post(
        f"/v1/people/{world.alpha['person'].person_id}/appointments",
        json={"role": "scheme_manager", "starts_on": "2026-01-01"},
        headers=world.alpha["administrator"].headers,
    )

    answer = move(client, world, case_id, to, "person")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_impartial")


def test_of_two_moves_at_once_one_happens(
    client: TestClient, world: World, runtime: Runtime, case_id: UUID
) -> None:
    to = newer(client, world, "move")

    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(move, client, world, case_id, to) for _ in range(4)]
    statuses = sorted(call.result().status_code for call in calls)

    assert statuses == [201, 409, 409, 409]
    assert len(rows(runtime, "version_moves")) == 1


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        ((put("levels/items/2/serves/early_startup", "with_lead"),), "phase_not_served"),
        ((put("scheme/languages", ["es"]),), "language_not_offered"),
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

    answer = move(client, world, case_id, to)

    assert (answer.status_code, answer.json()["code"]) == (409, "scope_not_in_version")
    assert answer.json()["facts"]["reason"] == reason
    assert rows(runtime, "version_moves") == []


def _only(value: Any, language: str) -> Any:
    """Leave one language of every text."""
    if isinstance(value, dict):
        if {"en", "es"} == value.keys():
            return {language: value[language]}
        return {key: _only(inner, language) for key, inner in value.items()}
    return [_only(inner, language) for inner in value] if isinstance(value, list) else value


def test_a_pilots_case_ends_in_its_version(
    client: TestClient, world: World, system: Caller, runtime: Runtime, version_id: UUID
) -> None:
    case = a.an_admitted_case(system, world, version_id, is_pilot=True)
    to = newer(client, world, "move")

    assert move(client, world, case, to).json()["code"] == "version_move_not_foreseen"
    assert told(client, world, case)["passage"] is None


def test_after_the_move_the_newer_version_is_what_is_asked(
    client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    """Reviewed under the older version: what it found stands, what is asked otherwise is found anew."""
    case = _reviewed(client, world)
    more = MORE_HOURS, *examining_more()
    to = newer(client, world, "move", *more, extra_assessment=["F5"])
    before = readiness(client, world, case)
    assert move(client, world, case, to).status_code == 201

    now = readiness(client, world, case)

    assert ("R-f5" in before, "R-f5" in now) == (False, True)
    assert (before["R-hours"]["threshold"], now["R-hours"]["threshold"]) == ("50", "60")
    assert {name: item for name, item in before.items() if name != "R-hours"} == {
        name: item for name, item in now.items() if name not in {"R-hours", "R-f5"}
    }


def _reviewed(client: TestClient, world: World) -> UUID:
    """A case that the reviewer has admitted with gaps, since there is no practice behind it."""
    application = {
        "scheme_version_id": str(world.alpha.version_id), "level": 3, "phases": ["growth"],
        "endorsements": [], "language": "en", "overview_version": 1, "agreement_version": 1,
        "accommodation": {"asked": "none"},
    }  # fmt: skip
    own, reviewer = world.alpha["person"].headers, world.alpha["application_reviewer"].headers
    case = client.post("/v1/me/cases", json=application, headers=own).json()["id"]
    client.post(f"/v1/cases/{case}/conflict-declarations", json={"answer": "none"}, headers=reviewer)
    found = client.get(f"/v1/cases/{case}/answers", headers=reviewer).json()["items"]
    unmet = [item["requirement"] for item in found if not item["met"]]
    review = {"outcome": "admit_with_gaps", "unmet": unmet, "close_by": "2026-04-01"}
    answer = client.post(f"/v1/cases/{case}/review", json=review, headers=reviewer)
    assert answer.status_code == 201, answer.text
    return UUID(case)


def test_results_go_along_and_what_is_examined_on_top_is_marked_under_the_newer_version(
    client: TestClient, world: World, system: Caller, case_id: UUID, version_id: UUID
) -> None:
    a.an_approved_form(client, world, version_id)
    a.formative_done(client, world)
    a.attempt_submitted(client, world, case_id, a.responses())
    a.released(client, world, case_id, "F1")
    _judged(client, world, case_id, "F2", a.sheets("F2"))
    to = newer(client, world, "move", *examining_more(), extra_assessment=["F5"])
    move(client, world, case_id, to)

    on_top = {"SME-BM/U1.1"}
    sheets = {
        seat: [mark for mark in marks if mark["element"] in on_top] for seat, marks in a.sheets("F2").items()
    }
    judged = _judged(client, world, case_id, "F5", sheets)

    assert (judged.status_code, judged.json()["passed"]) == (201, True), judged.text
    now = readiness(client, world, case_id)
    passed = {item["component"]: item["met"] for item in now.values() if item["kind"] == "component_passed"}
    assert passed == {"F1": True, "F2": True, "F3": False, "F5": True}
    evidence = system.read(_evidence, case_id)
    assert [item["component"] for item in evidence] == ["F1", "F2", "F5"]
    assert [marking_rules.recomputed(item) for item in evidence] == [True, True, True]


def _judged(
    client: TestClient, world: World, case_id: UUID, component: str, sheets: dict[str, list[dict[str, Any]]]
) -> Any:
    """Have two assessors mark a sitting, and release what came of it."""
    seats = {seat: a.assigned(client, world, case_id, component, seat) for seat in ("first", "second")}
    a.held(client, world, case_id, component)
    for seat, assignment in seats.items():
        member = world.alpha[a.ASSESSORS[seat]]
        a.save_marks(client, member, assignment, sheets[seat])
        a.submit_marks(client, member, assignment)
    return a.released(client, world, case_id, component)


def _evidence(work: Work, case_id: UUID) -> list[dict[str, Any]]:
    work.open_to_all()
    return marking.evidence(work, case_id)


def test_another_agreement_has_to_be_accepted_before_it_counts(
    client: TestClient, world: World, runtime: Runtime, case_id: UUID
) -> None:
    to = newer(client, world, "move", *OTHER_AGREEMENT)
    move(client, world, case_id, to)
    url, own = f"/v1/me/cases/{case_id}/agreements", world.alpha["person"].headers
    before = readiness(client, world, case_id)["R-agreement"]["met"]

    older = client.post(url, json={"agreement_version": 1}, headers=own)
    others = client.post(url, json={"agreement_version": 2}, headers=world.alpha["mentee"].headers)
    accepted = client.post(url, json={"agreement_version": 2}, headers=own)

    assert (older.status_code, older.json()["code"]) == (422, "not_the_current_version")
    assert others.status_code == 404
    assert (accepted.status_code, accepted.json()["agreement_version"]) == (201, 2)
    assert (before, readiness(client, world, case_id)["R-agreement"]["met"]) == (False, True)
    assert len(events(runtime, "case.agreement_accepted")) == 1


def test_nothing_is_agreed_to_in_a_concluded_case(
    client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    case = a.an_admitted_case(system, world, version_id, state=CaseState.GRANTED)

    answer = client.post(
        f"/v1/me/cases/{case}/agreements",
        json={"agreement_version": 1},
        headers=world.alpha["person"].headers,
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "case_not_open")


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
    what: str, client: TestClient, world: World, runtime: Runtime, case_id: UUID
) -> None:
    to = newer(client, world, "move")
    move(client, world, case_id, to)
    drafted(client, world.alpha, second(put("scheme/version", "1.2")))
    statement, rule = RAW[what]

    with pytest.raises(sa.exc.IntegrityError) as refused, a.raw(runtime) as connection:
        connection.exec_driver_sql(statement)

    assert refused_by(refused.value) == rule


def test_the_database_moves_no_case_that_is_concluded(
    client: TestClient, world: World, system: Caller, runtime: Runtime, version_id: UUID
) -> None:
    a.an_admitted_case(system, world, version_id, state=CaseState.GRANTED)
    newer(client, world, "move")

    with pytest.raises(sa.exc.IntegrityError) as refused, a.raw(runtime) as connection:
        connection.exec_driver_sql(_MOVE.format(older="c.scheme_version_id", label="1.1"))

    assert refused_by(refused.value) == "SCH-5"


def test_a_moved_case_is_not_brought_back_by_retiring_the_newer_version(
    client: TestClient, world: World, case_id: UUID
) -> None:
    to = newer(client, world, "move")
    move(client, world, case_id, to)
    moved_on(client, world.alpha, to, "retirement")

    assert told(client, world, case_id)["governed_by"] == "1.1"
