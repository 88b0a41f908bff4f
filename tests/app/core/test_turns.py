import threading
import time
from collections.abc import Iterator

import pytest

from app.core.turns import Turns

WAITERS = 8


@pytest.fixture
def turns() -> Iterator[Turns]:
    made = Turns()
    assert made.take(0)
    yield made
    made.give()


def queued(turns: Turns, name: int, served: list[int]) -> threading.Thread:
    """Start a thread that asks for a turn, and wait until it stands in the queue."""

    def ask() -> None:
        assert turns.take(10)
        served.append(name)
        turns.give()

    thread = threading.Thread(target=ask)
    before = len(turns._queue)
    thread.start()
    while len(turns._queue) == before:
        time.sleep(0.001)
    return thread


def test_turns_come_in_the_order_of_asking(turns: Turns) -> None:
    served: list[int] = []
    threads = [queued(turns, name, served) for name in range(WAITERS)]

    turns.give()
    for thread in threads:
        thread.join()

    assert served == list(range(WAITERS))
    assert turns.take(0)


def test_one_who_has_just_let_go_stands_behind_those_who_wait(turns: Turns) -> None:
    served: list[int] = []
    waiting = queued(turns, 1, served)

    turns.give()
    assert turns.take(10)

    assert served == [1]
    waiting.join()


def test_whoever_gives_up_leaves_the_queue(turns: Turns) -> None:
    assert not turns.take(0.01)

    turns.give()

    assert turns.take(0)


def test_two_never_hold_it_together_and_no_turn_is_lost() -> None:
    turns, inside, most, taken = Turns(), [0], [0], [0]

    def work() -> None:
        for _ in range(200):
            if not turns.take(0.0005):
                continue
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            taken[0] += 1
            inside[0] -= 1
            turns.give()

    threads = [threading.Thread(target=work) for _ in range(WAITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most[0] == 1
    assert taken[0] > 0
    assert turns.take(0)
