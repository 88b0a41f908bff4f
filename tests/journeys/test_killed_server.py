"""An attempt survives kill -9 of the server: what was acknowledged is there, and typing goes on where it was.

A candidate types an answer every tenth of a second; her client saves all answers so far at most every half
second, and tries again when the server is away. The server is killed without warning, several times. What the
candidate lost is measured: nothing that the server acknowledged, and of the rest no more than what she typed
after the last save. A server that answers before it has stored anything, the control, is caught by the same
measure.
"""

import itertools
import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from tests.support.servers import Server
from tests.support.world import PASSWORD

KILLS = 3
SAVE_EVERY, TYPE_EVERY = 0.5, 0.1
MOST_LOST_SECONDS = 5.0

Responses = dict[str, list[str]]
Save = Callable[[Responses], bool]
"""Send all answers so far; tell whether the server acknowledged them. A transport error means it is away."""


@dataclass
class Typist:
    """A candidate who never stops typing, and her client that saves beside her."""

    save: Save
    items: list[str]
    typed: list[tuple[float, str, str]] = field(default_factory=list)
    """When, at which item, what."""
    acknowledged: Responses = field(default_factory=dict)
    """The newest answers that the server said it has."""
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Type and save until told to stop; the last save is tried until it is acknowledged."""
        due = 0.0
        for item in itertools.cycle(self.items):
            if self._stop.is_set():
                break
            self.typed.append((time.monotonic(), item, "abcd"[len(self.typed) % 4]))
            if time.monotonic() >= due:
                due = time.monotonic() + SAVE_EVERY
                self._save()
            time.sleep(TYPE_EVERY)
        while not self._save():
            time.sleep(TYPE_EVERY)

    def end(self) -> None:
        self._stop.set()

    def answers(self, until: float = float("inf")) -> Responses:
        """Return all that was typed up to a moment, the last word at each item."""
        return {item: [choice] for at, item, choice in list(self.typed) if at <= until}

    def _save(self) -> bool:
        answers = self.answers()
        try:
            is_there = self.save(answers)
        except httpx.TransportError:
            return False
        if is_there:
            self.acknowledged = answers
        return is_there


def lost(before: Responses, kept: Responses) -> Responses:
    """Return the answers that were acknowledged and whose items are not there at all."""
    return {item: answer for item, answer in before.items() if item not in kept}


class Client:
    """What the candidate's program does: sign in, save against the version it has seen, read."""

    def __init__(self, url: str, attempt: str) -> None:
        # No connection is kept: one that a dead server left open is nobody's to close.
        alone = httpx.Limits(max_keepalive_connections=0)
        self._http = httpx.Client(base_url=url, timeout=5, limits=alone)
        grant = {"grant": "password", "email": "person@alpha.example", "password": PASSWORD}
        told = self._http.post("/public/v1/bodies/alpha/tokens", json=grant).raise_for_status().json()
        self._headers = {"Authorization": f"Bearer {told['access_token']}"}
        self._path = f"/v1/attempts/{attempt}"
        self._etag = self.read().headers["etag"]

    def save(self, responses: Responses) -> bool:
        answer = self._http.put(
            f"{self._path}/responses",
            json={"responses": responses},
            headers=self._headers | {"If-Match": self._etag},
        )
        if (
            answer.status_code == httpx.codes.PRECONDITION_FAILED
        ):  # an answer was lost on its way, not the save
            self._etag = self.read().headers["etag"]
            return False
        self._etag = answer.raise_for_status().headers["etag"]
        return True

    def close(self) -> None:
        self._http.close()

    def read(self) -> httpx.Response:
        return self._http.get(self._path, headers=self._headers).raise_for_status()


def test_nothing_that_was_saved_is_lost_when_the_server_is_killed(server: Server, attempt: str) -> None:
    client = Client(server.url, attempt)
    items = [question["code"] for question in client.read().json()["questions"]]
    typist = Typist(client.save, items)
    beside = threading.Thread(target=typist.run)
    beside.start()
    chance = random.Random(7)
    gaps = []

    for _ in range(KILLS):
        time.sleep(1.0 + chance.random())
        acknowledged, killed_at = typist.acknowledged, time.monotonic()
        server.kill()
        server.start()
        kept = kept_by(server, attempt)
        assert lost(acknowledged, kept) == {}
        newest = max((at for at, item, choice in typist.typed if kept.get(item) == [choice]), default=0.0)
        gaps.append(killed_at - newest)
    typist.end()
    beside.join(timeout=20)

    assert not beside.is_alive()
    assert max(gaps) < MOST_LOST_SECONDS
    assert client.read().json()["responses"] == typist.answers()
    client.close()


def kept_by(server: Server, attempt: str) -> Responses:
    """Return the answers that a server has, asked by somebody who knows nothing of what was typed."""
    client = Client(server.url, attempt)
    responses: Responses = client.read().json()["responses"]
    client.close()
    return responses


class _Forgetful(BaseHTTPRequestHandler):
    """The control: it acknowledges at once, and stores what it was told only every third time."""

    stored: Responses = {}  # noqa: RUF012 - one for all requests, as a store is
    calls = 0

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).calls += 1
        if self.calls % 3 == 1:
            type(self).stored = body
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


def test_the_measure_catches_a_server_that_answers_before_it_stores() -> None:
    control = ThreadingHTTPServer(("127.0.0.1", 0), _Forgetful)
    threading.Thread(target=control.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{control.server_address[1]}"
    typist = Typist(
        lambda answers: httpx.put(url, json=answers, timeout=5).is_success,
        [f"K-{n:03}" for n in range(1, 61)],
    )
    beside = threading.Thread(target=typist.run)

    beside.start()
    time.sleep(1.4)
    acknowledged, kept = typist.acknowledged, dict(_Forgetful.stored)
    typist.end()
    beside.join(timeout=5)
    control.shutdown()
    control.server_close()

    assert lost(acknowledged, kept) != {}
