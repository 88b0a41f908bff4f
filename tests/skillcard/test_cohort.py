"""The spread of a cohort, and that it tells of no single person."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcard.cohort import SMALLEST_GROUP, Quartiles, Spread, spreads


def people(*levels: int) -> list[dict[str, Decimal]]:
    return [{"A.1": Decimal(level)} for level in levels]


def test_quartiles_are_levels_that_somebody_has() -> None:
    [spread] = spreads(["A.1"], people(1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5))

    assert spread == Spread("A.1", 10, Quartiles(Decimal(2), Decimal(3), Decimal(4)))


def test_a_small_group_is_hidden_with_its_size() -> None:
    group = people(*[3] * (SMALLEST_GROUP - 1))

    assert spreads(["A.1"], group) == (Spread("A.1", None, None),)
    assert spreads(["A.1"], group + people(3))[0].people == SMALLEST_GROUP


def test_who_is_not_rated_on_an_element_does_not_count_there() -> None:
    rated = [{"A.1": Decimal(3), "A.2": Decimal(1)}] * 9 + people(*[3] * 7)

    assert [(spread.element, spread.people) for spread in spreads(["A.2", "A.1"], rated)] == [
        ("A.2", None),
        ("A.1", 15),
    ]


def test_a_group_of_one_is_refused() -> None:
    with pytest.raises(ValueError, match="two members"):
        spreads(["A.1"], people(1), smallest=1)


@given(st.lists(st.integers(0, 5), min_size=SMALLEST_GROUP, max_size=40))
def test_quartiles_are_ordered_shares_of_the_group(levels: list[int]) -> None:
    [spread] = spreads(["A.1"], people(*levels))

    assert spread.quartiles is not None
    cuts = (spread.quartiles.lower, spread.quartiles.median, spread.quartiles.upper)
    assert list(cuts) == sorted(cuts)
    for quarter, cut in enumerate(cuts, start=1):
        assert 4 * sum(level <= cut for level in levels) >= quarter * len(levels)
        assert 4 * sum(level < cut for level in levels) < quarter * len(levels)
