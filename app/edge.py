"""From an HTTP request to a Caller, and from an error to a response.

Besides `main`, the only module that knows FastAPI's dependencies. The body is read once, bounded and hashed
before anything else happens, so that an oversized upload costs little and a key can be tied to what was sent.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access import tokens
from app.access.actor import PUBLIC, Claim
from app.core.errors import (
    Findings,
    Invalid,
    Malformed,
    MethodRefused,
    NotFound,
    Refusal,
    TooLarge,
    Unauthenticated,
    WrongMediaType,
)
from app.core.ids import new_id
from app.core.messages import preferred
from app.core.paging import MOST_PER_PAGE, PAGE_SIZE, Window, window
from app.core.problems import MEDIA_TYPE, problem_of
from app.work import Attempt, Caller, Runtime

_log = logging.getLogger("mentorcert")
_UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
_MOST_JSON = 2 * 1024 * 1024
_KEY_LENGTH = 200
SESSION_COOKIE = "mentorcert_session"


class BodyGate:
    """Reads the body up to the limit of its kind, hashes it, and gives the request its id."""

    def __init__(
        self, app: ASGIApp, upload_limit: int, answer: Callable[[Request, Exception], Response] | None = None
    ) -> None:
        self._app = app
        self._upload_limit = upload_limit
        self._answer = answer or problem_response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body in hand, or answer what no route should see."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = str(new_id())
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:  # no database keeps it in a text
            await self._answer(Request(scope), Malformed("request_refused"))(scope, receive, send)
            return
        body = await _read(receive, self._limit(scope))
        if body is None or "\0" in scope["path"]:
            refusal = TooLarge("too_large", limit=self._limit(scope)) if body is None else NotFound("path")
            await self._answer(Request(scope), refusal)(scope, receive, send)
            return
        scope["state"]["body_hash"] = hashlib.sha256(body).hexdigest()
        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return pending.pop() if pending else await receive()

        await self._app(scope, replay, send)

    def _limit(self, scope: Scope) -> int:
        kind = dict(scope["headers"]).get(b"content-type", b"")
        return self._upload_limit + 4096 if kind.startswith(b"multipart/") else _MOST_JSON


async def _read(receive: Receive, limit: int) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > limit:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)


async def _caller(request: Request, response: Response) -> Caller:
    """Build the caller from the bearer token; a route with this dependency is closed to strangers."""
    header = request.headers.get("authorization", "")
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("token_missing")
    return _with_request(request, response, _claim(request.app.state.runtime, token.strip()))


async def _stranger(request: Request, response: Response) -> Caller:
    """Build a caller who is nobody in particular, for the public routes."""
    return _with_request(request, response, PUBLIC)


async def _page_caller(request: Request, response: Response) -> Caller:
    """Build the caller from the session cookie of a page; only pages take cookies, the API never does."""
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        raise Unauthenticated("token_missing")
    return _with_request(request, response, _claim(request.app.state.runtime, token))


def _claim(runtime: Runtime, token: str) -> Claim:
    body_id = tokens.body_of(token)
    key = runtime.keyring.token_key(body_id, tokens.kid_of(token))
    return tokens.verify(token, key, body_id=body_id, now=runtime.clock.now())


def _with_request(request: Request, response: Response, claim: Claim) -> Caller:
    if claim is not PUBLIC or request.method in _UNSAFE:  # tokens and what only the caller may see
        response.headers["Cache-Control"] = "no-store"
    return Caller(
        request.app.state.runtime,
        claim,
        request.state.request_id,
        attempt=_attempt(request),
        if_match=request.headers.get("if-match"),
        set_header=response.headers.__setitem__,
    )


def _attempt(request: Request) -> Attempt | None:
    key = request.headers.get("idempotency-key")
    if key is None or request.method not in _UNSAFE:
        return None
    if not key or len(key) > _KEY_LENGTH or not key.isprintable():
        raise Invalid("idempotency_key_refused")
    asked = "\n".join(
        (request.url.path, request.url.query, request.headers.get("if-match", ""), request.state.body_hash)
    )
    operation = request.scope["route"].name
    return Attempt(operation, key, hashlib.sha256(asked.encode()).hexdigest())


def _window(
    cursor: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = PAGE_SIZE,
) -> Window:
    return window(cursor, limit)


async def _form(request: Request) -> list[tuple[str, str]]:
    """Read the fields of a browser's form whose names a page makes up from what it asks; no files."""
    async with request.form() as sent:
        return [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]


def without_key(caller: Caller) -> Caller:
    """Return the caller without idempotency, for answers that hold secrets and are never stored."""
    return replace(caller, attempt=None)


