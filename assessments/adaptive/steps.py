"""One step of an adaptive test: from its record to the next item, or to its end; the same every time."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from math import log

import numpy as np

from assessments.adaptive.ability import ABILITY_VERSION, Ability, Estimator, eap, wle
from assessments.adaptive.bank import Bank
from assessments.adaptive.policy import Policy, Sprt, ensure_usable
from assessments.adaptive.state import State
from assessments.errors import AssessmentError

ADAPTIVE_VERSION = "adaptive/1"
"""Changes whenever the same bank, policy and record could lead to another item or end."""


class StopReason(Enum):
    """Why a test ended."""

    CLASSIFIED = "classified"
    PRECISE = "precise"
    FULL_LENGTH = "full_length"
    BANK_EXHAUSTED = "bank_exhausted"


@dataclass(frozen=True, slots=True)
class Choice:
    """The item to give next, and what the choice went by."""

    item: str
    set_aside: tuple[str, ...]
    """Chosen before it and held back by their exposure parameter."""
    ability: Ability


@dataclass(frozen=True, slots=True)
class Stop:
    """The end of a test."""

    reason: StopReason
    ability: Ability
    cuts_reached: int | None
    """Number of cuts that the candidate is above; None without cuts."""
    decided: bool
    """Whether the sequential test decided every cut; else `cuts_reached` follows the estimate alone."""
    version: str = ADAPTIVE_VERSION


Outcome = Choice | Stop
Draw = Callable[[], float]


def next_item(bank: Bank, state: State, policy: Policy) -> Outcome:
    """Choose the next item of an adaptive test, or end it, from the record so far.

    Ends, once `least_items` are answered, when the sequential test has decided every cut, when the error is
    small enough, or at `most_items`; in this order. Otherwise takes the unit furthest below its share, there
    one of the `among` most informative items at the present ability, and gives it with the chance of its
    exposure parameter; one held back is out for this test. When all are held back, the most informative of
    them is given, for a test must go on. Chance comes from the state's seed and length alone. Raises
    AssessmentError `unknown_item` (the record is of another bank), `unknown_unit`. Sources: Lord 1980
    (maximum information); Kingsbury & Zara 1989 (content, randomesque); Sympson & Hetter 1985 (exposure).
    """
    ensure_usable(bank, policy)
    ability = present_ability(bank, state, policy)
    reason = _stop_reason(bank, state, policy, ability)
    open_items = _open_items(bank, state, policy)
    if reason is None and open_items:
        return _choose(bank, state, policy, ability, open_items)
    decisions = _decisions(bank, state, policy.sprt)
    decided = bool(decisions) and None not in decisions
    reached = None if policy.sprt is None else sum(ability.value >= cut for cut in policy.sprt.cuts)
    if decided:
        reached = sum(decision is True for decision in decisions)
    return Stop(reason or StopReason.BANK_EXHAUSTED, ability, reached, decided)


def replay(bank: Bank, state: State, policy: Policy) -> Outcome:
    """Walk through a record, making every choice anew, and return what comes after its last answer.

    Raises AssessmentError `record_differs`, naming the step (from 1), when another item would have been
    given or the test would have ended before; and as `next_item` does.
    """
    for step, answer in enumerate(state.answers):
        outcome = next_item(bank, State(state.seed, state.answers[:step]), policy)
        found = (outcome.item, outcome.set_aside) if isinstance(outcome, Choice) else outcome.reason.value
        if found != (answer.item, answer.set_aside):
            raise AssessmentError("record_differs", step=step + 1, recorded=answer.item, recomputed=found)
    return next_item(bank, state, policy)


def present_ability(bank: Bank, state: State, policy: Policy) -> Ability:
    """Estimate the ability from the record by the policy's estimator; before any answer it is the prior."""
    if policy.estimator is Estimator.EAP:
        return eap(bank, state.marks(), prior=policy.prior)
    if not state.answers:
        return Ability(policy.prior.mean, policy.prior.sd, Estimator.WLE, ABILITY_VERSION, 0)
    return wle(bank, state.marks())


