"""How a milestone shows itself, and what the mentee says about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Invalid, MoveRefused
from app.practice.rules.naming import names_firm
from app.practice.rules.states import Milestone


class MilestoneState(StrEnum):
    """What the mentee says about a milestone; it counts for a scheme in any of them."""

    NOTED = "noted"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class MilestoneAction(StrEnum):
    """What the mentee may do with a milestone."""

    CONFIRM = "confirm"
    DISPUTE = "dispute"


MILESTONE_MOVES: dict[tuple[MilestoneState, MilestoneAction], MilestoneState] = {
    (MilestoneState.NOTED, MilestoneAction.CONFIRM): MilestoneState.CONFIRMED,
    (MilestoneState.NOTED, MilestoneAction.DISPUTE): MilestoneState.DISPUTED,
    (MilestoneState.DISPUTED, MilestoneAction.CONFIRM): MilestoneState.CONFIRMED,
    (MilestoneState.DISPUTED, MilestoneAction.DISPUTE): MilestoneState.DISPUTED,
}


@dataclass(frozen=True)
class MilestoneText:
    """A milestone in words: its title and the text of each indicator, by language."""

    title: Mapping[str, str]
    indicators: Mapping[str, Mapping[str, str]]


def is_open(state: MilestoneState) -> bool:
    """Tell whether the mentee may still confirm a milestone."""
    return (state, MilestoneAction.CONFIRM) in MILESTONE_MOVES


def after_milestone(state: MilestoneState, action: MilestoneAction) -> MilestoneState:
    """Return the state after an action; what the mentee confirmed stays confirmed."""
    if (state, action) not in MILESTONE_MOVES:
        raise MoveRefused("milestone_move_refused", state=state, action=action)
    return MILESTONE_MOVES[(state, action)]


def ensure_seen(kind: Milestone, seen: Sequence[str], known: Collection[str]) -> None:
    """Refuse a milestone that nothing shows, and an indicator that it does not have or that is told twice."""
    if not seen:
        raise Invalid("milestone_without_indicator", pointer="/indicators", indicators=sorted(known))
    for place, code in enumerate(seen):
        pointer = f"/indicators/{place}/code"
        if code not in known:
            raise Invalid("indicator_unknown", pointer=pointer, milestone=kind, indicators=sorted(known))
        if code in seen[:place]:
            raise Invalid("indicator_repeated", pointer=pointer, indicator=code)


def ensure_names_no_firm(text: str, firms: Collection[str], *, pointer: str) -> None:
    """Refuse a text for assessors that gives a firm away: they see numbers in place of names (7.3)."""
    if any(names_firm(text, firm) for firm in firms):
        raise Invalid("names_the_firm", pointer=pointer)
