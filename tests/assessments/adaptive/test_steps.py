from collections import Counter
from dataclasses import replace
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.adaptive import (
    Answered,
    Bank,
    Choice,
    Estimator,
    Parameters,
    Policy,
    Prior,
    Sprt,
    State,
    Stop,
    StopReason,
    answered,
    next_item,
    read_state,
    replay,
)
from assessments.errors import AssessmentError
from assessments.results import document
from tests.factories.adaptive import a_bank

BANK = a_bank()
RICH = Policy(
    most_items=12,
    among=4,
    exposure={item.label: 0.6 for item in BANK.items},
    shares={"U1": 0.5, "U2": 0.3, "U3": 0.2},
)


def sit(policy, rights, bank=BANK, seed=1):
    """Answer as told, item by item, until the test ends."""
    state, outcome = State(seed), None
    for right in rights:
        outcome = next_item(bank, state, policy)
        if isinstance(outcome, Stop):
            return state, outcome
        state = answered(state, outcome.item, right=right, set_aside=outcome.set_aside)
    return state, next_item(bank, state, policy)


def information(item, ability):
    chance = 1 / (1 + np.exp(-item.a * (ability - item.b)))
    return item.a**2 * chance * (1 - chance)


def test_the_first_item_is_the_most_informative_at_the_mean_of_the_prior():
    choice = next_item(BANK, State(1), Policy(5, prior=Prior(0.7, 1.0)))

    best = max(BANK.items, key=lambda item: information(item, 0.7))
    assert (choice.item, choice.set_aside, choice.ability.n_items) == (best.label, (), 0)


@given(st.lists(st.booleans(), min_size=1, max_size=10))
@settings(max_examples=20)
def test_each_item_is_the_most_informative_of_those_left(rights):
    state, outcome = sit(Policy(11), rights)

    left = [item for item in BANK.items if item.label not in state.marks()]
    best = max(left, key=lambda item: information(item, outcome.ability.value))
    assert outcome.item == best.label


def test_randomesque_chooses_evenly_among_the_best():
    best = sorted(BANK.items, key=lambda item: -information(item, 0.0))[:4]

    found = Counter(next_item(BANK, State(seed), Policy(5, among=4)).item for seed in range(400))

    assert found.keys() == {item.label for item in best}
    assert all(70 <= times <= 130 for times in found.values())


def test_an_item_is_given_with_the_chance_of_its_exposure_parameter():
    first, second = (item.label for item in sorted(BANK.items, key=lambda item: -information(item, 0.0))[:2])
    policy = Policy(5, exposure={first: 0.25})

    found = [next_item(BANK, State(seed), policy) for seed in range(400)]

    assert {(choice.item, choice.set_aside) for choice in found} == {(first, ()), (second, (first,))}
    assert 70 <= sum(choice.item == first for choice in found) <= 130


def test_an_item_held_back_stays_out_of_this_test():
    for seed in range(30):
        state, _ = sit(replace(RICH, shares={}), [True, False] * 6, seed=seed)
        given = [answer.item for answer in state.answers]
        held = [item for answer in state.answers for item in answer.set_aside]

        assert len(given) == 12
        assert not set(given) & set(held)


def test_when_all_are_held_back_the_most_informative_is_given():
    bank = Bank((Parameters("x", 1, 3), Parameters("y", 1, 0), Parameters("z", 1, -3.5)))
    policy = Policy(3, exposure=dict.fromkeys("xyz", 1e-12))

    state, stop = sit(policy, [True, True, True], bank=bank)

    assert (state.answers[0].item, state.answers[0].set_aside) == ("y", ("x", "z"))
    assert sorted(state.marks()) == ["x", "y", "z"]
    assert stop.reason is StopReason.FULL_LENGTH


def test_content_follows_the_shares():
    state, _ = sit(replace(RICH, most_items=20), [True, False] * 10)

    units = Counter(BANK.items[BANK.place(item)].unit for item in state.marks())
    assert units == {"U1": 10, "U2": 6, "U3": 4}


def test_a_unit_that_runs_out_gives_way_to_the_others():
    bank = Bank((Parameters("x", 1, 0, unit="U1"), *a_bank(6, units=("U2", "U3")).items))

    state, _ = sit(Policy(4, shares={"U1": 0.8, "U2": 0.2}), [True] * 4, bank=bank)

    units = [bank.items[bank.place(item)].unit for item in state.marks()]
    assert units == ["U1", "U2", "U2", "U2"]


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (Policy(6), StopReason.FULL_LENGTH),
        (Policy(60, se=0.4), StopReason.PRECISE),
        (Policy(61), StopReason.BANK_EXHAUSTED),
        (Policy(60, sprt=Sprt((0.0,), 0.5)), StopReason.CLASSIFIED),
    ],
)
def test_a_test_ends_for_one_of_four_reasons(policy, reason):
    state, stop = sit(policy, [True, True, False, True] * 16)

    assert stop.reason is reason
    assert stop.ability.n_items == len(state.answers)
    assert policy.se is None or stop.ability.se <= 0.4