def _stop_reason(bank: Bank, state: State, policy: Policy, ability: Ability) -> StopReason | None:
    """Say why the test ends here, if a rule says so."""
    n_items = len(state.answers)
    if n_items >= policy.least_items:
        decisions = _decisions(bank, state, policy.sprt)
        if decisions and None not in decisions:
            return StopReason.CLASSIFIED
        # At the end of the scale the error of a weighted likelihood estimate means nothing.
        if policy.se is not None and ability.se <= policy.se and not ability.at_bound:
            return StopReason.PRECISE
    return StopReason.FULL_LENGTH if n_items >= policy.most_items else None


def _decisions(bank: Bank, state: State, sprt: Sprt | None) -> tuple[bool | None, ...]:
    """Say for each cut: above, below, or not decided yet (None)."""
    if sprt is None or not state.answers:
        return ()
    marks = state.marks()
    items = [bank.place(item) for item in marks]
    cuts = np.array(sprt.cuts)
    right = np.array([*marks.values()], dtype=bool)
    upper = bank.curves(cuts + sprt.region, items).log_likelihood(right)
    lower = bank.curves(cuts - sprt.region, items).log_likelihood(right)
    above, below = log((1 - sprt.beta) / sprt.alpha), log(sprt.beta / (1 - sprt.alpha))
    return tuple(
        True if ratio >= above else False if ratio <= below else None for ratio in (upper - lower).tolist()
    )


def _open_items(bank: Bank, state: State, policy: Policy) -> list[int]:
    """List the items that may still be given; those held back only when no others are left."""
    given = set(state.marks())
    held = {item for answer in state.answers for item in answer.set_aside}
    unused = [
        place
        for place, item in enumerate(bank.items)
        if item.label not in given and (not policy.shares or item.unit in policy.shares)
    ]
    return [place for place in unused if bank.items[place].label not in held] or unused


def _choose(bank: Bank, state: State, policy: Policy, ability: Ability, open_items: Sequence[int]) -> Choice:
    """Choose an item and let chance hold it back, until one is given."""
    draw = _chance(state)
    # Rounded and sorted stably: what ties but for last bits, which machines differ in, goes by bank order.
    information = bank.curves(ability.value).information()[:, 0].round(9)
    pool = [open_items[place] for place in np.argsort(-information[[*open_items]], kind="stable")]
    first, held = pool[0], list[int]()
    while pool:
        unit = _unit_in_need(bank, state, policy, pool)
        best = [place for place in pool if unit is None or bank.items[place].unit == unit][: policy.among]
        chosen = best[int(draw() * len(best))] if len(best) > 1 else best[0]
        chance = policy.exposure.get(bank.items[chosen].label, 1.0)
        if chance >= 1 or draw() < chance:
            return Choice(bank.items[chosen].label, tuple(bank.items[place].label for place in held), ability)
        held.append(chosen)
        pool.remove(chosen)
    held.remove(first)
    return Choice(bank.items[first].label, tuple(bank.items[place].label for place in held), ability)


def _unit_in_need(bank: Bank, state: State, policy: Policy, pool: Collection[int]) -> str | None:
    """Return the unit furthest below its share among those with items left; ties by the policy's order."""
    if not policy.shares:
        return None
    given = Counter(bank.items[bank.place(answer.item)].unit for answer in state.answers)
    left = {bank.items[place].unit for place in pool}
    n_given = max(len(state.answers), 1)
    return max(
        (unit for unit in policy.shares if unit in left),
        key=lambda unit: policy.shares[unit] - given[unit] / n_given,
    )


def _chance(state: State) -> Draw:
    """Return a source of numbers in [0, 1) that depends on the state's seed and length alone.

    Raw bits of PCG64, whose stream numpy promises to keep, so that a record can be replayed years later;
    the methods of numpy's Generator carry no such promise.
    """
    bits = np.random.PCG64(np.random.SeedSequence([state.seed, len(state.answers)]))
    return lambda: (int(bits.random_raw()) >> 11) * 2.0**-53
