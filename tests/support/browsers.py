"""A real browser, Debian's chromium: fresh for each test, without anything that would call its maker."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.world import PASSWORD

_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 10_000
"""Milliseconds that a page may take for anything, on a busy machine."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a headless browser; it ends with the block."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=list(_QUIET))
        yield browser
        browser.close()


def window(browser: Browser, *, has_script: bool = True) -> BrowserContext:
    """Return a browser without cookies or storage; what goes wrong in a page's script fails the test."""
    made = browser.new_context(
        locale="en-GB", java_script_enabled=has_script, viewport={"width": 1000, "height": 900}
    )
    made.set_default_timeout(PATIENCE)
    return made


def signed_in(context: BrowserContext, url: str, slug: str = "alpha") -> Page:
    """Return a page on which the plain person of a body has signed in."""
    page = context.new_page()
    sign_in(page, url, slug)
    return page


def sign_in(page: Page, url: str, slug: str = "alpha") -> None:
    """Sign in as the plain person of a body."""
    page.goto(f"{url}/me/{slug}/sign-in")
    page.fill("#email", f"person@{slug}.example")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"**/me/{slug}")
