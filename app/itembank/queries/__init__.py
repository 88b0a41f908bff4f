"""What is asked about the item bank."""

from app.itembank.queries.forms import (
    approved,
    form,
    form_for_update,
    forms,
    is_taken,
    items_of,
    study_if_any,
)

__all__ = ["approved", "form", "form_for_update", "forms", "is_taken", "items_of", "study_if_any"]
