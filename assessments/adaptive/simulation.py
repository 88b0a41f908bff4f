"""How a policy would do: simulated candidates of known ability sit the test, and the record is summed up."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from assessments.adaptive.bank import Bank
from assessments.adaptive.policy import Policy
from assessments.adaptive.state import State, answered
from assessments.adaptive.steps import ADAPTIVE_VERSION, Choice, Stop, next_item
from assessments.arrays import Floats, vector
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance


@dataclass(frozen=True, slots=True)
class ItemExposure:
    """How often an item was chosen, and how often it was given, as shares of candidates."""

    item: str
    chosen: float
    given: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """What became of simulated candidates; abilities in logits."""

    bias: Estimate
    """Mean of estimate minus true ability."""
    rmse: float
    mean_se: float
    """Mean of the errors that the test itself states; close to `rmse` if they are honest."""
    length: Estimate
    shortest: int
    longest: int
    stops: Mapping[str, int]
    """Candidates by the reason for which their test ended."""
    classified_right: Estimate | None
    """Share of candidates put on the right side of every cut; None without cuts."""
    exposure: tuple[ItemExposure, ...]
    largest_exposure: float
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ExposureTable:
    """Sympson-Hetter parameters for a policy's `exposure`, with the largest exposure that remains."""

    exposure: Mapping[str, float]
    largest_exposure: float
    """In the last simulation, before the most freely given items were set to 1."""
    rounds: int


def simulate(bank: Bank, policy: Policy, *, abilities: ArrayLike, rng: np.random.Generator) -> Simulation:
    """Let candidates of known ability sit the test, and report how well and at what cost it measures them.

    `abilities`: (n_persons,) in logits. Answers and seeds are drawn from `rng`, in the order of persons.
    Raises AssessmentError as `vector` does, NotEstimable `no_data`, `too_few_persons` under 2. Source:
    simulation design as in Weiss & Kingsbury 1984; intervals are normal, 95 %.
    """
    truth = vector(abilities)
    if len(truth) < 2:
        raise NotEstimable("too_few_persons", persons=len(truth), least=2)
    records = [_sit(bank, policy, ability, rng) for ability in truth.tolist()]
    stops = [stop for _, stop in records]
    errors = np.array([stop.ability.value for stop in stops]) - truth
    lengths = np.array([len(state.answers) for state, _ in records], dtype=np.float64)
    exposure = _exposure(bank, [state for state, _ in records])
    return Simulation(
        bias=_mean(errors),
        rmse=float(np.sqrt((errors**2).mean())),
        mean_se=float(np.mean([stop.ability.se for stop in stops])),
        length=_mean(lengths),
        shortest=int(lengths.min()),
        longest=int(lengths.max()),
        stops=dict(sorted(Counter(stop.reason.value for stop in stops).items())),
        classified_right=_classified(policy, truth, stops),
        exposure=exposure,
        largest_exposure=max(item.given for item in exposure),
        provenance=Provenance("adaptive_simulation", ADAPTIVE_VERSION, len(truth), len(bank.items)),
    )


def calibrate_exposure(
    bank: Bank,
    policy: Policy,
    *,
    abilities: ArrayLike,
    largest: float,
    rng: np.random.Generator,
    rounds: int = 10,
) -> ExposureTable:
    """Find exposure parameters under which no item is given to more than a share of candidates.

    `abilities`: (n_persons,) as the candidates are expected; `largest`: that share, 0 to 1. Each round
    simulates, then sets an item's parameter to `largest` over the share in which it was chosen, at most 1.
    At the end the `most_items` items with the greatest parameters get 1, so that a test can always be
    finished. Raises AssessmentError `exposure_out_of_range`, `rounds_not_positive`, and as `simulate` does.
    Source: Sympson & Hetter 1985.
    """
    if not 0 < largest <= 1:
        raise AssessmentError("exposure_out_of_range", exposure=largest)
    if rounds < 1:
        raise AssessmentError("rounds_not_positive", rounds=rounds)
    table = {item.label: 1.0 for item in bank.items}
    reached = 0.0
    for _ in range(rounds):
        found = simulate(bank, replace(policy, exposure=table), abilities=abilities, rng=rng)
        reached = found.largest_exposure
        table = {item.item: min(1.0, largest / max(item.chosen, largest)) for item in found.exposure}
    for label in sorted(table, key=lambda item: -table[item])[: policy.most_items]:
        table[label] = 1.0
    return ExposureTable(table, reached, rounds)


def _sit(bank: Bank, policy: Policy, ability: float, rng: np.random.Generator) -> tuple[State, Stop]:
    """Let one candidate sit the test."""
    chances = bank.curves(ability).right[:, 0]
    state = State(int(rng.integers(2**53)))
    outcome = next_item(bank, state, policy)
    while isinstance(outcome, Choice):
        right = bool(rng.random() < chances[bank.place(outcome.item)])
        state = answered(state, outcome.item, right=right, set_aside=outcome.set_aside)
        outcome = next_item(bank, state, policy)
    return state, outcome


def _exposure(bank: Bank, states: list[State]) -> tuple[ItemExposure, ...]:
    """Count by item how often it was chosen and given."""
    given, chosen = Counter[str](), Counter[str]()
    for state in states:
        given.update(state.marks().keys())
        # An item held back may still be given when no others are left; it was chosen by this candidate once.
        chosen.update({*state.marks(), *(item for answer in state.answers for item in answer.set_aside)})
    n_persons = len(states)
    return tuple(
        ItemExposure(item.label, chosen[item.label] / n_persons, given[item.label] / n_persons)
        for item in bank.items
    )


def _classified(policy: Policy, truth: Floats, stops: list[Stop]) -> Estimate | None:
    """Give the share of candidates put on the right side of every cut."""
    if policy.sprt is None:
        return None
    true_classes = np.searchsorted(policy.sprt.cuts, truth, side="right")
    found = np.array([stop.cuts_reached for stop in stops])
    return _mean((found == true_classes).astype(np.float64))


def _mean(values: Floats) -> Estimate:
    """Estimate a mean over candidates."""
    value, se = float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))
    return Estimate(value, se, (value - 1.96 * se, value + 1.96 * se), 0.95, "normal")
