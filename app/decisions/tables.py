"""Snapshots of evidence and the decisions taken on them; neither ever changes."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.access.actor import ActorKind
from app.core.table import Audited, Guard, enum_type, exam_secret, keys, restricted
from app.decisions.rules import DecisionKind


class SnapshotRow(Audited, table=True):
    """All that a decision was taken on: answers, results with their inputs, ids and hashes (DEC-3)."""

    __tablename__ = "evidence_snapshots"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "id", "case_id", "unmet"),
        sa.CheckConstraint("unmet >= 0", name="unmet"),
        case_id="cases",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("frozen", "DEC-3", "UPDATE", "1 = 1"),)

    case_id: UUID = restricted()
    document: dict[str, Any] = exam_secret(sa_type=sa.JSON)
    sha256: str = restricted(max_length=64)
    unmet: int = restricted()
    taken_at: datetime = restricted()


class DecisionRow(Audited, table=True):
    """A decision by a human who took no part before (DEC-2, IMP-3); a grant has nothing unmet (DEC-4)."""

    __tablename__ = "decisions"
    __table_args__ = keys(
        sa.Index(None, "body_id", "case_id"),
        sa.Index(
            "uq_decisions_one_verdict",
            "body_id",
            "case_id",
            unique=True,
            sqlite_where=sa.text("kind IN ('grant', 'refuse')"),
            postgresql_where=sa.text("kind IN ('grant', 'refuse')"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id", "involvement_id", "decided_by", "case_id", "act"],
            [
                "involvements.body_id",
                "involvements.id",
                "involvements.person_id",
                "involvements.case_id",
                "involvements.act",
            ],
        ),
        sa.ForeignKeyConstraint(
            ["body_id", "snapshot_id", "case_id", "unmet"],
            [
                "evidence_snapshots.body_id",
                "evidence_snapshots.id",
                "evidence_snapshots.case_id",
                "evidence_snapshots.unmet",
            ],
        ),
        sa.CheckConstraint("actor_kind = 'human'", name="human"),
        sa.CheckConstraint("act = 'decided'", name="act"),
        sa.CheckConstraint(
            "kind NOT IN ('grant', 'refuse') OR (snapshot_id IS NOT NULL AND unmet IS NOT NULL)",
            name="snapshot",
        ),
        sa.CheckConstraint("kind <> 'grant' OR unmet = 0", name="nothing_unmet"),
        sa.CheckConstraint("kind <> 'suspend' OR resolve_by IS NOT NULL", name="resolve_by"),
        case_id="cases",
        decided_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("frozen", "DEC-3", "UPDATE", "1 = 1"),)

    case_id: UUID = restricted()
    kind: DecisionKind = restricted(sa_type=enum_type(DecisionKind))
    decided_by: UUID = restricted()
    actor_kind: ActorKind = restricted(sa_type=enum_type(ActorKind))
    involvement_id: UUID = restricted()
    act: str = restricted("decided", max_length=40)
    snapshot_id: UUID | None = restricted(None)
    unmet: int | None = restricted(None)
    requirements: list[str] = restricted(sa_type=sa.JSON)
    """Ids of the unmet requirements that a refusal names."""
    reasons: list[str] = restricted(sa_type=sa.JSON)
    resolve_by: date | None = restricted(None)
    decided_at: datetime = restricted()
    decided_on: date = restricted()
