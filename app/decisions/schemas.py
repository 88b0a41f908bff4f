"""What the API accepts and tells about decisions."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.applications.schemas import AnswerRead
from app.core.schema import Code, Prose, Schema
from app.decisions.rules import DecisionKind, Reason


class GrantCreate(Schema):
    """Grant the certification applied for."""

    kind: Literal[DecisionKind.GRANT]
    limitations: Prose | None = None


class RefuseCreate(Schema):
    """Refuse it, naming the unmet requirements."""

    kind: Literal[DecisionKind.REFUSE]
    requirements: Annotated[list[Code], Field(min_length=1)]


class SuspendCreate(Schema):
    """Suspend a certification until its reasons are resolved."""

    reasons: Annotated[list[Reason], Field(min_length=1, examples=[["surveillance_overdue"]])]
    resolve_by: date = Field(examples=["2026-05-31"])


class DecisionRead(Schema):
    """A decision."""

    id: UUID
    case_id: UUID
    kind: DecisionKind
    decided_by: UUID
    decided_at: datetime
    snapshot_id: UUID | None
    requirements: list[str]
    reasons: list[str]
    resolve_by: date | None


class DecisionList(Schema):
    """All decisions of a case, oldest first."""

    items: list[DecisionRead]


class ReadinessRead(Schema):
    """What a decision would be taken on now."""

    case_id: UUID
    answers: list[AnswerRead]
    unmet: list[str]
    is_pilot: bool = Field(description="Begun in a pilot: it may be refused and never granted.")


class ExplanationRead(Schema):
    """A decision recomputed from its snapshot alone."""

    decision_id: UUID
    kind: DecisionKind
    snapshot_sha256: str
    snapshot_intact: bool
    answers: list[AnswerRead]
    results: dict[str, bool]
    unmet: list[str]
    would_grant: bool
    agrees: bool
