"""How long a guesser waits."""

from datetime import timedelta

_FREE_FAILURES = 5
_LONGEST = timedelta(minutes=15)


def pause_after(failures: int) -> timedelta:
    """Return how long an address is closed after so many failures in a row: none for five, then doubling."""
    if failures < _FREE_FAILURES:
        return timedelta()
    doublings = min(failures - _FREE_FAILURES + 1, 20)  # far beyond the longest, and far below what overflows
    return min(timedelta(seconds=2**doublings), _LONGEST)
