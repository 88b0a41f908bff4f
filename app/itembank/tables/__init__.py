"""The bank, the forms that are put together from it or come by file, and the panels that rate them."""

from app.itembank.tables.assembling import AssemblyRow
from app.itembank.tables.bank import (
    BankItemRow,
    ExposureRow,
    ItemReviewRow,
    ItemVariantRow,
    ItemVersionRow,
)
from app.itembank.tables.forms import FormItemRow, FormRow, StudyRow
from app.itembank.tables.studies import PanelJudgeRow, PanelRoundRow, PanelStudyRow, RatingSheetRow

__all__ = [
    "AssemblyRow",
    "BankItemRow",
    "ExposureRow",
    "FormItemRow",
    "FormRow",
    "ItemReviewRow",
    "ItemVariantRow",
    "ItemVersionRow",
    "PanelJudgeRow",
    "PanelRoundRow",
    "PanelStudyRow",
    "RatingSheetRow",
    "StudyRow",
]
