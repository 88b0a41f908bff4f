"""A candidate sits a test in a real browser: what she answers is saved, and nothing of it is lost."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from starlette.testclient import TestClient

from app.work import Caller, Runtime
from tests.factories.marking import an_examined_case, an_open_attempt
from tests.support.browsers import sign_in, signed_in, window
from tests.support.counting import rows
from tests.support.servers import listening
from tests.support.world import World

SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")
AWAY = "Not saved yet – trying again"  # noqa: RUF001 - the text has this dash
MOST_SECONDS = 4.0


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = window(browser)
    yield made
    made.close()


@pytest.fixture
def url(client: TestClient, standing_app: FastAPI) -> Iterator[str]:
    with listening(standing_app) as found:
        yield found


@pytest.fixture
def attempt(client: TestClient, world: World, system: Caller, version_id: UUID) -> str:
    return an_open_attempt(client, world, an_examined_case(client, world, system, version_id))


@pytest.fixture
def address(url: str, attempt: str) -> str:
    return f"{url}/me/alpha/attempts/{attempt}"


@pytest.fixture
def page(context: BrowserContext, url: str, address: str) -> Iterator[Page]:
    """The test's page of a candidate who is signed in; a fault in the script fails the test."""
    faults: list[str] = []
    made = signed_in(context, url)
    made.on("pageerror", lambda fault: faults.append(str(fault)))
    made.on("console", lambda said: faults.append(said.text) if "Security Policy" in said.text else None)
    made.goto(address)
    yield made
    assert faults == []


def saved(runtime: Runtime) -> dict[str, list[str]]:
    """What the database has of the one attempt."""
    [row] = rows(runtime, "attempts")
    responses: dict[str, list[str]] = row.responses
    return responses


def kept(page: Page) -> dict[str, str]:
    """What the browser keeps."""
    found: dict[str, str] = page.evaluate("({...localStorage})")
    return found


def choose(page: Page, question: int, option: str) -> None:
    page.locator(f"#answer-{question}-{option}").check()


def is_saved(page: Page) -> None:
    expect(page.locator(".state")).to_have_text(SAVED, timeout=10_000)


def test_an_answer_is_saved_within_four_seconds_of_the_last_change(page: Page, runtime: Runtime) -> None:
    began = time.monotonic()
    choose(page, 1, "b")
    choose(page, 3, "a")
    choose(page, 3, "c")

    is_saved(page)

    assert time.monotonic() - began < MOST_SECONDS
    assert saved(runtime) == {"K-001": ["b"], "K-003": ["a", "c"]}
    assert kept(page) == {}
    assert page.locator(".answered").text_content() == "2"
    assert page.locator(".jump .done").all_text_contents() == ["1, answered", "3, answered"]


def test_answers_are_saved_while_she_goes_on_answering(page: Page, runtime: Runtime) -> None:
    began = time.monotonic()
    while not saved(runtime) and time.monotonic() - began < 10:
        choose(page, 1, "abcd"[int(10 * time.monotonic()) % 4])
        page.wait_for_timeout(200)

    assert time.monotonic() - began < MOST_SECONDS


def test_what_is_answered_without_a_connection_is_told_and_saved_once_it_is_back(
    page: Page, context: BrowserContext, runtime: Runtime
) -> None:
    context.set_offline(True)
    choose(page, 1, "b")
    expect(page.locator(".state")).to_have_text(AWAY)
    status = page.locator("[role=status]").text_content()
    choose(page, 2, "c")
    during = (saved(runtime), sorted(kept(page)))

    context.set_offline(False)
    is_saved(page)

    assert status == AWAY
    assert during[0] == {}
    assert [key.rsplit(".", 1)[1] for key in during[1]] == ["K-001", "K-002"]
    assert saved(runtime) == {"K-001": ["b"], "K-002": ["c"]}


def test_a_page_that_crashed_before_it_could_save_has_lost_nothing(
    page: Page, context: BrowserContext, runtime: Runtime, address: str
) -> None:
    page.route("**/responses", lambda asked: asked.abort())
    choose(page, 1, "b")
    expect(page.locator(".state")).to_have_text(AWAY)
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    before = saved(runtime)

    again = context.new_page()
    again.goto(address)
    is_saved(again)

    assert before == {}
    assert again.locator("#answer-1-b").is_checked()
    assert "were still in this browser" in (again.locator(".notice").text_content() or "")
    assert saved(runtime) == {"K-001": ["b"]}
    assert kept(again) == {}


