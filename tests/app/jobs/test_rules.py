"""How long a failing job waits."""

from datetime import timedelta

from app.jobs.rules import MOST_TRIES, pause_after


def test_each_pause_is_four_times_the_last_up_to_half_a_day() -> None:
    pauses = [pause_after(tries) for tries in range(1, MOST_TRIES)]

    assert pauses[:3] == [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=8)]
    assert max(pauses) == timedelta(hours=12)
