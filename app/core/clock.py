"""The only place that reads the clock."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the instant, aware and in UTC."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""


class SystemClock:
    """The machine's clock, moved by a fixed shift that only a demonstration may set."""

    def __init__(self, shift: timedelta = timedelta()) -> None:
        self._shift = shift

    def now(self) -> datetime:
        """Return the present instant in UTC, plus the shift."""
        return datetime.now(UTC) + self._shift
