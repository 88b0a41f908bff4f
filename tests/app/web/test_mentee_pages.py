"""The pages behind the links in mentees' mails: they show, take down once, and lose nothing typed."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.messages import PAGE_LANGUAGES
from app.jobs.running import drain
from app.tables import metadata
from app.web.mentee.forms import amount_of
from app.work import Runtime
from app.worker import HANDLERS
from tests.factories.practice import MENTEE, OWN, a_link, an_engagement, an_import, sessions
from tests.factories.reviews import a_review_link, an_impact_link, as_mentor, in_first_weeks, signed_in
from tests.support.days import newest_path
from tests.support.reading import Page
from tests.support.world import Member, StandingClock, World

TWO = "oliva,2025-03-10,09:00,10:30,session,Cash flow\noliva,2025-04-14,09:00,11:00,,\n"
NOWHERE = "01890000-0000-7000-8000-00000000dead"
FIELD = re.compile(r"<(input|textarea|select)\b([^>]*)>")
GOOD_REVIEW = {
    "scale.feels_heard": "4",
    "scale.right_match": "5",
    "yes_no.own_part": "yes",
    "scale.confidence": "3",
}
GOOD_FIGURES = {
    "in_statistics": "yes",
    "currency": "eur",
    "day.baseline": "2026-01-12",
    "count.baseline.jobs": "4",
    "money.baseline.turnover": "120.000,50",
    "scale.baseline.confidence": "2",
}


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def engagement(client: TestClient, mentor: Member) -> str:
    made = str(an_engagement(client, mentor)["id"])
    an_import(client, mentor, TWO)
    return made


@pytest.fixture
def confirm(client: TestClient, runtime: Runtime, mentor: Member, engagement: str) -> str:
    a_link(client, mentor, engagement)
    return newest_path(runtime, MENTEE["email"])


@pytest.fixture
def reviewed(client: TestClient, mentor: Member) -> str:
    return in_first_weeks(client, mentor, code="vega", sme_name="Vega Alta S.L.")


@pytest.fixture
def review(client: TestClient, runtime: Runtime, world: World, reviewed: str) -> str:
    a_review_link(client, world, reviewed)
    return newest_path(runtime, MENTEE["email"])


@pytest.fixture
def impact(client: TestClient, runtime: Runtime, mentor: Member, reviewed: str) -> str:
    an_impact_link(client, mentor, reviewed)
    return newest_path(runtime, MENTEE["email"])


@pytest.fixture
def consent(client: TestClient, runtime: Runtime, impact: str) -> str:
    """The link that follows upon a consent to both uses."""
    assert client.post(impact, data=GOOD_FIGURES | {"to_assessors": "yes"}).status_code == 200
    drain(runtime, HANDLERS)
    return newest_path(runtime, MENTEE["email"])


def text_of(answer: Any) -> str:
    return Page(answer.text).text


def fields_of(answer: Any) -> list[dict[str, str]]:
    """Every field that people fill in, by its attributes."""
    found = [dict(re.findall(r'([\w-]+)(?:="([^"]*)")?', rest)) for _, rest in FIELD.findall(answer.text)]
    return [field for field in found if field.get("type") != "hidden"]


def ticked(answer: Any) -> set[str]:
    return {field["id"] for field in fields_of(answer) if "checked" in field}


def everything(runtime: Runtime) -> dict[str, int]:
    with runtime.database.engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


PATHS = ("confirm", "review", "impact", "consent")


class TestEveryPage:
    @pytest.mark.parametrize("name", PATHS)
    def test_is_whole_labelled_in_every_language_and_changes_nothing(
        self, request: pytest.FixtureRequest, client: TestClient, runtime: Runtime, name: str
    ) -> None:
        path = request.getfixturevalue(name)
        before = everything(runtime)

        for language in PAGE_LANGUAGES:
            answer = client.get(path, params={"lang": language})

            page, fields = Page(answer.text), fields_of(answer)
            assert answer.status_code == 200
            assert (page.language, page.is_balanced, page.foreign) == (language, True, [])
            assert (page.levels.count(1), page.skips_a_heading) == (1, False)
            assert len(page.ids) == len(set(page.ids))
            assert {field["id"] for field in fields} <= page.labels
            assert page.labels <= set(page.ids)
            assert all(target in page.ids for target in re.findall(r'href="#([^"]+)"', answer.text))
            described = " ".join(re.findall(r'aria-describedby="([^"]+)"', answer.text)).split()
            assert set(described) <= set(page.ids)
            assert f'action="{path}?lang={language}"' in answer.text
            assert ticked(answer) == set()
            foreign = [said for marked, said in page.said if marked not in {"", language}]
            assert len(foreign) == len(PAGE_LANGUAGES) - 1  # the way to the other languages, and no more
        assert client.get(path).status_code == 200
        assert everything(runtime) == before

    @pytest.mark.parametrize("name", PATHS)
    def test_keeps_its_secret(self, request: pytest.FixtureRequest, client: TestClient, name: str) -> None:
        answer = client.get(request.getfixturevalue(name))

        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in answer.text

    @pytest.mark.usefixtures("world")
    @pytest.mark.parametrize("page", ["confirm", "review", "impact", "impact-consent"])
    @pytest.mark.parametrize("body", ["alpha", "beta", "nobody"])
    def test_an_unknown_link_says_the_same_everywhere(self, client: TestClient, page: str, body: str) -> None:
        for secret in ("x", "Zm9vYmFy" * 5, "a b'\"<"):
            for answer in (client.get(f"/{page}/{body}/{secret}"), client.post(f"/{page}/{body}/{secret}")):
                heading = re.search("<h1>(.*)</h1>", answer.text)
                assert heading is not None
                assert heading[1] == "This link does not work"
                assert answer.status_code == 404

    def test_a_link_of_one_body_or_page_opens_no_other(
        self, client: TestClient, confirm: str, consent: str
    ) -> None:
        secret, other = (path.rsplit("/", maxsplit=1)[1] for path in (confirm, consent))

        paths = (
            f"/confirm/beta/{secret}", f"/review/alpha/{secret}", f"/impact/alpha/{secret}",
            f"/impact/alpha/{other}", f"/impact-consent/alpha/{secret}", f"/impact-consent/beta/{other}",
        )  # fmt: skip

        assert {client.get(path).status_code for path in paths} == {404}

    @pytest.mark.parametrize("name", PATHS)
    @pytest.mark.parametrize(
        "sent",
        [
            {
                "content": b"\xff\xfe=%ff%fe&&==&a",
                "headers": {"Content-Type": "application/x-www-form-urlencoded"},
            },
            {"json": {"disputed": 1}},
            {"files": {"feedback": ("f.txt", b"text")}, "data": {"disputed": "?"}},
            {"data": {"disputed": "?", "scale.": "1", "count": "2", "yes_no.x.y.z": "maybe", "use": "none"}},
            {"data": {"text.in_the_way": "x" * 200_000, "feedback": "y" * 200_000, "currency": "z" * 9999}},
            {
                "data": {
                    "feedback": "bell \a",
                    "text.in_the_way": "\u202e",
                    "money.baseline.turnover": "1e999999",
                }
            },
            {"data": {"scale.feels_heard": ["1", "2"], "count.never.jobs": "NaN", "day.never": "yesterday"}},
        ],
    )
    def test_a_form_from_elsewhere_never_breaks_it(
        self, request: pytest.FixtureRequest, client: TestClient, name: str, sent: dict[str, Any]
    ) -> None:
        path = request.getfixturevalue(name)

        answer = client.post(path, headers={"Idempotency-Key": "k"} | sent.pop("headers", {}), **sent)

        assert answer.status_code in ({200, 422} if name == "confirm" else {422})
        assert Page(answer.text).is_balanced


class TestConfirming:
    def test_it_says_who_asks_about_what_and_when(self, client: TestClient, confirm: str) -> None:
        answer = client.get(confirm)

        said = text_of(answer)
        for shown in (
            MENTEE["name"], "Person of Alpha", "Olivar del Alba S.L.", "Alpha Certification",
            "Monday, 10 March 2025", "09:00\N{EN DASH}10:30", "Europe/", "You do not know Person of Alpha?",
            "1 April 2026",
        ):  # fmt: skip
            assert shown in said.replace("Monday 10", "Monday, 10"), shown
        assert "Cash flow" not in said

    def test_the_rest_is_confirmed_once(
        self, client: TestClient, mentor: Member, engagement: str, confirm: str
    ) -> None:
        doubted = next(f["value"] for f in fields_of(client.get(confirm)) if f["name"] == "disputed")

        answer = client.post(confirm, data={"disputed": doubted, "feedback": "One\r\ntwo."})
        again = client.post(confirm, data={})
        opened = client.get(confirm)

        assert answer.status_code == 200
        assert "Meetings confirmed: 1 Meetings that did not take place: 1" in text_of(answer)
        assert "What you wrote was taken down." in text_of(answer)
        assert {one["state"] for one in sessions(client, mentor, engagement)} == {"confirmed", "disputed"}
        for late in (again, opened):
            assert late.status_code == 409
            assert "This link was used already" in text_of(late)
            assert "Person of Alpha" not in late.text

    @pytest.mark.parametrize(("sent", "is_heard"), [({}, False), ({"shared": "yes"}, True)])
    def test_words_reach_the_mentor_only_if_the_mentee_says_so(
        self, client: TestClient, mentor: Member, engagement: str, confirm: str, sent: dict, is_heard: bool
    ) -> None:
        client.post(confirm, data={"feedback": "Good questions.\r\nMore of them."} | sent)

        told = client.get(f"{OWN}/engagements/{engagement}/feedback", headers=mentor.headers).json()["items"]

        assert [one["text"] for one in told] == (["Good questions.\nMore of them."] if is_heard else [])

    @pytest.mark.parametrize(
        "sent",
        [{"disputed": NOWHERE}, {"disputed": "no id"}, {"feedback": "x" * 4001}, {"feedback": "\x07"}],
    )
    def test_a_fault_takes_down_nothing_and_loses_nothing(
        self, client: TestClient, mentor: Member, engagement: str, confirm: str, sent: dict[str, str]
    ) -> None:
        boxes = [f for f in fields_of(client.get(confirm)) if f["name"] == "disputed"]
        typed = {"feedback": "<b>Ours</b>", "shared": "yes", **sent}
        marked = [boxes[1]["value"], *([sent["disputed"]] if "disputed" in sent else [])]

        answer = client.post(confirm, data=typed | {"disputed": marked})

        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert ticked(answer) == {boxes[1]["id"], "shared"}
        assert html.escape(typed["feedback"]) in answer.text
        assert f'id="fault-{next(iter(sent))}"' in answer.text
        assert {one["state"] for one in sessions(client, mentor, engagement)} == {"logged"}

    def test_its_time_ends(self, client: TestClient, clock: StandingClock, confirm: str) -> None:
        clock.advance(timedelta(days=30))

        for answer in (client.get(confirm), client.post(confirm, data={})):
            assert answer.status_code == 409
            assert "The time of this link is over" in text_of(answer)


class TestReviewing:
    def test_it_asks_by_kind_and_marks_what_is_required(self, client: TestClient, review: str) -> None:
        answer = client.get(review)

        fields = fields_of(answer)
        steps = [f for f in fields if f["name"] == "scale.feels_heard"]
        assert [one["value"] for one in steps] == ["1", "2", "3", "4", "5"]
        assert all("required" in one for one in steps)
        assert [f["value"] for f in fields if f["name"] == "yes_no.own_part"] == ["yes", "no"]
        assert not any("required" in f for f in fields if f["name"] == "text.in_the_way")
        assert "5: fully" in text_of(answer)
        assert text_of(answer).count("(required)") == 4

    def test_answers_are_taken_down_each_for_whom_it_is_meant(
        self, client: TestClient, world: World, mentor: Member, reviewed: str, review: str
    ) -> None:
        assert as_mentor(client, world, reviewed).status_code == 201

        answer = client.post(review, data=GOOD_REVIEW | {"share.own_part": "yes"})
        own = client.get(f"{OWN}/engagements/{reviewed}/reviews", headers=mentor.headers).json()["items"][0]

        assert answer.status_code == 200
        assert "Answers taken down: 4" in text_of(answer)
        assert "What your mentor shared" in text_of(answer)
        assert "The harvest came early." in answer.text
        heard = next(side for side in own["sides"] if side["side"] == "mentee")
        assert [one["question"] for one in heard["answers"]] == ["own_part"]
        assert client.get(review).status_code == 409

    def test_what_is_missing_or_wrong_is_told_beside_the_question(
        self, client: TestClient, review: str
    ) -> None:
        sent = {
            "scale.feels_heard": "9",
            "scale.right_match": "5",
            "share.right_match": "yes",
            "text.in_the_way": "<i>" + "x" * 1000,
        }

        answer = client.post(review, data=sent)

        told = set(re.findall(r'id="fault-([^"]+)"', answer.text))
        assert answer.status_code == 422
        assert told == {"scale.feels_heard", "yes_no.own_part", "scale.confidence", "text.in_the_way"}
        assert ticked(answer) == {"scale.right_match-5", "share.right_match"}
        assert html.escape(sent["text.in_the_way"]) in answer.text
        assert client.post(review, data=GOOD_REVIEW).status_code == 200

    def test_an_unknown_question_is_a_fault_of_the_form(self, client: TestClient, review: str) -> None:
        answer = client.post(review, data=GOOD_REVIEW | {"scale.never_asked": "1"})

        assert answer.status_code == 422
        assert "could not be taken as it is" in text_of(answer)
        assert len(ticked(answer)) == 4

    def test_once_its_time_is_over_it_is_closed(
        self, client: TestClient, clock: StandingClock, review: str
    ) -> None:
        clock.advance(timedelta(weeks=3))

        answer = client.get(review)

        assert answer.status_code == 409
        assert "is held against nobody" in text_of(answer)


class TestImpact:
    def test_consent_and_figures_are_taken_down(
        self, client: TestClient, runtime: Runtime, impact: str
    ) -> None:
        answer = client.post(impact, data=GOOD_FIGURES)
        drain(runtime, HANDLERS)
        shown = client.get(newest_path(runtime, MENTEE["email"]))

        assert answer.status_code == 200
        assert "Figures taken down: 3" in text_of(answer)
        assert "€120,000.50" in text_of(shown)
        assert "Those who assess your mentor see" not in text_of(answer)
        assert client.get(impact).status_code == 409

    def test_a_refusal_takes_one_press_and_keeps_nothing(
        self, client: TestClient, runtime: Runtime, impact: str
    ) -> None:
        shown = client.get(impact)

        answer = client.post(impact, data={"refuse": "yes"})

        assert 'form="refusal" name="refuse"' in shown.text
        assert answer.status_code == 200
        assert "nothing else is kept" in text_of(answer)
        assert everything(runtime)["practice_figures"] == 0

    def test_nothing_ticked_is_neither_consent_nor_refusal(
        self, client: TestClient, runtime: Runtime, impact: str
    ) -> None:
        sent = {name: value for name, value in GOOD_FIGURES.items() if name != "in_statistics"}

        answer = client.post(impact, data=sent)

        assert answer.status_code == 422
        assert 'id="fault-consent"' in answer.text
        assert everything(runtime)["practice_consents"] == 0
        assert 'value="120.000,50"' in answer.text

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"count.baseline.jobs": "4.5"}, "count.baseline.jobs"),
            ({"count.baseline.jobs": "four"}, "count.baseline.jobs"),
            ({"money.baseline.profit": "9" * 30}, "money.baseline.profit"),
            ({"currency": ""}, "currency"),
            ({"currency": "QQQ"}, "currency"),
            ({"currency": "12"}, "currency"),
            ({"day.baseline": ""}, "day.baseline"),
            ({"day.baseline": "2026-31-12"}, "day.baseline"),
            ({"day.baseline": "2027-01-12"}, "day.baseline"),
            ({"scale.baseline.confidence": "6"}, "scale.baseline.confidence"),
            ({"in_statistics": ""}, "consent"),
        ],
    )
    def test_a_fault_is_told_at_its_field_and_everything_typed_stays(
        self, client: TestClient, runtime: Runtime, impact: str, change: dict[str, str], field: str
    ) -> None:
        sent = GOOD_FIGURES | change

        answer = client.post(impact, data=sent)

        assert answer.status_code == 422
        assert re.findall(r'id="fault-([^"]+)"', answer.text) == [field]
        values = {one["name"]: one.get("value", "") for one in fields_of(answer) if "type" not in one}
        assert {name: values[name] for name in sent if name in values and sent[name]} == {
            name: sent[name] for name in sent if name in values and sent[name]
        }
        assert everything(runtime)["practice_figures"] == 0

    @pytest.mark.parametrize("unknown", ["count.baseline.ships", "count.end.jobs", "count.never.jobs"])
    def test_a_figure_that_is_not_asked_is_a_fault_of_the_form(
        self, client: TestClient, impact: str, unknown: str
    ) -> None:
        answer = client.post(impact, data=GOOD_FIGURES | {unknown: "1"})

        assert answer.status_code == 422
        assert 'role="alert"' in answer.text

    def test_what_was_told_before_is_shown(
        self, client: TestClient, runtime: Runtime, clock: StandingClock, reviewed: str, impact: str
    ) -> None:
        client.post(impact, data=GOOD_FIGURES | {"money.baseline.profit": "-5"})
        clock.advance(timedelta(days=15))
        own = f"{OWN}/engagements/{reviewed}/figure-requests"
        assert client.post(own, headers=signed_in(client, "person")).status_code == 201
        drain(runtime, HANDLERS)

        answer = client.get(newest_path(runtime, MENTEE["email"]))

        said = text_of(answer)
        for told in ("€120,000.50", "4", "-€5.00"):
            assert f"Told before: {told} on 12 January 2026." in said
        assert 'value="EUR"' in answer.text
        assert ticked(answer) == set()


class TestConsent:
    def test_it_is_taken_back_by_one_button_and_the_figures_are_gone(
        self, client: TestClient, consent: str
    ) -> None:
        shown = client.get(consent)

        answer = client.post(consent, data={"use": "all"})
        after, again = client.get(consent), client.post(consent, data={"use": "all"})

        assert "Figures that are kept" in text_of(shown)
        assert '<button class="button" name="use" value="all">' in shown.text
        assert "All figures of your firm have been erased." in text_of(answer)
        assert (after.status_code, "<button" in after.text) == (200, False)
        assert "none of them is kept" in text_of(after)
        assert (again.status_code, "Nothing to take back" in text_of(again)) == (409, True)

    def test_one_use_is_taken_back_and_the_other_stays(self, client: TestClient, consent: str) -> None:
        answer = client.post(consent, data={"use": "to_assessors"})

        assert "are counted together" in text_of(answer)
        assert "Those who assess your mentor see" not in text_of(answer)
        assert "Those who assess your mentor see" not in text_of(client.get(consent))

    @pytest.mark.parametrize("sent", [{}, {"use": "everything"}])
    def test_without_a_use_nothing_is_taken_back(
        self, client: TestClient, consent: str, sent: dict[str, str]
    ) -> None:
        answer = client.post(consent, data=sent)

        assert answer.status_code == 422
        assert "Those who assess your mentor see" in text_of(client.get(consent))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("120000", "120000"),
        ("120.000", "120000"),
        ("120,000", "120000"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.8", "1234567.8"),
        ("1'234'567", "1234567"),
        (" 12 000,5 ", "12000.5"),
        ("12\u202f000", "12000"),
        ("\u2212 5", "\u2212 5".replace("\u2212", "-")),
        ("-5,25", "-5.25"),
        ("\u22125", "-5"),
        ("0.125", "0.125"),
        ("1.234.5", "1.234.5"),
        ("1,23,456", "1,23,456"),
        ("12e3", "12e3"),
        ("\u0661\u0662", "\u0661\u0662"),
    ],
)
def test_amounts_are_read_however_thousands_and_decimals_are_marked(typed: str, read: str) -> None:
    assert amount_of(typed) == read
