"""The framework, and reading it from a document."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast

import pytest

from skillcard.framework import Level, UnitKind, UnknownElementError
from skillcard.reading import FrameworkError, framework_from
from tests.factories.skillcard import a_document, a_framework

Tree = dict[str, "Tree"]


def test_a_framework_lists_its_elements_in_order() -> None:
    codes = [element.code for element in a_framework().elements]

    assert codes == ["A.1", "A.2", "A.3", "A.4", "B.1", "B.2", "B.3"]


def test_a_framework_knows_its_critical_elements() -> None:
    assert a_framework().critical_codes == {"A.1"}


def test_an_element_is_found_by_its_code() -> None:
    assert a_framework().element("B.2").unit == "B"


def test_a_foreign_element_is_refused() -> None:
    with pytest.raises(UnknownElementError):
        a_framework().element("C.1")


def test_ratings_are_filled_up_with_no_evidence() -> None:
    ratings = a_framework().ratings({"B.1": 4})

    assert ratings["B.1"] == 4
    assert sum(ratings.values()) == 4
    assert len(ratings) == 7


def test_a_document_is_read_into_a_framework() -> None:
    framework = framework_from(a_document())

    assert framework.code == "T"
    assert framework.levels == (Level.NOVICE, Level.ADVANCED_BEGINNER)
    assert framework.rule.unit_mean_offset == Decimal("-0.5")
    assert framework.units[0].kind is UnitKind.HARD
    assert framework.element("T/U1.1").unit == "T/U1"
    assert framework.element("T/U1.1").descriptors[Level.ADVANCED_BEGINNER] == {"en": "answers"}


def test_a_title_in_a_partial_language_asks_for_no_descriptor_in_it() -> None:
    document = cast("Tree", a_document())
    put(*ELEMENT, "title", value={"en": "Element", "it": "Elemento"})(document)

    with pytest.raises(FrameworkError) as refusal:
        framework_from(cast("Mapping[str, object]", document))
    put("scheme", "partial_languages", value=["it"])(document)

    assert refusal.value.pointer == "/units/0/elements/0/descriptors/1/it"
    title = framework_from(cast("Mapping[str, object]", document)).element("T/U1.1").title
    assert title == {"en": "Element", "it": "Elemento"}


def put(*path: str, value: object) -> Callable[[Tree], None]:
    """A fault: set the value at a path (digits are places in a list)."""

    def change(document: Tree) -> None:
        _parent(document, path)[path[-1]] = cast("Tree", value)

    return change


def drop(*path: str) -> Callable[[Tree], None]:
    """A fault: take away what lies at a path."""

    def change(document: Tree) -> None:
        del _parent(document, path)[path[-1]]

    return change


def _parent(document: Tree, path: tuple[str, ...]) -> Tree:
    place = document
    for key in path[:-1]:
        place = (
            cast("list[Tree]", place)[int(key)] if key.isdigit() and isinstance(place, list) else place[key]
        )
    return place


ELEMENT = ("units", "0", "elements", "0")


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        (drop("scheme"), "/scheme"),
        (put("scheme", value="T"), "/scheme"),
        (put("scheme", "code", value=" "), "/scheme/code"),
        (put("scheme", "code", value=7), "/scheme/code"),
        (put("scheme", "partial_languages", value="it"), "/scheme/partial_languages"),
        (put("scheme", "partial_languages", value=["it", 7]), "/scheme/partial_languages/1"),
        (drop("levels"), "/levels"),
        (put("levels", "items", value=[]), "/levels/items"),
        (put("levels", "items", value="12"), "/levels/items"),
        (put("levels", "items", value=3), "/levels/items"),
        (put("levels", "items", value=[{"level": 2}]), "/levels/items/0/level"),
        (put("levels", "items", value=[{"level": True}]), "/levels/items/0/level"),
        (put("levels", "items", value=[{"level": n} for n in range(1, 7)]), "/levels/items/5/level"),
        (put("levels", "rule", "other_offset", value=1), "/levels/rule"),
        (put("levels", "rule", "other_offset", value="-1"), "/levels/rule/other_offset"),
        (put("levels", "rule", "unit_mean_offset", value=-0.5), "/levels/rule/unit_mean_offset"),
        (put("levels", "rule", "unit_mean_offset", value="half"), "/levels/rule/unit_mean_offset"),
        (put("levels", "rule", "unit_mean_offset", value="NaN"), "/levels/rule/unit_mean_offset"),
        (drop("units"), "/units"),
        (put("units", "0", "kind", value="firm"), "/units/0/kind"),
        (put("units", "0", "elements", value=[]), "/units/0/elements"),
        (put(*ELEMENT, "code", value="T/U1"), "/units/0/elements/0/code"),
        (put(*ELEMENT, "critical", value="yes"), "/units/0/elements/0/critical"),
        (put(*ELEMENT, "title", value={}), "/units/0/elements/0/title"),
        (drop(*ELEMENT, "descriptors", "2"), "/units/0/elements/0/descriptors/2"),
        (put(*ELEMENT, "descriptors", "2", value={"es": "contesta"}), "/units/0/elements/0/descriptors/2/en"),
    ],
)
def test_a_fault_is_refused_at_its_place(fault: Callable[[Tree], None], pointer: str) -> None:
    document = cast("Tree", a_document())
    fault(document)

    with pytest.raises(FrameworkError) as refusal:
        framework_from(cast("Mapping[str, object]", document))

    assert refusal.value.pointer == pointer
    assert refusal.value.message
