"""Forms with their items and studies, the bank that they are put together from, and how that was done."""

from app.itembank.tables.assembling import AssemblyRow
from app.itembank.tables.bank import (
    BankItemRow,
    ExposureRow,
    ItemReviewRow,
    ItemVariantRow,
    ItemVersionRow,
)
from app.itembank.tables.forms import FormItemRow, FormRow, StudyRow

__all__ = [
    "AssemblyRow",
    "BankItemRow",
    "ExposureRow",
    "FormItemRow",
    "FormRow",
    "ItemReviewRow",
    "ItemVariantRow",
    "ItemVersionRow",
    "StudyRow",
]
