from dataclasses import replace

import numpy as np
import pytest

from assessments.assembly import BankItem, EarlierForm, Rules, assemble
from assessments.errors import NotEstimable
from assessments.forms import Blueprint, BlueprintLine, ItemKind

BANK = tuple(BankItem(f"I{number}", f"U{number % 2}", seconds=60, uses=1) for number in range(8))
RULES = Rules(Blueprint((BlueprintLine("U0", 2), BlueprintLine("U1", 2)), 10))
EVERY = frozenset(item.label for item in BANK)
FIRST = ("I0", "I2", "I4")
OTHERS_AGAINST_FIRST = tuple(frozenset({"I0", f"I{number}"}) for number in (1, 3, 5, 7))
SINGLE, ORDERING = ItemKind.SINGLE_CHOICE, ItemKind.ORDERING


def refusal_of(rules, n_forms=1, bank=BANK):
    with pytest.raises(NotEstimable) as refusal:
        assemble(bank, rules, n_forms=n_forms)

    assert refusal.value.code == "no_form"
    return refusal.value.facts


@pytest.mark.parametrize(
    ("rules", "n_forms", "any_of", "together"),
    [
        ({"kinds": ((SINGLE, 3), (ORDERING, 1))}, 1, ["kinds"], ["kinds"]),
        ({"most_seconds": 239}, 1, ["time"], ["time"]),
        ({"most_uses": 1}, 1, ["exposure"], ["exposure"]),
        ({"required": frozenset(FIRST)}, 1, ["blueprint", "required"], ["blueprint", "required"]),
        (
            {"required": frozenset({"I0"}), "forbidden": frozenset({"I0"})},
            1,
            ["required", "forbidden"],
            ["required", "forbidden"],
        ),
        (
            {"required": frozenset({"I0"})},
            2,
            ["shared_items", "required"],
            ["shared_items", "required"],
        ),
        (
            {"enemies": OTHERS_AGAINST_FIRST, "required": frozenset({"I0"})},
            1,
            ["blueprint", "enemies", "required"],
            ["blueprint", "enemies", "required"],
        ),
        ({"earlier": (EarlierForm("old", EVERY),)}, 1, ["earlier_forms"], ["earlier_forms"]),
        ({"most_seconds": 200, "most_uses": 1}, 1, [], ["time"]),
    ],
)
def test_the_families_in_the_way_are_named(rules, n_forms, any_of, together):
    facts = refusal_of(replace(RULES, **rules), n_forms)

    assert (list(facts["any_of"]), list(facts["together"])) == (any_of, together)


def test_sets_that_do_not_fit_are_named():
    bank = tuple(replace(item, item_set=item.unit) for item in BANK)

    assert "item_sets" in refusal_of(RULES, bank=bank)["any_of"]


def test_a_bank_that_is_too_small_is_told_by_its_length():
    facts = refusal_of(Rules(Blueprint((BlueprintLine("U0", 9),), 10)))

    assert (facts["any_of"], facts["together"]) == ((), ("length",))
    assert facts["shortages"] == (("U0", None, 9, 4),)


def test_a_line_that_the_bank_cannot_fill_is_named_with_its_numbers():
    blueprint = Blueprint((BlueprintLine("U0", 1), BlueprintLine("U1", 3, "apply")), 10)
    bank = tuple(replace(item, cognitive_level="apply" if item.label < "I4" else "recall") for item in BANK)

    facts = refusal_of(Rules(blueprint), bank=bank)

    assert facts["reason"] == "U1 (apply) needs 3 items and has 2 that may be used"


def test_a_reason_reads_as_a_sentence():
    alone = refusal_of(replace(RULES, most_seconds=200))["reason"]
    besides = refusal_of(replace(RULES, most_seconds=200, kinds=((SINGLE, 3), (ORDERING, 1))))["reason"]

    assert alone == (
        "no form obeys all rules (the time that a form may take); "
        "one would without: the time that a form may take"
    )
    assert besides == "no form obeys all rules; in the way, besides others: the time that a form may take"


def test_a_search_that_ends_before_it_is_certain_claims_nothing():
    rng = np.random.default_rng(0)
    bank = [BankItem(f"I{number:02d}", "U0") for number in range(60)]
    labels = [item.label for item in bank]
    earlier = [EarlierForm(str(one), frozenset(rng.choice(labels, 30, replace=False))) for one in range(30)]
    rules = Rules(Blueprint((BlueprintLine("U0", 30),), 10), earlier=tuple(earlier), most_of_earlier=14)

    with pytest.raises(NotEstimable) as refusal:
        assemble(bank, rules, nodes=0)

    assert (refusal.value.code, refusal.value.facts) == ("not_found", {"nodes": 0})
