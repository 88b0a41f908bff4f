import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import AssessmentError, NotEstimable
from assessments.examiners import Rating, severities
from assessments.results import document
from tests.assessments.examiners.panels import panel, ring


def exact(work: dict[str, tuple[str, ...]], severity: dict[str, int]) -> list[Rating]:
    """Marks without error: three points less the examiner's severity."""
    return [
        Rating(candidate, name, "e", 3 - severity[name])
        for candidate, names in work.items()
        for name in names
    ]


def found(result) -> dict[str, float]:
    return {row.examiner: row.estimate.value for row in result.rows}


def test_ratings_without_error_give_severities_that_add_up_to_zero():
    work = {"1": ("Ana", "Ben"), "2": ("Ben", "Cem"), "3": ("Cem", "Ana", "Dan")}

    result = severities(exact(work, {"Ana": 0, "Ben": 1, "Cem": -1, "Dan": 2}))

    assert found(result) == pytest.approx({"Ana": -0.5, "Ben": 0.5, "Cem": -1.5, "Dan": 1.5})
    assert [row.estimate.ci for row in result.rows] == [None] * 4


def test_it_is_fair_to_who_meets_the_severe_only():
    """Ana always ratings beside severe Ben: her ratings lie above his, though she is like Cem."""
    work = {str(number): ("Ana", "Ben") for number in range(5)} | {"6": ("Ben", "Cem")}

    result = found(severities(exact(work, {"Ana": 0, "Ben": 1, "Cem": 0})))

    assert result["Ana"] == pytest.approx(result["Cem"])


def test_it_equals_least_squares_with_dummies():
    ratings = panel(ring(4, "Ana", "Ben", "Cem", "Dan"), severity={"Ben": 0.6})
    names = ["Ana", "Ben", "Cem", "Dan"]
    works = sorted({(rating.candidate, rating.item) for rating in ratings})
    design = np.zeros((len(ratings), len(works) + 4))
    for number, rating in enumerate(ratings):
        design[number, works.index((rating.candidate, rating.item))] = 1
        design[number, len(works) + names.index(rating.examiner)] = -1
    solved = np.linalg.lstsq(design, [rating.value for rating in ratings], rcond=None)[0][len(works) :]

    result = severities(ratings)

    assert list(found(result).values()) == pytest.approx(solved - solved.mean(), abs=1e-9)


def test_the_error_is_the_spread_over_repeated_panels_where_ratings_of_a_candidate_hang_together():
    pairs = ring(15, "Ana", "Ben", "Cem")
    panels = [severities(panel(pairs, seed=seed, halo=0.5)).rows for seed in range(150)]

    values = np.array([[row.estimate.value for row in rows] for rows in panels])
    errors = np.array([[row.estimate.se for row in rows] for rows in panels])
    covered = np.mean([row.estimate.ci[0] <= 0 <= row.estimate.ci[1] for rows in panels for row in rows])

    assert np.sqrt((errors**2).mean()) == pytest.approx(values.std(), rel=0.15)
    assert 0.91 <= covered <= 0.99


@given(st.permutations(range(24)))
def test_the_order_of_ratings_does_not_matter(order):
    ratings = panel(ring(1, "Ana", "Ben", "Cem"))
    result = severities(ratings)

    assert severities([ratings[place] for place in order]) == result
    document(result)


def test_an_examiner_who_shared_nothing_has_no_row():
    ratings = [*panel(ring(3, "Ana", "Ben")), Rating("x", "Cem", "e0", 3)]

    assert [row.examiner for row in severities(ratings).rows] == ["Ana", "Ben"]


def test_groups_that_no_work_joins_are_named():
    ratings = panel([("Ana", "Ben"), ("Cem", "Dan"), ("Dan", "Eva")])

    with pytest.raises(NotEstimable, match="disconnected_design") as refused:
        severities(ratings)

    assert refused.value.facts["components"] == (("Ana", "Ben"), ("Cem", "Dan", "Eva"))


def test_one_shared_candidate_gives_no_interval():
    result = severities(panel([("Ana", "Ben")]))

    assert [(row.n_double_marked, row.estimate.ci) for row in result.rows] == [(1, None), (1, None)]


@pytest.mark.parametrize(
    ("ratings", "code"),
    [
        ([], "no_ratings"),
        ([Rating("1", "Ana", "e", 3), Rating("1", "Ben", "f", 3)], "no_double_marking"),
        ([Rating("1", "Ana", "e", 3), Rating("1", "Ana", "e", 4)], "rating_repeated"),
        ([Rating("1", "Ana", "e", float("nan"))], "not_finite"),
    ],
)
def test_ratings_that_do_not_fit_are_refused(ratings, code):
    with pytest.raises(AssessmentError) as refused:
        severities(ratings)

    assert refused.value.code == code
