"""Forms with their items and the study behind their cuts; what was approved never changes, it is retired."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, enum_type, exam_secret, keys, restricted
from app.itembank.rules import FormState
from app.itembank.rules.items import RetirementReason
from app.itembank.tables.bank import changed

_OF_APPROVED = (
    "EXISTS (SELECT 1 FROM forms f WHERE f.body_id = NEW.body_id AND f.id = NEW.stream"
    " AND f.state <> 'draft')"
)
_PANEL_AT_WORK = (
    "EXISTS (SELECT 1 FROM panel_studies s WHERE s.body_id = NEW.body_id AND s.form_id = NEW.id"
    " AND s.state NOT IN ('concluded', 'abandoned'))"
)
_APPROVER_JUDGED = (
    "EXISTS (SELECT 1 FROM panel_studies s JOIN panel_judges j ON j.body_id = s.body_id AND j.stream = s.id"
    " WHERE s.body_id = NEW.body_id AND s.form_id = NEW.id AND j.person_id = NEW.approved_by)"
)
_KEPT = (
    "scheme_version_id", "component", "code", "version", "language", "title", "document_sha256",
    "key_version", "minutes", "item_count", "blueprint", "is_example", "drafted_by", "approved_by",
    "approved_on", "studied_on", "variant_of", "equivalence", "assembly_id",
)  # fmt: skip


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
        sa.CheckConstraint(
            "(state = 'retired') = (retired_on IS NOT NULL) AND (retired_on IS NULL) = (retired_for IS NULL)"
            " AND (retired_on IS NULL) = (retired_by IS NULL)",
            name="retired",
        ),
        sa.CheckConstraint("equivalence IS NULL OR variant_of IS NOT NULL", name="equivalence"),
        scheme_version_id="scheme_versions",
        drafted_by="people",
        approved_by="people",
        retired_by="people",
        variant_of="forms",
        assembly_id="form_assemblies",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "frozen",
            "EXM-3",
            "UPDATE",
            "OLD.state = 'retired'"
            f" OR (OLD.state = 'approved' AND (NEW.state <> 'retired' OR {changed(*_KEPT)}))",
        ),
        Guard("never_approved", "EXM-3", "UPDATE", "OLD.state = 'draft' AND NEW.state = 'retired'"),
        Guard("panel_at_work", "EXM-3", "UPDATE", f"NEW.state = 'approved' AND {_PANEL_AT_WORK}"),
        Guard("judge_approves", "EXM-3", "UPDATE", f"NEW.state = 'approved' AND {_APPROVER_JUDGED}"),
    )

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
    studied_on: date | None = restricted(None)
    """When its own study came in; None where it has none, or came before this was noted."""
    variant_of: UUID | None = restricted(None)
    """The form in another language whose items it has."""
    equivalence: str | None = restricted(None)
    """Why the cut of that form may be used; None: this form has a study of its own (7.0, amendment 22)."""
    assembly_id: UUID | None = restricted(None)
    retired_for: RetirementReason | None = restricted(None, sa_type=enum_type(RetirementReason))
    retired_note: str | None = exam_secret(None)
    retired_by: UUID | None = restricted(None)
    retired_on: date | None = restricted(None)


class FormItemRow(Part, table=True):
    """One item of a form, in the form's order; a copy, so that the form is whole by itself (EXM-5)."""

    __tablename__ = "form_items"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "code"),
        sa.UniqueConstraint("body_id", "stream", "place"),
        sa.Index(None, "body_id", "item_version_id"),
        sa.CheckConstraint(
            "(content IS NULL) <> (stem IS NULL) AND (content IS NULL) = (content_sha256 IS NULL)",
            name="content",
        ),
        part=True,
        stream="forms",
        item_version_id="item_versions",
        item_variant_id="item_variants",
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
    cognitive_level: str | None = restricted(None, max_length=40)
    item_version_id: UUID | None = restricted(None)
    """The version in the bank that was copied; None for an item that came with an imported form."""
    item_variant_id: UUID | None = restricted(None)
    content_sha256: str | None = restricted(None, max_length=64)
    content: str | None = exam_secret(None)
    """Envelope of the canonical content. What follows holds it for forms from before contents were sealed."""
    stem: str | None = exam_secret(None)
    options: dict[str, str] | None = exam_secret(None, sa_type=sa.JSON(none_as_null=True))
    key: list[str] | None = exam_secret(None, sa_type=sa.JSON(none_as_null=True))
    rationale: str | None = exam_secret(None)


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
