"""Keeps the logs of all bodies up to date, beside the requests."""

from app.access.actor import system
from app.log import checkpointing, queries, service
from app.work import Caller, Runtime


def bring_in(runtime: Runtime) -> int:
    """Bring waiting events into their logs, body by body; where the writers do it themselves none waits."""
    if runtime.logbook is not None:
        return 0
    with runtime.database.reading() as session:
        behind = queries.bodies_with_pending(session)
    return sum(Caller(runtime, system(body_id), "worker").write(service.bring_in) for body_id in behind)


def sign(runtime: Runtime) -> int:
    """Sign the heads of the logs that have grown."""
    with runtime.database.reading() as session:
        grown = queries.bodies_unsigned(session)
    for body_id in grown:
        Caller(runtime, system(body_id), "worker").write(checkpointing.sign)
    return len(grown)