CallerDep = Annotated[Caller, Depends(_caller)]
StrangerDep = Annotated[Caller, Depends(_stranger)]
PageCallerDep = Annotated[Caller, Depends(_page_caller)]
WindowDep = Annotated[Window, Depends(_window)]
LinkSecret = Annotated[str, Path(min_length=16, max_length=128, pattern=r"^[A-Za-z0-9_-]+$")]
"""The secret of a one-time link, as its address ends with it."""
FormDep = Annotated[list[tuple[str, str]], Depends(_form)]


class PdfResponse(Response):
    """A document as bytes, never altered on the way and never kept by caches between."""

    media_type = "application/pdf"

    @classmethod
    def of(cls, content: bytes, *, sha256: str, name: str) -> "PdfResponse":
        """Return stored bytes with their hash as ETag and a file name for saving."""
        headers = {
            "ETag": f'"{sha256}"',
            "Content-Disposition": f'attachment; filename="{name}.pdf"',
            "Cache-Control": "private, no-cache",
            "X-Content-Type-Options": "nosniff",
        }
        return cls(content, headers=headers)


PDF_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The document.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""Declares the answer of a route that hands out a PDF."""


class CsvResponse(Response):
    """A table as CSV, to be saved and never shown in place."""

    media_type = "text/csv"  # the library adds the charset

    @classmethod
    def of(cls, content: bytes, *, name: str) -> "CsvResponse":
        """Return a table with a file name for saving."""
        headers = {
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "Cache-Control": "private, no-cache",
            "X-Content-Type-Options": "nosniff",
        }
        return cls(content, headers=headers)


class BytesResponse(Response):
    """What somebody handed in, for saving and never for showing: hostile until proven otherwise."""

    media_type = "application/octet-stream"

    @classmethod
    def of(cls, content: bytes, *, sha256: str, name: str) -> "BytesResponse":
        """Return stored bytes with their hash as ETag; a browser neither shows nor interprets them."""
        headers = {
            "ETag": f'"{sha256}"',
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return cls(content, headers=headers)


CSV_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The table, in UTF-8 with a mark.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
"""Declares the answer of a route that hands out a table as CSV."""


BYTES_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The bytes as they were handed in.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""Declares the answer of a route that hands out what somebody handed in."""


class PictureResponse(Response):
    """A picture drawn by the service; kept by no cache between without asking again."""

    media_type = "image/svg+xml"

    @classmethod
    def of(cls, content: str) -> "PictureResponse":
        """Return a picture; a browser lets nothing in it run or load."""
        headers = {
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
        }
        return cls(content, headers=headers)


PICTURE_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The picture.",
        "content": {"image/svg+xml": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""Declares the answer of a route that draws a picture."""


def problem_response(request: Request, error: Exception) -> Response:
    """Return the problem document of an error as a response."""
    locale = preferred(request.headers.get("accept-language"))
    request_id = getattr(request.state, "request_id", "")
    told = problem_of(error, request_id=request_id, locale=locale)
    note_fault(request_id, error, told.problem.status)
    return JSONResponse(
        told.problem.model_dump(mode="json"),
        told.problem.status,
        headers={**told.headers, "Cache-Control": "no-store"},
        media_type=MEDIA_TYPE,
    )


def note_fault(request_id: str, error: Exception, status: int) -> None:
    """Log what nobody raised on purpose; the caller is told nothing of it but the id of the request."""
    if status >= 500 and not isinstance(error, Refusal):
        _log.error("request %s failed", request_id, exc_info=error)


def as_refusal(error: Exception) -> Exception:
    """Put what the framework raises into our own words; leave everything else as it is."""
    if isinstance(error, RequestValidationError):
        return _malformed(error)
    return _from_framework(error) if isinstance(error, HTTPException) else error


def _malformed(error: RequestValidationError) -> Refusal:
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return Malformed("json_malformed")
    if any(fault["loc"] == ("body",) and isinstance(fault.get("input"), bytes) for fault in faults):
        return WrongMediaType("media_type_refused")  # only a body that was not read as JSON is still bytes
    findings = tuple((_pointer(fault["loc"]), str(fault["type"]), str(fault["msg"])) for fault in faults)
    return Findings("input_refused", findings)


def _pointer(location: tuple[int | str, ...]) -> str:
    parts = location[1:] if location and location[0] == "body" else location
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _from_framework(error: HTTPException) -> Refusal:
    if error.status_code == 404:
        return NotFound("path")
    return MethodRefused("method_refused") if error.status_code == 405 else Malformed("request_refused")


_SENTENCES = {
    401: "The caller is not known.",
    403: "The caller's role does not allow this.",
    404: "There is no such thing, or it is not yours to see.",
    409: "A rule refuses; the document names it.",
    412: "The thing has changed since; the document holds its present form.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    422: "The input is refused; the document names each place.",
    428: "If-Match is missing.",
    429: "Too many attempts.",
    503: "The service is busy.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare the problems of a route, so that the contract shows them."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    every = sorted({*statuses, 422, 503})
    return {status: {"description": _SENTENCES[status], "content": content} for status in every}
