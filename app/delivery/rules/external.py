"""Results of examinations that others hold: what a provider may say, and whether its word counts that day."""

from datetime import date
from enum import StrEnum

from app.core.errors import Conflict, Invalid


class ExternalOutcome(StrEnum):
    """What a provider says of a candidate."""

    PASS = "pass"  # noqa: S105 - an outcome, not a secret
    FAIL = "fail"
    NO_SHOW = "no_show"
    """She did not come; it uses up no try."""

    @property
    def is_try(self) -> bool:
        """Whether the scheme's rule for retakes counts it."""
        return self is not ExternalOutcome.NO_SHOW


def ensure_counts(*, taken_on: date, valid_from: date, valid_until: date, today: date) -> None:
    """Refuse an examination that is ahead, or that did not stand for the component on its day."""
    if taken_on > today:
        raise Invalid("external_ahead_of_time", pointer="/taken_on", today=today)
    if not valid_from <= taken_on <= valid_until:
        raise Conflict("external_not_accepted", rule="ASM-3", valid_from=valid_from, valid_until=valid_until)
