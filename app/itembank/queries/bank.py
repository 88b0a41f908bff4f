"""What is asked about the bank's items, their versions, reviews, translations and exposure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.itembank.rules.items import ItemState, VariantState
from app.itembank.tables import (
    BankItemRow,
    ExposureRow,
    FormItemRow,
    FormRow,
    ItemReviewRow,
    ItemVariantRow,
    ItemVersionRow,
)
from app.work import Work


@dataclass(frozen=True)
class Chosen:
    """Which items are wanted."""

    scheme_id: UUID | None = None
    unit: str | None = None
    state: ItemState | None = None


def item(work: Work, item_id: UUID) -> BankItemRow:
    """Return an item of this body."""
    found = work.session.get(BankItemRow, (work.body_id, item_id))
    if found is None:
        raise NotFound("item")
    return found


def item_for_update(work: Work, item_id: UUID) -> BankItemRow:
    """Return an item, locked for change; its versions and translations are locked with it."""
    found = items_for_update(work, [item_id])
    if not found:
        raise NotFound("item")
    return found[0]


def items_for_update(work: Work, ids: Collection[UUID]) -> Sequence[BankItemRow]:
    """Return items by id, locked in one order by all."""
    return work.session.exec(
        select(BankItemRow)
        .where(col(BankItemRow.body_id) == work.body_id, col(BankItemRow.id).in_(ids))
        .order_by(col(BankItemRow.id))
        .with_for_update()
    ).all()


def lock_codes(work: Work, scheme_id: UUID, codes: Collection[str]) -> None:
    """Lock items of a scheme by code, in one order by all, until the work ends."""
    work.session.exec(
        select(BankItemRow.id)
        .where(
            col(BankItemRow.body_id) == work.body_id,
            col(BankItemRow.scheme_id) == scheme_id,
            col(BankItemRow.code).in_(codes),
        )
        .order_by(col(BankItemRow.id))
        .with_for_update()
    ).all()


def items_by_id(work: Work, ids: Collection[UUID]) -> Sequence[BankItemRow]:
    """Return items by id."""
    return work.session.exec(
        select(BankItemRow).where(col(BankItemRow.body_id) == work.body_id, col(BankItemRow.id).in_(ids))
    ).all()


def items(work: Work, wanted: Window, chosen: Chosen) -> Slice[BankItemRow]:
    """Return one page of the bank; unit and state are those of any version that is not retired."""
    query = select(BankItemRow).where(col(BankItemRow.body_id) == work.body_id).order_by(col(BankItemRow.id))
    if chosen.scheme_id is not None:
        query = query.where(col(BankItemRow.scheme_id) == chosen.scheme_id)
    if chosen.unit is not None or chosen.state is not None:
        of_item = select(ItemVersionRow.id).where(
            col(ItemVersionRow.body_id) == col(BankItemRow.body_id),
            col(ItemVersionRow.stream) == col(BankItemRow.id),
        )
        if chosen.unit is not None:
            of_item = of_item.where(col(ItemVersionRow.unit) == chosen.unit)
        if chosen.state is not None:
            of_item = of_item.where(col(ItemVersionRow.state) == chosen.state)
        query = query.where(of_item.exists())
    if wanted.after is not None:
        query = query.where(col(BankItemRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def codes_taken(work: Work, scheme_id: UUID, codes: Collection[str]) -> frozenset[str]:
    """Return which codes a scheme's bank has already."""
    return frozenset(
        work.session.exec(
            select(BankItemRow.code).where(
                col(BankItemRow.body_id) == work.body_id,
                col(BankItemRow.scheme_id) == scheme_id,
                col(BankItemRow.code).in_(codes),
            )
        ).all()
    )


def versions_of(work: Work, item_ids: Collection[UUID]) -> Sequence[ItemVersionRow]:
    """Return all versions of items, oldest first."""
    return work.session.exec(
        select(ItemVersionRow)
        .where(col(ItemVersionRow.body_id) == work.body_id, col(ItemVersionRow.stream).in_(item_ids))
        .order_by(col(ItemVersionRow.stream), col(ItemVersionRow.number))
    ).all()


def version(work: Work, item_id: UUID, version_id: UUID) -> ItemVersionRow:
    """Return one version of an item."""
    found = work.session.get(ItemVersionRow, (work.body_id, version_id))
    if found is None or found.stream != item_id:
        raise NotFound("version")
    return found


def reviews_of(work: Work, item_ids: Collection[UUID]) -> Sequence[ItemReviewRow]:
    """Return all reviews of items, oldest first."""
    return work.session.exec(
        select(ItemReviewRow)
        .where(col(ItemReviewRow.body_id) == work.body_id, col(ItemReviewRow.stream).in_(item_ids))
        .order_by(col(ItemReviewRow.id))
    ).all()


