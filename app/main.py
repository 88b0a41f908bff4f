"""The application: routes, error answers and what the process shares."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from app.access.keyring import Keyring
from app.access.passwords import Passwords
from app.accounts.routes import router as accounts
from app.applications.routes import router as applications
from app.bodies.routes import router as bodies
from app.certificates.routes import router as certificates
from app.core.clock import Clock, SystemClock
from app.core.database import Database
from app.core.errors import Refusal
from app.core.post import Post
from app.core.problems import Problem
from app.core.secrets import KeyStore
from app.core.settings import Mode, Settings
from app.decisions.routes import router as decisions
from app.delivery.routes import router as delivery
from app.directory.routes import router as directory
from app.edge import BodyGate, as_refusal, problem_response
from app.impartiality.routes import router as impartiality
from app.itembank.routes import router as itembank
from app.log.routes import router as log
from app.log.sequencing import sequence
from app.marking.routes import router as marking
from app.notices.posting import post_of
from app.notices.routes import router as notices
from app.people.routes import router as people
from app.practice.routes import router as practice
from app.profiles.routes import router as profiles
from app.programmes.routes import router as programmes
from app.register.routes import router as register
from app.reports.routes import router as reports
from app.schemes.routes import router as schemes
from app.statements.routes import router as statements
from app.web import pages
from app.web.candidate.routes import router as web_candidate
from app.web.cards import router as cards
from app.web.mentee.routes import router as web_mentee
from app.web.mentors import router as mentors
from app.web.routes import router as web
from app.web.scheme.routes import router as web_schemes
from app.web.standing import router as standing
from app.work import Runtime

ROUTERS = (
    bodies, people, accounts, notices, impartiality, schemes, practice, profiles, applications, itembank,
    delivery, marking, certificates, statements, decisions, log, programmes, register, directory, web,
    reports, web_schemes, mentors, cards, standing, web_mentee, web_candidate,
)  # fmt: skip


def make_runtime(settings: Settings, clock: Clock | None = None, post: Post | None = None) -> Runtime:
    """Open database and keys; the one place where the parts of the process are put together."""
    cost = 10 if settings.mode is Mode.TEST else 17
    return Runtime(
        settings=settings,
        database=Database(settings),
        clock=clock or SystemClock(settings.clock_shift),
        keyring=Keyring(KeyStore(settings.data_folder / "keys", settings.key_passphrase, cost=cost)),
        passwords=Passwords(settings),
        post=post or post_of(settings),
        logbook=sequence if settings.is_sqlite else None,
    )


def create_app(runtime: Runtime) -> FastAPI:
    """Return the application around a runtime."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = app.state.runtime.settings.threads
        yield
        app.state.runtime.database.dispose()

    app = FastAPI(
        title="MentorCert",
        version="0.1.0",
        summary="Certification of business mentors, with proof that the rules were kept.",
        generate_unique_id_function=_operation_id,
        separate_input_output_schemas=False,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.runtime = runtime
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    app.add_middleware(BodyGate, upload_limit=runtime.settings.upload_limit, answer=_answer)
    for kind in (RequestValidationError, HTTPException, Refusal, DBAPIError, Exception):
        app.add_exception_handler(kind, _refused)
    # made when first asked for: it takes longer than everything else here
    app.openapi = cache(partial(contract, app))  # type: ignore[method-assign] # as the library documents it
    return app


async def _refused(request: Request, error: Exception) -> Response:
    return _answer(request, as_refusal(error))


def _answer(request: Request, error: Exception) -> Response:
    """Answer a person in a browser with a page, and everyone else with a problem document."""
    return pages.refused(request, error) if pages.is_page(request) else problem_response(request, error)


def _operation_id(route: APIRoute) -> str:
    return route.name


def contract(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, completed by what the edge does for every operation alike."""
    document = FastAPI.openapi(app)
    components = document.setdefault("components", {})
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= schemas["Problem"].pop("$defs", {})
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(path, method, operation)
    return {key: _binary_uploads(value) for key, value in document.items()}


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Declare bearer tokens and the headers for retries and for changes to versioned things."""
    if path.startswith("/v1/"):
        operation["security"] = [{"bearer": []}]
    parameters = operation.setdefault("parameters", [])
    if method != "get":
        parameters.append(_header("Idempotency-Key", "Send the same key again to repeat the call safely."))
    if "428" in operation["responses"]:
        parameters.append(_header("If-Match", "The version you saw, as its ETag gave it."))


def _header(name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": {"type": "string", "maxLength": 200},
    }


def _binary_uploads(node: Any) -> Any:
    """Write uploads as `format: binary`, the spelling that client generators understand."""
    if isinstance(node, dict):
        if node.get("contentMediaType") == "application/octet-stream":
            return {
                **{key: value for key, value in node.items() if key != "contentMediaType"},
                "format": "binary",
            }
        return {key: _binary_uploads(value) for key, value in node.items()}
    return [_binary_uploads(item) for item in node] if isinstance(node, list) else node
