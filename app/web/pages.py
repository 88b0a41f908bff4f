"""From a template to a response: language, security headers, and errors as pages."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

from app.certificates.labels import day_in_words
from app.core.errors import Refusal, Unauthenticated
from app.core.messages import page_text, preferred, sentence
from app.core.problems import problem_of
from app.edge import note_fault
from app.statements.content import CardFound
from app.statements.labels import figure
from app.statements.web_chart import svg

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"
_HOLDER = "/me/"
_PAGES = ("/v/", "/verify/", _HOLDER)

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",  # the status is that of this instant
    "Vary": "Accept-Language",
}

_templates = Environment(
    loader=FileSystemLoader(_FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, status: int = 200, **shown: Any) -> Response:
    """Return a page in the reader's language."""
    locale = language_of(request)
    text = _templates.get_template(template).render(
        locale=locale,
        t=partial(_told, locale),
        day=partial(day_in_words, locale),
        instant=partial(_instant, locale),
        figure=partial(figure, locale),
        chart=partial(_chart, locale),
        style=f"/static/mentorcert.css?v={_style_hash()}",
        **shown,
    )
    return HTMLResponse(text, status, headers=_HEADERS)


def language_of(request: Request) -> str:
    """Return the reader's language, as far as we speak it."""
    return preferred(request.headers.get("accept-language"))


def _told(locale: str, key: str, **facts: object) -> str:
    return page_text(key, facts, locale)


def _instant(locale: str, moment: datetime) -> str:
    return f"{day_in_words(locale, date(moment.year, moment.month, moment.day))}, {moment:%H:%M}"


def _chart(locale: str, card: CardFound, alt: str) -> Markup:
    return Markup(svg(card, locale, alt))  # noqa: S704 - our own drawing, which escapes every text in it


@cache
def _style_hash() -> str:
    return hashlib.sha256((STATIC / "mentorcert.css").read_bytes()).hexdigest()[:12]


def told(request: Request, refusal: Refusal) -> str:
    """Return the sentence of a refusal in the reader's language."""
    return sentence(refusal.code, refusal.facts, language_of(request))


def is_page(request: Request) -> bool:
    """Tell whether a person in a browser asks, and not a machine."""
    return request.url.path.startswith(_PAGES)


def refused(request: Request, error: Exception) -> Response:
    """Answer an error with a page; who is not signed in is led to the place to sign in."""
    path = request.url.path
    if isinstance(error, Unauthenticated) and path.startswith(_HOLDER):
        slug = path.removeprefix(_HOLDER).split("/")[0]
        return RedirectResponse(f"{_HOLDER}{slug}/sign-in", 303, headers=_HEADERS)
    locale = language_of(request)
    told = problem_of(error, request_id=getattr(request.state, "request_id", ""), locale=locale)
    note_fault(told.problem.request_id, error, told.problem.status)
    answer = page(request, "refused.html", told.problem.status, problem=told.problem, slug=_slug_of(path))
    answer.headers.update(_only(told.headers, "Retry-After"))
    return answer


def _slug_of(path: str) -> str | None:
    parts = path.strip("/").split("/")
    return parts[1] if len(parts) > 1 else None


def _only(headers: Mapping[str, str], name: str) -> dict[str, str]:
    return {name: headers[name]} if name in headers else {}
