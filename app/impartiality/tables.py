"""Conflict declarations and the append-only ledger of involvements."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, restricted
from app.impartiality.rules import DUTY_OF, MATRIX, Act, Answer, Bar, Duty

_DUTIES = "('reviewed', 'examined', 'adjudicated', 'moderated', 'decided')"


def _same(acts: str, extra: str = "1 = 1") -> str:
    return (
        "EXISTS (SELECT 1 FROM involvements e WHERE e.body_id = NEW.body_id"  # noqa: S608 - our own words only
        " AND e.person_id = NEW.person_id"
        f" AND e.candidate_id = NEW.candidate_id AND e.act IN ({acts}) AND {extra})"
    )


_WITHIN_PG = "(e.ended_on IS NULL OR NEW.started_on < e.ended_on + INTERVAL '24 months')"
_WITHIN_SQLITE = (  # SQLite rolls 29 February over into March; the earlier of the two dates is the calendar's
    "(e.ended_on IS NULL OR NEW.started_on < min(date(e.ended_on, '+24 months'),"
    " date(e.ended_on, 'start of month', '+25 months', '-1 day')))"
)
_CONFLICT = (
    "EXISTS (SELECT 1 FROM conflict_declarations d WHERE d.body_id = NEW.body_id"
    " AND d.person_id = NEW.person_id AND d.case_id = NEW.case_id AND d.answer = 'declared')"
)
_SEAT = "e.case_id = NEW.case_id AND e.component = NEW.component"
_CONDITIONS = {
    Bar.NEVER_FREE: ("1 = 1", "1 = 1"),
    Bar.FOR_A_TIME: (_WITHIN_PG, _WITHIN_SQLITE),
    Bar.SAME_COMPONENT: (_SEAT, _SEAT),
    Bar.SAME_CASE: ("e.case_id = NEW.case_id", "e.case_id = NEW.case_id"),
}


def _guards_of_the_matrix() -> Iterator[Guard]:
    """Turn the conflict matrix into triggers: the database keeps the very rules that the service asks."""
    barred: dict[tuple[Duty, Bar, str], list[Act]] = {}
    for (act, duty), (bar, rule) in MATRIX.items():
        barred.setdefault((duty, bar, rule), []).append(act)
    act_of = {duty: act for act, duty in DUTY_OF.items()}
    for (duty, bar, rule), acts in barred.items():
        earlier = ", ".join(f"'{act}'" for act in acts)
        on_postgresql, on_sqlite = (
            f"NEW.act = '{act_of[duty]}' AND {_same(earlier, condition)}" for condition in _CONDITIONS[bar]
        )
        name = f"{duty}_{bar}_{rule.lower().replace('-', '_')}"
        yield Guard(name, rule, "INSERT", on_postgresql, on_sqlite)


def _of_the_candidate() -> sa.ForeignKeyConstraint:
    """Tie a case to its candidate: under another's name the ledger would know of no earlier act."""
    return sa.ForeignKeyConstraint(
        ["body_id", "case_id", "candidate_id"], ["cases.body_id", "cases.id", "cases.person_id"]
    )


class DeclarationRow(Audited, table=True):
    """What a person declared about conflicts with a candidate, before any access to the file (IMP-2)."""

    __tablename__ = "conflict_declarations"
    __table_args__ = keys(
        sa.Index(None, "body_id", "person_id", "candidate_id"),
        sa.UniqueConstraint("body_id", "id", "person_id", "candidate_id", "case_id", "answer"),
        _of_the_candidate(),
        person_id="people",
        candidate_id="people",
        audited=True,
    )

    guards: ClassVar[tuple[Guard, ...]] = (Guard("kept_as_declared", "IMP-2", "UPDATE", "1 = 1"),)

    person_id: UUID = restricted()
    candidate_id: UUID = restricted()
    case_id: UUID = restricted()
    answer: Answer = restricted(sa_type=enum_type(Answer))
    declared_at: datetime = restricted()


class InvolvementRow(Audited, table=True):
    """One act of a person with a candidate; duties name the declaration that came before them."""

    __tablename__ = "involvements"
    __table_args__ = keys(
        sa.Index(None, "body_id", "candidate_id", "person_id"),
        sa.UniqueConstraint("body_id", "id", "person_id", "case_id", "act"),
        _of_the_candidate(),
        sa.CheckConstraint("person_id <> candidate_id", name="own_case"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates"),
        sa.CheckConstraint(
            f"act NOT IN {_DUTIES}"
            " OR (declaration_id IS NOT NULL AND case_id IS NOT NULL"
            " AND answer IS NOT NULL AND answer = 'none')",  # NULL would satisfy it and switch the key off
            name="declared",
        ),
        sa.CheckConstraint(
            "act NOT IN ('examined', 'adjudicated', 'moderated') OR component IS NOT NULL", name="component"
        ),
        sa.ForeignKeyConstraint(
            ["body_id", "declaration_id", "person_id", "candidate_id", "case_id", "answer"],
            [
                "conflict_declarations.body_id",
                "conflict_declarations.id",
                "conflict_declarations.person_id",
                "conflict_declarations.candidate_id",
                "conflict_declarations.case_id",
                "conflict_declarations.answer",
            ],
        ),
        person_id="people",
        candidate_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        *_guards_of_the_matrix(),
        Guard("conflict_declared", "IMP-2", "INSERT", f"NEW.act IN {_DUTIES} AND {_CONFLICT}"),
        Guard("kept_as_noted", "IMP-3", "UPDATE", "1 = 1"),
    )

    person_id: UUID = restricted()
    candidate_id: UUID = restricted()
    act: Act = restricted(sa_type=enum_type(Act))
    case_id: UUID | None = restricted(None)
    component: str | None = restricted(None, max_length=20)
    started_on: date = restricted()
    ended_on: date | None = restricted(None)
    declaration_id: UUID | None = restricted(None)
    answer: Answer | None = restricted(None, sa_type=enum_type(Answer))
