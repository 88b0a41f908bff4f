"""The candidate's pages: her plan with its slots, and a test as plain forms that lose nothing typed."""

import re
from datetime import timedelta

import pytest

from app.core.messages import PAGE_LANGUAGES
from tests.factories.delivery import a_slot, booked, check_in, scheme_of
from tests.factories.marking import an_examined_case, an_open_attempt
from tests.support.browsing import form_token, hidden, sent, sign_in
from tests.support.counting import events, rows
from tests.support.reading import Page, fields_in, ticked_in

SCRIPT = re.compile(r'<script src="/static/attempt\.js\?v=[0-9a-f]{12}" defer></script>')


@pytest.fixture
def case_id(client, world, system, version_id):
    made = an_examined_case(client, world, system, version_id)
    sign_in(client)
    return made


@pytest.fixture
def plan(case_id):
    return f"/me/alpha/cases/{case_id}"


@pytest.fixture
def attempt(client, world, case_id):
    return f"/me/alpha/attempts/{an_open_attempt(client, world, case_id)}"


def ensure_whole(answer, language):
    page, fields = Page(answer.text), fields_in(answer.text)
    assert (page.language, page.is_balanced) == (language, True)
    assert (page.levels.count(1), page.skips_a_heading) == (1, False)
    assert len(page.ids) == len(set(page.ids))
    assert {field["id"] for field in fields} <= page.labels
    assert page.labels <= set(page.ids)
    assert all(target in page.ids for target in re.findall(r'href="#([^"]+)"', answer.text))
    assert answer.headers["cache-control"] == "no-store"
    return page


class TestThePlan:
    def test_is_reached_from_her_own_page(self, client, plan):
        assert f'href="{plan}"' in client.get("/me/alpha").text

    @pytest.mark.parametrize("language", PAGE_LANGUAGES)
    def test_is_whole_in_every_language_and_needs_no_script(self, client, world, case_id, plan, language):
        a_slot(client, world, scheme_of(client, world, case_id))

        answer = client.get(plan, params={"lang": language})

        assert ensure_whole(answer, language).foreign == []
        assert "script" not in answer.headers["content-security-policy"]

    def test_shows_open_booked_and_moved_slots_in_the_time_of_the_body(self, client, world, case_id, plan):
        scheme_id = scheme_of(client, world, case_id)
        first = a_slot(client, world, scheme_id, site="Room 2")
        other = a_slot(client, world, scheme_id, site="Room 3")
        before = Page(client.get(plan).text).text

        booking = sent(client, plan, f"{plan}/bookings", slot_id=first["id"])
        after = client.get(plan).text
        moved = sent(client, plan, f"{plan}/bookings", slot_id=other["id"])

        assert "Monday, 2 March 2026, 10:30\N{EN DASH}14:00" in before  # Madrid is an hour ahead
        assert (booking.status_code, booking.headers["location"]) == (303, plan)
        assert "Booked" in after
        assert "Move my booking" in after
        assert (moved.status_code, "Room 3" in client.get(plan).text) == (303, True)

    def test_a_full_slot_is_not_offered_and_a_late_booking_is_refused_on_the_page(
        self, client, world, case_id, plan, clock
    ):
        slot = a_slot(client, world, scheme_of(client, world, case_id))
        token = form_token(client.get(plan).text)
        clock.advance(timedelta(minutes=11))

        late = client.post(f"{plan}/bookings", data={"token": token, "slot_id": slot["id"]})

        assert late.status_code == 409
        assert 'role="alert"' in late.text
        assert slot["id"] not in client.get(plan).text

    def test_a_place_is_given_back(self, client, world, case_id, plan):
        slot = a_slot(client, world, scheme_of(client, world, case_id))
        booking = booked(client, world, case_id, slot["id"]).json()["id"]

        led = sent(client, plan, f"/me/alpha/bookings/{booking}/cancellation")

        assert (led.status_code, led.headers["location"]) == (303, plan)
        assert slot["id"] in client.get(plan).text

    def test_the_test_is_opened_only_after_check_in(self, client, world, case_id, plan):
        slot = a_slot(client, world, scheme_of(client, world, case_id))
        booking = booked(client, world, case_id, slot["id"]).json()["id"]

        early = sent(client, plan, f"{plan}/attempts", component="F1")
        check_in(client, world, booking)
        led = sent(client, plan, f"{plan}/attempts", component="F1")

        assert (early.status_code, 'role="alert"' in early.text) == (409, True)
        assert led.status_code == 303
        assert f'href="{led.headers["location"]}"' in client.get(plan).text

    def test_another_persons_plan_is_not_there(self, client, plan):
        sign_in(client, "mentee@alpha.example")

        assert client.get(plan).status_code == 404

    def test_under_another_bodys_name_there_is_none(self, client, world, case_id):
        headers = {"Cookie": f"mentorcert_session={world.alpha['person'].token}"}

        assert client.get(f"/me/beta/cases/{case_id}", headers=headers).status_code == 404


