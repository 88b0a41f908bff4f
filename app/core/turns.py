"""A lock that is handed over in the order of asking.

The lock of the standard library goes to whoever comes first, and a thread that has just let go comes first:
under steady load some writers would wait for seconds while one writes on and on.
"""

import threading
from collections import deque


class Turns:
    """One holder at a time, the others in a queue."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_held = False
        self._queue: deque[threading.Lock] = deque()

    def take(self, timeout: float) -> bool:
        """Wait for one's turn, at most `timeout` seconds; return whether it came."""
        with self._guard:
            if not self._is_held:
                self._is_held = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._queue.append(turn)
        try:
            if turn.acquire(timeout=timeout):
                return True
        except BaseException:  # interrupted by a signal: nobody waits here any more
            if not self._leave(turn):
                self.give()
            raise
        return not self._leave(turn)

    def _leave(self, turn: threading.Lock) -> bool:
        """Leave the queue; False if the turn came between giving up and saying so."""
        with self._guard:
            if turn not in self._queue:
                return False
            self._queue.remove(turn)
            return True

    def give(self) -> None:
        """Pass the turn on to whoever has waited longest."""
        with self._guard:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._is_held = False
