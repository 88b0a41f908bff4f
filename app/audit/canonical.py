"""The one byte form of a value that may be hashed: RFC 8785 inside a narrow profile.

Inside the profile (ASCII keys, integers that a double holds exactly, no floats, no lone surrogates) the
standard library's sorted JSON and RFC 8785 give the same bytes; outside it they differ, hence the refusal.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias
from uuid import UUID

Plain: TypeAlias = bool | int | str | Sequence["Plain"] | Mapping[str, "Plain"] | None

LARGEST = 2**53 - 1
DEEPEST = 64  # far beyond any event, and far below the nesting at which a reader's parser gives up
SALT_BYTES = 32

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode


class NotCanonical(ValueError):  # noqa: N818 - refusals are named for what is wrong
    """A value lies outside the canonical profile at `pointer` (JSON Pointer, RFC 6901)."""

    def __init__(self, pointer: str) -> None:
        super().__init__(f"outside the canonical profile at {pointer or 'the top'}")
        self.pointer = pointer


def canonical(value: object) -> bytes:
    """Give the exact bytes that are hashed, and refuse what has no single byte form (REC-1)."""
    flaw = _flaw(value, 0)
    if flaw is not None:
        raise NotCanonical(_pointer(flaw))
    return _encode(value).encode()


def plain(value: object) -> Plain:
    """Turn ids, dates, instants, enumerations, decimals and bytes into the profile, each in one way only."""
    return _plain(value, ())


def digest(value: object) -> str:
    """Name a value by the SHA-256 of its canonical bytes."""
    return hashlib.sha256(canonical(value)).hexdigest()


def value_key(salt: bytes, name: str) -> bytes:
    """Derive the key of one value from its row's salt, so that this value alone can be opened to a reader."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hmac.digest(salt, name.encode(), "sha256")


def commitment(salt: bytes, name: str, value: object) -> str:
    """Bind a personal value without showing it: nobody can guess it once the salt is erased."""
    return hmac.digest(value_key(salt, name), canonical(plain(value)), "sha256").hex()


def _flaw(value: object, depth: int) -> tuple[str, ...] | None:
    kind = type(value)
    if kind is dict:
        return _flaw_within_object(value, depth)  # type: ignore[arg-type] # kind was just compared
    if kind is list or kind is tuple:
        return _flaw_within_array(value, depth)  # type: ignore[arg-type] # kind was just compared
    if kind is int:
        return None if -LARGEST <= value <= LARGEST else ()  # type: ignore[operator] # kind was just compared
    if kind is str:
        return None if _is_text(value) else ()  # type: ignore[arg-type] # kind was just compared
    return None if value is None or kind is bool else ()


def _flaw_within_object(value: dict[object, object], depth: int) -> tuple[str, ...] | None:
    if depth >= DEEPEST:
        return ()
    for key, item in value.items():
        if not isinstance(key, str) or not key.isascii():
            return (str(key),)
        flaw = _flaw(item, depth + 1)
        if flaw is not None:
            return (key, *flaw)
    return None


def _flaw_within_array(value: Sequence[object], depth: int) -> tuple[str, ...] | None:
    if depth >= DEEPEST:
        return ()
    for index, item in enumerate(value):
        flaw = _flaw(item, depth + 1)
        if flaw is not None:
            return (str(index), *flaw)
    return None


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8 form
        return False
    return True


def _pointer(path: tuple[str, ...]) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)


def _plain(value: object, path: tuple[str, ...]) -> Plain:
    if isinstance(value, Enum):
        return _plain(value.value, path)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, dict):
        named = {_key(key, path): (key, item) for key, item in value.items()}
        if len(named) != len(value):  # an enumeration and its text would otherwise silently be one key
            raise NotCanonical(_pointer(path))
        return {name: _plain(item, (*path, name)) for name, (_, item) in named.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, (*path, str(index))) for index, item in enumerate(value)]
    text = _as_text(value)
    if text is None:
        raise NotCanonical(_pointer(path))
    return text


def _key(key: object, path: tuple[str, ...]) -> str:
    name = _plain(key, path) if isinstance(key, (str, Enum, UUID)) else None
    if not isinstance(name, str):
        raise NotCanonical(_pointer((*path, str(key))))
    return name


def _as_text(value: object) -> str | None:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):  # before date, of which it is a kind
        return None if value.tzinfo is None else _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _decimal(value)
    return value.hex() if isinstance(value, bytes) else None


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _decimal(value: Decimal) -> str | None:
    if not value.is_finite():
        return None
    return format(value if value else value.copy_abs(), "f")  # no minus sign on zero
