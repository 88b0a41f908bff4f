"""The pages behind the links in mentees' mails: they show, take down once, and lose nothing typed."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.core.messages import PAGE_LANGUAGES
from app.work import Runtime
from tests.factories.practice import MENTEE, OWN, a_link, a_milestone, an_engagement, sessions
from tests.factories.reviews import as_mentor
from tests.support.counting import counts
from tests.support.days import newest_path
from tests.support.reading import Page, fields_in, text_in, ticked_in
from tests.support.world import Member, StandingClock, World

NOWHERE = "01890000-0000-7000-8000-00000000dead"
GOOD_REVIEW = {
    "scale.feels_heard": "4",
    "scale.right_match": "5",
    "yes_no.own_part": "yes",
    "scale.confidence": "3",
}
PATHS = ("confirm", "review", "impact", "consent")


class TestEveryPage:
    @pytest.mark.parametrize("name", PATHS)
    def test_is_whole_labelled_in_every_language_and_changes_nothing(
        self, request: pytest.FixtureRequest, client: TestClient, runtime: Runtime, name: str
    ) -> None:
        path = request.getfixturevalue(name)
        before = counts(runtime)

        for language in PAGE_LANGUAGES:
            answer = client.get(path, params={"lang": language})

            page, fields = Page(answer.text), fields_in(answer.text)
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
            assert ticked_in(answer.text) == set()
            foreign = [said for marked, said in page.said if marked not in {"", language}]
            assert len(foreign) == len(PAGE_LANGUAGES) - 1  # the way to the other languages, and no more
        assert client.get(path).status_code == 200
        assert counts(runtime) == before

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

        said = text_in(answer.text)
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
        doubted = next(f["value"] for f in fields_in(client.get(confirm).text) if f["name"] == "disputed")

        answer = client.post(confirm, data={"disputed": doubted, "feedback": "One\r\ntwo."})
        again = client.post(confirm, data={})
        opened = client.get(confirm)

        assert answer.status_code == 200
        assert "Meetings confirmed: 1 Meetings that did not take place: 1" in text_in(answer.text)
        assert "What you wrote was taken down." in text_in(answer.text)
        assert {one["state"] for one in sessions(client, mentor, engagement)} == {"confirmed", "disputed"}
        for late in (again, opened):
            assert late.status_code == 409
            assert "This link was used already" in text_in(late.text)
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
        boxes = [f for f in fields_in(client.get(confirm).text) if f["name"] == "disputed"]
        typed = {"feedback": "<b>Ours</b>", "shared": "yes", **sent}
        marked = [boxes[1]["value"], *([sent["disputed"]] if "disputed" in sent else [])]

        answer = client.post(confirm, data=typed | {"disputed": marked})

        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert ticked_in(answer.text) == {boxes[1]["id"], "shared"}
        assert html.escape(typed["feedback"]) in answer.text
        assert f'id="fault-{next(iter(sent))}"' in answer.text
        assert {one["state"] for one in sessions(client, mentor, engagement)} == {"logged"}

    def test_milestones_are_confirmed_but_those_marked(
        self, client: TestClient, runtime: Runtime, mentor: Member
    ) -> None:
        made = an_engagement(client, mentor)
        own = f"{OWN}/engagements/{made['id']}"
        reached = client.post(
            f"{own}/milestones",
            json=a_milestone("initial_goals"),
            headers=mentor.headers | {"If-Match": f'"{made["rev"]}"'},
        )
        a_link(client, mentor, made["id"])
        path = newest_path(runtime, MENTEE["email"])

        shown = client.get(path)
        unknown = client.post(path, data={"disputed_milestones": ["initial_goals", "never"]})
        answer = client.post(path, data={"disputed_milestones": "initial_goals"})

        assert reached.status_code == 200, reached.text
        assert "<h1>Milestones</h1>" in shown.text
        assert (Page(shown.text).is_balanced, Page(shown.text).skips_a_heading) == (True, False)
        assert {field["id"] for field in fields_in(shown.text)} <= Page(shown.text).labels
        assert (unknown.status_code, ticked_in(unknown.text)) == (422, {"milestone-1"})
        assert "Milestones confirmed: 0 Milestones not confirmed: 1" in text_in(answer.text)

    def test_its_time_ends(self, client: TestClient, clock: StandingClock, confirm: str) -> None:
        clock.advance(timedelta(days=30))

        for answer in (client.get(confirm), client.post(confirm, data={})):
            assert answer.status_code == 409
            assert "The time of this link is over" in text_in(answer.text)


class TestReviewing:
    def test_it_asks_by_kind_and_marks_what_is_required(self, client: TestClient, review: str) -> None:
        answer = client.get(review)

        fields = fields_in(answer.text)
        steps = [f for f in fields if f["name"] == "scale.feels_heard"]
        assert [one["value"] for one in steps] == ["1", "2", "3", "4", "5"]
        assert all("required" in one for one in steps)
        assert [f["value"] for f in fields if f["name"] == "yes_no.own_part"] == ["yes", "no"]
        assert not any("required" in f for f in fields if f["name"] == "text.in_the_way")
        assert "5: fully" in text_in(answer.text)
        assert text_in(answer.text).count("(required)") == 4

    def test_answers_are_taken_down_each_for_whom_it_is_meant(
        self, client: TestClient, world: World, mentor: Member, reviewed: str, review: str
    ) -> None:
        assert as_mentor(client, world, reviewed).status_code == 201

        answer = client.post(review, data=GOOD_REVIEW | {"share.own_part": "yes"})
        own = client.get(f"{OWN}/engagements/{reviewed}/reviews", headers=mentor.headers).json()["items"][0]

        assert answer.status_code == 200
        assert "Answers taken down: 4" in text_in(answer.text)
        assert "What your mentor shared" in text_in(answer.text)
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
        assert ticked_in(answer.text) == {"scale.right_match-5", "share.right_match"}
        assert html.escape(sent["text.in_the_way"]) in answer.text
        assert client.post(review, data=GOOD_REVIEW).status_code == 200

    def test_an_unknown_question_is_a_fault_of_the_form(self, client: TestClient, review: str) -> None:
        answer = client.post(review, data=GOOD_REVIEW | {"scale.never_asked": "1"})

        assert answer.status_code == 422
        assert "could not be taken as it is" in text_in(answer.text)
        assert len(ticked_in(answer.text)) == 4

    def test_once_its_time_is_over_it_is_closed(
        self, client: TestClient, clock: StandingClock, review: str
    ) -> None:
        clock.advance(timedelta(weeks=3))

        answer = client.get(review)

        assert answer.status_code == 409
        assert "is held against nobody" in text_in(answer.text)
