import time

import krippendorff as peer
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.agreement import Level, krippendorff_alpha
from assessments.agreement.coding import coded, patterns_of
from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from tests.assessments.agreement.published import table

GAPS = st.lists(
    st.lists(st.sampled_from([0.0, 1.0, 2.0, 4.0, np.nan]), min_size=4, max_size=4), min_size=1, max_size=12
)


def some_ratings(seed: int, n: int = 60) -> np.ndarray:
    rng = np.random.default_rng(seed)
    ratings = np.clip(rng.integers(1, 6, (n, 1)) + rng.integers(-1, 2, (n, 4)), 1, 5).astype(float)
    ratings[rng.random(ratings.shape) < 0.2] = np.nan
    return ratings


@pytest.mark.parametrize(
    ("level", "printed"),
    [(Level.NOMINAL, ".743"), (Level.ORDINAL, ".815"), (Level.INTERVAL, ".849"), (Level.RATIO, ".797")],
)
def test_example_c_is_reproduced(level, printed):
    result = krippendorff_alpha(table("krippendorff-2011-c"), level=level)

    assert f"{result.estimate.value:.3f}"[1:] == printed
    assert (result.provenance.n_persons, result.provenance.n_missing) == (11, 7)


@given(GAPS, st.sampled_from(Level))
def test_alpha_equals_that_of_krippendorff_or_is_refused(ratings, level):
    ratings = np.array(ratings)
    paired = ratings[np.sum(~np.isnan(ratings), axis=1) >= 2]
    if len(paired) < 2 or len(np.unique(paired[~np.isnan(paired)])) < 2:
        with pytest.raises(NotEstimable):
            krippendorff_alpha(ratings, level=level)
        return

    result = krippendorff_alpha(ratings, level=level)

    expected = peer.alpha(ratings.T, level_of_measurement=level.value)
    assert result.estimate.value == pytest.approx(expected, abs=1e-9)
    document(result)


@pytest.mark.parametrize("level", Level)
def test_neither_the_order_of_rows_and_raters_nor_unused_categories_matter(level):
    ratings = some_ratings(1)

    result = krippendorff_alpha(ratings, level=level)
    turned = krippendorff_alpha(ratings[::-1, ::-1], level=level, categories=range(9))

    assert turned.estimate.value == pytest.approx(result.estimate.value, abs=1e-12)


def test_values_of_a_long_scale_need_no_patterns():
    ratings = np.round(some_ratings(2) * 7.3 + np.arange(60)[:, None] % 11, 1)

    result = krippendorff_alpha(ratings, level=Level.INTERVAL)

    expected = peer.alpha(ratings.T, level_of_measurement="interval")
    assert result.estimate.value == pytest.approx(expected, abs=1e-9)


def test_patterns_are_counted_alike_by_tally_and_by_sorting():
    ratings = some_ratings(3)
    short, long = (patterns_of(coded(ratings, np.arange(top)), categories=top) for top in (7, 14))

    assert (short.counts == long.counts[:, :7]).all()
    assert (short.frequency == long.frequency).all()


@pytest.mark.parametrize("level", Level)
def test_the_bootstrap_is_that_of_drawing_rows(level, monkeypatch):
    monkeypatch.setattr("assessments.agreement.krippendorff._CHUNK", 5000)
    ratings, rng = some_ratings(4), np.random.default_rng(9)

    ours = krippendorff_alpha(
        ratings, level=level, resamples=2000, rng=np.random.default_rng(8), ci_level=0.9
    ).estimate

    drawn = [
        peer.alpha(ratings[rng.integers(0, 60, 60)].T, level_of_measurement=level.value) for _ in range(400)
    ]
    assert ours.se == pytest.approx(np.std(drawn), rel=0.15)
    assert ours.ci == pytest.approx(np.quantile(drawn, [0.05, 0.95]), abs=0.03)


def test_the_seed_fixes_the_interval():
    def once(seed: int) -> object:
        rng = np.random.default_rng(seed)
        return krippendorff_alpha(some_ratings(5), level=Level.ORDINAL, resamples=200, rng=rng)

    assert once(1) == once(1)
    assert once(1).estimate.ci != once(2).estimate.ci
    assert once(1).provenance.options == {"level": "ordinal", "resamples": 200, "generator": "PCG64"}


def test_resamples_of_one_category_are_reported_and_too_many_of_them_give_no_interval():
    few = [[1, 1]] * 2 + [[1, 2]] + [[2, 2]] * 2
    rare = [[1, 1]] * 24 + [[1, 2]] * 4

    wide = krippendorff_alpha(rare, level=Level.NOMINAL, resamples=500, rng=np.random.default_rng(1))
    none = krippendorff_alpha(
        [[1, 1]] * 5 + [[2, 2]], level=Level.NOMINAL, resamples=500, rng=np.random.default_rng(1)
    )
    sound = krippendorff_alpha(few * 6, level=Level.NOMINAL, resamples=500, rng=np.random.default_rng(1))

    assert [finding.code for finding in wide.provenance.warnings] == ["undefined_resamples"]
    assert (wide.estimate.ci is None, none.estimate.ci) == (False, None)
    assert sound.provenance.warnings == ()


@pytest.mark.parametrize(
    ("ratings", "options", "code"),
    [
        ([[1, 2], [2, 2]], {"resamples": 99, "rng": np.random.default_rng(1)}, "too_few_resamples"),
        ([[1, 2], [2, 2]], {"resamples": 100}, "generator_missing"),
        ([[1, 2], [2, 2]], {"categories": [1, 3]}, "unknown_category"),
        ([[1, 2], [-2, 2]], {"level": Level.RATIO}, "negative_ratio"),
        ([[1, 2], [np.nan, 2]], {}, "too_few_units"),
        ([[np.nan, np.nan]], {}, "too_few_units"),
        ([[1, 1], [1, 1]], {}, "one_category"),
        ([[1, 1], [1, 1]], {"categories": [1, 2]}, "no_expected_disagreement"),
        (np.arange(9000).reshape(4500, 2), {}, "table_too_large"),
    ],
)
def test_what_does_not_fit_or_is_not_defined_is_refused(ratings, options, code):
    with pytest.raises(AssessmentError) as refused:
        krippendorff_alpha(ratings, **({"level": Level.NOMINAL} | options))

    assert refused.value.code == code


@pytest.mark.slow
def test_a_million_ratings_take_a_fraction_of_a_second():
    ratings = np.random.default_rng(6).integers(1, 6, (200_000, 5)).astype(float)

    began = time.perf_counter()
    krippendorff_alpha(ratings, level=Level.ORDINAL, categories=range(1, 6))

    assert time.perf_counter() - began < 1
