"""HTTP of the bank's items: versions, reviews, translations, retirement, exposure."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems, without_key
from app.itembank import service
from app.itembank.rules.items import ItemState
from app.itembank.schemas.items import (
    BankItemCreate,
    BankItemRead,
    ExposureReviewCreate,
    ItemContentRead,
    ItemRetire,
    ItemReviewCreate,
    ItemVariantCreate,
    ItemVersionCreate,
    VariantReviewCreate,
)
from app.itembank.service import Chosen

router = APIRouter(prefix="/v1/items", tags=["itembank"])
_VERSION = "/{item_id}/versions/{item_version_id}"


@router.post("", status_code=201, responses=problems(401, 403, 404, 409))
def itembank_draft_item(body: BankItemCreate, caller: CallerDep) -> BankItemRead:
    """Enter an item into the bank, as a draft of one's own."""
    return caller.write(service.draft_item, body, answer=BankItemRead)


@router.get("", responses=problems(401, 403))
def itembank_search_items(
    caller: CallerDep,
    window: WindowDep,
    scheme: UUID | None = None,
    unit: Annotated[str | None, Query(max_length=20)] = None,
    state: ItemState | None = None,
) -> Page[BankItemRead]:
    """List the bank's items without contents: by scheme, unit and state of a version."""
    return caller.read(service.search_items, window, Chosen(scheme, unit, state), answer=Page[BankItemRead])


@router.get("/{item_id}", responses=problems(401, 403, 404))
def itembank_read_item(item_id: UUID, caller: CallerDep) -> BankItemRead:
    """Read an item with versions, reviews, translations, forms and exposure, without contents."""
    return caller.read(service.read_item, item_id, answer=BankItemRead)


@router.post("/{item_id}/versions", status_code=201, responses=problems(401, 403, 404, 409, 412, 428))
def itembank_draft_version(item_id: UUID, body: ItemVersionCreate, caller: CallerDep) -> BankItemRead:
    """Draft a further version of an item; send the version you saw in If-Match."""
    return caller.write(service.draft_version, item_id, body, answer=BankItemRead)


@router.put(_VERSION, responses=problems(401, 403, 404, 409, 412, 428))
def itembank_revise(
    item_id: UUID, item_version_id: UUID, body: ItemVersionCreate, caller: CallerDep
) -> BankItemRead:
    """Replace what one's own draft says; send the version you saw in If-Match."""
    return caller.write(service.revise, item_id, item_version_id, body, answer=BankItemRead)


@router.get(f"{_VERSION}/content", responses=problems(401, 403, 404))
def itembank_item_content(item_id: UUID, item_version_id: UUID, caller: CallerDep) -> ItemContentRead:
    """Read what a version holds, its key, remarks and translations; the access is recorded."""
    return without_key(caller).disclose(
        service.item_content, item_id, item_version_id, answer=ItemContentRead
    )


@router.post(f"{_VERSION}/submission", responses=problems(401, 403, 404, 409, 412, 428))
def itembank_submit_item(item_id: UUID, item_version_id: UUID, caller: CallerDep) -> BankItemRead:
    """Send one's own draft to review; send the version you saw in If-Match."""
    return caller.write(service.submit_item, item_id, item_version_id, answer=BankItemRead)


@router.post(f"{_VERSION}/reviews", status_code=201, responses=problems(401, 403, 404, 409))
def itembank_review_item(
    item_id: UUID, item_version_id: UUID, body: ItemReviewCreate, caller: CallerDep
) -> BankItemRead:
    """Accept or return a version that another person wrote; two acceptances approve it."""
    return caller.write(service.review_item, item_id, item_version_id, body, answer=BankItemRead)


@router.post(f"{_VERSION}/retirement", responses=problems(401, 403, 404, 409, 412, 428))
def itembank_retire_item(
    item_id: UUID, item_version_id: UUID, body: ItemRetire, caller: CallerDep
) -> BankItemRead:
    """Take a version out of use for good, with the reason; send the version you saw in If-Match."""
    return caller.write(
        service.retire_item, item_id, item_version_id, body.reason, body.note, answer=BankItemRead
    )


@router.post(f"{_VERSION}/variants", status_code=201, responses=problems(401, 403, 404, 409))
def itembank_translate(
    item_id: UUID, item_version_id: UUID, body: ItemVariantCreate, caller: CallerDep
) -> BankItemRead:
    """Translate an approved version; the translation counts once another person has reviewed it."""
    return caller.write(service.translate, item_id, item_version_id, body, answer=BankItemRead)


@router.post("/{item_id}/variants/{variant_id}/review", responses=problems(401, 403, 404, 409))
def itembank_review_variant(
    item_id: UUID, variant_id: UUID, body: VariantReviewCreate, caller: CallerDep
) -> BankItemRead:
    """Accept or return a translation that another person made, with what was found."""
    return caller.write(service.review_variant, item_id, variant_id, body, answer=BankItemRead)


@router.post("/{item_id}/exposure-review", responses=problems(401, 403, 404, 409, 412, 428))
def itembank_clear_exposure(item_id: UUID, body: ExposureReviewCreate, caller: CallerDep) -> BankItemRead:
    """Let an item that was seen often enter new forms again; send the version you saw in If-Match."""
    return caller.write(service.clear_exposure, item_id, body.note, answer=BankItemRead)
