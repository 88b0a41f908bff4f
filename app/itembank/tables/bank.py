"""The bank: items in versions, what reviewers said of them, their translations, and how often each was seen.

Contents are kept encrypted; beside them stands the hash of the canonical content.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, Table, enum_type, exam_secret, keys, restricted
from app.itembank.rules.items import (
    REVIEWS_NEEDED,
    ItemState,
    ItemVerdict,
    RetirementReason,
    VariantState,
)
from assessments.forms import ItemKind


def changed(*columns: str) -> str:
    """Return SQL that tells whether one of several columns is not what it was; NULL is a value, too."""
    return " OR ".join(
        f"COALESCE(CAST(NEW.{column} AS TEXT), '') <> COALESCE(CAST(OLD.{column} AS TEXT), '')"
        for column in columns
    )


_CONTENT = (
    "element",
    "unit",
    "cognitive_level",
    "language",
    "seconds",
    "ai_system",
    "content_sha256",
    "content",
)
_ACCEPTED = (
    "(SELECT COUNT(*) FROM item_reviews r WHERE r.body_id = NEW.body_id AND r.version_id = NEW.id"
    " AND r.verdict = 'accept' AND r.reviewer_id <> NEW.author_id"
    " AND r.content_sha256 = NEW.content_sha256)"
)
_REVIEWABLE = (
    "EXISTS (SELECT 1 FROM item_versions v WHERE v.body_id = NEW.body_id AND v.id = NEW.version_id"
    " AND v.stream = NEW.stream AND v.state = 'in_review' AND v.author_id <> NEW.reviewer_id"
    " AND v.content_sha256 = NEW.content_sha256)"
)
_TRANSLATABLE = (
    "EXISTS (SELECT 1 FROM item_versions v WHERE v.body_id = NEW.body_id AND v.id = NEW.version_id"
    " AND v.stream = NEW.stream AND v.state = 'approved' AND v.language <> NEW.language)"
)
_OPEN = "state IN ('draft', 'in_review')"
_APPROVED = "state = 'approved'"
_STANDING = "state <> 'returned'"


class BankItemRow(Audited, table=True):
    """An item of the bank through all its versions; its code and kind stay."""

    __tablename__ = "bank_items"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "scheme_id", "code"),
        sa.CheckConstraint("exposure_limit IS NULL OR exposure_limit > 0", name="exposure_limit"),
        scheme_id="schemes",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("same_item", "ITM-1", "UPDATE", changed("scheme_id", "code", "kind")),
    )

    scheme_id: UUID = restricted()
    code: str = restricted(max_length=40)
    kind: ItemKind = restricted(sa_type=enum_type(ItemKind))
    newest: int = restricted(1)
    """Number of its newest version."""
    changes: int = restricted(0)
    """Counts what was done to it and its parts, so that each change is one of the item that was seen."""
    exposure_limit: int | None = restricted(None)
    """How often it may be seen before it is reviewed for that; None where the scheme's limit holds."""
    exposures_cleared: int = restricted(0)
    """Exposures that such a review found harmless."""


class ItemVersionRow(Part, table=True):
    """One version of an item; its content is frozen from the moment it is sent to review (ITM-1)."""

    __tablename__ = "item_versions"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "number"),
        sa.Index(
            "uq_item_versions_open",
            "body_id",
            "stream",
            unique=True,
            sqlite_where=sa.text(_OPEN),
            postgresql_where=sa.text(_OPEN),
        ),
        sa.Index(
            "uq_item_versions_approved",
            "body_id",
            "stream",
            unique=True,
            sqlite_where=sa.text(_APPROVED),
            postgresql_where=sa.text(_APPROVED),
        ),
        sa.CheckConstraint("(state = 'retired') = (retired_on IS NOT NULL)", name="retired_on"),
        sa.CheckConstraint("(state = 'retired') = (retired_for IS NOT NULL)", name="retired_for"),
        sa.CheckConstraint("state <> 'approved' OR approved_on IS NOT NULL", name="approved_on"),
        sa.CheckConstraint("seconds IS NULL OR seconds > 0", name="seconds"),
        part=True,
        stream="bank_items",
        author_id="people",
        retired_by="people",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("drafted_first", "ITM-1", "INSERT", "NEW.state <> 'draft'"),
        Guard(
            "frozen",
            "ITM-1",
            "UPDATE",
            f"OLD.state = 'retired' OR {changed('number', 'author_id')}"
            f" OR (OLD.state <> 'draft' AND ({changed(*_CONTENT)}))",
        ),
        Guard(
            "unreviewed",
            "ITM-1",
            "UPDATE",
            "NEW.state = 'approved' AND OLD.state <> 'approved'"
            f" AND (OLD.state <> 'in_review' OR {_ACCEPTED} < {REVIEWS_NEEDED})",
        ),
        Guard(
            "reopened", "ITM-1", "UPDATE", "OLD.state = 'approved' AND NEW.state IN ('draft', 'in_review')"
        ),
    )

    number: int = restricted()
    element: str = restricted(max_length=40)
    unit: str = restricted(max_length=20)
    cognitive_level: str | None = restricted(None, max_length=40)
    language: str = restricted(max_length=8)
    seconds: int | None = restricted(None)
    """Time that an answer is expected to take."""
    author_id: UUID = restricted()
    ai_system: str | None = restricted(None, max_length=200)
    """System and version that helped to write it (AI-3); None where no such system did."""
    content_sha256: str = restricted(max_length=64)
    content: str = exam_secret()
    """Envelope of the canonical content."""
    state: ItemState = restricted(ItemState.DRAFT, sa_type=enum_type(ItemState))
    approved_on: date | None = restricted(None)
    retired_for: RetirementReason | None = restricted(None, sa_type=enum_type(RetirementReason))
    retired_note: str | None = exam_secret(None)
    retired_by: UUID | None = restricted(None)
    retired_on: date | None = restricted(None)


