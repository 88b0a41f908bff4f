"""When a text gives a firm away."""

import pytest

from app.practice.rules import names_firm


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Price list of Olivar del Alba", "Olivar del Alba S.L."),
        ("OLIVAR DEL ALBA, price list", "Olivar del Alba S.L."),
        ("olivar_del_alba.pdf", "Olivar del Alba S.L."),
        ("https://www.olivardelalba.example/prices", "Olivar del Alba S.L."),
        ("sol.mar plan", "Sol Mar"),
        ("Plan for J.P. Bakery", "J.P. Bakery Ltd"),
        ("Plan von Muller", "Müller GmbH"),
        ("与阿里巴巴的计划", "阿里巴巴"),
        ("!? again", "!?"),
    ],
)
def test_a_text_that_names_the_firm_is_known_in_any_spelling(text: str, firm: str) -> None:
    assert names_firm(text, firm)


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Price list, second edition", "Olivar del Alba S.L."),
        ("Del alba, olivar", "Olivar del Alba S.L."),
        ("Resolution of the board", "Sol"),
        ("Plan for the time after", "Planta"),
        ("S.L.", "Olivar del Alba S.L."),
        ("What now?", "!?"),
    ],
)
def test_a_text_without_the_name_gives_nobody_away(text: str, firm: str) -> None:
    assert not names_firm(text, firm)
