"""EXM-2 by simulation: two forms, different difficulty, equal ability, the same expected decision."""

import numpy as np
import pytest

from assessments.equating import (
    Method,
    Presmoothing,
    RawScale,
    anchor_groups,
    equate,
    equated_cut,
    random_groups,
)
from assessments.standard_setting import Rounding

SCALE, ANCHOR = RawScale(0, 60), RawScale(0, 20)
OLD_CUT = 36
HARDER = 0.3
"""Logits by which each own item of the new form is harder than of the old one."""


def chance(ability, difficulties):
    """The chance of a right answer, person by item."""
    return 1 / (1 + np.exp(difficulties - np.asarray(ability)[:, None]))


def form(rng):
    """Difficulties of forty own items, of twenty common ones, and of the harder forty of the new form."""
    own, common = rng.normal(0, 0.8, 40), rng.normal(0, 0.8, 20)
    return own, common, rng.permutation(own) + HARDER


def sat(rng, ability, *parts):
    """Raw scores on each part of a form."""
    return [(rng.random((len(ability), len(part))) < chance(ability, part)).sum(axis=1) for part in parts]


def passing(difficulties, cut):
    """The chance to reach a cut, averaged over normal ability, exactly (Lord & Wingersky 1984)."""
    abilities = np.linspace(-4, 4, 81)
    weights = np.exp(-(abilities**2) / 2)
    scores = np.ones((len(abilities), 1))
    for right in chance(abilities, difficulties).T:
        scores = np.pad(scores * (1 - right[:, None]), ((0, 0), (0, 1))) + np.pad(
            scores * right[:, None], ((0, 0), (1, 0))
        )
    return float(weights @ scores[:, cut:].sum(axis=1) / weights.sum())


def expected(new, exact):
    """The chance to pass at an exact cut, between the two whole ones, so that rounding plays no part."""
    below = int(np.floor(exact))
    return np.interp(exact, [below, below + 1], [passing(new, below), passing(new, below + 1)])


def random_design(rng, persons, forms):
    own, common, harder = forms
    new, old = (sum(sat(rng, rng.normal(0, 1, persons), part, common)) for part in (harder, own))
    return random_groups(new, old, new=SCALE, old=SCALE)


def anchored_design(rng, persons, forms, gap=0.4):
    """The candidates of the new form are less able than those of the old one."""
    own, common, harder = forms
    tables = []
    for part, shift in ((harder, -gap), (own, 0.0)):
        ability = rng.normal(shift, 1, persons)
        mine, shared = sat(rng, ability, part, common)
        tables.append(np.column_stack([mine + shared, shared]))
    return anchor_groups(*tables, new=SCALE, old=SCALE, anchor=ANCHOR, internal=True)


@pytest.mark.parametrize(
    ("design", "method", "persons", "repeats", "margin"),
    [
        (random_design, Method.EQUIPERCENTILE, 3000, 3, 0.02),
        (random_design, Method.LINEAR, 1000, 40, 0.02),
        (random_design, Method.MEAN, 25, 100, 0.03),
        (random_design, Method.CIRCLE_ARC, 25, 100, 0.03),
        (anchored_design, Method.LEVINE_TRUE, 1000, 10, 0.02),
        (anchored_design, Method.CHAINED_LINEAR, 1000, 10, 0.02),
        (anchored_design, Method.CHAINED_EQUIPERCENTILE, 3000, 3, 0.02),
        (anchored_design, Method.CIRCLE_ARC, 25, 100, 0.03),
    ],
)
def test_candidates_of_equal_ability_pass_either_form_equally_often(design, method, persons, repeats, margin):
    rng = np.random.default_rng(2027)
    forms = form(rng)
    own, common, harder = forms
    new, old = np.concatenate([harder, common]), np.concatenate([own, common])
    plan = Presmoothing(degree=4, anchor_degree=4, products=1) if "equi" in method.value else None
    cuts = [
        equated_cut(
            equate(design(rng, persons, forms), method, presmooth=plan), OLD_CUT, rounding=Rounding.NEAREST
        ).exact.value
        for _ in range(repeats)
    ]

    chances = [expected(new, cut) for cut in cuts]

    fair = passing(old, OLD_CUT)
    assert fair - passing(new, OLD_CUT) > 0.07  # what the harder form would cost without equating
    assert np.mean(chances) == pytest.approx(fair, abs=margin)


def test_the_interval_of_the_cut_holds_the_fair_cut_as_often_as_it_says():
    rng = np.random.default_rng(2028)
    forms = form(rng)
    own, common, harder = forms
    fair = passing(np.concatenate([own, common]), OLD_CUT)
    new = np.concatenate([harder, common])
    true_cut = np.interp(-fair, [-passing(new, cut) for cut in range(61)], range(61))
    held = 0

    for _ in range(100):
        table = equate(random_design(rng, 150, forms), Method.LINEAR)
        low, high = equated_cut(table, OLD_CUT, rounding=Rounding.NEAREST).exact.ci
        held += low <= true_cut <= high

    assert 88 <= held <= 100
