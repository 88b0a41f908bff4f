"""From a template to a response: language, security headers, and errors as pages."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

from app.core.errors import Refusal, Unauthenticated
from app.core.messages import sentence, spoken
from app.core.problems import problem_of
from app.edge import note_fault
from app.statements.content import CardFound
from app.statements.labels import figure
from app.statements.web_chart import svg
from app.web.languages import choices, reader_of

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"
_HOLDER = "/me/"
_MENTEE = ("/confirm/", "/review/", "/impact/", "/impact-consent/")
_DIRECTORY = ("/mentors/", "/contact/", "/contact-answer/")
_PAGES = ("/v/", "/verify/", "/schemes/", _HOLDER, *_DIRECTORY, *_MENTEE)

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",  # the status is that of this instant
    "Vary": "Accept-Language",
}

_SCRIPTED = {
    "Content-Security-Policy": _HEADERS["Content-Security-Policy"] + "; script-src 'self'; connect-src 'self'"
}

_MADE_OF = {".py", ".html", ".css", ".po"}

_templates = Environment(
    loader=FileSystemLoader(_FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(
    request: Request, template: str, status: int = 200, *, script: str | None = None, **shown: Any
) -> Response:
    """Return a page in the reader's language; the script that a page may name is one of our own files."""
    reader = reader_of(request)
    text = _templates.get_template(template).render(
        language=reader.language,
        choices=choices(request, reader),
        reader=reader,
        t=reader.told,
        day=reader.day,
        instant=reader.instant,
        link=reader.link,
        figure=partial(figure, reader.language),
        chart=partial(_chart, reader.language),
        style=_static("mentorcert.css"),
        script=script and _static(script),
        **shown,
    )
    return HTMLResponse(text, status, headers=_HEADERS | (_SCRIPTED if script else {}))


def standing_page(request: Request, template: str, digest: str, **shown: Any) -> Response:
    """Return a page that stays the same until what it shows changes; who has this one already gets none.

    The digest stands for what is shown, and what else the page is made of is added here: its language,
    whether the address names that, and the release's own templates, texts and style. Nothing is drawn for a
    browser or a cache that names this tag.
    """
    reader = reader_of(request)
    parts = (digest, reader.language, str(reader.is_chosen), _release())
    tag = f'"{hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]}"'
    kept = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if tag in _tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers={**_HEADERS, **kept})
    answer = page(request, template, **shown)
    answer.headers.update(kept)
    return answer


def _tags(header: str) -> Iterator[str]:
    """Return the tags of an If-None-Match; a weak one is as good, since the answer is the same."""
    return (tag.strip().removeprefix("W/") for tag in header.split(","))


def _chart(locale: str, card: CardFound, alt: str) -> Markup:
    return Markup(svg(card, locale, alt))  # noqa: S704 - our own drawing, which escapes every text in it


@cache
def _static(name: str) -> str:
    """Return the address of a static file, which changes with what the file holds."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


@cache
def _release() -> str:
    """Return what tells this release's pages from those of another: code, templates, texts and style."""
    made_of = hashlib.sha256()
    for file in sorted(path for path in _FOLDER.parent.rglob("*.*") if path.suffix in _MADE_OF):
        made_of.update(file.read_bytes())
    return made_of.hexdigest()[:12]


def told(request: Request, refusal: Refusal) -> str:
    """Return the sentence of a refusal in the reader's language, else in English and marked so."""
    reader = reader_of(request)
    language = spoken(reader.language)
    return reader.marked(sentence(refusal.code, refusal.facts, language), language)


def is_page(request: Request) -> bool:
    """Tell whether a person in a browser asks, and not a machine or a page's own script."""
    accept = request.headers.get("accept", "")
    return request.url.path.startswith(_PAGES) and not accept.startswith("application/json")


def refused(request: Request, error: Exception) -> Response:
    """Answer an error with a page; who is not signed in is led to the place to sign in."""
    path, reader = request.url.path, reader_of(request)
    if isinstance(error, Unauthenticated) and path.startswith(_HOLDER):
        slug = path.removeprefix(_HOLDER).split("/")[0]
        return RedirectResponse(reader.link(f"{_HOLDER}{slug}/sign-in"), 303, headers=_HEADERS)
    language = spoken(reader.language)
    told = problem_of(error, request_id=getattr(request.state, "request_id", ""), locale=language)
    note_fault(told.problem.request_id, error, told.problem.status)
    closed = f"closed_{told.problem.code}"
    if path.startswith(_MENTEE) and reader.has(closed):
        return page(request, "mentee/closed.html", told.problem.status, closed=closed)
    answer = page(
        request,
        "refused.html",
        told.problem.status,
        problem=told.problem,
        says=reader.marked(told.problem.detail, language),
        slug=_slug_of(path),
    )
    answer.headers.update(_only(told.headers, "Retry-After"))
    return answer


def _slug_of(path: str) -> str | None:
    parts = path.strip("/").split("/")
    return parts[1] if len(parts) > 1 else None


def _only(headers: Mapping[str, str], name: str) -> dict[str, str]:
    return {name: headers[name]} if name in headers else {}
