"""Listings, the index that searches read, and what a body sets for its directory."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Table, enum_type, keys, personal, restricted
from app.directory.rules.listing import Facet, ListingState, Visibility
from app.practice.rules import Touch


class DirectorySettingsRow(Audited, table=True):
    """What a body has set for its directory; without a row the usual figures hold and nothing is shared."""

    __tablename__ = "directory_settings"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id"),
        sa.CheckConstraint("stale_after_months BETWEEN 1 AND 24", name="stale"),
        audited=True,
    )

    is_shared: bool = restricted(False)
    """Whether bodies that share too show shared listings of this one in their searches, and vice versa."""
    stale_after_months: int = restricted()


class ListingRow(Audited, table=True):
    """What a certified person says of herself; nothing of what she is certified for stands here."""

    __tablename__ = "directory_listings"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "person_id"),
        sa.Index(None, "body_id", "confirmed_on"),
        sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_on IS NOT NULL)", name="withdrawn"),
        sa.CheckConstraint(
            "state = 'listed' OR (headline IS NULL AND about IS NULL AND media_url IS NULL)", name="emptied"
        ),
        sa.CheckConstraint("state = 'withdrawn' OR headline IS NOT NULL", name="headline"),
        sa.CheckConstraint("is_remote OR is_on_site", name="somewhere"),
        sa.CheckConstraint("media_url IS NULL OR SUBSTR(media_url, 1, 8) = 'https://'", name="media"),
        person_id="people",
        audited=True,
    )

    person_id: UUID = restricted()
    state: ListingState = restricted(ListingState.LISTED, sa_type=enum_type(ListingState))
    visibility: Visibility = restricted(sa_type=enum_type(Visibility))
    is_shared: bool = restricted()
    """Whether she wants to be shown by other bodies' searches too."""
    consent_version: int = restricted()
    consented_on: date = restricted()
    confirmed_on: date = restricted()
    """When she last said that all of it is still right."""
    withdrawn_on: date | None = restricted(None)
    headline: dict[str, str] | None = personal(None, sa_type=sa.JSON(none_as_null=True))
    about: dict[str, str] | None = personal(None, sa_type=sa.JSON(none_as_null=True))
    media_url: str | None = personal(None, max_length=300)
    experience: list[str] = restricted(sa_type=sa.JSON)
    expertise: list[str] = restricted(sa_type=sa.JSON)
    sectors: list[str] = restricted(sa_type=sa.JSON)
    languages: list[str] = restricted(sa_type=sa.JSON)
    styles: list[str] = restricted(sa_type=sa.JSON)
    """Self-declared; no part of any certification."""
    country: str = restricted(max_length=2)
    region: str | None = personal(None, max_length=200)
    is_remote: bool = restricted()
    is_on_site: bool = restricted()
    touch: Touch = restricted(sa_type=enum_type(Touch))
    is_free: bool = restricted()
    is_accepting: bool = restricted()
    turn: int = restricted()
    """Her fixed number among equals; with the day's mask it gives her place."""


class FacetRow(Table, table=True):
    """One code of a listing that is shown: the index that searches read, rewritten with the listing."""

    __tablename__ = "directory_facets"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "kind", "code", "listing_id"),
        sa.Index(None, "body_id", "listing_id"),
        listing_id="directory_listings",
    )

    kind: Facet = restricted(sa_type=enum_type(Facet))
    code: str = restricted(max_length=64)
    listing_id: UUID = restricted()