class TestTheTest:
    @pytest.mark.parametrize("language", PAGE_LANGUAGES)
    def test_is_whole_in_every_language_with_our_script_alone(self, client, attempt, language):
        answer = client.get(attempt, params={"lang": language})

        assert ensure_whole(answer, language).foreign == ["script"]
        assert len(SCRIPT.findall(answer.text)) == 1
        policy = answer.headers["content-security-policy"]
        assert policy.endswith("script-src 'self'; connect-src 'self'")
        assert ticked_in(answer.text) == set()

    def test_the_script_is_served(self, client, attempt):
        address = re.search(r'<script src="([^"]+)"', client.get(attempt).text)[1]

        assert "javascript" in client.get(address).headers["content-type"]

    def test_stems_are_marked_as_being_in_the_language_of_the_form(self, client, attempt):
        page = Page(client.get(attempt, params={"lang": "fr"}).text)

        assert "You mentor a family bakery" in page.in_language("en")

    def test_each_view_is_recorded(self, client, runtime, attempt):
        before = len(events(runtime, "record.disclosed"))

        client.get(attempt)

        assert len(events(runtime, "record.disclosed")) == before + 1

    def test_she_stays_signed_in_until_the_time_is_up_and_not_much_longer(self, client, attempt, clock):
        client.get(attempt)
        clock.advance(timedelta(minutes=89))
        late = client.get(attempt)
        clock.advance(timedelta(minutes=17))

        after = client.get(attempt, follow_redirects=False)

        assert late.status_code == 200
        assert (after.status_code, after.headers["location"]) == (303, "/me/alpha/sign-in")

    def test_a_longer_token_ends_with_its_sign_in(self, client, attempt):
        token = form_token(client.get(attempt).text)
        kept = client.cookies["mentorcert_session"]
        client.post("/me/alpha/sign-out", data={"token": token})
        client.cookies.clear()

        answer = client.get(attempt, headers={"Cookie": f"mentorcert_session={kept}"}, follow_redirects=False)

        assert answer.headers["location"] == "/me/alpha/sign-in"

    def test_saves_by_the_button(self, client, attempt):
        rev = hidden(client.get(attempt).text, "rev")

        led = sent(
            client, attempt, f"{attempt}/responses",
            rev=rev, **{"response.K-001": "b", "response.K-003": ["a", "c"]},
        )  # fmt: skip

        assert (led.status_code, led.headers["location"]) == (303, attempt)
        assert ticked_in(client.get(attempt).text) == {"answer-1-b", "answer-3-a", "answer-3-c"}

    def test_what_came_too_late_is_shown_again_and_can_be_saved(self, client, attempt):
        rev = hidden(client.get(attempt).text, "rev")
        sent(client, attempt, f"{attempt}/responses", rev=rev, **{"response.K-001": "a"})

        late = sent(client, attempt, f"{attempt}/responses", rev=rev, **{"response.K-002": "d"})
        again = sent(
            client, attempt, f"{attempt}/responses", rev=hidden(late.text, "rev"), **{"response.K-002": "d"}
        )

        assert late.status_code == 412
        assert ticked_in(late.text) == {"answer-2-d"}
        assert "Another window has saved" in late.text
        assert "<script" not in late.text
        assert again.status_code == 303

    def test_after_the_time_no_question_is_shown_and_what_was_saved_can_be_submitted(
        self, client, attempt, clock, runtime
    ):
        rev = hidden(client.get(attempt).text, "rev")
        sent(client, attempt, f"{attempt}/responses", rev=rev, **{"response.K-001": "b"})
        shown = client.get(attempt).text
        clock.advance(timedelta(minutes=91))

        late = client.post(
            f"{attempt}/responses",
            data={"token": form_token(shown), "rev": hidden(shown, "rev"), "response.K-001": "c"},
        )
        led = sent(client, attempt, f"{attempt}/submission")

        assert "The time is up" in late.text
        assert "bakery" not in late.text
        assert led.status_code == 303
        [row] = rows(runtime, "attempts")
        assert (row.state, row.responses) == ("submitted", {"K-001": ["b"]})

    def test_is_submitted_after_a_second_look_and_never_shown_again(self, client, attempt):
        rev = hidden(client.get(attempt).text, "rev")
        on = sent(client, attempt, f"{attempt}/responses", rev=rev, then="submit", **{"response.K-001": "b"})
        asked = client.get(on.headers["location"])

        led = sent(client, on.headers["location"], f"{attempt}/submission")
        again = client.post(f"{attempt}/submission", data={"token": form_token(asked.text)})

        assert on.headers["location"] == f"{attempt}/submission"
        assert "You have answered 1 of 60 questions." in asked.text
        assert ensure_whole(asked, "en").foreign == []
        assert f'href="{attempt}#question-2"' in asked.text
        assert f'href="{attempt}#question-1"' not in asked.text
        assert led.headers["location"] == attempt
        assert "Your test is submitted" in again.text
        assert "bakery" not in again.text

    @pytest.mark.parametrize("path", ["", "/responses", "/submission"])
    def test_another_persons_test_is_not_there(self, client, attempt, path):
        sign_in(client, "mentee@alpha.example")

        answer = client.get(attempt + path)

        assert answer.status_code == 404


