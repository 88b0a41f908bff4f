"""The pages of the directory: the search, one mentor, the links in the mails."""

import re
from html.parser import HTMLParser
from uuid import UUID

import pytest

from app.certificates.rules import Move
from tests.factories.certificates import moved
from tests.factories.directory import MESSAGE, Pool, listed, newest_link
from tests.support.counting import rows
from tests.support.days import begin_day, mailbox

XSS = '<script>alert(1)</script> & "O\'Brien"'
FORM = {name: MESSAGE[name] for name in ("name", "email", "message", "language")}


@pytest.fixture
def pool(client, system, world, version_id) -> Pool:
    return Pool(client, system, world.alpha, version_id)


class Outline(HTMLParser):
    """Which fields a page has, and what names them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.described: set[str] = set()
        self._open_labels = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"])
        self.described |= set((found.get("aria-describedby") or "").split())
        self.described |= set((found.get("aria-labelledby") or "").split())
        if tag == "label":
            self._open_labels += 1
            self.labels.add(found.get("for", ""))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in {"input", "select", "textarea"} and found.get("type") != "hidden":
            self.fields.append(found | {"within": "label" if self._open_labels else None})

    def handle_endtag(self, tag):
        self._open_labels -= tag == "label"


def ensure_accessible(text: str) -> None:
    found = Outline(text)
    assert len(found.ids) == len(set(found.ids))
    assert found.described <= set(found.ids)
    for field in found.fields:
        assert field["within"] or field["id"] in found.labels, field
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(found.headings, found.headings[1:], strict=False))


def page_of(client, path, **options):
    return client.get(path, headers={"Accept": "text/html"}, **options)


def test_the_search_shows_who_is_certified_and_what_her_level_means(client, pool):
    pool.mentor("Ana", {"level": 4})

    answer = page_of(client, "/mentors/alpha")

    assert answer.status_code == 200
    for shown in ("Ana", "Twenty years in food exports", "Sees the firm as a whole", "Export", "Verify"):
        assert shown in answer.text
    assert "@" not in answer.text


def test_the_form_keeps_what_was_chosen_and_the_answer_tells_what_is_missing(client, pool):
    pool.mentor("Ana", expertise=["finance"], sectors=["health"])

    answer = page_of(
        client,
        "/mentors/alpha",
        params={
            "expertise": ["finance", "law"],
            "phase": "growth",
            "sector": "health",
            "language": "",
            "x": "1",
        },
    )

    assert re.search(r'value="finance" checked', answer.text)
    assert re.search(r'value="growth" selected', answer.text)
    assert "Meets 5.00 of 7.00 points." in answer.text
    assert re.search(r"Missing:\s+expertise \(Law and contracts\)", answer.text)


def test_pages_of_the_search_follow_each_other(client, pool):
    for number in range(12):
        pool.mentor(f"Mentor {number:02}")

    first = page_of(client, "/mentors/alpha", params={"expertise": "export", "free": "true"})
    path = re.search(r'href="(/mentors/alpha\?[^"]*cursor=[^"]+)"', first.text)[1].replace("&amp;", "&")
    second = page_of(client, path)

    found = [set(re.findall(r"Mentor \d\d", answer.text)) for answer in (first, second)]
    assert [len(names) for names in found] == [10, 2]
    assert not found[0] & found[1]
    assert "expertise=export" in path
    assert "Meets 5.00 of 5.00 points." in second.text


@pytest.mark.parametrize(
    "query", [{"expertise": "magic"}, {"level": "9"}, {"phase": "magic"}, {"cursor": "x"}]
)
def test_what_no_form_sends_is_refused_with_a_page(client, world, query):
    assert world
    answer = page_of(client, "/mentors/alpha", params=query)

    assert answer.status_code == 422
    assert "<h1>" in answer.text


def test_the_pages_speak_the_readers_language(client, pool):
    listing = pool.mentor("Ana")

    for path in ("/mentors/alpha", f"/mentors/alpha/{listing}"):
        text = client.get(path, headers={"Accept-Language": "es"}).text
        assert '<html lang="es">' in text
        assert "Veinte años exportando alimentos" in text
        assert "Exportación" in text
        assert "español" in text


def test_what_a_mentor_says_is_escaped_everywhere(client, pool):
    listing = pool.mentor(
        XSS, headline={"en": XSS}, about={"en": XSS}, region=XSS, media_url="https://video.example/a?b=1&c=2"
    )

    for path in ("/mentors/alpha", f"/mentors/alpha/{listing}"):
        text = page_of(client, path).text
        assert "<script" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert 'href="https://video.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow external"' in text


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_can_be_read_and_filled_in_without_eyes_and_mouse(client, runtime, pool, language):
    listing = pool.mentor("Ana", about={"en": "I have built two firms."})
    headers = {"Accept-Language": language}
    paths = ["/mentors/alpha", "/mentors/alpha?experience=went_abroad", f"/mentors/alpha/{listing}"]
    faulty = client.post(f"/mentors/alpha/{listing}", data={"name": ""}, headers=headers)
    client.post(f"/mentors/alpha/{listing}", data=FORM, headers=headers)
    begin_day(runtime)
    confirm = newest_link(runtime, FORM["email"])
    shown = [client.get(path, headers=headers) for path in [*paths, confirm]]
    done = client.post(confirm, headers=headers)
    begin_day(runtime)
    answer = client.get(newest_link(runtime, "ana@alpha.example"), headers=headers)

    for page in (faulty, *shown, done, answer):
        ensure_accessible(page.text)
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"


class TestWriting:
    def test_a_message_goes_its_way_by_pages_alone(self, client, runtime, pool):
        listing = pool.mentor("Ana")

        asked = client.post(f"/mentors/alpha/{listing}", data=FORM)
        begin_day(runtime)
        confirm = newest_link(runtime, FORM["email"])
        looked = [client.get(confirm) for _ in range(2)][-1]
        before = len(mailbox(runtime))
        done = client.post(confirm)
        begin_day(runtime)
        answer = newest_link(runtime, "ana@alpha.example")
        shown = client.get(answer)
        declined = client.post(answer, data={"answer": "decline"})
        begin_day(runtime)

        assert "Please look into your mail" in asked.text
        assert FORM["message"] in looked.text
        assert before == 1
        assert "Your message is on its way" in done.text
        assert FORM["message"] in shown.text
        assert "Thank you" in declined.text
        assert [mail.address for mail in mailbox(runtime)] == [
            FORM["email"],
            "ana@alpha.example",
            FORM["email"],
        ]

    def test_a_faulty_form_loses_nothing_that_was_typed(self, client, runtime, pool):
        listing = pool.mentor("Ana")

        answer = client.post(
            f"/mentors/alpha/{listing}", data={"name": XSS, "email": "nobody", "message": XSS}
        )

        assert answer.status_code == 422
        assert "This is not an e-mail address." in answer.text
        assert "&lt;script&gt;" in answer.text
        assert "<script" not in answer.text
        assert rows(runtime, "directory_contacts") == []

    def test_a_refusal_is_told_beside_the_form(self, client, pool):
        listing = pool.mentor("Ana")
        for _ in range(5):
            client.post(f"/mentors/alpha/{listing}", data=FORM)

        answer = client.post(f"/mentors/alpha/{listing}", data=FORM)

        assert answer.status_code == 429
        assert "No more than 5 messages a day" in answer.text
        assert FORM["message"] in answer.text

    def test_who_takes_on_nobody_has_no_form(self, client, pool):
        listing = pool.mentor("Ana", is_accepting=False)

        text = page_of(client, f"/mentors/alpha/{listing}").text

        assert "<form" not in text
        assert "takes on nobody new" in text

    def test_a_link_that_was_used_says_so_on_a_page(self, client, runtime, pool):
        listing = pool.mentor("Ana")
        client.post(f"/mentors/alpha/{listing}", data=FORM)
        begin_day(runtime)
        confirm = newest_link(runtime, FORM["email"])
        client.post(confirm)

        again = page_of(client, confirm)

        assert again.status_code == 409
        assert "This message was passed on already" in again.text

    @pytest.mark.parametrize("path", ["/contact/alpha/" + "A" * 43, "/contact-answer/alpha/" + "A" * 43])
    def test_an_unknown_link_is_a_page_that_says_so(self, client, world, path):
        assert world
        answer = page_of(client, path)

        assert answer.status_code == 404
        assert "<h1>" in answer.text

    def test_an_answer_that_no_form_gives_is_refused(self, client, runtime, pool):
        listing = pool.mentor("Ana")
        client.post(f"/mentors/alpha/{listing}", data=FORM)
        begin_day(runtime)
        client.post(newest_link(runtime, FORM["email"]))
        begin_day(runtime)

        answer = client.post(newest_link(runtime, "ana@alpha.example"), data={"answer": "magic"})

        assert answer.status_code == 422


def test_who_lost_her_certificate_has_no_page(client, system, pool):
    ana = pool.person("Ana")
    held = client.get("/v1/me/certificates", headers=ana.headers).json()["items"][0]
    listing = listed(client, ana)["id"]

    moved(system, UUID(held["id"]), Move.SUSPEND)

    assert page_of(client, f"/mentors/alpha/{listing}").status_code == 404
    assert "Ana" not in page_of(client, "/mentors/alpha").text
