"""A service over real HTTP, and people who speak to it through the client generated from the contract."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Thread
from time import monotonic, sleep
from typing import Any

import uvicorn
from fastapi import FastAPI

from tests.support.world import PASSWORD

_START_SECONDS = 20


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application, whose clock and database stay the test's own, and say where."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", ws="none", log_level="warning")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    try:
        deadline = monotonic() + _START_SECONDS
        while not server.started and thread.is_alive() and monotonic() < deadline:
            sleep(0.01)
        assert server.started, "the service did not start"
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


class Voice:
    """A member of body alpha who signs in, and calls operations of the generated client by name."""

    def __init__(self, url: str, name: str) -> None:
        generated = import_module("mentorcert_client")
        grant = {"grant": "password", "email": f"{name}@alpha.example", "password": PASSWORD}
        with generated.Client(base_url=url, raise_on_unexpected_status=True) as self._client:
            token = self.told("accounts_sign_in", "alpha", PasswordGrant=grant)
        self._client = generated.AuthenticatedClient(
            base_url=url, token=token.access_token, raise_on_unexpected_status=True, timeout=60
        )

    def leave(self) -> None:
        """Close what she spoke through."""
        self._client.get_httpx_client().close()

    def told(self, operation: str, *path: Any, **wanted: Any) -> Any:
        """Return what an operation answers; a body is given under the name of its model."""
        answer = self._asked(operation, path, wanted)
        assert answer.status_code < 400, (operation, answer.content)
        return answer.parsed

    def refused(self, operation: str, *path: Any, **wanted: Any) -> str:
        """Return the code by which an operation is refused."""
        answer = self._asked(operation, path, wanted)
        assert answer.status_code >= 400, (operation, answer.content)
        return str(answer.parsed.code)

    def _asked(self, operation: str, path: tuple[Any, ...], wanted: dict[str, Any]) -> Any:
        models = import_module("mentorcert_client.models")
        given = {
            ("body" if name[0].isupper() else name): (
                getattr(models, name).from_dict(value) if name[0].isupper() else value
            )
            for name, value in wanted.items()
        }
        family = operation.partition("_")[0]
        module = import_module(f"mentorcert_client.api.{family}.{operation}")
        return module.sync_detailed(*path, client=self._client, **given)
