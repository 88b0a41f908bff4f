"""Use cases of delivery, in families: attempts, sittings, formative completions."""

from app.delivery.service.attempts import (
    attempt,
    attempt_to_score,
    conclude_attempt,
    open_attempt,
    paper,
    save,
    submit,
)
from app.delivery.service.formative import (
    complete_formative,
    formative_completed,
)
from app.delivery.service.sittings import (
    conclude_sitting,
    hold,
    present_sitting_no,
    sitting,
)

__all__ = [
    "attempt",
    "attempt_to_score",
    "complete_formative",
    "conclude_attempt",
    "conclude_sitting",
    "formative_completed",
    "hold",
    "open_attempt",
    "paper",
    "present_sitting_no",
    "save",
    "sitting",
    "submit",
]
