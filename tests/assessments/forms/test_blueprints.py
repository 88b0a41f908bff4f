import pytest

from assessments.errors import AssessmentError
from assessments.forms import Blueprint, BlueprintLine, Deviation, blueprint_deviations
from tests.factories.items import a_choice, a_judgement

BY_LEVEL = Blueprint(
    (BlueprintLine("U1", 1, "recall"), BlueprintLine("U1", 2, "apply"), BlueprintLine("U2", 1)), minutes=30
)


def test_a_blueprint_counts_by_cognitive_level_where_its_lines_name_one():
    items = [
        a_choice("1", level="recall"),
        a_choice("2", level="apply"),
        a_choice("3", level="apply"),
        a_judgement("4"),
    ]

    assert BY_LEVEL.n_items == 4
    assert blueprint_deviations(items, BY_LEVEL) == ()


def test_a_level_that_no_line_names_is_a_deviation():
    items = [a_choice("1", level="recall"), a_choice("2", level="analyse"), a_choice("3"), a_judgement("4")]

    assert blueprint_deviations(items, BY_LEVEL) == (
        Deviation("U1", 0, 1),
        Deviation("U1", 0, 1, "analyse"),
        Deviation("U1", 2, 0, "apply"),
    )


@pytest.mark.parametrize("second", [BlueprintLine("U1", 1, "recall"), BlueprintLine("U1", 1)])
def test_a_unit_is_counted_whole_or_by_distinct_levels(second):
    with pytest.raises(AssessmentError, match="unit_repeated"):
        Blueprint((BlueprintLine("U1", 1, "recall"), second), minutes=30)
