"""The balanced designs that are known here, as lists of effects."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Effect:
    """A source of variance: its usual name, and the axes of the score table that it varies along.

    A colon means "within": `r:t` varies along t and r and holds the raters' own effect and its interaction
    with tasks, which a nested design cannot tell apart.
    """

    name: str
    axes: frozenset[str]


class Design(Enum):
    """Who met what: p persons, i items, r raters, t tasks; x crossed, : nested within.

    `r:p`: every person has raters of her own, as many as everybody else. `p x (r:t)`: every task has raters
    of its own. In `p x t x r` all raters rate all tasks of all persons.
    """

    PERSONS_BY_ITEMS = "p x i"
    PERSONS_BY_RATERS = "p x r"
    RATERS_IN_PERSONS = "r:p"
    RATERS_IN_TASKS = "p x (r:t)"
    PERSONS_BY_TASKS_BY_RATERS = "p x t x r"

    @property
    def axes(self) -> str:
        """The axes of the score table, in order, one letter each; persons are the first."""
        return {"p x i": "pi", "p x r": "pr", "r:p": "pr"}.get(self.value, "ptr")

    @property
    def effects(self) -> tuple[Effect, ...]:
        """All sources of variance, those of fewer axes first; the last one includes what is left over."""
        named = {
            Design.PERSONS_BY_ITEMS: ("p", "i", "pi"),
            Design.PERSONS_BY_RATERS: ("p", "r", "pr"),
            Design.RATERS_IN_PERSONS: ("p", "r:p"),
            Design.RATERS_IN_TASKS: ("p", "t", "r:t", "pt", "pr:t"),
            Design.PERSONS_BY_TASKS_BY_RATERS: ("p", "t", "r", "pt", "pr", "tr", "ptr"),
        }[self]
        return tuple(Effect(name, frozenset(name.replace(":", ""))) for name in named)
