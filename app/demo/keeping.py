"""What a finished demonstration leaves in its folder, so that it can be served again to click through."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

_NAME = "demonstration.json"


@dataclass(frozen=True)
class SignIn:
    """One person's way in."""

    name: str
    email: str


@dataclass(frozen=True)
class Kept:
    """Where the service was, what it issued, and who works there."""

    port: int
    """The certificate has the address printed on it, so it must be served there again."""
    slug: str
    number: str
    code: str
    password: str
    """Everyone's; all of them are invented."""
    people: tuple[SignIn, ...]


def keep(folder: Path, kept: Kept) -> None:
    """Write it down for the owner of the folder only."""
    path = folder / _NAME
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(kept), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def kept_in(folder: Path) -> Kept | None:
    """Return what was kept; none where no demonstration came to its end."""
    path = folder / _NAME
    if not path.exists():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    return Kept(**{**found, "people": tuple(SignIn(**person) for person in found["people"])})
