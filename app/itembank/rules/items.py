"""The life of an item's versions and variants, who may judge them, and when an item is seen too often."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from app.core.errors import Conflict, MoveRefused

REVIEWS_NEEDED = 2
"""People other than the author who must accept a version before it counts (ITM-1, AI-3)."""


class ItemState(StrEnum):
    """Where a version of an item stands; only an approved one enters forms."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"


class ItemAction(StrEnum):
    """What may be done with a version of an item."""

    REVISE = "revise"
    SUBMIT = "submit"
    REVIEW = "review"
    RETURN = "return"
    APPROVE = "approve"
    TRANSLATE = "translate"
    RETIRE = "retire"


class ItemVerdict(StrEnum):
    """What a reviewer says of a version or of a translation."""

    ACCEPT = "accept"
    RETURN = "return"


class RetirementReason(StrEnum):
    """Why an item or a form is not used any more."""

    EXPOSED = "exposed"
    FLAWED = "flawed"
    OUTDATED = "outdated"
    SUPERSEDED = "superseded"
    """A newer version of the item was approved; no person retires for this reason."""


class VariantState(StrEnum):
    """Where a translation stands; only a reviewed one counts."""

    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    RETURNED = "returned"


ITEM_MOVES: dict[tuple[ItemState, ItemAction], ItemState] = {
    (ItemState.DRAFT, ItemAction.REVISE): ItemState.DRAFT,
    (ItemState.DRAFT, ItemAction.SUBMIT): ItemState.IN_REVIEW,
    (ItemState.IN_REVIEW, ItemAction.REVIEW): ItemState.IN_REVIEW,
    (ItemState.IN_REVIEW, ItemAction.RETURN): ItemState.DRAFT,
    (ItemState.IN_REVIEW, ItemAction.APPROVE): ItemState.APPROVED,
    (ItemState.APPROVED, ItemAction.TRANSLATE): ItemState.APPROVED,
    (ItemState.DRAFT, ItemAction.RETIRE): ItemState.RETIRED,
    (ItemState.IN_REVIEW, ItemAction.RETIRE): ItemState.RETIRED,
    (ItemState.APPROVED, ItemAction.RETIRE): ItemState.RETIRED,
}


def item_after(state: ItemState, action: ItemAction) -> ItemState:
    """Return the state of a version after an action; refuse what its life does not know."""
    if (state, action) not in ITEM_MOVES:
        raise MoveRefused("item_move_refused", state=state, action=action)
    return ITEM_MOVES[(state, action)]


def ensure_none_in_the_making(states: Collection[ItemState]) -> None:
    """Refuse a further version while one is drafted or in review: two would compete for the same place."""
    if {ItemState.DRAFT, ItemState.IN_REVIEW} & set(states):
        raise Conflict("item_version_open")


def ensure_own_draft(author: UUID, person: UUID) -> None:
    """Refuse a change by anybody else, who could then no longer review it (ITM-1)."""
    if author != person:
        raise Conflict("item_not_own_draft", rule="ITM-1")


def ensure_may_review(author: UUID, reviewer: UUID, earlier: Collection[UUID]) -> None:
    """Refuse a review by the author, and a second one of the same content by one person (ITM-1, AI-3)."""
    if author == reviewer:
        raise Conflict("item_own_work", rule="ITM-1")
    if reviewer in earlier:
        raise Conflict("item_reviewed_already", rule="ITM-1")


def ensure_a_persons_reason(reason: RetirementReason) -> None:
    """Refuse the reason that only the approval of a newer version gives."""
    if reason is RetirementReason.SUPERSEDED:
        raise Conflict("retirement_by_approval_only")


def unit_of(element: str) -> str:
    """Return the unit of an element as forms write it, without the scheme's code."""
    return element.rpartition("/")[2].partition(".")[0]


def ensure_as_seen(seen: str, present: str) -> None:
    """Refuse a verdict on content that has changed since it was read."""
    if seen != present:
        raise Conflict("item_content_changed", present=present)


def after_verdicts(verdict: ItemVerdict, accepted: int) -> ItemAction:
    """Return what becomes of a version: one return sends it back, enough acceptances approve it (ITM-1)."""
    if verdict is ItemVerdict.RETURN:
        return ItemAction.RETURN
    return ItemAction.APPROVE if accepted >= REVIEWS_NEEDED else ItemAction.REVIEW


def ensure_translatable(own: str, wanted: str, taken: Collection[str]) -> None:
    """Refuse a variant in the version's own language, and a second one that stands (7.0, amendment 22)."""
    if wanted == own or wanted in taken:
        raise Conflict("variant_taken", language=wanted)


def ensure_may_review_variant(state: VariantState, translator: UUID, reviewer: UUID) -> None:
    """Refuse a second verdict on a translation, and one by its translator (ITM-2)."""
    if state is not VariantState.DRAFTED:
        raise MoveRefused("variant_move_refused", state=state)
    if translator == reviewer:
        raise Conflict("variant_own_work", rule="ITM-2")


def is_overexposed(exposures: int, cleared: int, limit: int | None) -> bool:
    """Tell whether an item was seen too often since it was last reviewed for that (7.4; EXM-4)."""
    return limit is not None and exposures - cleared >= limit
