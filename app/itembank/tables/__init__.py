"""Forms with their items and studies, and the panels that rate them."""

from app.itembank.tables.forms import FormItemRow, FormRow, StudyRow
from app.itembank.tables.studies import PanelJudgeRow, PanelRoundRow, PanelStudyRow, RatingSheetRow

__all__ = [
    "FormItemRow",
    "FormRow",
    "PanelJudgeRow",
    "PanelRoundRow",
    "PanelStudyRow",
    "RatingSheetRow",
    "StudyRow",
]
