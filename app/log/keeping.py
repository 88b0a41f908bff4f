"""Keeps the logs of all bodies up to date, beside the requests; a fault in one body's log stops no other."""

import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from app.access.actor import system
from app.log import checkpointing, queries, service
from app.log.guarding import RolledBack
from app.work import Caller, Runtime, Work

_log = logging.getLogger("mentorcert.log")


def bring_in(runtime: Runtime) -> None:
    """Bring waiting events into their logs; where the writers do it themselves none waits."""
    if runtime.logbook is not None:
        return
    with runtime.database.reading() as session:
        behind = queries.bodies_with_pending(session)
    _for_each(runtime, behind, service.bring_in)


def sign(runtime: Runtime) -> None:
    """Sign the heads of the logs that have grown."""
    with runtime.database.reading() as session:
        grown = queries.bodies_unsigned(session)
    _for_each(runtime, grown, checkpointing.sign)


def _for_each(runtime: Runtime, bodies: Iterable[UUID], use_case: Callable[[Work], object]) -> None:
    for body_id in bodies:
        try:
            Caller(runtime, system(body_id), "worker").write(use_case)
        except RolledBack as fault:
            _log.critical("%s", fault)
        except Exception:
            _log.exception("the log of body %s could not be kept", body_id)
