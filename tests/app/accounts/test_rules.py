"""How long a guesser waits."""

from datetime import timedelta

import pytest

from app.accounts.rules import pause_after


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (13, 512), (14, 900), (1000, 900)]
)
def test_the_pause_doubles_after_five_failures_up_to_a_quarter_of_an_hour(
    failures: int, seconds: int
) -> None:
    assert pause_after(failures) == timedelta(seconds=seconds)
