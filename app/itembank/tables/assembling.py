"""That forms were to be put together from the bank, by which rules, and what came of it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, exam_secret, keys, restricted
from app.itembank.rules.assembling import AssemblyState
from app.itembank.tables.bank import changed


class AssemblyRow(Audited, table=True):
    """One asking for parallel forms; answered once, by draft forms or by what stands in the way (EXM-1)."""

    __tablename__ = "form_assemblies"
    __table_args__ = keys(
        sa.CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended_at"),
        sa.CheckConstraint("(state = 'asked') = (outcome IS NULL)", name="outcome"),
        scheme_version_id="scheme_versions",
        asked_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "answered_once",
            "EXM-1",
            "UPDATE",
            "OLD.state <> 'asked' OR "
            + changed("scheme_version_id", "component", "language", "asked_by", "wanted"),
        ),
    )

    scheme_version_id: UUID = restricted()
    component: str = restricted(max_length=20)
    language: str = restricted(max_length=8)
    wanted: dict[str, Any] = restricted(sa_type=sa.JSON)
    """The rules as they were asked for."""
    state: AssemblyState = restricted(AssemblyState.ASKED, sa_type=enum_type(AssemblyState))
    asked_by: UUID = restricted()
    asked_at: datetime = restricted()
    ended_at: datetime | None = restricted(None)
    outcome: dict[str, Any] | None = exam_secret(None, sa_type=sa.JSON(none_as_null=True))
    """How alike the forms are and by what method, or which rules stand in the way."""
