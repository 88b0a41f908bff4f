"""Keys by body and purpose, as objects ready for use; the bytes lie in the key store and nowhere else."""

import secrets
from threading import Lock
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from app.access.tokens import TokenKey
from app.core.errors import Unauthenticated
from app.core.ids import new_code, new_id
from app.core.secrets import KeyStore, Purpose, SecretKey, SecretsError

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


class Keyring:
    """Makes keys, keeps them in the store, and holds those in use as loaded objects."""

    def __init__(self, store: KeyStore) -> None:
        self.store = store
        self._loaded: dict[tuple[UUID, Purpose, str], PrivateKey] = {}
        self._secrets: dict[tuple[UUID, Purpose, str], SecretKey] = {}
        self._lock = Lock()

    def make(self, body_id: UUID, purpose: Purpose) -> str:
        """Make a key for a purpose (Ed25519 for log and exchange, else P-256) and return its id."""
        kid = new_code() if purpose is not Purpose.TOKENS else f"{body_id}.{new_code()}"
        key = (
            ed25519.Ed25519PrivateKey.generate()
            if purpose in {Purpose.LOG, Purpose.EXCHANGE}
            else ec.generate_private_key(ec.SECP256R1())
        )
        self.keep(body_id, purpose, kid, key)
        return kid

    def keep(self, body_id: UUID, purpose: Purpose, kid: str, key: PrivateKey) -> None:
        """Store a key that was made elsewhere."""
        self.store.put(
            body_id, purpose, kid, key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        )

    def load(self, body_id: UUID, purpose: Purpose, kid: str) -> PrivateKey:
        """Return a key as an object; raise KeyMissing when the store has none of that id."""
        wanted = (body_id, purpose, kid)
        with self._lock:
            if wanted not in self._loaded:
                key = load_der_private_key(self.store.get(body_id, purpose, kid), password=None)
                assert isinstance(key, ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey)
                self._loaded[wanted] = key
            return self._loaded[wanted]

    def token_key(self, body_id: UUID, kid: str) -> TokenKey:
        """Return the key that a token names; a name we never gave is no reason to tell more."""
        try:
            key = self.load(body_id, Purpose.TOKENS, kid)
        except SecretsError:
            raise Unauthenticated("token_refused") from None
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return TokenKey(kid, key)

    def newest_secret(self, body_id: UUID, purpose: Purpose) -> SecretKey:
        """Return the newest 256-bit key for a purpose; the first use makes one.

        Two processes that both make the first are no harm: every envelope names the key that opens it.
        """
        kids = self.store.kids(body_id, purpose)
        if kids:
            return self.secret(body_id, purpose, kids[-1])
        kid = new_id().hex  # sorts by age
        self.store.put(body_id, purpose, kid, secrets.token_bytes(32))
        return self.secret(body_id, purpose, kid)

    def secret(self, body_id: UUID, purpose: Purpose, kid: str) -> SecretKey:
        """Return a kept 256-bit key."""
        wanted = (body_id, purpose, kid)
        with self._lock:
            if wanted not in self._secrets:
                self._secrets[wanted] = self.store.secret_key(body_id, purpose, kid)
            return self._secrets[wanted]
