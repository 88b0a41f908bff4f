"""A forbidden decision is refused by the database itself, whoever inserts it and with whatever event."""

from typing import Any
from uuid import UUID

import pytest

from app.core.ids import new_id
from app.work import Caller, Runtime
from tests.factories import marking as a
from tests.support.forging import forge
from tests.support.world import World


class Forger:
    """Forges, row by row, what a decision hangs on."""

    def __init__(self, runtime: Runtime, world: World) -> None:
        self._runtime, self._world = runtime, world
        self.now = runtime.clock.now()

    def person(self, name: str) -> UUID:
        return UUID(str(self._world.alpha[name].person_id))

    def insert(self, table: str, **values: Any) -> str:
        return forge(self._runtime, table, {"body_id": self._world.alpha.body_id, **values})

    def declaration(self, person: UUID, candidate: UUID, case_id: UUID, answer: str = "none") -> Any:
        made = new_id()
        refused = self.insert(
            "conflict_declarations",
            id=made,
            person_id=person,
            candidate_id=candidate,
            case_id=case_id,
            answer=answer,
            declared_at=self.now,
        )
        return refused or made

    def involvement(
        self, person: UUID, candidate: UUID, case_id: UUID, declaration: UUID, **other: Any
    ) -> Any:
        made = new_id()
        plain = {"act": "decided", "component": None}
        refused = self.insert(
            "involvements",
            id=made,
            person_id=person,
            candidate_id=candidate,
            case_id=case_id,
            declaration_id=declaration,
            answer="none",
            started_on=self.now.date(),
            ended_on=self.now.date(),
            **(plain | other),
        )
        return refused or made

    def snapshot(self, case_id: UUID, unmet: int = 0) -> UUID:
        made = new_id()
        refused = self.insert(
            "evidence_snapshots",
            id=made,
            case_id=case_id,
            document={},
            sha256="0" * 64,
            unmet=unmet,
            taken_at=self.now,
        )
        assert refused == ""
        return made

    def decision(self, person: UUID, case_id: UUID, involvement: UUID, **changes: Any) -> Any:
        made = new_id()
        plain = {"kind": "grant", "actor_kind": "human", "act": "decided", "unmet": 0}
        values = plain | changes
        if "snapshot_id" not in values:
            values["snapshot_id"] = self.snapshot(case_id, values["unmet"])
        refused = self.insert(
            "decisions",
            id=made,
            case_id=case_id,
            decided_by=person,
            involvement_id=involvement,
            requirements=[],
            reasons=[],
            decided_at=self.now,
            decided_on=self.now.date(),
            **values,
        )
        return refused or made


@pytest.fixture
def forger(runtime: Runtime, world: World) -> Forger:
    return Forger(runtime, world)


@pytest.fixture
def case_id(world: World, system: Caller, version_id: UUID) -> UUID:
    return a.an_admitted_case(system, world, version_id)


def test_a_decision_by_who_took_no_part_passes_the_guards(forger: Forger, case_id: UUID) -> None:
    """The control: what the refusals below differ from in one thing each."""
    decider, candidate = forger.person("decision_maker"), forger.person("person")
    act = forger.involvement(decider, candidate, case_id, forger.declaration(decider, candidate, case_id))

    assert isinstance(forger.decision(decider, case_id, act), UUID)


@pytest.mark.parametrize(
    ("changes", "refused_by"),
    [
        ({"actor_kind": "client"}, "human"),
        ({"unmet": 1}, "nothing_unmet"),
        ({"unmet": None, "snapshot_id": None}, "snapshot"),
        ({"act": "examined"}, "act"),
    ],
)
def test_a_forbidden_decision_is_refused(
    changes: dict[str, Any], refused_by: str, forger: Forger, case_id: UUID
) -> None:
    decider, candidate = forger.person("decision_maker"), forger.person("person")
    act = forger.involvement(decider, candidate, case_id, forger.declaration(decider, candidate, case_id))

    assert forger.decision(decider, case_id, act, **changes) == f"ck_decisions_{refused_by}"


def test_a_trainer_is_refused_as_decider(forger: Forger, system: Caller, case_id: UUID) -> None:
    trainer, candidate = forger.person("trainer"), forger.person("person")
    a.trained_by(system, trainer, candidate)
    declaration = forger.declaration(trainer, candidate, case_id)

    assert forger.involvement(trainer, candidate, case_id, declaration) == "IMP-3"


def test_a_trainer_is_refused_under_another_candidates_name_too(
    forger: Forger, world: World, system: Caller, version_id: UUID, case_id: UUID
) -> None:
    trainer, another = forger.person("trainer"), forger.person("mentee")
    a.trained_by(system, trainer, forger.person("person"))

    declared = forger.declaration(trainer, another, case_id)
    own = a.an_admitted_case(system, world, version_id)  # of the candidate, so not of the other either
    noted = forger.involvement(
        trainer, another, case_id, forger.declaration(trainer, forger.person("person"), own)
    )

    assert not isinstance(declared, UUID)
    assert not isinstance(noted, UUID)


def test_a_declaration_counts_for_its_own_case_only(
    forger: Forger, world: World, system: Caller, version_id: UUID, case_id: UUID
) -> None:
    decider, candidate = forger.person("decision_maker"), forger.person("person")
    another = a.an_admitted_case(system, world, version_id)
    declaration = forger.declaration(decider, candidate, another)

    assert not isinstance(forger.involvement(decider, candidate, case_id, declaration), UUID)


@pytest.mark.parametrize("is_before", [True, False])
def test_a_declared_conflict_is_not_taken_back_by_another_declaration(
    is_before: bool, forger: Forger, case_id: UUID
) -> None:
    decider, candidate = forger.person("decision_maker"), forger.person("person")
    first, second = (
        forger.declaration(decider, candidate, case_id, answer)
        for answer in (("declared", "none") if is_before else ("none", "declared"))
    )

    assert forger.involvement(decider, candidate, case_id, second if is_before else first) == "IMP-2"


def test_who_decided_a_case_is_refused_as_its_examiner(forger: Forger, case_id: UUID) -> None:
    decider, candidate = forger.person("decision_maker"), forger.person("person")
    declaration = forger.declaration(decider, candidate, case_id)
    forger.involvement(decider, candidate, case_id, declaration)

    again = forger.involvement(decider, candidate, case_id, declaration, act="examined", component="F2")

    assert again == "IMP-3"


@pytest.mark.parametrize("wrong", ["kind", "person", "case"])
def test_a_certificate_hangs_on_a_grant_of_its_own_case_and_person(
    wrong: str, forger: Forger, world: World, system: Caller, version_id: UUID, case_id: UUID
) -> None:
    decider, candidate = forger.person("decision_maker"), forger.person("person")
    act = forger.involvement(decider, candidate, case_id, forger.declaration(decider, candidate, case_id))
    decision = forger.decision(decider, case_id, act, kind="refuse" if wrong == "kind" else "grant")
    today = forger.now.date()

    refused = forger.insert(
        "certificates",
        number="SME-BM-2026-09999",
        code="A" * 20,
        case_id=a.an_admitted_case(system, world, version_id) if wrong == "case" else case_id,
        decision_id=decision,
        person_id=forger.person("mentee") if wrong == "person" else candidate,
        content={},
        scheme_version_id=version_id,
        scheme_code="SME-BM",
        scheme_version="1.0",
        level=3,
        phases=[],
        endorsements=[],
        decided_on=today,
        effective_on=today,
        expires_on=today.replace(year=today.year + 3),
        state="valid",
    )

    assert refused == "DEC-4"