class ItemReviewRow(Part, table=True):
    """What one person other than the author says of a version, about the very content that she read."""

    __tablename__ = "item_reviews"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "version_id", "reviewer_id", "content_sha256"),
        part=True,
        stream="bank_items",
        version_id="item_versions",
        reviewer_id="people",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_given", "ITM-1", "UPDATE", "1 = 1"),
        Guard("not_to_review", "ITM-1", "INSERT", f"NOT {_REVIEWABLE}"),
    )

    version_id: UUID = restricted()
    reviewer_id: UUID = restricted()
    content_sha256: str = restricted(max_length=64)
    verdict: ItemVerdict = restricted(sa_type=enum_type(ItemVerdict))
    reasons: str = exam_secret()
    given_on: date = restricted()


class ItemVariantRow(Part, table=True):
    """A version's texts in another language: translated by one person, reviewed by another (ITM-2)."""

    __tablename__ = "item_variants"
    __table_args__ = keys(
        sa.Index(
            "uq_item_variants_standing",
            "body_id",
            "version_id",
            "language",
            unique=True,
            sqlite_where=sa.text(_STANDING),
            postgresql_where=sa.text(_STANDING),
        ),
        sa.CheckConstraint("reviewed_by IS NULL OR reviewed_by <> translated_by", name="reviewed_by"),
        sa.CheckConstraint(
            "(state = 'drafted') = (reviewed_by IS NULL) AND (reviewed_by IS NULL) = (reviewed_on IS NULL)"
            " AND (reviewed_by IS NULL) = (findings IS NULL)",
            name="reviewed",
        ),
        part=True,
        stream="bank_items",
        version_id="item_versions",
        translated_by="people",
        reviewed_by="people",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("drafted_first", "ITM-2", "INSERT", f"NEW.state <> 'drafted' OR NOT {_TRANSLATABLE}"),
        Guard(
            "frozen",
            "ITM-2",
            "UPDATE",
            "OLD.state <> 'drafted' OR "
            + changed("version_id", "language", "translated_by", "ai_system", "content_sha256", "content"),
        ),
    )

    version_id: UUID = restricted()
    language: str = restricted(max_length=8)
    translated_by: UUID = restricted()
    ai_system: str | None = restricted(None, max_length=200)
    content_sha256: str = restricted(max_length=64)
    content: str = exam_secret()
    """Envelope of the canonical texts."""
    state: VariantState = restricted(VariantState.DRAFTED, sa_type=enum_type(VariantState))
    reviewed_by: UUID | None = restricted(None)
    reviewed_on: date | None = restricted(None)
    findings: str | None = exam_secret(None)


class ExposureRow(Table, table=True):
    """That an attempt was opened on a form: its items were seen once more (SEC-1).

    The attempt lies in a higher feature, hence no foreign key; one attempt is counted once.
    """

    __tablename__ = "form_exposures"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "attempt_id"),
        sa.Index(None, "body_id", "form_id"),
        form_id="forms",
    )

    form_id: UUID = restricted()
    attempt_id: UUID = restricted()
    seen_on: date = restricted()
