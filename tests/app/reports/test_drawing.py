"""The PDF of a report: the same figures give the same bytes, and every word is there in both languages."""

import dataclasses
from datetime import date

import pytest

from app.certificates.fonts import uncovered
from app.reports.drawing import draw
from app.reports.labels import LABELS, number
from app.reports.making import Gathered, Head, compute
from assessments.report import REPORT_LINES, Figure, form_report, judged_report
from tests.factories.reports import a_form_material, a_judged_material

FORM = form_report(a_form_material(60, 12), lines=REPORT_LINES, seed=1)
JUDGED = judged_report(a_judged_material(24), lines=REPORT_LINES)


def head(language: str) -> Head:
    return Head(
        "Alpha", True, "Form A", "F1", date(2025, 1, 1), date(2025, 12, 31), language, date(2026, 1, 5)
    )


@pytest.mark.parametrize("language", sorted(LABELS))
@pytest.mark.parametrize("n", [0, 8, 60])
@pytest.mark.parametrize("material", [a_form_material, a_judged_material])
def test_a_report_of_any_size_is_drawn(material, n: int, language: str) -> None:
    gathered = Gathered(head(language), material(n), "ab" * 32)

    assert draw(gathered.head, compute(gathered)).startswith(b"%PDF-")


def test_the_same_figures_give_the_same_bytes() -> None:
    gathered = Gathered(head("en"), a_judged_material(24), "ab" * 32)

    first, second = (draw(gathered.head, compute(gathered)) for _ in range(2))

    assert first == second


def test_both_languages_say_the_same_things_in_letters_that_can_be_printed() -> None:
    assert LABELS["en"].keys() == LABELS["es"].keys()
    assert uncovered("".join(text for words in LABELS.values() for text in words.values())) == ""


@pytest.mark.parametrize("report", [FORM, JUDGED, *FORM.cuts, JUDGED.agreement])
def test_every_figure_has_its_words(report) -> None:
    values = (getattr(report, field.name) for field in dataclasses.fields(report))
    codes = {value.code for value in values if isinstance(value, Figure)}

    assert codes - LABELS["es"].keys() - {"severity"} == set()


def test_spanish_numbers_have_a_comma() -> None:
    assert number("es", -0.25) == "\u22120,25"
