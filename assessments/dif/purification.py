"""Which items persons are matched on: items that differ between the groups must not define who is equal."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from assessments.dif.comparison import Refusal
from assessments.results import Finding

MOST_ROUNDS = 10

Answer = TypeVar("Answer")
Flagging = Callable[[frozenset[int]], frozenset[int]]
"""From the anchor to the items that are flagged when persons are matched on it."""


class Purification(Enum):
    """How often flagged items leave the matching score: never, once, or until the anchor stays the same."""

    NONE = "none"
    TWO_STEP = "two_step"
    ITERATIVE = "iterative"


ROUNDS = {Purification.NONE: 0, Purification.TWO_STEP: 1, Purification.ITERATIVE: MOST_ROUNDS}


@dataclass(frozen=True, slots=True)
class Anchor:
    """The columns matched on, after how many rounds, and the cautions."""

    items: frozenset[int]
    rounds: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Screened(Generic[Answer]):
    """What a method says of every item when persons are matched on the final anchor."""

    answers: tuple[Answer, ...]
    refused: tuple[Refusal, ...]
    anchor: Anchor


def screen(
    test: Callable[[int, frozenset[int]], Answer | Refusal],
    has_dif: Callable[[Answer], bool],
    n_items: int,
    mode: Purification,
) -> Screened[Answer]:
    """Test every item (by column, given the anchor) after purification.

    An item that cannot be tested cannot vouch for anybody either, so it leaves the anchor with the flagged.
    """

    def flagged(anchor: frozenset[int]) -> frozenset[int]:
        answers = {item: test(item, anchor) for item in range(n_items)}
        return frozenset(
            item for item, answer in answers.items() if isinstance(answer, Refusal) or has_dif(answer)
        )

    anchor = purify(flagged, n_items, mode)
    answers = [test(item, anchor.items) for item in range(n_items)]
    return Screened(
        answers=tuple(answer for answer in answers if not isinstance(answer, Refusal)),
        refused=tuple(answer for answer in answers if isinstance(answer, Refusal)),
        anchor=anchor,
    )


def purify(flagged: Flagging, n_items: int, mode: Purification) -> Anchor:
    """Remove flagged items from the anchor, testing every item again in each round.

    Ends when the anchor stays the same, after one round (two steps) or ten (iterative), and before more than
    half of the items would be gone; the last two are told as findings. Source: Holland & Thayer 1988 (two
    steps), Clauser, Mazor & Hambleton 1993; that half must remain is our house rule.
    """
    everything = frozenset(range(n_items))
    anchor = everything
    for finished in range(ROUNDS[mode]):
        clean = everything - flagged(anchor)
        if clean == anchor:
            return Anchor(anchor, finished)
        if 2 * len(clean) < n_items:
            message = f"{n_items - len(clean)} of {n_items} items flagged: no anchor is left to match on"
            return Anchor(anchor, finished, (Finding("purification_stopped", message, "half", "house rule"),))
        anchor = clean
    if mode is Purification.ITERATIVE:
        message = "the anchor still changed after the last round"
        unsettled = Finding("purification_unsettled", message, f"{MOST_ROUNDS} rounds", "house rule")
        return Anchor(anchor, MOST_ROUNDS, (unsettled,))
    return Anchor(anchor, ROUNDS[mode])
