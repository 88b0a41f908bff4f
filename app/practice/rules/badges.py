"""When a milestone earns a badge, and until when the badge is there."""

from enum import StrEnum

from app.core.errors import Conflict, MoveRefused
from app.practice.rules.milestones import MilestoneState
from app.practice.rules.states import Milestone


class BadgeState(StrEnum):
    """Whether anybody can see a badge."""

    AWARDED = "awarded"
    REVOKED = "revoked"


def ensure_earned(kind: Milestone, state: MilestoneState | None) -> None:
    """Refuse a badge for a milestone that was not reached, or that the mentee has not confirmed."""
    if state is None:
        raise Conflict("milestone_not_noted", milestone=kind)
    if state is not MilestoneState.CONFIRMED:
        raise Conflict("milestone_not_confirmed", milestone=kind)


def revoked(state: BadgeState) -> BadgeState:
    """Return the state after its mentor takes a badge back; it never comes back under the same code."""
    if state is BadgeState.REVOKED:
        raise MoveRefused("badge_revoked_already")
    return BadgeState.REVOKED
