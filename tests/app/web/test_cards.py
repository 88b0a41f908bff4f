"""Skill cards and statements on pages: seen, asked for, fetched, and never shown as a certificate."""

import hashlib
import re
from dataclasses import replace

import pytest

from app.statements.web_chart import broken, svg
from tests.app.web.test_routes import Page, sign_in
from tests.factories.certificates import a_seal
from tests.factories.packages import FOLDERS
from tests.factories.statements import a_statement, asked, assessed, elements_of, sealed

XSS = '<script>alert("1")</script>'


@pytest.fixture
def browser(client, system):
    a_seal(system)
    client.headers.update({"Accept": "text/html"})
    return client


@pytest.fixture
def person(world, system, version_id):
    """Whose assessors found level 2 everywhere."""
    found = world.alpha["person"]
    assessed(system, found.person_id, version_id, dict.fromkeys(elements_of(), 2))
    return found


@pytest.fixture
def statement(browser, person, version_id):
    return asked(browser, person, version_id, kind="level_statement").json()


def forms_of(text):
    """The hidden fields of each form that asks for a statement."""
    found = re.findall(r'<form method="post" action="/me/alpha/statements">(.*?)</form>', text, re.DOTALL)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in found]


def test_the_page_shows_the_card_as_chart_and_table(browser, person):
    sign_in(browser)

    text = browser.get("/me/alpha").text

    page = Page(text)
    assert page.is_balanced
    assert page.levels.count(1) == 1
    assert not page.foreign
    assert "Rated by assessors" in text
    assert "By these ratings: level 2, Advanced beginner." in " ".join(text.split())
    assert text.count('<svg class="radar"') == 1
    assert text.count('<th scope="row">') == len(elements_of())
    assert text.count('<th scope="rowgroup"') == 8
    assert '<caption class="hidden">All elements with their ratings</caption>' in text
    assert "Unit Ethics and professional conduct: mean 2, least 2.75" in text


def test_two_sources_are_two_cards_each_named(browser, world, person, version_id):
    path = f"/v1/me/profiles/{version_id}/ratings"
    browser.put(path, json={"ratings": {elements_of()[0]: 5}}, headers=person.headers)
    sign_in(browser)

    text = browser.get("/me/alpha").text

    assert text.index("Rated by assessors") < text.index("Rated by yourself; nobody has checked it")
    kinds = [(form["source"], form["kind"]) for form in forms_of(text)]
    assert kinds == [("assessor", "skill_card"), ("assessor", "level_statement"), ("self", "skill_card")]


def test_who_has_no_ratings_is_told_what_to_do(browser, world, version_id):
    sign_in(browser)

    text = browser.get("/me/alpha").text

    assert "You have no ratings yet." in text
    assert "radar" not in text
    assert forms_of(text) == []


def test_a_statement_is_asked_for_on_the_page_and_fetched_there(browser, system, person):
    sign_in(browser)
    wanted = forms_of(browser.get("/me/alpha").text)[1]

    led = browser.post("/me/alpha/statements", data=wanted, follow_redirects=False)
    pending = browser.get("/me/alpha").text
    told = browser.get("/v1/me/statements", headers=person.headers).json()["items"][0]
    sealed(system, browser, person, told)
    ready = browser.get("/me/alpha").text
    path = re.search(r'href="(/me/alpha/statements/[^"]+\.pdf)"', ready)[1]
    fetched = browser.get(path)

    assert (led.status_code, led.headers["location"]) == (303, "/me/alpha#statements")
    assert "The document is being sealed." in pending
    assert told["content"]["kind"] == "level_statement"
    assert fetched.headers["etag"] == f'"{hashlib.sha256(fetched.content).hexdigest()}"'
    assert "None of them is a certificate." in ready


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"token": "0" * 64}, 403),
        ({"kind": "certificate"}, 400),
        ({"source": "mentee"}, 400),
        ({"version_id": "not an id"}, 422),
        ({"version_id": "01890000-0000-7000-8000-00000000dead"}, 404),
        ({"kind": "level_statement", "source": "self"}, 409),
    ],
)
def test_a_form_that_makes_no_sense_gets_a_page_and_makes_nothing(browser, person, change, status):
    sign_in(browser)
    wanted = forms_of(browser.get("/me/alpha").text)[0]

    answer = browser.post("/me/alpha/statements", data=wanted | change)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert browser.get("/v1/me/statements", headers=person.headers).json()["items"] == []


