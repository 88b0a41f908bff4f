"""Who may call what: every operation by everybody, with the status as the answer, as one readable table.

Run as a module it writes the committed table; read the difference as carefully as code.
"""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.access.permissions import Role
from app.core.settings import Mode, Settings
from app.main import create_app, make_runtime
from app.migrating import upgrade
from tests.support.examples import UNKNOWN, operations, request_of
from tests.support.world import Member, StandingClock, World, make_world

COMMITTED = Path(__file__).parents[1] / "contract" / "permissions.md"
STRANGER, OTHER_BODY = "stranger", "other body"
COLUMNS = (*(str(role) for role in Role), STRANGER, OTHER_BODY)
Table = dict[str, dict[str, str]]
_HEAD = """# Who may call what

Each operation was called by everybody with the example of the contract and with ids that nobody has, except
that `person_id` is a mentee of the body. 404 means "let in, no such thing"; 403 and 401 mean "not let in".
Public operations do not look at a token. *Other body* calls with all tokens of another body.

"""


def measure(client: TestClient, world: World) -> Table:
    """Call every operation as everybody; the same database for all."""
    document: Mapping[str, Any] = client.app.openapi()  # type: ignore[attr-defined] # an ASGI app to the client's type
    table: Table = {}
    for method, path, operation in operations(document):
        call = _Call(client, world, method, path, request_of(document, operation))
        line = dict(call.public() if "security" not in operation else call.closed())
        table[f"{method} {path}"] = {"operation": operation["operationId"], **line}
    return table


class _Call:
    """One operation with its example, to be made by anybody."""

    def __init__(
        self, client: TestClient, world: World, method: str, path: str, request: dict[str, Any]
    ) -> None:
        self._client, self._world, self._method, self._request = client, world, method, request
        self._url = _filled(path, world)

    def closed(self) -> Iterator[tuple[str, str]]:
        for role in Role:
            yield str(role), self._by(self._world.alpha[role])
        yield STRANGER, self._by(None)
        others = {self._by(member) for member in self._world.beta.members.values()}
        yield OTHER_BODY, "/".join(sorted(others))

    def public(self) -> Iterator[tuple[str, str]]:
        """Three askers stand for all: more would wake the pause after failed sign-ins."""
        askers = (None, self._world.alpha[Role.ADMINISTRATOR], self._world.beta[Role.CLIENT])
        statuses = "/".join(sorted({self._by(asker) for asker in askers}))
        yield from ((column, statuses) for column in COLUMNS)

    def _by(self, member: Member | None) -> str:
        headers = {"If-Match": '"1"', "Idempotency-Key": "the same"} | (member.headers if member else {})
        return str(
            self._client.request(self._method, self._url, headers=headers, **self._request).status_code
        )


def _filled(path: str, world: World) -> str:
    person = world.alpha["mentee"].person_id
    url = path.replace("{slug}", world.alpha.slug).replace("{person_id}", str(person))
    return "".join(
        UNKNOWN if index % 2 else part for index, part in enumerate(url.replace("}", "{").split("{"))
    )


def rendered(table: Table) -> str:
    """Return the table as Markdown."""
    lines = [f"| call | {' | '.join(COLUMNS)} |", f"| --- |{' --- |' * len(COLUMNS)}"]
    for call, line in table.items():
        lines.append(f"| {call} | {' | '.join(line[column] for column in COLUMNS)} |")
    return _HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Write the committed table from a fresh SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'golden.db'}"
        upgrade(url)
        settings = Settings(
            url,
            Path(folder),
            key_passphrase="only for tests",
            mode=Mode.TEST,
            argon2_memory_kib=8,
            argon2_rounds=1,
        )
        runtime = make_runtime(settings, StandingClock())
        world = make_world(runtime)
        with TestClient(create_app(runtime), raise_server_exceptions=False) as client:
            COMMITTED.write_text(rendered(measure(client, world)), encoding="utf-8")


if __name__ == "__main__":
    main()
