"""What is told of the bank's items: heads with everything that is known but secret, and what is secret."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from app.itembank.queries import bank
from app.itembank.rules import items as law
from app.itembank.service.contents import Sealed, opened, opened_text
from app.itembank.service.exposure import limits
from app.itembank.tables import BankItemRow, ItemReviewRow, ItemVariantRow, ItemVersionRow
from app.work import Work

VERSIONS, VARIANTS, REVIEWS = "item_versions", "item_variants", "item_reviews"

_ITEM = ("id", "rev", "scheme_id", "code", "kind", "exposure_limit", "exposures_cleared")
_VERSION = (
    "id", "number", "unit", "element", "cognitive_level", "language", "seconds", "author_id", "ai_system",
    "content_sha256", "state", "approved_on", "retired_for", "retired_by", "retired_on",
)  # fmt: skip
_REVIEW = ("reviewer_id", "content_sha256", "verdict", "given_on")
_VARIANT = (
    "id", "language", "state", "translated_by", "ai_system", "content_sha256", "reviewed_by", "reviewed_on",
)  # fmt: skip


class Seen:
    """An item as it is told, for the caller who saw an older version of it; nothing is read unless needed."""

    def __init__(self, work: Work, item: BankItemRow) -> None:
        self._work, self._item = work, item
        self.rev = item.rev

    @cached_property
    def _told(self) -> dict[str, object]:
        return told_all(self._work, [self._item])[0]

    def __getattr__(self, name: str) -> object:
        """Return what is told under this name."""
        return self._told[name]


def told(work: Work, item: BankItemRow) -> dict[str, object]:
    """Tell of one item."""
    work.session.flush()  # what was just changed is read back, with its rev
    return told_all(work, [item])[0]


def told_all(work: Work, items: Sequence[BankItemRow]) -> list[dict[str, object]]:
    """Tell of items: versions, reviews, translations, forms that hold them, how often they were seen."""
    ids = [item.id for item in items]
    versions, reviews = bank.versions_of(work, ids), bank.reviews_of(work, ids)
    variants, seen, most = bank.variants_of(work, ids), bank.exposures(work, ids), limits(work, items)
    forms = bank.forms_holding(work, ids)
    return [
        _picked(item, _ITEM)
        | {
            "exposures": seen.get(item.id, 0),
            "is_overexposed": law.is_overexposed(seen.get(item.id, 0), item.exposures_cleared, most[item.id]),
            "forms": [form.id for holder, form in forms if holder == item.id],
            "versions": [_version(row, reviews, variants) for row in versions if row.stream == item.id],
        }
        for item in items
    ]


def content_of(work: Work, version: ItemVersionRow) -> dict[str, Any]:
    """Open the content of a version; callers record who is shown it."""
    sealed = Sealed(version.content, version.content_sha256)
    return dict(opened(work, VERSIONS, version.id, sealed))


def texts_of(work: Work, variant: ItemVariantRow) -> dict[str, Any]:
    """Open the texts of a translation; callers record who is shown them."""
    return dict(opened(work, VARIANTS, variant.id, Sealed(variant.content, variant.content_sha256)))


def secrets_of(work: Work, item: BankItemRow, version: ItemVersionRow) -> dict[str, object]:
    """Open all that is secret about a version; callers record who is shown it."""
    reviews = [row for row in bank.reviews_of(work, [item.id]) if row.version_id == version.id]
    variants = [row for row in bank.variants_of(work, [item.id]) if row.version_id == version.id]
    wanted = ("number", "element", "cognitive_level", "language", "state", "content_sha256", "retired_note")
    return _picked(version, wanted) | {
        "item_id": item.id,
        "code": item.code,
        "kind": item.kind,
        "content": content_of(work, version),
        "remarks": [_remark(work, row) for row in reviews],
        "variants": [_translation(work, row) for row in variants],
    }


def _remark(work: Work, row: ItemReviewRow) -> dict[str, object]:
    reasons = opened_text(work, REVIEWS, row.id, row.reasons)
    return _picked(row, ("reviewer_id", "verdict", "given_on")) | {"reasons": reasons}


def _translation(work: Work, row: ItemVariantRow) -> dict[str, object]:
    findings = None if row.findings is None else opened_text(work, VARIANTS, row.id, row.findings)
    head = _picked(row, ("id", "language", "state", "content_sha256"))
    return head | {"texts": texts_of(work, row), "findings": findings}


def _version(
    version: ItemVersionRow, reviews: Sequence[ItemReviewRow], variants: Sequence[ItemVariantRow]
) -> dict[str, object]:
    return _picked(version, _VERSION) | {
        "reviews": [_picked(row, _REVIEW) for row in reviews if row.version_id == version.id],
        "variants": [_picked(row, _VARIANT) for row in variants if row.version_id == version.id],
    }


def _picked(row: object, names: Sequence[str]) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}
