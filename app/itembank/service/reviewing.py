"""Use cases of judging items: two people review each version, another reviews each translation."""

from collections.abc import Sequence
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Findings
from app.core.ids import new_id
from app.itembank.queries import bank
from app.itembank.rules import items as law
from app.itembank.rules.contents import translation_findings
from app.itembank.rules.items import ItemAction, ItemState, ItemVerdict, RetirementReason, VariantState
from app.itembank.schemas.items import (
    ItemReviewCreate,
    ItemVariantCreate,
    VariantReviewCreate,
    document_of,
)
from app.itembank.service.contents import seal, seal_text
from app.itembank.service.items import keep, put_out_of_use
from app.itembank.service.telling import REVIEWS, VARIANTS, content_of, told
from app.itembank.tables import BankItemRow, ItemReviewRow, ItemVariantRow, ItemVersionRow
from app.work import Work


def review_item(work: Work, item_id: UUID, version_id: UUID, wanted: ItemReviewCreate) -> dict[str, object]:
    """Judge a version: the second acceptance approves it, one return sends it back (ITM-1, AI-3)."""
    work.require(Permission.ITEMBANK_REVIEW)
    item = bank.item_for_update(work, item_id)
    version = bank.version(work, item.id, version_id)
    law.item_after(version.state, ItemAction.REVIEW)
    law.ensure_as_seen(wanted.content_sha256, version.content_sha256)
    given = [row for row in bank.reviews_of(work, [item.id]) if _is_of(row, version)]
    law.ensure_may_review(version.author_id, work.person_id, {row.reviewer_id for row in given})
    row_id = new_id()
    row = ItemReviewRow(
        body_id=work.body_id,
        id=row_id,
        stream=item.id,
        version_id=version.id,
        reviewer_id=work.person_id,
        content_sha256=version.content_sha256,
        verdict=wanted.verdict,
        reasons=seal_text(work, REVIEWS, row_id, wanted.reasons),
        given_on=work.today,
    )
    work.session.add(row)
    work.session.flush()  # the database counts the reviews before it lets a version be approved
    action = law.after_verdicts(wanted.verdict, _accepted([*given, row]))
    _move(work, item, version, action)
    work.record(
        Event.ITEM_REVIEWED, item, version=version.number, verdict=wanted.verdict, state=version.state
    )
    return told(work, item)


def translate(work: Work, item_id: UUID, version_id: UUID, wanted: ItemVariantCreate) -> dict[str, object]:
    """Translate an approved version; the texts count once another person reviewed them (ITM-2)."""
    work.require(Permission.ITEMBANK_WRITE)
    item = bank.item_for_update(work, item_id)
    version = bank.version(work, item.id, version_id)
    law.item_after(version.state, ItemAction.TRANSLATE)
    standing = {
        row.language
        for row in bank.variants_of(work, [item.id])
        if row.version_id == version.id and row.state is not VariantState.RETURNED
    }
    law.ensure_translatable(version.language, wanted.language, standing)
    texts = document_of(wanted.texts)
    if findings := translation_findings(content_of(work, version), texts):
        raise Findings("variant_refused", tuple(findings))
    row_id = new_id()
    sealed = seal(work, VARIANTS, row_id, texts)
    row = ItemVariantRow(
        body_id=work.body_id,
        id=row_id,
        stream=item.id,
        version_id=version.id,
        language=wanted.language,
        translated_by=work.person_id,
        ai_system=wanted.ai_system,
        content=sealed.envelope,
        content_sha256=sealed.sha256,
    )
    keep(work, item, row)
    work.record(
        Event.ITEM_TRANSLATED, item, version=version.number, language=wanted.language, sha256=sealed.sha256
    )
    return told(work, item)


def review_variant(
    work: Work, item_id: UUID, variant_id: UUID, wanted: VariantReviewCreate
) -> dict[str, object]:
    """Accept or return a translation; somebody else than its translator does (ITM-2; 7.0, amendment 22)."""
    work.require(Permission.ITEMBANK_REVIEW)
    item = bank.item_for_update(work, item_id)
    row = bank.variant(work, item.id, variant_id)
    law.ensure_may_review_variant(row.state, row.translated_by, work.person_id)
    law.ensure_as_seen(wanted.content_sha256, row.content_sha256)
    is_accepted = wanted.verdict is ItemVerdict.ACCEPT
    row.state = VariantState.REVIEWED if is_accepted else VariantState.RETURNED
    row.reviewed_by, row.reviewed_on = work.person_id, work.today
    row.findings = seal_text(work, VARIANTS, row.id, wanted.findings)
    keep(work, item, row)
    work.record(
        Event.ITEM_TRANSLATION_REVIEWED, item, variant=row.id, language=row.language, verdict=wanted.verdict
    )
    return told(work, item)


def _move(work: Work, item: BankItemRow, version: ItemVersionRow, action: ItemAction) -> None:
    if action is ItemAction.APPROVE:
        for older in bank.versions_of(work, [item.id]):
            if older.state is ItemState.APPROVED:
                put_out_of_use(work, older, RetirementReason.SUPERSEDED)
                work.session.add(older)
        work.session.flush()  # at most one version is approved at any moment
        version.approved_on = work.today
    version.state = law.item_after(version.state, action)
    keep(work, item, version)


def _is_of(row: ItemReviewRow, version: ItemVersionRow) -> bool:
    return row.version_id == version.id and row.content_sha256 == version.content_sha256


def _accepted(reviews: Sequence[ItemReviewRow]) -> int:
    return sum(row.verdict is ItemVerdict.ACCEPT for row in reviews)
