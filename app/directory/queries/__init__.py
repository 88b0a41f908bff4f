"""What is asked about the directory, a module for each family of use cases."""

from app.directory.queries.advising import changes, need, need_for_update, needs, proposals
from app.directory.queries.contacts import (
    by_mentor_secret,
    by_sender_secret,
    contact_for_update,
    contacts_to,
    count_on,
    forget_counts,
    reporters,
    to_be_emptied,
)
from app.directory.queries.listings import (
    index,
    listing,
    listing_for_update,
    listing_of,
    lock_person,
    settings,
    settings_for_update,
    stale,
)
from app.directory.queries.pool import held, listed, published_scopes
from app.directory.queries.searching import Ranked, Reach, is_scope, ranked, scope_codes, sharing
from app.directory.queries.showing import certificates, listings, names, open_engagements, packages

__all__ = [
    "Ranked",
    "Reach",
    "by_mentor_secret",
    "by_sender_secret",
    "certificates",
    "changes",
    "contact_for_update",
    "contacts_to",
    "count_on",
    "forget_counts",
    "held",
    "index",
    "is_scope",
    "listed",
    "listing",
    "listing_for_update",
    "listing_of",
    "listings",
    "lock_person",
    "names",
    "need",
    "need_for_update",
    "needs",
    "open_engagements",
    "packages",
    "proposals",
    "published_scopes",
    "ranked",
    "reporters",
    "scope_codes",
    "settings",
    "settings_for_update",
    "sharing",
    "stale",
    "to_be_emptied",
]
