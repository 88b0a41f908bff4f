"""Which formative components are missing before the final (7.0, amendment 9)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True)
class Completed:
    """That a formative component was completed, and by which records."""

    value: Decimal
    sources: tuple[str, ...]


def missing_formative(required: Sequence[str], completed: Collection[tuple[UUID, str]]) -> tuple[str, ...]:
    """Name the formative components missing in the engagement that lacks the fewest (7.0, amendment 9)."""
    by_engagement: dict[UUID, set[str]] = {}
    for engagement, component in completed:
        by_engagement.setdefault(engagement, set()).add(component)
    most = max(by_engagement.values(), key=lambda done: len(done & set(required)), default=set())
    return tuple(code for code in required if code not in most)
