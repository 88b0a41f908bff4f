"""Two acts of one person that bar each other, at once or in the other order: at most one gets in (IMP-3)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest

from app.core.errors import NotImpartial
from app.impartiality import service
from app.impartiality.rules import Act, Answer
from app.impartiality.service import Matter
from app.impartiality.tables import DeclarationRow
from app.work import Caller, Runtime, Work
from tests.factories import marking as a
from tests.support.counting import rows
from tests.support.world import World

PEOPLE = ("assessor", "other_assessor", "third_assessor", "decision_maker", "administrator", "trainer")


@pytest.fixture
def case_id(world: World, system: Caller, version_id: UUID) -> UUID:
    return a.an_admitted_case(system, world, version_id)


@pytest.fixture
def candidate(world: World) -> UUID:
    return UUID(str(world.alpha["person"].person_id))


def declared(work: Work, person: UUID, matter: Matter) -> None:
    work.require_system()
    row = DeclarationRow(
        body_id=work.body_id,
        person_id=person,
        candidate_id=matter.candidate_id,
        case_id=matter.case_id,
        answer=Answer.NONE,
        declared_at=work.now,
    )
    work.session.add(row)
    work.record(a.Event.CONFLICT_DECLARED, row)


def noted(work: Work, act: Act, person: UUID, matter: Matter, meeting: Barrier) -> None:
    work.require_system()
    meeting.wait(10)
    service.note(work, act, matter, person_id=person)


def told(work: Work, act: Act, person: UUID, candidate: UUID, meeting: Barrier) -> None:
    work.require_system()
    meeting.wait(10)
    day = date(2026, 3, 1)
    service.note_fact(work, act, person_id=person, candidate_id=candidate, started_on=day, ended_on=day)


def outcomes(*acts: Callable[[], Any]) -> list[bool]:
    def tried(act: Callable[[], Any]) -> bool:
        try:
            act()
        except NotImpartial:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(tried, acts))


@pytest.mark.parametrize("name", PEOPLE)
def test_of_examining_and_deciding_at_once_one_is_refused(
    name: str, system: Caller, world: World, runtime: Runtime, case_id: UUID, candidate: UUID
) -> None:
    person = UUID(str(world.alpha[name].person_id))
    system.write(declared, person, Matter(case_id, candidate, 24))
    meeting = Barrier(1 if runtime.database.is_sqlite else 2)

    done = outcomes(
        lambda: system.write(noted, Act.EXAMINED, person, Matter(case_id, candidate, 24, "F2"), meeting),
        lambda: system.write(noted, Act.DECIDED, person, Matter(case_id, candidate, 24), meeting),
    )

    assert sorted(done) == [False, True]
    assert len(rows(runtime, "involvements", person_id=person)) == 1


@pytest.mark.parametrize("name", PEOPLE[:3])
@pytest.mark.parametrize("act", [Act.TRAINED, Act.REFEREED, Act.INVIGILATED])
def test_of_examining_and_what_bars_from_it_at_once_one_is_refused(
    name: str, act: Act, system: Caller, world: World, runtime: Runtime, case_id: UUID, candidate: UUID
) -> None:
    person = UUID(str(world.alpha[name].person_id))
    system.write(declared, person, Matter(case_id, candidate, 24))
    meeting = Barrier(1 if runtime.database.is_sqlite else 2)

    done = outcomes(
        lambda: system.write(noted, Act.EXAMINED, person, Matter(case_id, candidate, 24, "F2"), meeting),
        lambda: system.write(told, act, person, candidate, meeting),
    )

    assert sorted(done) == [False, True]


def test_the_candidates_examiner_may_train_her_once_the_case_is_decided(
    system: Caller, world: World, case_id: UUID, candidate: UUID
) -> None:
    matter = Matter(case_id, candidate, 24, "F2")
    examiner, decider = (UUID(str(world.alpha[name].person_id)) for name in ("assessor", "decision_maker"))
    alone = Barrier(1)
    for person, act in ((examiner, Act.EXAMINED), (decider, Act.DECIDED)):
        system.write(declared, person, matter)
        system.write(noted, act, person, matter, alone)

    assert outcomes(lambda: system.write(told, Act.TRAINED, examiner, candidate, alone)) == [True]