def test_no_test_ends_before_its_least_length():
    state, stop = sit(Policy(60, least_items=30, se=0.9, sprt=Sprt((-2.0,), 0.5)), [True] * 60)

    assert (len(state.answers), stop.reason) == (30, StopReason.CLASSIFIED)


def test_a_cut_is_decided_by_walds_ratio():
    sprt = Sprt((-1.0, 0.5), region=0.4, alpha=0.1, beta=0.05)
    state, stop = sit(Policy(60, sprt=sprt), [True, True, False, True] * 15)

    def ratio(cut, answers):
        total = 0.0
        for answer in answers:
            item = BANK.items[BANK.place(answer.item)]
            high, low = (1 / (1 + np.exp(-item.a * (at - item.b))) for at in (cut + 0.4, cut - 0.4))
            total += np.log(high / low) if answer.right else np.log((1 - high) / (1 - low))
        return total

    def decided(answers):
        return all(not log(0.05 / 0.9) < ratio(cut, answers) < log(0.95 / 0.1) for cut in sprt.cuts)

    assert decided(state.answers) and not decided(state.answers[:-1])
    assert (stop.reason, stop.decided) == (StopReason.CLASSIFIED, True)
    assert stop.cuts_reached == sum(ratio(cut, state.answers) > 0 for cut in sprt.cuts)


def test_an_undecided_candidate_is_classified_by_the_estimate():
    _, stop = sit(Policy(4, sprt=Sprt((-3.0, 0.0, 3.0), 0.2)), [True, False, True, False])

    assert (stop.reason, stop.decided) == (StopReason.FULL_LENGTH, False)
    assert stop.cuts_reached == 1 + (stop.ability.value >= 0)


def test_weighted_likelihood_starts_at_the_prior_and_does_not_end_at_the_bound():
    bank = Bank(tuple(Parameters(f"I{place}", 2, -9) for place in range(40)))

    _, stop = sit(Policy(40, estimator=Estimator.WLE, se=50.0), [False] * 2, bank=bank)
    first = next_item(bank, State(1), Policy(40, estimator=Estimator.WLE)).ability

    assert isinstance(stop, Choice)
    assert (stop.ability.at_bound, stop.ability.value) == (True, -6.0)
    assert (first.value, first.se, first.estimator) == (0.0, 1.0, Estimator.WLE)


def test_a_replayed_record_makes_the_same_choices():
    state, outcome = sit(RICH, [True, False, False] * 4)

    assert isinstance(outcome, Stop)
    assert replay(BANK, read_state(document(state)), RICH) == outcome


GOLDEN = [("I11", ("I10",)), ("I09", ("I13", "I15")), ("I08", ()), ("I14", ())]
"""As first computed; a change of it is a new `ADAPTIVE_VERSION`."""


def test_the_choices_of_a_seed_stay_the_same_for_good():
    bank = Bank(tuple(Parameters(f"I{place:02d}", 1.0, place / 5 - 2) for place in range(21)))
    policy = Policy(4, among=3, exposure={item.label: 0.5 for item in bank.items})

    state, _ = sit(policy, [True, False, True, True], bank=bank, seed=2026)

    assert [(answer.item, answer.set_aside) for answer in state.answers] == GOLDEN


@pytest.mark.parametrize("step", [0, 5, 11])
def test_a_record_that_was_changed_does_not_replay(step):
    state, _ = sit(RICH, [True, False, False] * 4)
    unused = next(item.label for item in reversed(BANK.items) if item.label not in state.marks())
    changed = [*state.answers]
    changed[step] = Answered(unused, changed[step].right, changed[step].set_aside)

    with pytest.raises(AssessmentError) as refusal:
        replay(BANK, State(state.seed, tuple(changed)), RICH)

    assert (refusal.value.code, refusal.value.facts["step"]) == ("record_differs", step + 1)


def test_a_record_that_goes_on_after_the_end_does_not_replay():
    state, _ = sit(RICH, [True, False, False] * 4)

    with pytest.raises(AssessmentError, match="record_differs"):
        replay(BANK, state, replace(RICH, most_items=11))
