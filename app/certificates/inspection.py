"""Says what can be proved about a PDF from its own bytes, one check at a time; never raises.

The bytes come from strangers, and reading a PDF is a long walk through hostile ground. So it is done in a
process of its own that lives for one file, is handed no secret of the service and is stopped by limits on
time, processor and memory; a fault in it costs that one answer. Starting it takes about half a second, which
an upload may cost and a look-up by number never does.
"""

import json
import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

SIZE_LIMIT = 5 * 1024 * 1024
SECONDS_LIMIT = 20.0

_PROJECT = Path(__file__).parents[2]
_MODULE = "app.certificates.inspection_process"


class Verdict(StrEnum):
    """What came of a check."""

    OK = "ok"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


class CheckName(StrEnum):
    """What is checked, in the order in which a reader wants to know it."""

    READABLE = "readable"
    """It is a PDF within the limits."""
    SEALED = "sealed"
    """It carries exactly one signature, which certifies the document and allows form filling at most."""
    INTACT = "intact"
    """The signed bytes are those that were signed."""
    ISSUER = "issuer"
    """The signer's certificate leads to a root of the body, and fits its use at the time asked for."""
    KNOWN_KEY = "known_key"
    """The signer's certificate stands in the body's key history."""
    COMPLETE = "complete"
    """The signature covers the whole file: nothing was added after it."""
    UNMODIFIED = "unmodified"
    """No later change, and none that the certification forbids."""


@dataclass(frozen=True)
class Check:
    """One check with its verdict and, unless it is ok, the reason in plain words."""

    name: CheckName
    verdict: Verdict
    reason: str


@dataclass(frozen=True)
class Inspection:
    """All checks in order, and what the file says it is: worth as much as the checks are."""

    checks: tuple[Check, ...]
    sha256: str
    number: str | None
    code: str | None

    @property
    def is_ok(self) -> bool:
        """Return whether every check is ok; one not made is enough to say no."""
        return all(check.verdict is Verdict.OK for check in self.checks)


def inspect(
    pdf: bytes,
    *,
    roots: Sequence[bytes],
    known_keys: Collection[str],
    at: datetime,
    size_limit: int = SIZE_LIMIT,
    seconds_limit: float = SECONDS_LIMIT,
) -> Inspection:
    """Check a PDF against a body's roots (PEM) and seal certificates (SHA-256, hex) as of an instant."""
    digest = sha256(pdf).hexdigest()
    if len(pdf) > size_limit:
        return _unread(digest, f"The file is larger than {size_limit} bytes.")
    if not pdf.startswith(b"%PDF-"):
        return _unread(digest, "The file is not a PDF.")
    question = {
        "roots": [root.decode("ascii", "replace") for root in roots],
        "known_keys": sorted(known_keys),
        "at": at.isoformat(),
        "seconds": seconds_limit,
    }
    answer = _ask(json.dumps(question).encode() + b"\n" + pdf, seconds_limit)
    if answer is None:
        return _unread(digest, "The file could not be read within the limits of time and memory.")
    return _inspection(digest, answer)


def _unread(digest: str, reason: str) -> Inspection:
    first, *others = CheckName
    rest = (Check(name, Verdict.NOT_CHECKED, "The file could not be read.") for name in others)
    return Inspection((Check(first, Verdict.FAILED, reason), *rest), digest, None, None)


def _ask(question: bytes, seconds: float) -> bytes | None:
    """Run the reading process once; return what it wrote, or None if it failed or took too long."""
    environment = {"PATH": os.defpath, "PYTHONPATH": str(_PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file goes through standard input
            [sys.executable, "-m", _MODULE],
            input=question,
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout if done.returncode == 0 else None


def _inspection(digest: str, answer: bytes) -> Inspection:
    """Read the answer of the other process as carefully as if the file had written it."""
    try:
        document = json.loads(answer)
        checks = tuple(Check(CheckName(n), Verdict(v), str(r)) for n, v, r in document["checks"])
        number, code = document["number"], document["code"]
    except (ValueError, KeyError, TypeError):
        return _unread(digest, "The file could not be read.")
    if [check.name for check in checks] != list(CheckName):
        return _unread(digest, "The file could not be read.")
    return Inspection(checks, digest, number and str(number), code and str(code))
