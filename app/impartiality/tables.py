"""Conflict declarations and the append-only ledger of involvements."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, restricted
from app.impartiality.rules import Act, Answer

_DUTIES = "('reviewed', 'examined', 'adjudicated', 'decided')"


def _same(acts: str, extra: str = "1 = 1") -> str:
    return (
        "EXISTS (SELECT 1 FROM involvements e WHERE e.body_id = NEW.body_id"  # noqa: S608 - our own words only
        " AND e.person_id = NEW.person_id"
        f" AND e.candidate_id = NEW.candidate_id AND e.act IN ({acts}) AND {extra})"
    )


_TAUGHT = "'trained', 'mentored'"
_WITHIN_PG = "(e.ended_on IS NULL OR NEW.started_on < e.ended_on + INTERVAL '24 months')"
_WITHIN_SQLITE = (  # SQLite rolls 29 February over into March; the earlier of the two dates is the calendar's
    "(e.ended_on IS NULL OR NEW.started_on < min(date(e.ended_on, '+24 months'),"
    " date(e.ended_on, 'start of month', '+25 months', '-1 day')))"
)
_SEAT = "e.case_id = NEW.case_id AND e.component = NEW.component"


class DeclarationRow(Audited, table=True):
    """What a person declared about conflicts with a candidate, before any access to the file (IMP-2)."""

    __tablename__ = "conflict_declarations"
    __table_args__ = keys(
        sa.Index(None, "body_id", "person_id", "candidate_id"),
        sa.UniqueConstraint("body_id", "id", "person_id", "candidate_id", "answer"),
        person_id="people",
        candidate_id="people",
        audited=True,
    )

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
        sa.CheckConstraint("person_id <> candidate_id", name="own_case"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates"),
        sa.CheckConstraint(
            f"act NOT IN {_DUTIES}"
            " OR (declaration_id IS NOT NULL AND answer = 'none' AND case_id IS NOT NULL)",
            name="declared",
        ),
        sa.CheckConstraint(
            "act NOT IN ('examined', 'adjudicated') OR component IS NOT NULL", name="component"
        ),
        sa.ForeignKeyConstraint(
            ["body_id", "declaration_id", "person_id", "candidate_id", "answer"],
            [
                "conflict_declarations.body_id",
                "conflict_declarations.id",
                "conflict_declarations.person_id",
                "conflict_declarations.candidate_id",
                "conflict_declarations.answer",
            ],
        ),
        person_id="people",
        candidate_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "trained_within_24_months",
            "IMP-1",
            "INSERT",
            f"NEW.act IN ('reviewed', 'examined', 'adjudicated') AND {_same(_TAUGHT, _WITHIN_PG)}",
            f"NEW.act IN ('reviewed', 'examined', 'adjudicated') AND {_same(_TAUGHT, _WITHIN_SQLITE)}",
        ),
        Guard(
            "took_part",
            "IMP-3",
            "INSERT",
            "NEW.act = 'decided' AND "
            + _same("'trained','mentored','refereed','reviewed','invigilated','examined','adjudicated'"),
        ),
        Guard(
            "bound",
            "IMP-2",
            "INSERT",
            f"NEW.act IN {_DUTIES} AND " + _same("'related', 'refereed'"),
        ),
        Guard(
            "second_seat",
            "EXM-6",
            "INSERT",
            "NEW.act IN ('examined', 'adjudicated') AND " + _same("'examined', 'adjudicated'", _SEAT),
        ),
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
