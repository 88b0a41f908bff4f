"""A candidate answers in a browser all the while, and her server is killed without warning, again and again.

Two things are measured. At each kill, the database has every answer that she gave more than five seconds
before. In the end it has every answer that she ever gave, though she went on answering while the server was
away, and once even lost the page. The control, a page without its script, is caught by the same measure.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from app.work import Runtime
from tests.support.browsers import signed_in, window
from tests.support.counting import rows
from tests.support.servers import Server, listening

MOST_LOST_SECONDS = 5.0
PACE = 250
"""Milliseconds between two answers."""
SCRIPT = "**/static/attempt.js*"

Responses = dict[str, list[str]]


@dataclass
class Candidate:
    """Somebody who never stops answering, and what she remembers of it."""

    page: Page
    items: list[str]
    chance: random.Random = field(default_factory=lambda: random.Random(11))
    given: list[tuple[float, str, str]] = field(default_factory=list)

    def answer_for(self, seconds: float) -> None:
        """Answer one question after the other; most of them anew."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.answer()

    def answer(self) -> None:
        number, option = self.chance.randrange(len(self.items)), self.chance.choice("abcd")
        box = self.page.locator(f"#answer-{number + 1}-{option}")
        if box.get_attribute("type") == "radio":
            box.check()
            self.given.append((time.monotonic(), self.items[number], option))
        self.page.wait_for_timeout(PACE)

    def comes_back(self) -> "Candidate":
        """Close the page, as a crash would, and open it anew in the same browser."""
        context, address = self.page.context, self.page.url
        self.page.close()
        page = context.new_page()
        page.goto(address)
        return replace(self, page=page)

    def answers(self, until: float = float("inf")) -> Responses:
        """Return the last answer to each question that she has not touched after a moment."""
        last = {item: (at, option) for at, item, option in self.given}
        return {item: [option] for item, (at, option) in last.items() if at <= until}


def in_database(runtime: Runtime) -> Responses:
    """What the database has, asked without the server."""
    [row] = rows(runtime, "attempts")
    runtime.database.dispose()
    responses: Responses = row.responses
    return responses


def lost(given: Responses, kept: Responses) -> Responses:
    """Return the answers that are not there as they were given."""
    return {item: answer for item, answer in given.items() if kept.get(item) != answer}


@pytest.fixture
def candidate(browser: Browser) -> Iterator[Callable[..., Candidate]]:
    """Seats a candidate before her test; `is_saving=False` takes the script away from her."""
    context = window(browser)

    def seated(url: str, attempt: str, *, is_saving: bool = True) -> Candidate:
        if not is_saving:
            context.route(SCRIPT, lambda asked: asked.abort())
        page = signed_in(context, url)
        page.goto(f"{url}/me/alpha/attempts/{attempt}")
        items = page.locator("[data-item]").evaluate_all("all => all.map(one => one.dataset.item)")
        return Candidate(page, items)

    yield seated
    context.close()


def test_nothing_that_was_answered_is_lost_when_the_server_is_killed(
    server: Server, runtime: Runtime, attempt: str, candidate: Callable[..., Candidate]
) -> None:
    seated = candidate(server.url, attempt)
    for is_closed in (False, True):
        seated.answer_for(MOST_LOST_SECONDS + 2 * seated.chance.random())
        server.kill()
        due = seated.answers(until=time.monotonic() - MOST_LOST_SECONDS)
        assert lost(due, in_database(runtime)) == {}
        restart = threading.Thread(target=server.start)
        restart.start()
        while restart.is_alive():
            seated.answer()
        if is_closed:
            seated = seated.comes_back()
        expect(seated.page.locator(".state")).to_contain_text("Saved", timeout=20_000)
    server.kill()

    assert len(seated.given) > 20
    assert in_database(runtime) == seated.answers()


def test_the_measure_catches_a_page_that_does_not_save(
    client: TestClient,
    standing_app: FastAPI,
    runtime: Runtime,
    attempt: str,
    candidate: Callable[..., Candidate],
) -> None:
    with listening(standing_app) as url:
        seated = candidate(url, attempt, is_saving=False)
        seated.answer_for(1)
        seated.page.wait_for_timeout(1000 * MOST_LOST_SECONDS)

    due = seated.answers(until=time.monotonic() - MOST_LOST_SECONDS)
    assert client.app is standing_app
    assert due
    assert lost(due, in_database(runtime)) == due
