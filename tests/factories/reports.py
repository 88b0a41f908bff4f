"""Simulated raw material of evidence reports; a seed gives the same candidates for ever."""

from fractions import Fraction
from typing import Any

import numpy as np

from assessments.estimates import Estimate
from assessments.forms import AnswerKey, Item, ItemKind
from assessments.report import FormMaterial, JudgedMaterial, Marking, SetCut

OPTIONS = ("a", "b", "c", "d")


def a_form_material(n: int = 200, n_items: int = 60, *, seed: int = 7, **changes: Any) -> FormMaterial:
    """Choice items of spread difficulty; item 3 is keyed wrongly, item 5 is harder for women, 9 too easy."""
    rng = np.random.default_rng(seed)
    ability = rng.normal(0.4, 1.0, n)
    women = rng.random(n) < 0.45
    difficulty = rng.permutation(np.linspace(-1.8, 1.6, n_items))
    difficulty[min(8, n_items - 1)] = -4.5
    key = AnswerKey("key-1", tuple(_item(number) for number in range(1, n_items + 1)))
    choices = [{} for _ in range(n)]
    for place, item in enumerate(key.items):
        logit = 1.3 * (ability - difficulty[place]) - (1.2 * women if place == 4 else 0)
        knows = rng.random(n) < 0.2 + 0.8 / (1 + np.exp(-logit))
        wrong = rng.choice(["b", "c", "d"], n, p=[0.55, 0.4, 0.05])
        right = "b" if place == 2 else "a"
        for person in range(n):
            marked = right if knows[person] else ("a" if place == 2 else str(wrong[person]))
            choices[person][item.code] = [marked]
    scores = tuple(
        tuple(Fraction(set(marks[item.code]) == item.key) for item in key.items) for marks in choices
    )
    level = rng.choice([3, 4], n, p=[0.7, 0.3])
    told = rng.random(n) < 0.95
    gender = tuple(
        ("woman" if one else "man") if said else None for one, said in zip(women, told, strict=True)
    )
    return FormMaterial(
        **{
            "items": tuple(item.code for item in key.items),
            "minima": (0,) * n_items,
            "maxima": (1,) * n_items,
            "scores": scores,
            "levels": tuple(int(one) for one in level),
            "cuts": (a_cut(3, round(0.6 * n_items), 0.7), a_cut(4, round(0.7 * n_items), 1.3)),
            "key": key,
            "choices": tuple(choices),
            "groups": {"gender": gender},
        }
        | changes
    )


def a_cut(level: int, cut: int, se: float) -> SetCut:
    estimate = Estimate(cut - 0.4, se, (cut - 0.4 - 2.3 * se, cut - 0.4 + 2.3 * se), 0.95, "t")
    return SetCut(level, cut, estimate, 8, "modified-angoff/1")


def _item(number: int) -> Item:
    return Item(f"K-{number:03}", 1, f"U{number % 8 + 1}", ItemKind.SINGLE_CHOICE, OPTIONS, frozenset("a"))


def a_judged_material(n: int = 60, *, seed: int = 11, n_elements: int = 12) -> JudgedMaterial:
    """Six assessors who mark in changing pairs; assessor 6 is a whole step more severe."""
    rng = np.random.default_rng(seed)
    elements = tuple(f"U{number % 4 + 1}.{number // 4 + 1}" for number in range(n_elements))
    severity = dict(zip((f"A{number}" for number in range(1, 7)), (0, 0.1, -0.1, 0.2, 0, 1.0), strict=True))
    markings = []
    for _ in range(n):
        quality = rng.normal(3.4, 0.7)
        of_elements = quality + rng.normal(0, 0.4, n_elements)
        pair = rng.choice(list(severity), 2, replace=False)
        sheets = {
            str(name): {
                element: int(np.clip(round(truth - severity[name] + rng.normal(0, 0.35)), 0, 5))
                for element, truth in zip(elements, of_elements, strict=True)
            }
            for name in pair
        }
        one, other = sheets.values()
        values = {element: Fraction(one[element] + other[element], 2) for element in elements}
        passes = [np.mean(list(sheet.values())) >= 3 for sheet in (one, other)]
        differed = passes[0] != passes[1]
        passed = sum(values.values()) >= 3 * n_elements
        markings.append(Marking(3, sheets, values, bool(passed), bool(differed), bool(differed)))
    return JudgedMaterial(elements, tuple(markings), {})
