"""Judges against difficulty, and a cut against other judges and items."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.standard_setting import Rounding, angoff, judge_consistency, panel_dependability

SOME = settings(max_examples=50, deadline=None)
ITEMS = ("K-1", "K-2", "K-3", "K-4", "K-5")
SHARES = dict(zip(ITEMS, map(Decimal, ("0.35", "0.5", "0.62", "0.81", "0.9")), strict=True))


def a_table(*rows):
    return {
        f"J{number}": {item: Decimal(hundredths) / 100 for item, hundredths in zip(ITEMS, row, strict=True)}
        for number, row in enumerate(rows, start=1)
    }


PANEL = a_table(
    (40, 50, 55, 80, 85),
    (30, 60, 50, 70, 95),
    (90, 70, 60, 40, 30),
    (50, 50, 50, 50, 50),
    (45, 60, 72, 91, 100),
)
TABLES = st.lists(st.tuples(*[st.integers(0, 100)] * 5), min_size=5, max_size=8).map(
    lambda rows: a_table(*rows)
)


def test_a_judges_correlation_has_fishers_interval():
    found = judge_consistency(PANEL, SHARES, level=0.9).judges[1].correlation

    ratings = [float(rating) for rating in PANEL["J2"].values()]
    oracle = stats.pearsonr(ratings, [float(share) for share in SHARES.values()])
    assert found.value == pytest.approx(oracle.statistic, abs=1e-12)
    assert found.ci == pytest.approx(tuple(oracle.confidence_interval(0.9)), abs=1e-9)


def test_a_judge_who_is_strict_throughout_is_consistent():
    found = judge_consistency(PANEL, SHARES).judges[4]

    assert found.correlation.value == pytest.approx(1, abs=1e-12)
    assert found.correlation.ci is None
    assert (found.mean_difference, found.inconsistency) == pytest.approx((0.1, 0), abs=1e-12)


def test_inconsistency_is_the_mean_distance_once_severity_is_taken_out():
    found = judge_consistency(PANEL, SHARES).judges[3]

    # 0.5 less the shares: .15, 0, -.12, -.31, -.40; mean -.136; distances .286, .136, .016, .174, .264.
    assert found.correlation is None
    assert (found.mean_difference, found.inconsistency) == pytest.approx((-0.136, 0.1752), abs=1e-12)


def test_judges_who_do_not_follow_difficulty_are_named():
    found = judge_consistency(PANEL, SHARES)

    assert [(finding.code, finding.message[:2]) for finding in found.provenance.warnings] == [
        ("against_difficulty", "J3"),
        ("constant_ratings", "J4"),
    ]
    assert document(found)["provenance"]["n_items"] == 5


@pytest.mark.parametrize(
    ("observed", "options", "code"),
    [
        (dict.fromkeys(ITEMS, Decimal("0.5")), {}, "constant_observed"),
        ({**SHARES, "K-9": Decimal("0.5")}, {}, "observed_unknown"),
        (SHARES, {"level": 2}, "level_out_of_range"),
    ],
)
def test_what_cannot_be_compared_is_refused(observed, options, code):
    with pytest.raises(AssessmentError) as refusal:
        judge_consistency(PANEL, observed, **options)

    assert refusal.value.code == code


def test_three_items_say_nothing_of_a_judge():
    table = {judge: dict(list(row.items())[:3]) for judge, row in PANEL.items()}

    with pytest.raises(NotEstimable) as refusal:
        judge_consistency(table, dict(list(SHARES.items())[:3]))

    assert refusal.value.facts == {"items": 3, "least": 4}


@SOME
@given(TABLES)
def test_with_items_fixed_the_error_is_that_of_the_angoff_study(table):
    found = panel_dependability(table)

    assert found.se_items_fixed == pytest.approx(float(angoff([table], rounding=Rounding.UP).se), abs=1e-6)
    assert found.se_items_random >= found.se_items_fixed
    assert min(found.judges, found.items, found.residual) >= 0


SEVERE = a_table(
    (10, 30, 40, 50, 70),
    (30, 50, 60, 70, 90),
    (20, 45, 50, 65, 70),
    (10, 20, 40, 55, 60),
    (30, 45, 70, 75, 99),
)


def test_the_components_are_those_of_an_analysis_of_variance():
    cells = np.array([[float(rating) for rating in row.values()] for row in SEVERE.values()]).ravel()
    by_judge, by_item = np.kron(np.eye(5), np.ones((5, 1))), np.kron(np.ones((5, 1)), np.eye(5))

    def left(design):
        """Residual sum of squares by least squares: another way than that of means."""
        return float(((cells - design @ np.linalg.lstsq(design, cells)[0]) ** 2).sum())

    both = left(np.hstack([by_judge, by_item]))
    residual, judges, items = both / 16, (left(by_item) - both) / 4, (left(by_judge) - both) / 4

    found = panel_dependability(SEVERE)

    expected = (judges - residual) / 5, (items - residual) / 5, residual
    assert (found.judges, found.items, found.residual) == pytest.approx(expected, abs=1e-12)
    assert found.provenance.warnings == ()


def test_components_below_zero_are_set_to_zero_and_named():
    found = panel_dependability(PANEL)

    assert (found.judges, found.items) == (0, 0)
    assert [finding.message.split()[3] for finding in found.provenance.warnings] == ["judges", "items"]


def test_the_forecast_for_the_panel_as_it_was_is_its_own_error():
    found = panel_dependability(SEVERE)

    same = {"n_judges": 5, "n_items": 5}
    assert found.error(**same, items_random=False) == pytest.approx(found.se_items_fixed, abs=1e-12)
    assert found.error(**same, items_random=True) == pytest.approx(found.se_items_random, abs=1e-12)
    assert found.error(n_judges=20, n_items=5, items_random=False) == pytest.approx(found.se_items_fixed / 2)
    with pytest.raises(AssessmentError, match="count_not_positive"):
        found.error(n_judges=0, n_items=5, items_random=True)


def test_the_error_over_judges_and_items_is_the_spread_of_cuts_that_are_set_anew():
    rng = np.random.default_rng(20)
    cuts, forecasts = [], []
    for _ in range(300):
        judges, items = rng.normal(0, 0.08, 6), rng.normal(0, 0.1, 12)
        table = np.clip(0.5 + judges[:, None] + items + rng.normal(0, 0.06, (6, 12)), 0, 1).round(2)
        cuts.append(table.mean(axis=0).sum())
        named = {
            f"J{j}": {f"K{i}": Decimal(f"{p:.2f}") for i, p in enumerate(row)} for j, row in enumerate(table)
        }
        forecasts.append(panel_dependability(named).se_items_random ** 2)

    # By simulation: the mean forecast variance is the variance of the cuts, within noise.
    assert np.mean(forecasts) == pytest.approx(np.var(cuts, ddof=1), rel=0.2)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({judge: {"K-1": row["K-1"]} for judge, row in PANEL.items()}, "too_few_items"),
        ({judge: PANEL[judge] for judge in ("J1", "J2")}, "too_few_judges"),
    ],
)
def test_a_panel_too_small_has_no_components(table, code):
    with pytest.raises(NotEstimable, match=code):
        panel_dependability(table)
