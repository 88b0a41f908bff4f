import re

import pytest

from app.certificates.rules import Move
from app.core.messages import PAGE_LANGUAGES
from tests.factories.certificates import granted, moved, sealed
from tests.support.reading import Page
from tests.support.world import PASSWORD

XSS = '<script>alert(1)</script> & "O\'Brien"'


@pytest.fixture
def browser(client):
    client.headers.update({"Accept": "text/html"})
    return client


def form_token(text):
    return re.search(r'name="token" value="([0-9a-f]{64})"', text)[1]


def sign_in(browser, email="person@alpha.example", password=PASSWORD):
    token = form_token(browser.get("/me/alpha/sign-in").text)
    fields = {"email": email, "password": password, "token": token}
    return browser.post("/me/alpha/sign-in", data=fields, follow_redirects=False)


def test_the_qr_page_shows_status_holder_scope_dates_and_issuer(browser, certificate):
    answer = browser.get(f"/v/alpha/{certificate.code}")

    assert answer.status_code == 200
    assert "<h1>Valid</h1>" in answer.text
    for shown in ("Person of Alpha", certificate.number, "Junior", "Early start-up, Growth", "Tourism"):
        assert shown in answer.text
    assert "2 March 2026" in answer.text
    assert "2 March 2029" in answer.text
    assert "Alpha Certification" in answer.text
    assert "DEMONSTRATION" in answer.text


def test_the_page_speaks_the_readers_language(browser, certificate):
    answer = browser.get(f"/v/alpha/{certificate.code}", headers={"Accept-Language": "es-ES,es;q=0.9"})

    assert '<html lang="es">' in answer.text
    assert "<h1>En vigor</h1>" in answer.text
    assert "2 de marzo de 2029" in answer.text


@pytest.mark.parametrize(("move", "word"), [(Move.SUSPEND, "Suspended"), (Move.WITHDRAW, "Withdrawn")])
def test_a_move_is_seen_on_the_very_next_page(browser, system, certificate, move, word):
    before = browser.get(f"/v/alpha/{certificate.code}").text
    moved(system, certificate.id, move)

    after = browser.get(f"/v/alpha/{certificate.code}").text

    assert "<h1>Valid</h1>" in before
    assert f"<h1>{word}</h1>" in after
    assert "<h1>Valid</h1>" not in after


def test_names_are_escaped_everywhere(browser, world, system, certificate):
    name = XSS
    other = granted(
        system,
        certificate.scheme_version_id,
        world.alpha["person"].person_id,
        world.alpha["decision_maker"].person_id,
        holder_name=name,
        level_title=name,
    )
    sign_in(browser)

    for path in (f"/v/alpha/{other.code}", f"/verify/alpha?number={other.number}", "/me/alpha"):
        text = browser.get(path).text
        assert "<script" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;O&#39;Brien&#34;" in text


def test_what_a_visitor_typed_is_escaped(browser, certificate):
    answer = browser.get("/verify/alpha", params={"number": XSS})

    assert answer.status_code == 404
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text


@pytest.mark.parametrize("asked", ["number", "code"])
def test_a_number_or_a_code_typed_finds_the_certificate(browser, certificate, asked):
    answer = browser.get("/verify/alpha", params={"number": getattr(certificate, asked)})

    assert answer.status_code == 200
    assert certificate.number in answer.text


def test_a_file_handed_in_gets_a_verdict_on_a_page(browser, world, system, certificate):
    sealed(system, certificate.id)
    path = f"/v1/me/certificates/{certificate.id}/document"
    pdf = browser.get(path, headers=world.alpha["person"].headers).content

    genuine = browser.post("/verify/alpha", files={"file": ("c.pdf", pdf)})
    altered = browser.post("/verify/alpha", files={"file": ("c.pdf", pdf + b" ")})
    nonsense = browser.post("/verify/alpha", files={"file": ("c.pdf", b"hello")})

    assert "<h1>Genuine and valid</h1>" in genuine.text
    for answer in (altered, nonsense):
        assert answer.status_code == 200
        assert "<h1>Do not rely on this file</h1>" in answer.text


@pytest.mark.parametrize("move", [None, Move.SUSPEND])
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_page_is_whole_and_safe(browser, system, certificate, move, language):
    if move:
        sealed(system, certificate.id)
        moved(system, certificate.id, move)
    sign_in(browser)
    paths = (
        f"/v/alpha/{certificate.code}",
        "/v/alpha/NONE",
        "/verify/alpha",
        "/me/alpha",
        "/v/nobody/X",
        "/me/alpha/sign-in",
    )

    for path in paths:
        answer = browser.get(path, headers={"Accept-Language": language})

        assert answer.headers["content-type"] == "text/html; charset=utf-8", path
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "script" not in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        page = Page(answer.text)
        assert page.is_balanced, path
        assert page.language == language, path
        assert page.levels.count(1) == 1, path
        assert page.labels >= page.fields, path
        assert not page.foreign, path


