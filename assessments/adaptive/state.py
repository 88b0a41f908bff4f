"""The record of one adaptive test: what was given and answered, and the seed of every chance in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessments.errors import AssessmentError


@dataclass(frozen=True, slots=True)
class Answered:
    """One item given and how it was answered."""

    item: str
    right: bool
    set_aside: tuple[str, ...] = ()
    """Items chosen before it and held back by their exposure parameter, for the rest of this test."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything that the next choice depends on, besides bank and policy.

    `assessments.results.document` writes it as JSON values, `read_state` reads it back. Raises
    AssessmentError `seed_negative`, `item_repeated`.
    """

    seed: int
    """Drawn anew for each candidate, and kept from them: with it the test could be foretold."""
    answers: tuple[Answered, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a record that no test can have left."""
        if self.seed < 0:
            raise AssessmentError("seed_negative", seed=self.seed)
        items = [answer.item for answer in self.answers]
        if len(set(items)) != len(items):
            raise AssessmentError("item_repeated", items=tuple(items))

    def marks(self) -> dict[str, bool]:
        """Return item → answered right, in the order given."""
        return {answer.item: answer.right for answer in self.answers}


def answered(state: State, item: str, *, right: bool, set_aside: tuple[str, ...] = ()) -> State:
    """Add an answer to the record; raises AssessmentError `item_repeated`."""
    return replace(state, answers=(*state.answers, Answered(item, right, set_aside)))


def read_state(value: object) -> State:
    """Read a state from the JSON values that `document` wrote; raises AssessmentError `state_shape`."""
    if not isinstance(value, Mapping) or value.keys() != {"seed", "answers"}:
        raise AssessmentError("state_shape", field=None)
    seed, answers = value["seed"], value["answers"]
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise AssessmentError("state_shape", field="seed")
    if not isinstance(answers, list | tuple):
        raise AssessmentError("state_shape", field="answers")
    return State(seed, tuple(_read_answer(answer) for answer in answers))


def _read_answer(value: object) -> Answered:
    """Read one answer."""
    if not isinstance(value, Mapping) or value.keys() != {"item", "right", "set_aside"}:
        raise AssessmentError("state_shape", field="answers")
    item, right, set_aside = value["item"], value["right"], value["set_aside"]
    if not isinstance(item, str) or not isinstance(right, bool) or not isinstance(set_aside, list | tuple):
        raise AssessmentError("state_shape", field="answers")
    if not all(isinstance(label, str) for label in set_aside):
        raise AssessmentError("state_shape", field="set_aside")
    return Answered(item, right, tuple(set_aside))
