from collections import Counter
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from assessments.assembly import (
    BankItem,
    EarlierForm,
    Rules,
    Statistic,
    assemble,
    difficulty,
    form_faults,
    information,
    spread,
)
from assessments.errors import AssessmentError, NotEstimable
from assessments.forms import Blueprint, BlueprintLine, ItemKind
from assessments.results import document

SINGLE, ORDERING = ItemKind.SINGLE_CHOICE, ItemKind.ORDERING


def a_blueprint(**counts):
    return Blueprint(tuple(BlueprintLine(unit, count) for unit, count in counts.items()), 60)


def a_large_bank(n_items=600):
    rng = np.random.default_rng(20)
    bank = [
        BankItem(
            f"I{number:03d}",
            f"U{number % 6 + 1}",
            "recall" if number // 6 % 2 else "apply",
            ORDERING if number % 10 == 9 else SINGLE,
            f"set {number // 18}/{number % 6}" if number < 54 else None,
            int(rng.integers(30, 121)),
            int(rng.integers(0, 4)),
        )
        for number in range(n_items)
    ]
    p = {item.label: float(rng.beta(6, 3)) for item in bank}
    discrimination = {item.label: float(rng.uniform(0.05, 0.5)) for item in bank}
    return bank, p, discrimination


def broken(forms, bank, rules):
    """Count again what forms must obey, in other words than the library's own check."""
    by_label = {item.label: item for item in bank}
    lines = {(line.unit, line.cognitive_level): line.count for line in rules.blueprint.lines}
    members = Counter(item.item_set for item in bank if item.item_set)
    uses = Counter(label for form in forms for label in form)
    for form in forms:
        items = [by_label[label] for label in form]
        taken = Counter(item.item_set for item in items if item.item_set)
        yield Counter((item.unit, item.cognitive_level) for item in items) != lines
        yield rules.kinds and Counter(item.kind for item in items) != dict(rules.kinds)
        yield any(len(group.intersection(form)) >= 2 for group in rules.enemies)
        yield any(count != members[name] for name, count in taken.items())
        yield not rules.required <= set(form) or rules.forbidden & set(form)
        yield any(len(earlier.items.intersection(form)) > rules.most_of_earlier for earlier in rules.earlier)
        yield rules.most_seconds is not None and sum(item.seconds for item in items) > rules.most_seconds
    yield any(len({*one} & {*other}) > rules.most_shared for one, other in combinations(forms, 2))
    yield rules.most_uses is not None and any(
        by_label[label].uses + times > rules.most_uses for label, times in uses.items()
    )


def test_three_parallel_forms_of_sixty_from_six_hundred_items_obey_every_rule():
    bank, p, discrimination = a_large_bank()
    rng = np.random.default_rng(21)
    labels = np.array([item.label for item in bank])
    lines = tuple(
        BlueprintLine(f"U{unit}", 5, level) for unit in range(1, 7) for level in ("recall", "apply")
    )
    rules = Rules(
        Blueprint(lines, 90),
        kinds=((SINGLE, 55), (ORDERING, 5)),
        enemies=tuple(frozenset(rng.choice(labels, 3, replace=False).tolist()) for _ in range(40)),
        required=frozenset({"I300"}),
        forbidden=frozenset(labels[400:420].tolist()),
        most_seconds=4500,
        most_uses=7,
        earlier=(EarlierForm("2025-A", frozenset(labels[100:160].tolist())),),
        most_of_earlier=8,
        most_shared=6,
    )

    result = assemble(
        bank, rules, n_forms=3, statistics=(difficulty(p, target=40.0), spread(p, discrimination))
    )
    forms = [form.items for form in result.forms]

    assert not any(broken(forms, bank, rules))
    assert (result.proven, result.provenance.warnings) == (True, ())
    assert result.largest_deviation <= 0.05 + 1e-6
    assert all(sum(p[item] for item in form) == pytest.approx(40, abs=0.0501) for form in forms)
    spreads = [form.statistics[1].total for form in result.forms]
    assert max(spreads) - min(spreads) <= 0.0501


def a_tiny_case(seed):
    """A random bank of ten items with some of the rules, small enough to try every form."""
    rng = np.random.default_rng(seed)
    bank = [
        BankItem(
            f"I{number}",
            f"U{number % 2}",
            None,
            ORDERING if rng.random() < 0.3 else SINGLE,
            "set" if number in {0, 2} and seed % 2 else None,
            int(rng.integers(20, 90)),
            int(rng.integers(0, 3)),
        )
        for number in range(10)
    ]
    blueprint = Blueprint((BlueprintLine("U0", 2), BlueprintLine("U1", 2)), 5)
    pair = frozenset(f"I{number}" for number in rng.choice(10, 2, replace=False))
    rules = Rules(
        blueprint,
        kinds=((SINGLE, 3), (ORDERING, 1)) if seed % 3 == 0 else (),
        enemies=(pair,),
        required=frozenset({"I5"}) if seed % 4 == 0 else frozenset(),
        forbidden=frozenset({"I4"}) if seed % 5 == 0 else frozenset(),
        most_seconds=230,
        most_uses=3,
        earlier=(EarlierForm("old", frozenset({"I1", "I3", "I6"})),),
        most_of_earlier=1,
        most_shared=seed % 3,
    )
    p = {item.label: float(rng.uniform(0.2, 0.95)) for item in bank if rng.random() < 0.9}
    target = 2.6 if seed % 2 else None
    return bank, rules, difficulty(p, target=target)


