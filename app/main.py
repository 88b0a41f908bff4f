"""The application: routes, error answers and what the process shares."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from app.access.keyring import Keyring
from app.access.passwords import Passwords
from app.accounts.routes import router as accounts
from app.bodies.routes import router as bodies
from app.core.clock import Clock, SystemClock
from app.core.database import Database
from app.core.problems import Problem
from app.core.secrets import KeyStore
from app.core.settings import Mode, Settings
from app.edge import BodyGate, refused
from app.impartiality.routes import router as impartiality
from app.log.routes import router as log
from app.log.sequencing import sequence
from app.people.routes import router as people
from app.schemes.routes import router as schemes
from app.work import Runtime

ROUTERS = (bodies, people, accounts, impartiality, schemes, log)


def make_runtime(settings: Settings, clock: Clock | None = None) -> Runtime:
    """Open database and keys; the one place where the parts of the process are put together."""
    cost = 10 if settings.mode is Mode.TEST else 17
    return Runtime(
        settings=settings,
        database=Database(settings),
        clock=clock or SystemClock(settings.clock_shift),
        keyring=Keyring(KeyStore(settings.data_folder / "keys", settings.key_passphrase, cost=cost)),
        passwords=Passwords(settings),
        logbook=sequence if settings.is_sqlite else None,
    )


def create_app(runtime: Runtime) -> FastAPI:
    """Return the application around a runtime."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = runtime.settings.threads
        yield
        runtime.database.dispose()

    app = FastAPI(
        title="MentorCert",
        version="0.1.0",
        summary="Certification of business mentors, with proof that the rules were kept.",
        generate_unique_id_function=_operation_id,
        separate_input_output_schemas=False,
        lifespan=lifespan,
        docs_url="/docs",
        redoc_url=None,
    )
    app.state.runtime = runtime
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(BodyGate, upload_limit=runtime.settings.upload_limit)
    for kind in (RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, refused)
    app.openapi_schema = contract(app)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name


def contract(app: FastAPI) -> dict[str, object]:
    """Return the OpenAPI document, with the problem schema that every operation refers to."""
    document = app.openapi()
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for name, schema in schemas["Problem"].pop("$defs", {}).items():
        schemas[name] = schema
    return document
