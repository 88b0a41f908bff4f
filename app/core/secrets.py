"""Secrets at rest: one envelope for everything encrypted, and a store of key files.

The envelope reads `v1:kid:nonce:ciphertext`: AES-256-GCM, the last two in base64url without padding. `kid`
names the key that opens it; the place where it belongs is authenticated too, so an envelope moved elsewhere
does not open.

A key file is such an envelope, one per body, purpose and key id. Its `kid` is the recipe of the wrapping key
(`scrypt-17-SALT`), so every file can be opened from the passphrase alone; all files of one folder share a
salt, so a process derives once and not per file. `passphrase.check` holds that salt and proves the
passphrase. Nothing here puts a secret into a message or a `repr`.
"""

import os
import re
import secrets
import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Lock
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_VERSION = "v1"
_NONCE_BYTES = 12
_KEY_BYTES = 32
_SALT_BYTES = 16
_COST = 17  # scrypt N = 2**17, r = 8, p = 1: 128 MiB, the figure of current password storage advice
_COST_CEILING = 20  # a planted key file must not make us take a gigabyte and more
_KID = re.compile(r"[A-Za-z0-9._-]{1,80}")
_RECIPE = re.compile(r"scrypt-(\d{1,2})-([A-Za-z0-9_-]{22})")
_CHECK_FILE = "passphrase.check"


class Purpose(StrEnum):
    """What a key is for; no key serves two purposes."""

    SEAL = "seal"
    TOKENS = "tokens"
    LOG = "log"
    CREDENTIAL = "credential"
    FILES = "files"
    EXCHANGE = "exchange"
    """Signs what a body says to other bodies."""
    ITEMS = "items"
    """Seals what items of the bank and of forms hold."""


class SecretsError(Exception):
    """A secret cannot be kept or opened; the message names the place, never the content."""


class EnvelopeError(SecretsError):
    """The text is not an envelope of a version that this release reads."""


class WrongKeyError(SecretsError):
    """The key, the passphrase or the place is another, or the envelope was altered."""


class MissingKeyError(SecretsError):
    """There is no such key."""


class KeyExistsError(SecretsError):
    """A key of that id is there already; keys are added, never overwritten."""


class ExposedKeyError(SecretsError):
    """A key file or folder can be reached by other users of the machine, or is not a plain file."""