def test_what_another_window_saved_is_taken_over_and_told(
    page: Page, context: BrowserContext, runtime: Runtime, address: str
) -> None:
    other = context.new_page()
    other.goto(address)
    choose(other, 1, "a")
    choose(other, 2, "d")
    is_saved(other)

    choose(page, 3, "b")
    is_saved(page)

    expect(page.locator(".notice")).to_have_text("Answers given in another window were taken over: 1, 2.")
    assert page.locator("#answer-1-a").is_checked()
    assert saved(runtime) == {"K-001": ["a"], "K-002": ["d"], "K-003": ["b"]}


def test_of_two_answers_to_one_question_the_one_that_was_saved_stands(
    page: Page, context: BrowserContext, runtime: Runtime, address: str
) -> None:
    other = context.new_page()
    other.goto(address)
    context.set_offline(True)
    choose(page, 1, "a")
    expect(page.locator(".state")).to_have_text(AWAY)
    key, entry = next(iter(kept(page).items()))
    page.close()
    context.set_offline(False)
    other.evaluate("localStorage.clear()")
    choose(other, 1, "d")
    is_saved(other)
    other.evaluate("([key, entry]) => localStorage.setItem(key, entry)", [key, entry])

    other.reload()

    assert json.loads(entry)["now"] == '["a"]'
    expect(other.locator(".notice")).to_have_text("Answers given in another window were taken over: 1.")
    assert (other.locator("#answer-1-d").is_checked(), kept(other)) == (True, {})
    assert saved(runtime) == {"K-001": ["d"]}


def test_who_is_signed_out_is_told_and_loses_nothing(
    page: Page, context: BrowserContext, runtime: Runtime, url: str
) -> None:
    context.clear_cookies()
    choose(page, 1, "b")
    expect(page.locator(".state")).to_have_text("Not saved yet: you are no longer signed in")
    expect(page.locator(".trouble a")).to_be_visible()

    sign_in(context.new_page(), url)
    is_saved(page)

    assert saved(runtime) == {"K-001": ["b"]}
    expect(page.locator(".trouble")).to_be_hidden()


def test_the_keyboard_is_enough(page: Page, runtime: Runtime) -> None:
    page.locator("#answer-1-a").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    is_saved(page)

    assert saved(runtime) == {"K-001": ["b"], "K-002": ["b"], "K-003": ["a"]}


def test_she_is_warned_of_the_end_by_the_servers_time_and_keeps_her_place(
    context: BrowserContext, url: str, address: str
) -> None:
    page = signed_in(context, url)
    page.clock.install(time="2001-01-01T00:00:00")  # what this machine says the time is does not matter
    page.goto(address)
    page.locator("#answer-4-a").focus()
    notice, told = page.locator(".notice"), []

    for minutes in (79, 2, 7):
        page.clock.fast_forward(minutes * 60_000)
        told.append(notice.text_content())
    focused = page.evaluate("document.activeElement.id")
    page.clock.fast_forward(2 * 60_000)

    assert told == ["", "10 minutes are left.", "2 minutes are left."]
    assert focused == "answer-4-a"
    expect(notice).to_have_text("What was saved by then counts. Please submit it now.")
    expect(page.locator("#answer-4-a")).to_be_disabled()


def test_submitting_takes_along_what_was_answered_last_and_leaves_nothing_in_the_browser(
    page: Page, runtime: Runtime, attempt: str
) -> None:
    choose(page, 1, "b")
    page.click("button[name=then]")
    page.wait_for_url("**/submission")
    page.evaluate("id => localStorage.setItem(`mentorcert.attempt.${id}.K-009`, 'left')", attempt)
    page.click("main button")
    page.wait_for_url(f"**/{attempt}")

    [row] = rows(runtime, "attempts")
    assert page.locator("h1").text_content() == "Your test is submitted"
    assert (row.state, row.responses) == ("submitted", {"K-001": ["b"]})
    assert kept(page) == {}


def test_signing_out_leaves_nothing_in_the_browser(page: Page, url: str) -> None:
    page.evaluate("localStorage.setItem('mentorcert.attempt.x.K-009', 'left')")
    page.goto(f"{url}/me/alpha")

    page.click(".top button")
    page.wait_for_url("**/sign-in")

    assert kept(page) == {}


def test_without_a_script_the_buttons_do_all_of_it(
    browser: Browser, url: str, address: str, runtime: Runtime
) -> None:
    context = window(browser, has_script=False)
    page = signed_in(context, url)
    page.goto(address)
    choose(page, 1, "b")
    page.locator("text=Save >> nth=0").click()
    choose(page, 2, "c")
    page.click("button[name=then]")
    page.click("main button")

    [row] = rows(runtime, "attempts")
    assert page.locator("h1").text_content() == "Your test is submitted"
    assert (row.state, row.responses) == ("submitted", {"K-001": ["b"], "K-002": ["c"]})
    context.close()
