"""Identifiers made in the application: time-ordered ids for rows, random codes for strangers."""

import hashlib
import secrets
from uuid import UUID

from uuid6 import uuid7

_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"  # Crockford's 32 without I, L, O, U: read aloud without doubt


def new_id() -> UUID:
    """Return a fresh UUIDv7, later ones sorting after earlier ones of this process."""
    return UUID(int=uuid7().int)


def new_code() -> str:
    """Return 20 random base-32 characters (100 bits): apart from number and id, not to be guessed."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(20))


def new_secret() -> str:
    """Return a random token of 256 bits for one-time links, client secrets and refresh tokens."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """Return what is kept of a secret of ours: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