def variants_of(work: Work, item_ids: Collection[UUID]) -> Sequence[ItemVariantRow]:
    """Return all translations of items, oldest first."""
    return work.session.exec(
        select(ItemVariantRow)
        .where(col(ItemVariantRow.body_id) == work.body_id, col(ItemVariantRow.stream).in_(item_ids))
        .order_by(col(ItemVariantRow.id))
    ).all()


def variant(work: Work, item_id: UUID, variant_id: UUID) -> ItemVariantRow:
    """Return one translation of an item."""
    found = work.session.get(ItemVariantRow, (work.body_id, variant_id))
    if found is None or found.stream != item_id:
        raise NotFound("variant")
    return found


def reviewed_variants(work: Work, version_ids: Collection[UUID], language: str) -> Sequence[ItemVariantRow]:
    """Return the reviewed translations of versions into a language."""
    return work.session.exec(
        select(ItemVariantRow).where(
            col(ItemVariantRow.body_id) == work.body_id,
            col(ItemVariantRow.version_id).in_(version_ids),
            col(ItemVariantRow.language) == language,
            col(ItemVariantRow.state) == VariantState.REVIEWED,
        )
    ).all()


def approved_versions(work: Work, scheme_id: UUID) -> Sequence[tuple[BankItemRow, ItemVersionRow]]:
    """Return the approved version of each item of a scheme that has one, by code."""
    return work.session.exec(
        select(BankItemRow, ItemVersionRow)
        .where(
            col(BankItemRow.body_id) == work.body_id,
            col(BankItemRow.scheme_id) == scheme_id,
            col(ItemVersionRow.body_id) == col(BankItemRow.body_id),
            col(ItemVersionRow.stream) == col(BankItemRow.id),
            col(ItemVersionRow.state) == ItemState.APPROVED,
        )
        .order_by(col(BankItemRow.code))
    ).all()


def exposures(work: Work, item_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """Count how often items were seen, in whatever version: attempts opened on forms that hold them."""
    rows = work.session.exec(
        select(ItemVersionRow.stream, sa.func.count())
        .select_from(ItemVersionRow)
        .join(
            FormItemRow,
            sa.and_(
                col(FormItemRow.body_id) == col(ItemVersionRow.body_id),
                col(FormItemRow.item_version_id) == col(ItemVersionRow.id),
            ),
        )
        .join(
            ExposureRow,
            sa.and_(
                col(ExposureRow.body_id) == col(FormItemRow.body_id),
                col(ExposureRow.form_id) == col(FormItemRow.stream),
            ),
        )
        .where(col(ItemVersionRow.body_id) == work.body_id, col(ItemVersionRow.stream).in_(item_ids))
        .group_by(col(ItemVersionRow.stream))
    ).all()
    return dict(rows)


def forms_holding(work: Work, item_ids: Collection[UUID]) -> Sequence[tuple[UUID, FormRow]]:
    """Return (item, form) for every form that holds a version of one of these items, oldest form first."""
    return work.session.exec(
        select(ItemVersionRow.stream, FormRow)
        .where(
            col(ItemVersionRow.body_id) == work.body_id,
            col(ItemVersionRow.stream).in_(item_ids),
            col(FormItemRow.body_id) == work.body_id,
            col(FormItemRow.item_version_id) == col(ItemVersionRow.id),
            col(FormRow.body_id) == work.body_id,
            col(FormRow.id) == col(FormItemRow.stream),
        )
        .order_by(col(FormRow.id))
    ).all()


def versions_in(work: Work, form_ids: Collection[UUID]) -> Sequence[tuple[UUID, ItemVersionRow]]:
    """Return (form, version) for every item of the bank that stands in one of these forms."""
    return work.session.exec(
        select(FormItemRow.stream, ItemVersionRow)
        .where(
            col(FormItemRow.body_id) == work.body_id,
            col(FormItemRow.stream).in_(form_ids),
            col(ItemVersionRow.body_id) == work.body_id,
            col(ItemVersionRow.id) == col(FormItemRow.item_version_id),
        )
        .order_by(col(FormItemRow.stream), col(FormItemRow.place))
    ).all()


def add_exposure(work: Work, form_id: UUID, attempt_id: UUID) -> None:
    """Note that an attempt was opened on a form."""
    work.session.add(
        ExposureRow(body_id=work.body_id, form_id=form_id, attempt_id=attempt_id, seen_on=work.today)
    )
