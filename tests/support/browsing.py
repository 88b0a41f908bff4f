"""What somebody does on pages: sign in by the form, send a form with its token."""

import re
from typing import Any

from starlette.testclient import TestClient

from tests.support.world import PASSWORD


def form_token(text: str) -> str:
    """Return the token of a page's forms."""
    found = re.search(r'name="token" value="([0-9a-f]{64})"', text)
    assert found is not None
    return found[1]


def hidden(text: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found is not None
    return found[1]


def sign_in(client: TestClient, email: str = "person@alpha.example", slug: str = "alpha") -> Any:
    """Sign in by the page; the client keeps the cookies."""
    token = form_token(client.get(f"/me/{slug}/sign-in").text)
    fields = {"email": email, "password": PASSWORD, "token": token}
    return client.post(f"/me/{slug}/sign-in", data=fields, follow_redirects=False)


def sent(client: TestClient, page: str, path: str, **fields: Any) -> Any:
    """Send a form of a page, with the page's own token, and do not follow where it leads."""
    token = form_token(client.get(page).text)
    return client.post(path, data={"token": token, **fields}, follow_redirects=False)
