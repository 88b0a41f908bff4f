from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.errors import AssessmentError, NotEstimable
from assessments.generalizability import Design, g_study
from assessments.results import document

DATA = Path(__file__).parents[2] / "data" / "generalizability"
CUBES = st.lists(
    st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=3, max_size=3),
    min_size=2,
    max_size=6,
)


def published(name: str, *shape: int) -> np.ndarray:
    table = np.loadtxt(DATA / f"{name}.csv", delimiter=",")
    return table.reshape(shape) if shape else table


@pytest.mark.parametrize(
    ("scores", "design", "printed"),
    [
        (published("brennan-1"), Design.PERSONS_BY_ITEMS, {"p": ".0574", "i": ".0754", "pi": ".1269"}),
        (
            published("brennan-3", 10, 4, 2),
            Design.PERSONS_BY_TASKS_BY_RATERS,
            {
                "p": ".5528", "t": ".4417", "r": ".0074", "pt": ".5750",
                "pr": ".1009", "tr": ".1565", "ptr": ".9352",
            },
        ),
        (
            published("brennan-4", 10, 3, 4),
            Design.RATERS_IN_TASKS,
            {"p": ".4731", "t": ".3252", "r:t": ".6475", "pt": ".5596", "pr:t": "2.3802"},
        ),
    ],
)  # fmt: skip
def test_published_components_are_reproduced(scores, design, printed):
    study = g_study(scores, design=design)

    found = {part.effect: f"{part.variance.value:.4f}".removeprefix("0") for part in study.components}
    assert found == printed


def test_published_mean_squares_and_degrees_of_freedom_are_reproduced():
    study = g_study(published("brennan-4", 10, 3, 4), design=Design.RATERS_IN_TASKS)

    assert [(part.df, f"{part.mean_square:.4f}") for part in study.components] == [
        (9, "10.2963"),
        (2, "24.1000"),
        (9, "8.8556"),
        (18, "4.6185"),
        (81, "2.3802"),
    ]


def test_dyestuff_gives_the_published_standard_deviations():
    study = g_study(published("dyestuff"), design=Design.RATERS_IN_PERSONS)

    assert [f"{part.variance.value**0.5:.1f}" for part in study.components] == ["42.0", "49.5"]


def test_the_standard_error_is_the_spread_of_repeated_studies():
    rng = np.random.default_rng(1)
    spreads = {"p": 1.0, "t": 0.5, "r": 0.3, "pt": 0.6, "pr": 0.4, "tr": 0.2, "ptr": 0.8}

    def study():
        shape = {"p": 20, "t": 6, "r": 5}
        scores = sum(
            rng.normal(0, sd, [shape[axis] if axis in effect else 1 for axis in "ptr"])
            for effect, sd in spreads.items()
        )
        return g_study(scores, design=Design.PERSONS_BY_TASKS_BY_RATERS).components

    studies = [study() for _ in range(400)]

    for number, (effect, sd) in enumerate(spreads.items()):
        solved = np.array([parts[number].solved for parts in studies])
        errors = np.array([parts[number].variance.se for parts in studies])
        assert solved.mean() == pytest.approx(sd**2, abs=4 * solved.std() / 20), effect
        assert np.sqrt((errors**2).mean()) == pytest.approx(solved.std(), rel=0.2), effect


def test_a_negative_component_is_set_to_zero_and_reported():
    scores = [[1, 2], [2, 1], [1, 2], [2, 1]]

    study = g_study(scores, design=Design.RATERS_IN_PERSONS)

    persons = study.components[0]
    assert (persons.variance.value, persons.solved < 0) == (0, True)
    assert [finding.code for finding in study.provenance.warnings] == ["negative_variance", "few_persons"]


def test_thirty_persons_need_no_warning():
    rng = np.random.default_rng(2)
    scores = rng.normal(size=(30, 1)) + np.arange(4) + rng.normal(size=(30, 4))

    assert g_study(scores, design=Design.PERSONS_BY_RATERS).provenance.warnings == ()


@given(CUBES, st.sampled_from([Design.RATERS_IN_TASKS, Design.PERSONS_BY_TASKS_BY_RATERS]))
def test_sums_of_squares_add_up_and_components_follow_the_unit_of_the_score(scores, design):
    scores = np.array(scores, dtype=float)
    assume(scores.std() > 0)

    study = g_study(scores, design=design)
    stretched = g_study(3 * scores + 7, design=design)

    total = sum(part.df * part.mean_square for part in study.components)
    assert total == pytest.approx(scores.size * scores.var(), rel=1e-9)
    assert sum(part.df for part in study.components) == scores.size - 1
    assert sum(part.share for part in study.components) == pytest.approx(1)
    for part, other in zip(study.components, stretched.components, strict=True):
        assert other.solved == pytest.approx(9 * part.solved, abs=1e-9)
    document(study)


@given(CUBES)
def test_nesting_pools_what_crossing_tells_apart(scores):
    scores = np.array(scores, dtype=float)
    assume(scores.std() > 0)

    nested = {part.effect: part for part in g_study(scores, design=Design.RATERS_IN_TASKS).components}
    crossed = {
        part.effect: part for part in g_study(scores, design=Design.PERSONS_BY_TASKS_BY_RATERS).components
    }

    pooled = sum(crossed[name].df * crossed[name].mean_square for name in ("r", "tr"))
    assert nested["r:t"].df * nested["r:t"].mean_square == pytest.approx(pooled, abs=1e-9)
    assert nested["r:t"].df == crossed["r"].df + crossed["tr"].df


@pytest.mark.parametrize(
    ("scores", "design", "code"),
    [
        ([[1, 2], [np.nan, 2]], Design.PERSONS_BY_ITEMS, "missing_cell"),
        ([[[1, 2], [np.nan, 2]]] * 2, Design.RATERS_IN_TASKS, "missing_cell"),
        ([[1, 2], [1, 2]], Design.RATERS_IN_TASKS, "not_a_cube"),
        ([[[np.inf, 2], [1, 2]]] * 2, Design.RATERS_IN_TASKS, "not_finite"),
    ],
)
def test_scores_that_are_not_complete_are_refused(scores, design, code):
    with pytest.raises(AssessmentError) as refused:
        g_study(scores, design=design)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("scores", "design", "code"),
    [
        ([[1, 2]], Design.PERSONS_BY_ITEMS, "too_few_levels"),
        ([[[1], [2]], [[1], [2]]], Design.RATERS_IN_TASKS, "too_few_levels"),
        ([[[]]], Design.RATERS_IN_TASKS, "no_data"),
        ([[0.1, 0.1], [0.1, 0.1]], Design.PERSONS_BY_ITEMS, "no_variance"),
    ],
)
def test_what_is_not_defined_is_not_estimated(scores, design, code):
    with pytest.raises(NotEstimable) as refused:
        g_study(scores, design=design)

    assert refused.value.code == code
