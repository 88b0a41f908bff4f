"""Forms with their items and the study behind their cuts; what was approved never changes again."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, enum_type, exam_secret, keys, restricted
from app.itembank.rules import FormState

_OF_APPROVED = (
    "EXISTS (SELECT 1 FROM forms f WHERE f.body_id = NEW.body_id AND f.id = NEW.stream"
    " AND f.state = 'approved')"
)


class FormRow(Audited, table=True):
    """A fixed set of items for one component, in one language, with its own cuts (EXM-2)."""

    __tablename__ = "forms"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "scheme_version_id", "code", "version"),
        sa.CheckConstraint("minutes > 0 AND item_count > 0", name="size"),
        sa.CheckConstraint(
            "state = 'draft' OR (approved_on IS NOT NULL AND approved_by IS NOT NULL"
            " AND approved_by <> drafted_by)",
            name="approved",
        ),
        scheme_version_id="scheme_versions",
        drafted_by="people",
        approved_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("frozen", "EXM-3", "UPDATE", "OLD.state = 'approved'"),)

    scheme_version_id: UUID = restricted()
    component: str = restricted(max_length=20)
    code: str = restricted(max_length=64)
    version: int = restricted()
    language: str = restricted(max_length=8)
    title: str = restricted(max_length=200)
    document_sha256: str = restricted(max_length=64)
    key_version: str = restricted(max_length=64)
    minutes: int = restricted()
    item_count: int = restricted()
    blueprint: dict[str, int] = restricted(sa_type=sa.JSON)
    is_example: bool = restricted()
    state: FormState = restricted(FormState.DRAFT, sa_type=enum_type(FormState))
    drafted_by: UUID = restricted()
    approved_by: UUID | None = restricted(None)
    approved_on: date | None = restricted(None)


class FormItemRow(Part, table=True):
    """One item of a form, in the form's order."""

    __tablename__ = "form_items"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "code"),
        sa.UniqueConstraint("body_id", "stream", "place"),
        part=True,
        stream="forms",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_drafted", "EXM-5", "UPDATE", "1 = 1"),
        Guard("after_approval", "EXM-5", "INSERT", _OF_APPROVED),
    )

    place: int = restricted()
    code: str = restricted(max_length=40)
    version: int = restricted()
    unit: str = restricted(max_length=20)
    element: str = restricted(max_length=40)
    kind: str = restricted(max_length=40)
    stem: str = exam_secret()
    options: dict[str, str] = exam_secret(sa_type=sa.JSON)
    key: list[str] = exam_secret(sa_type=sa.JSON)
    rationale: str = exam_secret()


class StudyRow(Part, table=True):
    """A panel's ratings of a form, from which each level's cut is recomputed whenever it is used (EXM-3)."""

    __tablename__ = "standard_setting_studies"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "stream"), part=True, stream="forms")
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_rated", "EXM-3", "UPDATE", "1 = 1"),
        Guard("after_approval", "EXM-3", "INSERT", _OF_APPROVED),
    )

    method: str = restricted(max_length=40)
    version: int = restricted()
    rounds: int = restricted()
    rounding: str = restricted(max_length=20)
    panel: list[dict[str, str]] = restricted(sa_type=sa.JSON)
    levels: list[dict[str, Any]] = restricted(sa_type=sa.JSON)
    """Level, who is minimally competent, and the declared mean, sd, se and cut."""
    ratings: dict[str, dict[str, list[int]]] = exam_secret(sa_type=sa.JSON)
    """Level (as text) → item → hundredths, one per judge in the panel's order."""