def far_apart(forms, statistic):
    """Deviation by definition: items without a value count as average ones."""
    values = list(statistic.values.values())
    average = sum(values) / len(values) if statistic.target is None else statistic.target / 4
    sums = [sum(statistic.values.get(item, average) for item in form) for form in forms]
    if statistic.target is None:
        return max(sums) - min(sums)
    return max(abs(value - statistic.target) for value in sums)


@pytest.mark.parametrize("n_forms", [1, 2])
@pytest.mark.parametrize("seed", range(12))
def test_no_choice_of_items_is_more_alike_than_the_one_found(seed, n_forms):
    bank, rules, statistic = a_tiny_case(seed)
    alone = [
        form
        for form in combinations([item.label for item in bank], 4)
        if not any(broken([form], bank, rules))
    ]
    sound = [forms for forms in combinations(alone, n_forms) if not any(broken(forms, bank, rules))]
    if rules.most_shared == 4:
        sound += [(form, form) for form in alone]

    if not sound:
        with pytest.raises(NotEstimable, match="no_form"):
            assemble(bank, rules, n_forms=n_forms, statistics=(statistic,), tolerance=1e-6)
        return
    result = assemble(bank, rules, n_forms=n_forms, statistics=(statistic,), tolerance=1e-6)
    forms = [form.items for form in result.forms]

    assert not any(broken(forms, bank, rules))
    assert result.largest_deviation == pytest.approx(far_apart(forms, statistic), abs=1e-9)
    best = min(far_apart(forms, statistic) for forms in sound)
    assert result.largest_deviation == pytest.approx(best, abs=2e-6)


BANK = tuple(BankItem(f"I{number}", f"U{number % 2}") for number in range(8))
P = {f"I{number}": 0.3 + number / 20 for number in range(8)}
RULES = Rules(a_blueprint(U0=2, U1=2))


def test_the_order_of_the_bank_changes_nothing():
    statistics = (difficulty(P, target=2.0),)

    assert assemble(BANK[::-1], RULES, statistics=statistics) == assemble(BANK, RULES, statistics=statistics)


def test_a_form_without_statistics_obeys_the_rules_and_says_so_in_json():
    result = assemble(BANK, RULES)

    assert form_faults([result.forms[0].items], bank=BANK, rules=RULES) == ()
    assert (result.largest_deviation, result.forms[0].seconds) == (0.0, None)
    assert document(result)["provenance"]["version"] == "milp-minimax/1"


def test_a_form_under_a_time_limit_says_how_long_it_takes():
    bank = [replace(item, seconds=60) for item in BANK]

    assert assemble(bank, replace(RULES, most_seconds=240)).forms[0].seconds == 240


def test_items_without_a_value_count_as_average_and_are_flagged():
    known = {item: value for item, value in P.items() if item not in {"I1", "I3", "I5", "I7"}}

    result = assemble(BANK, RULES, statistics=(difficulty({**known, "Z": 0.9}, target=2.0),))

    assert [warning.code for warning in result.provenance.warnings] == ["no_statistic"]
    assert (result.forms[0].statistics[0].n_items, result.provenance.n_missing) == (2, 2)
    # Two average items of a target of 2 leave 1 to the other two: .4 + .6 or .5 + .5 (I2, I6; I4 is .5).
    assert result.largest_deviation == pytest.approx(0.0, abs=0.051)


def test_a_statistic_of_which_nothing_is_known_binds_nothing():
    result = assemble(BANK, RULES, n_forms=2, statistics=(Statistic("new", {}),))

    assert result.largest_deviation == 0.0


def test_information_is_matched_at_each_point():
    values = {item.label: (0.1 * place, 0.8 - 0.1 * place) for place, item in enumerate(BANK)}

    result = assemble(BANK, RULES, statistics=information(values, at=(-1.0, 0.5), target=(1.4, 1.8)))

    assert [total.name for total in result.forms[0].statistics] == ["information at -1", "information at 0.5"]
    assert result.largest_deviation <= 0.0501


def test_a_search_cut_short_is_flagged():
    bank, p, discrimination = a_large_bank(120)
    rules = Rules(a_blueprint(U1=5, U2=5, U3=5, U4=5, U5=5, U6=5), most_shared=5)
    rules = replace(
        rules,
        enemies=tuple(
            frozenset({bank[place].label, bank[(place * 7 + 5) % 120].label}) for place in range(120)
        ),
    )
    statistics = (difficulty(p, target=19.0), spread(p, discrimination, target=4.0))

    result = assemble(bank, rules, n_forms=2, statistics=statistics, tolerance=1e-9, nodes=1)

    assert (result.proven, result.provenance.warnings[-1].code) == (False, "not_proven")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"n_forms": 0}, "forms_not_positive"),
        ({"tolerance": 0.0}, "tolerance_not_positive"),
        ({"tolerance": float("nan")}, "tolerance_not_positive"),
        ({"bank": ()}, "no_items"),
        ({"bank": (*BANK, BANK[0])}, "item_repeated"),
        ({"bank": (*BANK, BankItem("x", "U1", uses=-1))}, "uses_negative"),
        ({"rules": replace(RULES, required=frozenset({"Z"}))}, "unknown_item"),
        ({"rules": replace(RULES, enemies=(frozenset({"Z", "I1"}),))}, "unknown_item"),
        ({"rules": replace(RULES, most_seconds=100)}, "seconds_missing"),
        ({"statistics": (difficulty(P), difficulty(P))}, "statistic_repeated"),
    ],
)
def test_what_nothing_can_be_put_together_from_is_refused(options, code):
    with pytest.raises(AssessmentError, match=code):
        assemble(**{"bank": BANK, "rules": RULES, **options})
