"""The only home of JWT: ES256 access tokens, keys chosen by `kid`, times judged by our own clock.

python-jose accepts `algorithms=None` and reads the wall clock itself, so the algorithm is fixed here, its own
time checks are switched off, and expiry and start are compared with the clock that everything else uses.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jose import jwk, jwt
from jose.exceptions import JOSEError

from app.access.actor import ActorKind, Claim, Via
from app.core.errors import Unauthenticated

_ALGORITHM = "ES256"
_ISSUER = "mentorcert"
_LEEWAY = timedelta(seconds=30)


@dataclass(frozen=True)
class TokenKey:
    """A body's key for access tokens; `kid` is `<body id>.<serial>`, so that a token leads to its key."""

    kid: str
    key: ec.EllipticCurvePrivateKey


def body_of(token: str) -> UUID:
    """Return the body that the token claims to belong to; nothing is verified yet."""
    try:
        return UUID(str(jwt.get_unverified_header(token)["kid"]).split(".", maxsplit=1)[0])
    except (JOSEError, KeyError, ValueError):
        raise Unauthenticated("token_refused") from None


def kid_of(token: str) -> str:
    """Return the key id that the token names; nothing is verified yet."""
    return str(jwt.get_unverified_header(token)["kid"])


def issue(claim: Claim, signer: TokenKey, *, now: datetime, life: timedelta) -> str:
    """Return a signed access token for a claim."""
    subject = claim.account_id or claim.client_id
    payload: dict[str, str | int] = {
        "iss": _ISSUER,
        "aud": str(claim.body_id),
        "sub": str(subject),
        "kind": claim.kind,
        "via": claim.via,
        "iat": int(now.timestamp()),
        "exp": int((now + life).timestamp()),
    }
    if claim.sign_in_id:
        payload["sid"] = str(claim.sign_in_id)
    return str(jwt.encode(payload, _private(signer), algorithm=_ALGORITHM, headers={"kid": signer.kid}))


def verify(token: str, signer: TokenKey, *, body_id: UUID, now: datetime) -> Claim:
    """Return the claim of a token signed by this body's key and valid now; else raise Unauthenticated."""
    options = {
        "verify_exp": False,
        "verify_nbf": False,
        "verify_iat": False,
    }  # "require_exp" would switch it on again
    try:
        payload = jwt.decode(
            token,
            _public(signer),
            algorithms=[_ALGORITHM],
            audience=str(body_id),
            issuer=_ISSUER,
            options=options,
        )
        if (payload["aud"], payload["iss"]) != (str(body_id), _ISSUER):  # the library lets a missing one pass
            raise Unauthenticated("token_refused")
        issued = datetime.fromtimestamp(int(payload["iat"]), UTC)
        expires = datetime.fromtimestamp(int(payload["exp"]), UTC)
        kind, subject = ActorKind(payload["kind"]), UUID(payload["sub"])
        sign_in = UUID(payload["sid"]) if "sid" in payload else None
        via = Via(payload["via"])
    except (JOSEError, KeyError, ValueError, TypeError, OverflowError):
        raise Unauthenticated("token_refused") from None
    if now >= expires or issued > now + _LEEWAY:
        raise Unauthenticated("token_expired")
    if kind is ActorKind.CLIENT:
        return Claim(kind, body_id, client_id=subject, via=via)
    if kind is not ActorKind.HUMAN or sign_in is None:
        raise Unauthenticated("token_refused")
    return Claim(kind, body_id, account_id=subject, sign_in_id=sign_in, via=via, expires_at=expires)


@lru_cache(maxsize=256)
def _private(signer: TokenKey) -> jwk.Key:
    pem = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return jwk.construct(pem, _ALGORITHM)


@lru_cache(maxsize=256)
def _public(signer: TokenKey) -> jwk.Key:
    pem = signer.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return jwk.construct(pem, _ALGORITHM)
