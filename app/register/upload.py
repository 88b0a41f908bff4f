"""Verifies a stranger's file: trust is read, the file inspected outside any work, the register asked."""

from threading import BoundedSemaphore

from app.certificates.inspection import inspect
from app.core.errors import Unavailable
from app.register import service
from app.register.schemas import VerificationRead
from app.register.service import Trust
from app.work import Caller

_AT_ONCE = BoundedSemaphore(3)  # each inspection is a process with memory and processor of its own
_IN_HAND = BoundedSemaphore(
    6
)  # or strangers' uploads, waiting, would take every thread from all other requests
_WAIT_SECONDS = 15


def verify(caller: Caller, content: bytes) -> VerificationRead:
    """Return the verification of a file; whatever the bytes are, the answer is a verdict."""
    if not _IN_HAND.acquire(blocking=False):
        raise Unavailable("busy")
    try:
        return _verified(caller, content)
    finally:
        _IN_HAND.release()


def _verified(caller: Caller, content: bytes) -> VerificationRead:
    trust = _trust(caller)
    if not _AT_ONCE.acquire(timeout=_WAIT_SECONDS):
        raise Unavailable("busy")
    try:
        inspection = inspect(
            content, roots=trust.roots, known_keys=trust.known_keys, at=caller.runtime.clock.now()
        )
    finally:
        _AT_ONCE.release()
    return caller.read(service.verify_file, inspection, answer=VerificationRead)


def _trust(caller: Caller) -> Trust:
    found: Trust = caller.read(service.trust)
    return found
