"""The holder's session on pages: two cookies that no script can read, and a token in every form.

The session cookie holds the access token, the renewal cookie the refresh token, sent only to where the
sign-in ends. A form's token is derived from a cookie that another site can neither read nor
set, so a forged form has none (double submit).
"""

import hmac
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.core.errors import Forbidden
from app.core.ids import new_secret
from app.edge import SESSION_COOKIE

_RENEWAL = "mentorcert_renewal"
FORM_COOKIE = "mentorcert_form"


def form_token(secret: str) -> str:
    """Return the token of a form that belongs to a cookie's secret."""
    return hmac.digest(secret.encode(), b"form", "sha256").hex()


def ensure_form(secret: str | None, token: str) -> None:
    """Refuse a form that was not made for this browser."""
    if not secret or not hmac.compare_digest(form_token(secret).encode(), token.encode()):
        raise Forbidden("form_refused")


def form_secret(request: Request) -> str:
    """Return the secret behind the forms of a browser that is not signed in; a new one where it has none."""
    return request.cookies.get(FORM_COOKIE) or new_secret()


def keep_form_secret(response: Response, request: Request, slug: str, secret: str) -> None:
    """Let the browser keep the secret behind its forms."""
    _set(response, request, FORM_COOKIE, secret, path=f"/me/{slug}")


def begin(response: Response, request: Request, slug: str, token: Any) -> None:
    """Let the browser keep a sign-in."""
    _set(response, request, SESSION_COOKIE, token.access_token, path=f"/me/{slug}", max_age=token.expires_in)
    if token.refresh_token is not None:
        _set(response, request, _RENEWAL, token.refresh_token, path=f"/me/{slug}/sign-out")


def prolong(response: Response, request: Request, slug: str, token: Any) -> None:
    """Let the browser keep a longer access token of the same sign-in."""
    _set(response, request, SESSION_COOKIE, token.access_token, path=f"/me/{slug}", max_age=token.expires_in)


def secret_of(request: Request) -> str | None:
    """Return the secret behind the forms of a signed-in browser."""
    return request.cookies.get(SESSION_COOKIE)


def renewal_of(request: Request) -> str | None:
    """Return the refresh token, by which the sign-in is ended."""
    return request.cookies.get(_RENEWAL)


def end(response: Response, slug: str) -> None:
    """Let the browser forget the sign-in, and what a test's page kept for it."""
    response.headers["Clear-Site-Data"] = '"storage"'
    response.delete_cookie(SESSION_COOKIE, path=f"/me/{slug}")
    response.delete_cookie(_RENEWAL, path=f"/me/{slug}/sign-out")


def _set(
    response: Response, request: Request, name: str, value: str, *, path: str, max_age: int | None = None
) -> None:
    is_secure = request.app.state.runtime.settings.public_url.startswith("https:")
    response.set_cookie(
        name, value, max_age=max_age, path=path, httponly=True, samesite="strict", secure=is_secure
    )
