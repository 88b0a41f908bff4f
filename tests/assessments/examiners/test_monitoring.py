from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from assessments.agreement import Weights
from assessments.errors import AssessmentError
from assessments.estimates import Estimate
from assessments.examiners import ExaminerState, Rating, examiner_state, examiner_table
from assessments.results import document
from tests.assessments.examiners.panels import panel, ring

SCALE = range(6)


def rows(ratings, **options) -> dict:
    table = examiner_table(ratings, **({"categories": SCALE, "gate": 0.6} | options))
    document(table)
    return {row.examiner: row for row in table.rows}


def estimate(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, 0.1, (low, high), 0.95, "t")


@pytest.mark.parametrize(
    ("n", "kappa", "state"),
    [
        (19, estimate(0.1, 0.0, 0.2), "too_few"),
        (20, estimate(0.1, 0.0, 0.2), "blocked"),
        (20, estimate(0.5, 0.41, 0.5999), "blocked"),
        (20, estimate(0.5, 0.4, 0.6), "watch"),
        (20, estimate(0.6, 0.4, 0.8), "clear"),
        (20, estimate(0.9, 0.8, 1.0), "clear"),
        (20, Estimate(0.5), "watch"),
        (20, Estimate(1.0), "clear"),
        (20, None, "watch"),
    ],
)
def test_per5_blocks_only_where_the_whole_interval_lies_below_the_gate(n, kappa, state):
    assert examiner_state(n, kappa, gate=0.6, least=20) is ExaminerState(state)


def test_with_one_item_a_candidate_kappa_and_its_error_are_those_of_cohen():
    ratings = panel([("Ana", "Ben")] * 120, items=1, noise={"Ana": 0.9})
    table = np.zeros((6, 6))
    for own, other in zip(ratings[::2], ratings[1::2], strict=True):
        table[int(own.value), int(other.value)] += 1

    row = rows(ratings, weights=Weights.QUADRATIC)["Ana"]

    peer = cohens_kappa(table, wt="quadratic")
    assert row.kappa.value == pytest.approx(peer.kappa, abs=1e-12)
    assert row.kappa.se == pytest.approx(peer.std_kappa * np.sqrt(120 / 119), abs=1e-12)
    half = stats.t.ppf(0.975, 119) * row.kappa.se
    assert row.kappa.ci == pytest.approx((peer.kappa - half, peer.kappa + half))


def test_with_one_item_a_candidate_agreement_has_wilsons_interval():
    ratings = panel([("Ana", "Ben")] * 120, items=1)
    apart = np.array(
        [abs(own.value - other.value) for own, other in zip(ratings[::2], ratings[1::2], strict=True)]
    )

    row = rows(ratings)["Ana"]

    assert row.exact.value == pytest.approx(np.mean(apart == 0))
    expected = proportion_confint(int(np.sum(apart == 0)) * 119 / 120, 119, method="wilson")
    assert row.exact.ci == pytest.approx(expected)
    assert row.adjacent.value == pytest.approx(np.mean(apart <= 1))


def test_candidates_are_counted_and_not_their_items():
    ratings = panel(ring(10, "Ana", "Ben", "Cem"), items=30)

    row = rows(ratings)["Ana"]

    assert (row.n_double_marked, row.n_pairs, row.state) == (20, 600, ExaminerState.CLEAR)
    assert row.kappa.ci_method == "clustered, t with 19 df"


@pytest.mark.slow
def test_the_error_of_kappa_is_the_spread_over_repeated_panels():
    pairs = ring(15, "Ana", "Ben", "Cem")
    found = [rows(panel(pairs, seed=seed, halo=0.6, items=8))["Ana"].kappa for seed in range(120)]

    spread = np.std([kappa.value for kappa in found])

    assert np.sqrt(np.mean([kappa.se**2 for kappa in found])) == pytest.approx(spread, rel=0.2)