def test_the_style_sheet_is_our_own_and_is_there(browser, certificate):
    path = re.search(r'href="(/static/[^"]+\.css[^"]*)"', browser.get("/verify/alpha").text)[1]

    answer = browser.get(path)

    assert answer.status_code == 200
    assert "url(" not in answer.text
    assert "@import" not in answer.text


def test_a_holder_signs_in_and_sees_and_downloads_her_certificate(browser, system, certificate):
    document = sealed(system, certificate.id)

    led = sign_in(browser)
    listed = browser.get("/me/alpha")
    path = re.search(r'href="(/me/alpha/certificates/[^"]+\.pdf)"', listed.text)[1]
    downloaded = browser.get(path)

    assert (led.status_code, led.headers["location"]) == (303, "/me/alpha")
    assert "Person of Alpha" in listed.text
    assert certificate.number in listed.text
    assert downloaded.headers["etag"] == f'"{document.sha256}"'
    assert downloaded.content.startswith(b"%PDF-")


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browser, certificate):
    led = sign_in(browser)

    cookies = led.headers.get_list("set-cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "Path=/me/alpha" in cookie


def test_a_suspended_holder_sees_why_and_gets_no_document(browser, system, certificate):
    sealed(system, certificate.id)
    moved(system, certificate.id, Move.SUSPEND)
    sign_in(browser)

    listed = browser.get("/me/alpha").text
    refused = browser.get(f"/me/alpha/certificates/{certificate.id}.pdf")

    assert "Suspended" in listed
    assert ".pdf" not in listed
    assert refused.status_code == 409
    assert refused.headers["content-type"].startswith("text/html")
    assert "LIF-2" in refused.text


def test_another_persons_certificate_is_not_there(browser, system, certificate):
    sealed(system, certificate.id)
    sign_in(browser, "trainer@alpha.example")

    answer = browser.get(f"/me/alpha/certificates/{certificate.id}.pdf")

    assert answer.status_code == 404
    assert certificate.number not in browser.get("/me/alpha").text


def test_a_session_of_one_body_opens_no_page_of_another(browser, world, certificate):
    browser.cookies.set("mentorcert_session", world.alpha["person"].token)

    assert browser.get("/me/beta").status_code == 404


@pytest.mark.parametrize(
    "path", ["/me/alpha", "/me/alpha/certificates/0198c0de-0000-7000-8000-000000000000.pdf"]
)
def test_who_is_not_signed_in_is_led_to_the_place_to_sign_in(browser, path, certificate):
    answer = browser.get(path, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/me/alpha/sign-in")


@pytest.mark.parametrize(
    ("email", "password"),
    [("person@alpha.example", "wrong"), ("nobody@alpha.example", PASSWORD), ("not an address", "x")],
)
def test_a_failed_sign_in_says_so_and_sets_no_session(browser, certificate, email, password):
    answer = sign_in(browser, email, password)

    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert "mentorcert_session" not in browser.cookies


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_sign_in_from_a_foreign_form_is_refused(browser, certificate, token):
    browser.get("/me/alpha/sign-in")
    fields = {"email": "person@alpha.example", "password": PASSWORD, "token": token}

    answer = browser.post("/me/alpha/sign-in", data=fields)

    assert answer.status_code in {403, 422}
    assert "mentorcert_session" not in browser.cookies


def test_signing_out_ends_the_sign_in_itself(browser, certificate):
    sign_in(browser)
    session = browser.cookies.get("mentorcert_session")
    token = form_token(browser.get("/me/alpha").text)

    led = browser.post("/me/alpha/sign-out", data={"token": token}, follow_redirects=False)
    stolen = browser.get("/v1/me", headers={"Authorization": f"Bearer {session}"})

    assert led.headers["location"] == "/me/alpha/sign-in"
    assert "mentorcert_session" not in browser.cookies
    assert stolen.status_code == 401


def test_a_foreign_form_cannot_sign_anybody_out(browser, certificate):
    sign_in(browser)

    answer = browser.post("/me/alpha/sign-out", data={"token": "0" * 64})

    assert answer.status_code == 403
    assert browser.get("/me/alpha").status_code == 200


def test_the_api_does_not_take_the_cookie(browser, world, certificate):
    browser.cookies.set("mentorcert_session", world.alpha["person"].token)

    assert browser.get("/v1/me/certificates").status_code == 401


def test_an_oversized_file_is_refused_with_a_page(browser, certificate):
    answer = browser.post("/verify/alpha", files={"file": ("c.pdf", b"x" * (10 * 1024 * 1024 + 8192))})

    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")
