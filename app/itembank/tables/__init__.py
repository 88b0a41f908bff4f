"""Forms with their items and studies."""

from app.itembank.tables.forms import FormItemRow, FormRow, StudyRow

__all__ = ["FormItemRow", "FormRow", "StudyRow"]
