import pytest

from assessments.errors import AssessmentError
from assessments.examiners import Rating, examiner_drift
from assessments.results import document
from tests.assessments.examiners.panels import panel, ring

SCALE = range(6)
BEFORE = panel(ring(40, "Ana", "Ben", "Cem"), seed=1)


def rows(before, after) -> dict:
    table = examiner_drift(before, after, categories=SCALE)
    document(table)
    return {row.examiner: row for row in table.rows}


def test_one_who_grew_severe_stands_out_and_nobody_else():
    after = panel(ring(40, "Ana", "Ben", "Cem"), seed=2, severity={"Ben": 1.0})

    table = rows(BEFORE, after)

    assert table["Ben"].severity.ci[0] > 0.3
    assert sum(row.severity.value for row in table.values()) == pytest.approx(0, abs=1e-9)
    assert table["Ben"].severity.value > max(table[name].severity.value for name in ("Ana", "Cem"))
    assert (table["Ana"].n_before, table["Ana"].n_after) == (80, 80)


def test_without_change_the_intervals_hold_zero_and_one():
    table = rows(BEFORE, panel(ring(40, "Ana", "Ben", "Cem"), seed=3))

    for row in table.values():
        assert row.severity.ci[0] < 0 < row.severity.ci[1]
        assert row.kappa.ci[0] < 0 < row.kappa.ci[1]
        assert row.spread.ci[0] < 1 < row.spread.ci[1]


def test_careless_and_cautious_marking_show_in_kappa_and_spread():
    noisy = panel(ring(40, "Ana", "Ben", "Cem"), seed=4, noise={"Cem": 2.0})
    flat = [
        Rating(m.candidate, m.examiner, m.item, 2 if m.examiner == "Ana" and m.value < 3 else m.value)
        for m in noisy
    ]

    table = rows(BEFORE, flat)

    assert table["Cem"].kappa.ci[1] < 0
    assert table["Ana"].spread.ci[1] < 1


def test_a_newcomer_does_not_move_the_others():
    after = panel(ring(40, "Ana", "Ben", "Cem"), seed=5)
    joined = [
        *after,
        *[Rating(m.candidate, "Dan", m.item, max(m.value - 2, 0)) for m in after if m.examiner == "Ana"],
    ]

    alone, together = rows(BEFORE, after), rows(BEFORE, joined)

    assert set(together) == {"Ana", "Ben", "Cem"}
    for name in together:
        assert together[name].severity.value == pytest.approx(alone[name].severity.value, abs=0.1)


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (panel([("Ana", "Ben"), ("Cem", "Dan")] * 3), "disconnected_design"),
        (panel(ring(3, "Ana", "Dan")), "too_few_common_examiners"),
    ],
)
def test_severities_that_cannot_be_compared_are_left_out_and_said_so(after, code):
    table = examiner_drift(BEFORE, after, categories=SCALE)

    assert [finding.code for finding in table.provenance.warnings] == [code]
    assert all(row.severity is None for row in table.rows)


def test_a_period_that_tells_nothing_gives_no_change():
    alike = [Rating(str(number), name, "e", 3) for number in range(5) for name in ("Ana", "Ben")]
    single = panel([("Ana", "Ben")])

    assert [(row.kappa, row.spread) for row in rows(BEFORE, alike).values()] == [(None, None)] * 2
    assert [(row.severity.ci, row.kappa, row.spread) for row in rows(BEFORE, single).values()] == [
        (None, None, None)
    ] * 2


def test_ratings_off_the_scale_are_refused():
    with pytest.raises(AssessmentError, match="unknown_category"):
        examiner_drift(BEFORE, [Rating("1", name, "e", 9) for name in ("Ana", "Ben")], categories=SCALE)
