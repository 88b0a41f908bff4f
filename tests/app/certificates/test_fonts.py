"""What can be printed is known beforehand, in both faces."""

from hashlib import sha256
from pathlib import Path

import pytest

from app.certificates import fonts

ASSETS = Path(fonts.__file__).parent / "assets"


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Őrség Çağr\u0131 Žižek Łukasz Ἀλέξανδρος Юлия Nguyễn",
        "Ѓорѓи Ђорђе Ŵyn İpek Þórður Ægir Œuvre Đặng",
        "Ṣọlá Adébáyọ O\u2019Brien\u2013Smith",
    ],
)
def test_names_in_latin_greek_cyrillic_and_vietnamese_can_be_printed(name: str) -> None:
    assert fonts.uncovered(name) == ""


@pytest.mark.parametrize(
    ("name", "missing"),
    [("محمد", "محد"), ("Ana 李", "李"), ("שרה", "שרה"), ("a😀a😀", "😀"), ("Ọ\u0300ṣun", "\u0300")],
)
def test_what_no_face_covers_is_named_once(name: str, missing: str) -> None:
    assert fonts.uncovered(name) == missing


@pytest.mark.parametrize(
    "char", ["\n", "\t", "\0", "\u00ad", "\u200b", "\u200e", "\u202e", "\u2028", "\ufeff", "\x85"]
)
def test_characters_that_steer_are_neither_covered_nor_overlooked(char: str) -> None:
    assert fonts.uncovered(f"a{char}b") == char
    assert fonts.control_characters(f"a{char}b") == char


def test_plain_text_has_no_control_characters() -> None:
    assert fonts.control_characters("Zoë Őrség, 2026 (a\u00a0b)") == ""


def test_the_faces_are_those_that_the_source_note_names() -> None:
    note = (ASSETS / "SOURCE.txt").read_text()

    for face in (fonts.REGULAR, fonts.BOLD):
        digest = sha256((ASSETS / f"{face}.ttf").read_bytes()).hexdigest()
        assert f"{digest}  {face}.ttf" in note


def test_the_licence_lies_beside_the_faces() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (ASSETS / "OFL.txt").read_text()