def test_a_stranger_and_another_bodys_page_get_nothing(browser, world, system, person, statement):
    sealed(system, browser, person, statement)
    path = f"/me/alpha/statements/{statement['id']}.pdf"

    led = browser.get(path, follow_redirects=False)
    sign_in(browser, email="trainer@alpha.example")
    another = browser.get(path)
    cookie = browser.cookies.get("mentorcert_session")
    elsewhere = browser.get(
        f"/me/beta/statements/{statement['id']}.pdf", headers={"Cookie": f"mentorcert_session={cookie}"}
    )

    assert (led.status_code, led.headers["location"]) == (303, "/me/alpha/sign-in")
    assert (another.status_code, elsewhere.status_code) == (404, 404)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_address_of_a_statement_says_what_it_is_and_is_not(browser, statement, language):
    answer = browser.get(f"/v/alpha/{statement['code']}", headers={"Accept-Language": language})

    heading = {"en": "Statement, not a certificate", "es": "Constancia, no un certificado"}[language]
    says = {"en": "It certifies nobody", "es": "No certifica a nadie"}[language]
    assert answer.status_code == 200
    assert f"<h1>{heading}</h1>" in answer.text
    assert says in answer.text
    assert "Person of Alpha" in answer.text
    assert statement["number"] in answer.text
    assert Page(answer.text).is_balanced
    for word in ("Valid until", "Válido", "En vigor", 'class="card valid"', "status_"):
        assert word not in answer.text


def test_a_number_typed_opens_nothing_of_what_it_says(browser, statement):
    answer = browser.get("/verify/alpha", params={"number": f" {statement['number'].lower()} "})

    assert answer.status_code == 200
    assert "<h1>Statement, not a certificate</h1>" in answer.text
    assert "What the statement says is not public." in answer.text
    assert "Person of Alpha" not in answer.text
    assert "radar" not in answer.text


def test_a_file_handed_in_is_genuine_and_no_certificate(browser, system, person, statement):
    pdf = sealed(system, browser, person, statement)

    genuine = browser.post("/verify/alpha", files={"file": ("s.pdf", pdf)}).text
    altered = browser.post("/verify/alpha", files={"file": ("s.pdf", pdf + b" ")}).text

    assert "<h1>A genuine statement, not a certificate</h1>" in genuine
    assert "<h1>Do not rely on this file</h1>" in altered
    assert "The body issued another file for this statement." in altered
    for text in (genuine, altered):
        assert Page(text).is_balanced
        assert "Genuine and valid" not in text
        assert "valid today" not in text


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("rating", [0, "2.5", 5])
def test_the_chart_is_well_formed_and_every_value_is_in_it(folder, rating):
    card = a_statement(rating, folder=folder).card

    drawn = svg(card, "es", "Gráfico")

    page = Page(drawn)
    assert page.is_balanced
    assert not page.foreign
    assert drawn.count('class="dot"') == drawn.count('class="value"') == len(card.units)
    assert drawn.count("<polygon") == 5 + 3


def test_titles_in_the_chart_are_escaped():
    content = a_statement()
    card = replace(content.card, units=tuple(replace(unit, title=XSS) for unit in content.card.units))

    drawn = svg(card, "en", XSS)

    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_card_with_too_few_elements_has_a_table_and_no_chart():
    card = a_statement(folder="business_ready").card
    small = replace(card, units=card.units[:2], steps=())

    assert svg(small, "en", "x") == ""


def test_lines_are_broken_at_blanks_and_long_words_stay_whole():
    assert broken("Accompanying decisions and learning", 22) == ["Accompanying decisions", "and learning"]
    assert broken("W" * 40, 22) == ["W" * 40]
    assert broken("", 22) == [""]
