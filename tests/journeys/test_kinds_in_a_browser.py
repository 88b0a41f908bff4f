"""Items of every kind in a real browser, with and without its script: answered, saved and shown again."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.testclient import TestClient

from app.work import Caller, Runtime
from tests.factories import itembank as bank
from tests.factories import marking as a
from tests.support.browsers import signed_in, window
from tests.support.counting import rows
from tests.support.servers import listening
from tests.support.world import World

KINDS = ("single_choice", "multiple_choice", "ordering", "situational_judgement", "short_answer")


@pytest.fixture
def address(
    client: TestClient, standing_app: FastAPI, world: World, system: Caller, version_id: UUID
) -> Iterator[str]:
    bank.an_approved_form_of(client, system, world.alpha, version_id, KINDS)
    a.formative_done(client, world)
    attempt = a.an_open_attempt(client, world, a.an_admitted_case(system, world, version_id))
    with listening(standing_app) as url:
        yield f"{url}/me/alpha/attempts/{attempt}"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def has_script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def context(browser: Browser, has_script: bool) -> Iterator[BrowserContext]:
    made = window(browser, has_script=has_script)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    made = signed_in(context, address.partition("/me/")[0])
    made.goto(address)
    return made


def question(page: Page, kind: str) -> tuple[str, str]:
    """Return code and number of the first question of a kind."""
    found = page.locator(f"[data-kind={kind}]").first
    return str(found.get_attribute("data-item")), str(found.get_attribute("data-number"))


def answer_all(page: Page) -> dict[str, object]:
    """Answer one question of each kind as `ANSWERS` has it."""
    given: dict[str, object] = {}
    for kind in KINDS:
        code, number = question(page, kind)
        answer = given[code] = bank.ANSWERS[kind]
        if kind == "ordering":
            for place, option in enumerate(answer, start=1):
                page.locator(f"#answer-{number}-{place}").select_option(option)
        elif kind == "situational_judgement":
            for part, option in answer.items():
                page.locator(f"#answer-{number}-{option}-{part}").check()
        elif kind == "short_answer":
            page.locator(f"#answer-{number}").fill(answer)
        else:
            for option in answer:
                page.locator(f"#answer-{number}-{option}").check()
    return given


def saved(runtime: Runtime) -> object:
    [row] = rows(runtime, "attempts")
    return row.responses


def test_every_kind_is_answered_saved_and_shown_again(page: Page, runtime: Runtime) -> None:
    given = answer_all(page)
    page.locator("text=Save >> nth=0").click()
    expect(page.locator(".state")).to_contain_text("Saved ", timeout=10_000)
    page.reload()

    _, ordering = question(page, "ordering")
    _, judged = question(page, "situational_judgement")
    _, written = question(page, "short_answer")
    assert saved(runtime) == given
    assert page.locator(".answered").text_content() == str(len(KINDS))
    assert page.locator(f"#answer-{ordering}-1").input_value() == "d"
    assert page.locator(f"#answer-{judged}-d-worst").is_checked()
    assert page.locator(f"#answer-{written}").input_value() == bank.ANSWERS["short_answer"]


def test_an_option_stands_in_one_place_of_an_order_only(
    page: Page, runtime: Runtime, has_script: bool
) -> None:
    code, number = question(page, "ordering")
    page.locator(f"#answer-{number}-1").select_option("a")
    page.locator(f"#answer-{number}-2").select_option("a")
    page.locator("text=Save >> nth=0").click()

    if has_script:
        expect(page.locator(".state")).to_contain_text("Saved ", timeout=10_000)
        assert saved(runtime) == {code: ["a"]}
    else:  # it is refused in words, and what was chosen still stands there
        assert page.locator("[role=alert].error").is_visible()
        assert page.locator(f"#answer-{number}-2").input_value() == "a"
        assert saved(runtime) == {}
