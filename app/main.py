"""The application: routes, error answers and what the process shares."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from app.access.keyring import Keyring
from app.access.passwords import Passwords
from app.accounts.routes import router as accounts
from app.applications.routes import router as applications
from app.bodies.routes import router as bodies
from app.core.clock import Clock, SystemClock
from app.core.database import Database
from app.core.problems import Problem
from app.core.secrets import KeyStore
from app.core.settings import Mode, Settings
from app.delivery.routes import router as delivery
from app.edge import BodyGate, refused
from app.impartiality.routes import router as impartiality
from app.itembank.routes import router as itembank
from app.log.sequencing import sequence
from app.marking.routes import router as marking
from app.people.routes import router as people
from app.practice.routes import router as practice
from app.profiles.routes import router as profiles
from app.schemes.routes import router as schemes
from app.work import Runtime

ROUTERS = (
    bodies,
    people,
    accounts,
    impartiality,
    schemes,
    practice,
    profiles,
    applications,
    itembank,
    delivery,
    marking,
)