@dataclass(frozen=True)
class SecretKey:
    """A 256-bit key with its id; seals and opens envelopes."""

    kid: str
    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not _KID.fullmatch(self.kid):
            raise SecretsError("A key id has 1 to 80 letters, digits, dots, dashes or underscores.")
        if len(self.key) != _KEY_BYTES:
            raise SecretsError(f"The key {self.kid} must have {_KEY_BYTES} bytes.")

    def seal(self, plaintext: bytes, *, place: str) -> str:
        """Return the envelope of `plaintext`, bound to the place where it will be kept."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        ciphertext = AESGCM(self.key).encrypt(nonce, plaintext, self._bound(place))
        return f"{_VERSION}:{self.kid}:{_text(nonce)}:{_text(ciphertext)}"

    def open(self, envelope: str, *, place: str) -> bytes:
        """Return what was sealed for that place; raise WrongKeyError when key, place or bytes differ."""
        kid, nonce, ciphertext = _parts(envelope)
        if kid != self.kid:
            raise WrongKeyError(f"The envelope names the key {kid}, not {self.kid}.")
        try:
            return AESGCM(self.key).decrypt(nonce, ciphertext, self._bound(place))
        except InvalidTag:
            raise WrongKeyError(f"The envelope for {place} does not open with the key {kid}.") from None

    def _bound(self, place: str) -> bytes:
        return f"{_VERSION}:{self.kid}:{place}".encode()


def key_id_of(envelope: str) -> str:
    """Return the id of the key that opens the envelope."""
    return _parts(envelope)[0]


def _parts(envelope: str) -> tuple[str, bytes, bytes]:
    """Split an envelope into key id, nonce and ciphertext; raise EnvelopeError otherwise."""
    parts = envelope.split(":")
    if len(parts) != 4 or parts[0] != _VERSION or not _KID.fullmatch(parts[1]):
        raise EnvelopeError("Not an envelope of version v1.")
    nonce, ciphertext = _bytes(parts[2]), _bytes(parts[3])
    if len(nonce) != _NONCE_BYTES or len(ciphertext) < 16:
        raise EnvelopeError("Not an envelope of version v1: nonce or ciphertext is cut short.")
    return parts[1], nonce, ciphertext


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Decode base64url without padding, refusing every second spelling of the same bytes."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (Base64Error, UnicodeEncodeError):
        raise EnvelopeError("Not base64url.") from None
    if _text(raw) != text:
        raise EnvelopeError("Not base64url in its one spelling.")
    return raw


class KeyStore:
    """Key files under one folder: `<body>/<purpose>/<kid>.key`, 0600 in folders 0700, sealed by a passphrase.

    Safe for threads. The first use costs one derivation (`2**cost`); every later `get` reads one small file.
    """

    def __init__(self, folder: Path, passphrase: str, *, cost: int = _COST) -> None:
        if not passphrase:
            raise SecretsError("The key store needs a passphrase.")
        if not 1 <= cost <= _COST_CEILING:
            raise SecretsError(f"The cost of the key store lies between 1 and {_COST_CEILING}.")
        self._folder = folder
        self._passphrase = passphrase.encode()
        self._cost = cost
        self._wrapping: dict[str, SecretKey] = {}
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"KeyStore({str(self._folder)!r})"

    def unlock(self) -> None:
        """Make the folder if need be and derive its key; raise WrongKeyError on another passphrase."""
        _make_private(self._folder)
        self._recipe()

    def put(self, body: UUID, purpose: Purpose, kid: str, secret: bytes) -> None:
        """Keep a new key; raise KeyExistsError rather than replace one."""
        path = self._path(body, purpose, kid)
        for folder in (self._folder, path.parent.parent, path.parent):
            _make_private(folder)
        envelope = self._wrapping_key(self._recipe()).seal(secret, place=_place(body, purpose, kid))
        _write_once(path, envelope.encode())

    def get(self, body: UUID, purpose: Purpose, kid: str) -> bytes:
        """Return a key; raise MissingKeyError, ExposedKeyError, EnvelopeError or WrongKeyError."""
        envelope = _read_private(self._path(body, purpose, kid))
        return self._wrapping_key(key_id_of(envelope)).open(envelope, place=_place(body, purpose, kid))

    def secret_key(self, body: UUID, purpose: Purpose, kid: str) -> SecretKey:
        """Return a kept 256-bit key ready to seal and open envelopes of its own."""
        return SecretKey(kid, self.get(body, purpose, kid))

    def kids(self, body: UUID, purpose: Purpose) -> tuple[str, ...]:
        """Return the ids of the kept keys, sorted."""
        folder = self._folder / str(body) / purpose
        return tuple(sorted(path.stem for path in folder.glob("*.key")))

    def _path(self, body: UUID, purpose: Purpose, kid: str) -> Path:
        if not _KID.fullmatch(kid) or kid.startswith("."):
            raise SecretsError("A key id has 1 to 80 letters, digits, dots, dashes or underscores.")
        return self._folder / str(body) / purpose / f"{kid}.key"

    def _recipe(self) -> str:
        """Return the recipe for new files, once the passphrase is proved to be that of the folder."""
        path = self._folder / _CHECK_FILE
        if not path.exists():
            recipe = f"scrypt-{self._cost}-{_text(secrets.token_bytes(_SALT_BYTES))}"
            proof = self._wrapping_key(recipe).seal(b"", place=_CHECK_FILE)
            with suppress(KeyExistsError):  # another process laid it down meanwhile; its salt stands
                _write_once(path, proof.encode())
        proof = _read_private(path)
        self._wrapping_key(key_id_of(proof)).open(proof, place=_CHECK_FILE)
        return key_id_of(proof)

    def _wrapping_key(self, recipe: str) -> SecretKey:
        """Derive the key of a recipe, once per store."""
        with self._lock:  # held while deriving, so that a busy start derives once
            known = self._wrapping.get(recipe)
            if known is None:
                known = self._wrapping[recipe] = SecretKey(recipe, self._derive(recipe))
            return known

    def _derive(self, recipe: str) -> bytes:
        match = _RECIPE.fullmatch(recipe)
        if match is None or not 1 <= int(match[1]) <= _COST_CEILING:
            raise EnvelopeError("The key file names no way of deriving its key that this release knows.")
        return Scrypt(salt=_bytes(match[2]), length=_KEY_BYTES, n=2 ** int(match[1]), r=8, p=1).derive(
            self._passphrase
        )


def _place(body: UUID, purpose: Purpose, kid: str) -> str:
    return f"{body}/{purpose}/{kid}"


def _make_private(folder: Path) -> None:
    """Make the folder for its owner alone, or check that it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        raise ExposedKeyError(f"Other users can reach the key folder {folder.name}; set its mode to 0700.")


def _write_once(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, and never over another."""
    with _temporary(path) as (descriptor, temporary):
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(temporary)  # unlike a rename, a link does not replace
        except FileExistsError:
            raise KeyExistsError(f"The key file {path.name} exists.") from None
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _temporary(path: Path) -> Iterator[tuple[int, Path]]:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        yield descriptor, temporary
    finally:
        temporary.unlink()


def _read_private(path: Path) -> str:
    """Read a key file, refusing links and files that other users can reach."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise MissingKeyError(f"There is no key file {path.name}.") from None
    except OSError:
        raise ExposedKeyError(f"The key file {path.name} cannot be opened as a plain file.") from None
    with os.fdopen(descriptor, "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode) or stat.S_IMODE(mode) & 0o077:
            raise ExposedKeyError(f"Other users can reach the key file {path.name}; set its mode to 0600.")
        content = file.read()
    try:
        return content.decode("ascii")
    except UnicodeDecodeError:
        raise EnvelopeError(f"The key file {path.name} is not an envelope.") from None
