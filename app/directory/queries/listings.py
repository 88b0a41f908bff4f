"""What is asked about listings, their index and the body's settings."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.ids import new_id
from app.directory.rules.listing import Facet, ListingState
from app.directory.tables import DirectorySettingsRow, FacetRow, ListingRow
from app.people.tables import PersonRow
from app.work import Work


def settings(work: Work) -> DirectorySettingsRow | None:
    """Return what the body has set for its directory, if anything."""
    return work.session.exec(
        select(DirectorySettingsRow).where(col(DirectorySettingsRow.body_id) == work.body_id)
    ).first()


def settings_for_update(work: Work) -> DirectorySettingsRow | None:
    """Return what the body has set for its directory, locked for change."""
    return work.session.exec(
        select(DirectorySettingsRow)
        .where(col(DirectorySettingsRow.body_id) == work.body_id)
        .with_for_update()
    ).first()


def lock_person(work: Work, person_id: UUID) -> None:
    """Lock a person, so that two calls at once cannot both enter her first listing."""
    work.session.exec(
        select(PersonRow.id)
        .where(col(PersonRow.body_id) == work.body_id, col(PersonRow.id) == person_id)
        .with_for_update()
    ).first()


def listing_of(work: Work, person_id: UUID) -> ListingRow | None:
    """Return a person's own listing, shown or not."""
    return work.session.exec(
        select(ListingRow).where(
            col(ListingRow.body_id) == work.body_id, col(ListingRow.person_id) == person_id
        )
    ).first()


def listing_for_update(work: Work, listing_id: UUID) -> ListingRow:
    """Return a listing of this body, locked for change."""
    found = work.session.exec(
        select(ListingRow)
        .where(col(ListingRow.body_id) == work.body_id, col(ListingRow.id) == listing_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("listing")
    return found


def listing(work: Work, listing_id: UUID) -> ListingRow:
    """Return a listing of this body, shown or not."""
    found = work.session.get(ListingRow, (work.body_id, listing_id))
    if found is None:
        raise NotFound("listing")
    return found


def index(work: Work, listing_id: UUID, codes: Iterable[tuple[Facet, str]]) -> None:
    """Write the listing's index anew."""
    work.session.execute(
        sa.delete(FacetRow).where(
            col(FacetRow.body_id) == work.body_id, col(FacetRow.listing_id) == listing_id
        )
    )
    rows = [
        {"body_id": work.body_id, "id": new_id(), "kind": kind, "code": code, "listing_id": listing_id}
        for kind, code in codes
    ]
    if rows:
        work.session.execute(sa.insert(FacetRow), rows)


def stale(work: Work, before: date) -> Sequence[UUID]:
    """Return the listings that nobody has confirmed for too long."""
    return work.session.exec(
        select(ListingRow.id)
        .where(
            col(ListingRow.body_id) == work.body_id,
            col(ListingRow.state) == ListingState.LISTED,
            col(ListingRow.confirmed_on) < before,
        )
        .order_by(col(ListingRow.id))
    ).all()
