"""The ledger defends itself: what the service refuses, a raw insert by its own role is refused too."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from app.core.database import refused_by
from app.core.ids import new_id
from app.impartiality.rules import DUTY_OF, Act, Duty
from app.tables import metadata
from app.work import Runtime
from tests.app.impartiality.test_rules import LONG_AGO, TODAY, cells
from tests.support.world import World

INVOLVEMENTS, DECLARATIONS = metadata.tables["involvements"], metadata.tables["conflict_declarations"]
CASE = new_id()


class Ledger:
    """Writes past the service, in a transaction that is never committed."""

    def __init__(self, session: Session, world: World, clock: Any) -> None:
        self._session, self._now = session, clock.now()
        self._body: UUID = world.alpha.body_id
        self._pair = {
            "person_id": world.alpha["assessor"].person_id,
            "candidate_id": world.alpha["mentee"].person_id,
        }
        self._stage()

    def _stage(self) -> None:
        """Give the candidate a case, with the scheme version that it stands under."""
        scheme, version = new_id(), new_id()
        row = {"body_id": self._body, "rev": 1}
        rows: dict[str, dict[str, Any]] = {
            "schemes": {"id": scheme, "code": "X", "titles": {}},
            "scheme_versions": {
                "id": version, "scheme_id": scheme, "version": "1", "state": "draft", "package": {},
                "package_sha256": "0" * 64,
            },
            "cases": {
                "id": CASE, "person_id": self._pair["candidate_id"], "scheme_version_id": version,
                "level": 3, "phases": [], "endorsements": [], "language": "en",
                "state": "submitted",
                "submitted_at": self._now, "submitted_on": TODAY,
                "agreement_version": 1, "overview_version": 1,
            },
        }  # fmt: skip
        for table, values in rows.items():
            self._session.execute(sa.insert(metadata.tables[table]).values(**row, **values))

    def declare(self, answer: str = "none") -> UUID:
        key = {"body_id": self._body, "id": new_id(), "rev": 1}
        values = {**key, **self._pair, "case_id": CASE, "answer": answer, "declared_at": self._now}
        self._session.execute(sa.insert(DECLARATIONS).values(**values))
        return UUID(str(key["id"]))

    def enter(self, act: Act, *, on: date = TODAY, ended: date | None = None, **changes: Any) -> None:
        values: dict[str, Any] = {
            "act": act,
            "started_on": ended or on,
            "ended_on": ended or on,
            "component": "C2",
        }
        if act in DUTY_OF:
            values |= {"case_id": CASE, "declaration_id": self.declare(), "answer": "none"}
        key = {"body_id": self._body, "id": new_id(), "rev": 1}
        self._session.execute(sa.insert(INVOLVEMENTS).values(**key, **self._pair | values | changes))

    def refuses(self, act: Act, **options: Any) -> str:
        """Try to enter an act; return the rule that refuses it, or nothing. What was tried is undone."""
        inner = self._session.begin_nested()
        try:
            self.enter(act, **options)
        except sa.exc.IntegrityError as error:
            return refused_by(error) or "a key"
        finally:
            inner.rollback()
        return ""


@pytest.fixture
def ledger(runtime: Runtime, world: World, clock: Any) -> Any:
    with runtime.database.writing() as session:
        yield Ledger(session, world, clock)


def test_the_database_refuses_what_the_table_says_and_nothing_else(ledger: Ledger) -> None:
    act_of = {duty: act for act, duty in DUTY_OF.items()}
    found = {}
    for act, duty, _, _ in cells():
        found[(act, duty)] = _after(ledger, act, act_of[duty], ended=TODAY)

    assert found == {(act, duty): rule.strip("-") for act, duty, _, rule in cells()}


def test_the_database_knows_what_long_ago_means(ledger: Ledger) -> None:
    act_of = {duty: act for act, duty in DUTY_OF.items()}
    found = {(act, duty): _after(ledger, act, act_of[duty], ended=LONG_AGO) for act, duty, _, _ in cells()}

    assert found == {
        (act, duty): rule if bar in {"ever", "seat", "case"} else "" for act, duty, bar, rule in cells()
    }


def _after(ledger: Ledger, earlier: Act, then: Act, *, ended: date) -> str:
    inner = ledger._session.begin_nested()
    ledger.enter(earlier, ended=ended)
    rule = ledger.refuses(then)
    inner.rollback()
    return rule


@pytest.mark.parametrize(
    ("ended", "on", "rule"),
    [
        ("2024-03-03", "2026-03-02", "IMP-1"),
        ("2024-03-02", "2026-03-02", ""),
        ("2024-02-29", "2026-02-27", "IMP-1"),
        ("2024-02-29", "2026-02-28", ""),
        ("2022-02-28", "2024-02-27", "IMP-1"),
        ("2022-02-28", "2024-02-28", ""),
        ("2024-08-31", "2026-08-30", "IMP-1"),
        ("2024-08-31", "2026-08-31", ""),
    ],
)
def test_the_database_counts_months_as_the_calendar_does(
    ended: str, on: str, rule: str, ledger: Ledger
) -> None:
    ledger.enter(Act.TRAINED, ended=date.fromisoformat(ended))

    assert ledger.refuses(Act.EXAMINED, on=date.fromisoformat(on)) == rule


def test_another_seat_is_free_in_the_database_too(ledger: Ledger) -> None:
    ledger.enter(Act.EXAMINED)

    assert ledger.refuses(Act.EXAMINED, component="C2") == "EXM-6"
    assert ledger.refuses(Act.EXAMINED, component="C3") == ""


@pytest.mark.parametrize("act", list(DUTY_OF))
@pytest.mark.parametrize(
    "lacking", [{"declaration_id": None}, {"answer": None}, {"answer": "declared"}, {"case_id": None}]
)
def test_no_duty_without_its_declaration(act: Act, lacking: dict[str, Any], ledger: Ledger) -> None:
    assert ledger.refuses(act, **lacking)


def test_nobody_examines_herself(ledger: Ledger, world: World) -> None:
    assert ledger.refuses(Act.TRAINED, candidate_id=world.alpha["assessor"].person_id)


def test_a_seat_is_in_a_component(ledger: Ledger) -> None:
    for act in (Act.EXAMINED, Act.ADJUDICATED):
        assert ledger.refuses(act, component=None)


def test_an_act_never_changes_afterwards(ledger: Ledger) -> None:
    ledger.enter(Act.TRAINED)

    with pytest.raises(sa.exc.IntegrityError) as refused:
        ledger._session.execute(sa.update(INVOLVEMENTS).values(ended_on=LONG_AGO, rev=2))

    assert refused_by(refused.value) in {"IMP-3", "REC-1"}


def test_all_duties_are_tried() -> None:
    assert {duty for _, duty, _, _ in cells()} == set(Duty)
