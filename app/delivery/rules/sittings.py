"""Where a sitting takes place, and the conditions it is held under (SEC-2)."""

from enum import StrEnum

from app.core.errors import Conflict


class Mode(StrEnum):
    """Where a sitting takes place."""

    ON_SITE = "on_site"
    REMOTE = "remote"


def ensure_conditions(*, identity_confirmed: bool, agreement_signed: bool, aids_checked: bool) -> None:
    """Refuse a sitting without identity, agreement and aids in order, each by its own code (SEC-2)."""
    if not identity_confirmed:
        raise Conflict("identity_not_confirmed", rule="SEC-2")
    if not agreement_signed:
        raise Conflict("agreement_not_signed", rule="SEC-2")
    if not aids_checked:
        raise Conflict("aids_not_checked", rule="SEC-2")