class TestTheScriptsOwnWay:
    def put(self, client, attempt, responses, rev, token):
        headers = {"Accept": "application/json", "If-Match": f'"{rev}"', "X-Form-Token": token}
        return client.put(f"{attempt}/responses", json={"responses": responses}, headers=headers)

    def standing(self, client, attempt):
        return client.get(f"{attempt}/responses", headers={"Accept": "application/json"})

    def test_saves_and_tells_what_the_server_has(self, client, attempt):
        text = client.get(attempt).text

        saved = self.put(client, attempt, {"K-001": ["b"]}, hidden(text, "rev"), form_token(text))
        told = self.standing(client, attempt)

        assert saved.status_code == 200
        assert told.json()["responses"] == {"K-001": ["b"]}
        assert told.json()["rev"] == saved.json()["rev"]
        assert told.json()["token"] == form_token(text)
        assert told.json()["seconds_left"] == 90 * 60
        assert (saved.headers["cache-control"], told.headers["cache-control"]) == ("no-store", "no-store")
        assert "stem" not in told.text

    def test_is_refused_without_the_forms_token(self, client, runtime, attempt):
        rev = hidden(client.get(attempt).text, "rev")

        refused = self.put(client, attempt, {"K-001": ["b"]}, rev, "0" * 64)

        assert (refused.status_code, refused.json()["code"]) == (403, "form_refused")
        assert [row.responses for row in rows(runtime, "attempts")] == [{}]

    def test_is_told_that_another_window_has_saved(self, client, attempt):
        text = client.get(attempt).text
        rev, token = hidden(text, "rev"), form_token(text)
        self.put(client, attempt, {"K-001": ["b"]}, rev, token)

        late = self.put(client, attempt, {"K-001": ["c"]}, rev, token)

        assert (late.status_code, late.json()["code"]) == (412, "stale")
        assert "responses" not in late.json()["current"]

    def test_is_told_that_she_is_signed_out(self, client, attempt):
        client.cookies.clear()

        assert self.standing(client, attempt).status_code == 401


def test_signing_out_clears_what_the_browser_kept(client, world):
    sign_in(client)

    led = sent(client, "/me/alpha", "/me/alpha/sign-out")

    assert led.headers["clear-site-data"] == '"storage"'
