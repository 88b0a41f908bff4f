"""In which language a page comes, what keeps it, and how what is in another one is marked."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from app.core.messages import LOCALES, PAGE_LANGUAGES, preferred
from app.web.languages import Reader
from tests.support.reading import Page
from tests.support.world import World

DAYS = {
    "en": "2 March 2026",
    "es": "2 de marzo de 2026",
    "it": "2 marzo 2026",
    "tr": "2 Mart 2026",
    "fr": "2 mars 2026",
}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "en"),
        ("it-IT,it;q=0.9,en;q=0.8", "it"),
        ("en;q=0.5, tr;q=0.9", "tr"),
        ("de;q=0.9, fr;q=0.2", "fr"),
        ("TR", "tr"),
        ("est", "en"),
        ("es;q=0", "en"),
        ("*", "en"),
        ("it;q=banana, fr", "fr"),
    ],
)
def test_the_language_is_the_one_that_the_browser_likes_best(header: str | None, language: str) -> None:
    assert preferred(header, PAGE_LANGUAGES) == language


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_day_is_written_out_in_every_language(language: str) -> None:
    assert Reader(language).day(date(2026, 3, 2)) == DAYS[language]


def test_figures_and_lists_follow_the_language() -> None:
    spanish, english, turkish = Reader("es"), Reader("en"), Reader("tr")

    assert (english.number("0.50"), spanish.number("0.5")) == ("0.5", "0,5")
    assert (english.span(1, "month"), english.span(24, "month")) == (
        "1\N{NO-BREAK SPACE}month",
        "24\N{NO-BREAK SPACE}months",
    )
    assert spanish.listed(["a", "b", "<c>"]) == "a, b y &lt;c&gt;"
    assert (english.share("0.10"), turkish.share("0.10")) == ("10%", "%10")
    assert english.money("120.00", "EUR") == "€120.00"
    assert [english.language_name(code) for code in ("tr", "pt-BR", "xx")] == [
        "Turkish",
        "Brazilian Portuguese",
        "xx",
    ]


def test_a_text_is_said_in_the_readers_language_else_in_one_that_it_has_and_marked() -> None:
    reader = Reader("it")

    assert reader.say({"en": "one & two", "it": "uno & due"}) == "uno &amp; due"
    assert reader.say({"es": "uno", "en": "one & two"}) == '<span lang="en">one &amp; two</span>'
    assert reader.say({"es": "uno"}) == '<span lang="es">uno</span>'


def test_a_fact_put_into_a_text_is_escaped() -> None:
    assert "&lt;b&gt;" in Reader("en").told("schemes_lead", body="<b>")


def test_the_address_names_the_language_whatever_the_browser_likes(client: TestClient, world: World) -> None:
    for language in PAGE_LANGUAGES:
        answer = client.get(f"/verify/alpha?lang={language}", headers={"Accept-Language": "de,es"})

        page = Page(answer.text)
        assert page.language == language
        assert [link for link in page.links if link.startswith("/") and "lang=" not in link] == []


def test_a_language_that_pages_do_not_have_is_passed_over(client: TestClient, world: World) -> None:
    page = Page(client.get("/verify/alpha?lang=xx", headers={"Accept-Language": "fr"}).text)

    assert page.language == "fr"
    assert "/me/alpha" in page.links


def test_a_page_leads_to_itself_in_every_language_and_keeps_what_was_asked(
    client: TestClient, world: World
) -> None:
    answer = client.get("/verify/alpha", params={"number": 'a&b="', "lang": "es"})

    switch = [link for link in Page(answer.text).links if link.startswith("/verify/alpha?number=")]
    assert switch == [f"/verify/alpha?number=a%26b%3D%22&lang={language}" for language in PAGE_LANGUAGES]
    for link in switch:
        assert "a&amp;b=&#34;" in client.get(link).text


def test_what_a_form_brought_cannot_be_had_in_another_language(client: TestClient, world: World) -> None:
    answer = client.post("/verify/alpha?lang=tr", files={"file": ("c.pdf", b"hello")})

    assert '<html lang="tr">' in answer.text
    assert "<nav" not in answer.text


def test_the_form_for_a_number_keeps_the_language(client: TestClient, world: World) -> None:
    assert '<input type="hidden" name="lang" value="it">' in client.get("/verify/alpha?lang=it").text
    assert 'name="lang"' not in client.get("/verify/alpha", headers={"Accept-Language": "it"}).text


def test_who_is_led_to_sign_in_keeps_her_language(client: TestClient, world: World) -> None:
    answer = client.get("/me/alpha?lang=fr", follow_redirects=False)

    assert answer.headers["location"] == "/me/alpha/sign-in?lang=fr"


def test_a_refusal_is_told_in_the_readers_language_or_else_in_english_and_marked(
    client: TestClient, world: World
) -> None:
    for language in PAGE_LANGUAGES:
        spoken = language if language in LOCALES else "en"
        problem = client.get("/public/v1/bodies/nobody", headers={"Accept-Language": spoken}).json()

        page = Page(client.get(f"/v/nobody/x?lang={language}").text)

        assert page.language == language
        assert (spoken, problem["detail"]) in page.said


def test_a_certificate_says_in_which_language_it_was_issued(client: TestClient, certificate: object) -> None:
    page = Page(client.get(f"/v/alpha/{certificate.code}?lang=tr").text)  # type: ignore[attr-defined] # a row

    assert "SME business mentor" in page.in_language("en")
    assert "Junior" in page.in_language("en")
    assert "Person of Alpha" in page.in_language("tr")
