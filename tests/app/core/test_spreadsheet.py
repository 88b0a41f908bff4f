"""CSV that a spreadsheet opens as text, whatever people are called."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.spreadsheet import csv_of

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
TEXTS = st.text(alphabet=st.sampled_from(f"{SIGNS}aé ;,|\t\r\n\"'1"), max_size=12)


def cells(content: bytes, delimiter: str = ",") -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("sign", SIGNS)
def test_a_name_that_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    content = csv_of(["name"], [[f"{sign}HYPERLINK(1)"], [f" {sign}1"]])

    assert cells(content)[1:] == [[f"'{sign}HYPERLINK(1)"], [f" '{sign}1"]]


@given(TEXTS, TEXTS)
def test_no_cell_begins_a_formula_for_whichever_delimiter_it_is_read(one: str, other: str) -> None:
    content = csv_of(["a", "b"], [[one, other]])

    for delimiter in ",;\t|":
        for row in cells(content, delimiter)[1:]:
            assert not any(cell.lstrip().startswith(tuple(SIGNS)) for cell in row)


def test_names_come_back_as_they_are_and_figures_stay_figures() -> None:
    content = csv_of(
        ["name", "hours", "sessions"], [["Łucja Ożóg-Nowak", Decimal("1.50"), 2], ["張偉", 0, 1]]
    )

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1] == '"Łucja Ożóg-Nowak",1.50,2'
    assert [row[0] for row in cells(content)] == ["name", "Łucja Ożóg-Nowak", "張偉"]