def test_each_fault_shows_in_its_own_column():
    ratings = panel(
        ring(30, "Ana", "Ben", "Cem", "Dan"), severity={"Ben": 1.0}, noise={"Dan": 3.0}, items=6, seed=2
    )
    flat = [
        replace(one, value=min(max(one.value, 2), 3)) if one.examiner == "Cem" else one for one in ratings
    ]

    table = rows(flat)

    assert table["Ben"].severity.ci[0] > 0 > table["Ana"].severity.ci[1]
    assert table["Ben"].raw_severity.ci[0] > 0
    assert table["Dan"].state is ExaminerState.BLOCKED
    assert [finding.code for finding in table["Cem"].findings] == ["range_restricted"]
    assert table["Cem"].spread.ci[1] < 1 < table["Dan"].spread.ci[0]


def test_the_severe_and_the_lenient_mirror_each_other():
    table = rows(panel([("Ana", "Ben")] * 30, severity={"Ben": 1.0}))

    assert table["Ana"].raw_severity.value == pytest.approx(-table["Ben"].raw_severity.value)
    assert table["Ben"].severity.value == pytest.approx(table["Ben"].raw_severity.value / 2)
    assert table["Ana"].spread.value == pytest.approx(1 / table["Ben"].spread.value)


def test_a_design_that_falls_apart_keeps_all_but_severity():
    ratings = panel([("Ana", "Ben"), ("Cem", "Dan")] * 25)

    table = examiner_table(ratings, categories=SCALE, gate=0.6)

    (finding,) = table.provenance.warnings
    assert (finding.code, finding.message) == (
        "disconnected_design",
        "no shared work joins Ana, Ben | Cem, Dan",
    )
    assert all(row.severity is None and row.kappa is not None for row in table.rows)


def test_an_examiner_without_shared_work_has_an_empty_row():
    table = rows([*panel(ring(3, "Ana", "Ben")), Rating("x", "Cem", "e0", 3)])

    assert (table["Cem"].n_double_marked, table["Cem"].kappa) == (0, None)
    assert table["Cem"].state is ExaminerState.TOO_FEW


def test_ratings_all_alike_are_watched_and_said_so():
    ratings = [Rating(str(number), name, "e", 3) for number in range(20) for name in ("Ana", "Ben")]

    row = rows(ratings)["Ana"]

    assert (row.kappa, row.spread, row.exact.value, row.state) == (None, None, 1, ExaminerState.WATCH)
    assert [finding.code for finding in row.findings] == ["kappa_not_estimable"]


def test_full_agreement_is_clear_without_an_interval_of_kappa():
    ratings = [Rating(str(number), name, "e", number % 6) for number in range(24) for name in ("Ana", "Ben")]

    row = rows(ratings, weights=1 - np.eye(6))["Ana"]

    assert (row.kappa.value, row.kappa.ci, row.state) == (1, None, ExaminerState.CLEAR)
    assert (row.spread.value, row.spread.ci, row.raw_severity.ci) == (1, None, None)
    assert row.exact.ci[0] < 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"categories": range(2)}, "unknown_category"),
        ({"least": 0}, "least_not_positive"),
        ({"gate": float("nan")}, "gate_out_of_range"),
        ({"ci_level": 0}, "ci_level"),
        ({"weights": [[0, 1], [1, 0]]}, "weights_shape"),
    ],
)
def test_what_does_not_fit_is_refused(change, code):
    with pytest.raises(AssessmentError) as refused:
        examiner_table(panel(ring(3, "Ana", "Ben")), **({"categories": SCALE, "gate": 0.6} | change))

    assert refused.value.code == code


@pytest.mark.slow
def test_an_examiner_at_the_gate_is_blocked_by_chance_in_few_of_a_hundred_panels():
    """With 20 candidates of 6 items that hang together, and the gate at what the panel's kappa truly is."""
    pairs = ring(10, "Ana", "Ben", "Cem")
    large = panel(ring(1500, "Ana", "Ben", "Cem"), seed=1, halo=0.5, items=6)
    gate = rows(large)["Ana"].kappa.value

    states = [rows(panel(pairs, seed=seed, halo=0.5, items=6), gate=gate)["Ana"].state for seed in range(400)]

    assert np.mean([state is ExaminerState.BLOCKED for state in states]) <= 0.06
