"""The tables of the directory, a module for each family of use cases."""

from app.directory.tables.advising import MentorChangeRow, NeedRow, ProposalRow
from app.directory.tables.contacts import ContactRow, ContactTallyRow
from app.directory.tables.listings import DirectorySettingsRow, FacetRow, ListingRow

__all__ = [
    "ContactRow",
    "ContactTallyRow",
    "DirectorySettingsRow",
    "FacetRow",
    "ListingRow",
    "MentorChangeRow",
    "NeedRow",
    "ProposalRow",
]
