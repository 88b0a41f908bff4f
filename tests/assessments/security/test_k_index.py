"""The K indices: by hand, honest pairs left alone, a copier found."""

import numpy as np
import pytest
from scipy.stats import binom

from assessments.errors import NotEstimable
from assessments.results import document
from assessments.security.k_index import Variant, k_index
from tests.assessments.security.simulated import N_OPTIONS, copied, honest_choices

KEY = np.zeros(40, dtype=int)


@pytest.fixture(scope="module")
def choices():
    return honest_choices(seed=8, n_persons=120, n_items=40)[0]


def brute_share(choices, *, copier, source, variant):
    """The share by the definition: group means, and a polynomial by normal equations."""
    n_wrong = [(row != 0).sum() for row in choices]
    missed = choices[source] != 0
    groups = {}
    for person, row in enumerate(choices):
        if person != source:
            share = (row[missed] == choices[source][missed]).sum() / missed.sum()
            groups.setdefault(n_wrong[person], []).append(share)
    if variant is Variant.K:
        return np.mean(groups[n_wrong[copier]])
    degree = {Variant.K1: 1, Variant.K2: 2}[variant]
    x, y = np.array(list(groups), dtype=float) / 40, np.array([np.mean(shares) for shares in groups.values()])
    design = np.vander(x, degree + 1)
    line = np.linalg.solve(design.T @ design, design.T @ y)
    return np.polyval(line, n_wrong[copier] / 40)


@pytest.mark.parametrize("variant", Variant)
def test_the_expected_share_and_the_tail_are_those_of_the_definition(choices, variant):
    result = k_index(choices, KEY, n_options=N_OPTIONS, variant=variant, pairs=[("person4", "person9")])

    pair = result.pairs[0]
    share = brute_share(choices, copier=3, source=8, variant=variant)
    assert np.isclose(pair.share, share, rtol=1e-9)
    assert pair.source_wrong == (choices[8] != 0).sum()
    assert pair.matches == ((choices[3] == choices[8]) & (choices[8] != 0)).sum()
    assert np.isclose(pair.p, binom.sf(pair.matches - 1, pair.source_wrong, share), rtol=1e-9)
    assert document(result)


@pytest.mark.parametrize("variant", Variant)
def test_a_copier_is_found(choices, variant):
    suspect = copied(choices, copier=10, source=int((choices != 0).sum(axis=1).argmax()), share=0.8)

    result = k_index(suspect, KEY, n_options=N_OPTIONS, variant=variant, level=0.01)

    assert {result.pairs[0].copier, result.pairs[0].source} == {"person11", "person29"}
    if variant is not Variant.K:
        flagged = [{pair.copier, pair.source} for pair in result.pairs if pair.is_flagged]
        assert flagged
        assert all(pair == {"person11", "person29"} for pair in flagged)


@pytest.mark.parametrize("variant", Variant)
def test_honest_pairs_are_left_alone(choices, variant):
    result = k_index(choices, KEY, n_options=N_OPTIONS, variant=variant)

    assert result.n_flagged == 0
    assert (result.n_pairs, len(result.pairs)) == (120 * 119, 50)
    # At most one pair in twenty may look this unlikely by itself.
    assert result.pairs[49].p < 0.05


def test_a_line_that_falls_below_nothing_accuses_nobody():
    # Nobody with few wrong answers matches the source, so a line through all groups falls below zero there.
    choices = np.zeros((60, 40))
    for person in range(60):
        choices[person, : person // 4] = 1
    choices[0, 30:32] = choices[59, 30:32] = 2

    result = k_index(
        choices, KEY, n_options=N_OPTIONS, variant=Variant.K1, pairs=[("person1", "person60")], level=0.05
    )

    assert result.pairs[0].share > 0.001
    assert result.n_flagged == 0


def test_a_source_without_wrong_answers_gives_nothing_to_match(choices):
    perfect = choices.copy()
    perfect[5] = 0

    result = k_index(
        perfect, KEY, n_options=N_OPTIONS, pairs=[("person1", "person6"), ("person6", "person1")]
    )

    assert [(pair.copier, pair.source) for pair in result.pairs] == [("person6", "person1")]


def test_where_nobody_is_wrong_nothing_is_said():
    result = k_index(np.zeros((60, 40)), KEY, n_options=N_OPTIONS)

    assert (result.pairs, result.n_pairs, result.n_flagged) == ((), 0, 0)


def test_unanswered_items_are_neither_wrong_nor_matched(choices):
    silent = choices.copy()
    silent[7] = np.nan

    result = k_index(silent, KEY, n_options=N_OPTIONS, pairs=[("person8", "person1")])

    assert result.pairs[0].matches == 0
    assert result.pairs[0].p == 1


@pytest.mark.parametrize("variant", Variant)
def test_everybody_alike_is_no_accusation(variant):
    same = np.tile(np.arange(40.0) % 2, (60, 1))

    result = k_index(same, KEY, n_options=N_OPTIONS, variant=variant)

    assert result.n_flagged == 0
    assert {pair.share for pair in result.pairs} == {0.999}


def test_few_persons_are_refused(choices):
    with pytest.raises(NotEstimable, match="too_few_persons"):
        k_index(choices[:49], KEY, n_options=N_OPTIONS)
