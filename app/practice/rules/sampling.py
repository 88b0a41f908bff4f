"""Sampling of attestations: which of them a seed draws, and who may check one (amendment 3).

The order follows from seed and ids alone, so that whoever holds the log can draw the sample again.
"""

import hashlib
from collections.abc import Collection, Iterable
from enum import StrEnum
from uuid import UUID

from app.core.errors import Conflict, NotImpartial

MOST_DRAWN = 300
"""In one sample: all of them must fit into the one event that tells of it."""


class CheckOutcome(StrEnum):
    """What came out when a drawn attestation was checked."""

    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"


def drawn(attestations: Collection[UUID], *, seed: str, percent: int) -> list[UUID]:
    """Return the share of attestations that a seed draws, rounded up: the first by SHA-256 of seed and id."""
    if not attestations:
        raise Conflict("nothing_to_sample")
    count = -(-len(attestations) * percent // 100)
    if count > MOST_DRAWN:
        raise Conflict("sample_too_large", drawn=count, most=MOST_DRAWN)
    return sorted(attestations, key=lambda one: _sha256(f"{seed}\n{one}"))[:count]


def frame_of(attestations: Iterable[UUID]) -> str:
    """Return the hash of all that could have been drawn: SHA-256 over the sorted ids, a line each."""
    return _sha256("\n".join(sorted(map(str, attestations))))


def ensure_may_check(checker_id: UUID, *, attester_id: UUID, mentor_id: UUID) -> None:
    """Refuse a check by who gave the attestation, or whose practice it is."""
    for involved, act in ((attester_id, "attested"), (mentor_id, "mentored")):
        if checker_id == involved:
            raise NotImpartial("attestation_check_refused", rule="7.3", act=act)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
