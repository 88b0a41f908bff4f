from dataclasses import replace

import pytest

from assessments.assembly import BankItem, EarlierForm, Family, Fault, Rules, form_faults
from assessments.errors import AssessmentError
from assessments.forms import Blueprint, BlueprintLine, ItemKind

SINGLE, ORDERING = ItemKind.SINGLE_CHOICE, ItemKind.ORDERING
BANK = (
    BankItem("a", "U1", "recall", seconds=30),
    BankItem("b", "U1", "apply", seconds=40, item_set="case"),
    BankItem("c", "U1", "apply", seconds=50, item_set="case"),
    BankItem("d", "U2", kind=ORDERING, uses=1),
    BankItem("e", "U2", seconds=60),
)
RULES = Rules(
    Blueprint((BlueprintLine("U1", 1, "recall"), BlueprintLine("U1", 2, "apply"), BlueprintLine("U2", 1)), 10)
)
GOOD = ("a", "b", "c", "e")


@pytest.mark.parametrize(
    ("form", "rules", "families"),
    [
        (GOOD, {}, []),
        (("a", "b", "c", "d"), {}, []),
        (("a", "b", "c"), {}, ["length", "blueprint"]),
        (("a", "a", "b", "e"), {}, ["length", "blueprint", "item_sets"]),
        (GOOD, {"kinds": ((SINGLE, 3), (ORDERING, 1))}, ["kinds"]),
        (GOOD, {"kinds": ((SINGLE, 4), (ORDERING, 0))}, []),
        (GOOD, {"enemies": (frozenset("bc"), frozenset("ad"))}, ["enemies"]),
        (GOOD, {"required": frozenset("d")}, ["required"]),
        (GOOD, {"forbidden": frozenset("e")}, ["forbidden"]),
        (GOOD, {"earlier": (EarlierForm("old", frozenset("abx")),), "most_of_earlier": 1}, ["earlier_forms"]),
        (GOOD, {"most_seconds": 179}, ["time"]),
        (GOOD, {"most_seconds": 180}, []),
        (("a", "b", "c", "d"), {"most_uses": 1}, ["exposure"]),
        (("a", "b", "c", "d"), {"most_uses": 2}, []),
    ],
)
def test_every_broken_rule_of_a_form_is_named(form, rules, families):
    faults = form_faults([form], bank=BANK, rules=replace(RULES, **rules))

    assert [fault.family.value for fault in faults] == families


def test_forms_that_share_too_much_are_named_together():
    faults = form_faults([GOOD, ("a", "b", "c", "d")], bank=BANK, rules=replace(RULES, most_shared=2))

    assert faults == (Fault(Family.SHARED_ITEMS, (0, 1), "they share a, b, c"),)


def test_an_item_that_the_bank_does_not_hold_is_refused():
    with pytest.raises(AssessmentError, match="unknown_item"):
        form_faults([("a", "z")], bank=BANK, rules=RULES)
