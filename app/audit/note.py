"""Signed statements of a log's head, in the text forms of C2SP signed-note and tlog-checkpoint, with Ed25519.

Others can read and verify them with tools that were not written here. Where keys are kept is not known here.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
MOST_SIGNATURES = 100
LARGEST_SIZE = 2**63 - 1
_SIGNATURE = re.compile(r"— (\S+) (\S+)")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class BadNote(ValueError):  # noqa: N818 - refusals are named for what is wrong
    """A note, key or checkpoint is malformed, or no trusted key vouches for it."""


@dataclass(frozen=True)
class Verifier:
    """A public key under its name, as written in a `vkey`."""

    name: str
    public_key: Ed25519PublicKey

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return hashlib.sha256(
            self.name.encode() + b"\n" + ED25519 + self.public_key.public_bytes_raw()
        ).digest()[:4]

    def accepts(self, text: str, signature: bytes) -> bool:
        """Say whether the signature over the text is this key's."""
        try:
            self.public_key.verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key under its name; for a log the name is the log's origin."""

    name: str
    private_key: Ed25519PrivateKey

    def __post_init__(self) -> None:
        _ensure_name(self.name)

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.private_key.public_key())

    @property
    def vkey(self) -> str:
        """The public half as the one line that is published."""
        return encode_vkey(self.verifier)

    def line(self, text: str) -> str:
        """Give the signature line over the text."""
        raw = self.verifier.key_id + self.private_key.sign(text.encode())
        return f"— {self.name} {base64.b64encode(raw).decode()}\n"


@dataclass(frozen=True)
class Opened:
    """The text of a note and the trusted keys that signed it."""

    text: str
    signed_by: tuple[Verifier, ...]


@dataclass(frozen=True)
class Checkpoint:
    """A log's size and root under its origin; `rest` holds extension lines, which we read but never write."""

    origin: str
    size: int
    root: bytes
    rest: str = ""

    def text(self) -> str:
        """Give the body of the note that states this head."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n{self.rest}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the body of a checkpoint note (C2SP tlog-checkpoint)."""
        origin, size, root, rest = [*text.split("\n", 3), "", "", ""][:4]
        if text.count("\n") < 3 or not origin or not _SIZE.fullmatch(size) or int(size) > LARGEST_SIZE:
            raise BadNote("not a checkpoint")
        if rest and not rest.endswith("\n"):
            raise BadNote("the last line has no end")
        return cls(origin, int(size), _unbase64(root), rest)


def encode_vkey(verifier: Verifier) -> str:
    """Write a public key as name, key id and key (C2SP signed-note)."""
    _ensure_name(verifier.name)
    key = base64.b64encode(ED25519 + verifier.public_key.public_bytes_raw()).decode()
    return f"{verifier.name}+{verifier.key_id.hex()}+{key}"


def decode_vkey(vkey: str) -> Verifier:
    """Read a public key, refusing other algorithms and a key id that is not its own."""
    name, _, rest = vkey.partition("+")
    key_id, _, key = rest.partition("+")
    _ensure_name(name)
    raw = _unbase64(key)
    if raw[:1] != ED25519 or len(raw) != 33:
        raise BadNote("not an Ed25519 key")
    verifier = Verifier(name, Ed25519PublicKey.from_public_bytes(raw[1:]))
    if verifier.key_id.hex() != key_id:
        raise BadNote("the key id does not belong to the key")
    return verifier


def sign_note(text: str, signers: Sequence[Signer]) -> str:
    """Put signatures under a text; the same key and text give the same bytes again."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise BadNote("a note's text is lines without control characters")
    return text + "\n" + "".join(signer.line(text) for signer in signers)


def open_note(note: str | bytes, verifiers: Iterable[Verifier]) -> Opened:
    """Take a note only if a trusted key signed it and no signature under a trusted key is bad."""
    text, lines = _split(_decode(note))
    trusted = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    signed_by: dict[tuple[str, bytes], Verifier] = {}
    for name, raw in map(_read_line, lines):
        verifier = trusted.get((name, raw[:4]))
        if verifier is None:  # the format says: signatures by keys one does not know are not looked at
            continue
        if not verifier.accepts(text, raw[4:]):
            raise BadNote(f"bad signature of {name}")
        signed_by[name, raw[:4]] = verifier
    if not signed_by:
        raise BadNote("no trusted key signed the note")
    return Opened(text, tuple(signed_by.values()))


def note_text(note: str) -> str:
    """Give a note's text without asking who signed it."""
    return _split(_decode(note))[0]


def _decode(note: str | bytes) -> str:
    try:
        text = note.decode() if isinstance(note, bytes) else note
        text.encode()  # a lone surrogate would only fail later, while verifying
    except UnicodeError as error:
        raise BadNote("not UTF-8") from error
    if _CONTROL.search(text):
        raise BadNote("control characters")
    return text


def _split(note: str) -> tuple[str, list[str]]:
    text, separator, block = note.rpartition("\n\n")
    lines = block.split("\n")
    if not separator or lines.pop() or not lines or len(lines) > MOST_SIGNATURES:
        raise BadNote("no proper signature block")
    return text + "\n", lines


def _read_line(line: str) -> tuple[str, bytes]:
    match = _SIGNATURE.fullmatch(line)
    if match is None:
        raise BadNote("not a signature line")
    name, signature = match.groups()
    _ensure_name(name)
    raw = _unbase64(signature)
    if len(raw) < 5:
        raise BadNote("a signature too short to name its key")
    return name, raw


def _ensure_name(name: str) -> None:
    if not name or "+" in name or any(letter.isspace() for letter in name) or _CONTROL.search(name):
        raise BadNote("a key's name has no spaces, no plus and is not empty")


def _unbase64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("not base64") from error
    if base64.b64encode(raw).decode() != text:  # stray bits at the end would make two texts of one value
        raise BadNote("not base64 in its one form")
    return raw
