"""Access tokens: only our own, unchanged, of this body, of this time, with this algorithm."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.access import tokens
from app.access.actor import ActorKind, Claim, Via
from app.access.tokens import TokenKey
from app.core.errors import Unauthenticated
from app.core.ids import new_id
from tests.support.world import START

BODY, OTHER = new_id(), new_id()
KEY = TokenKey(f"{BODY}.ONE", ec.generate_private_key(ec.SECP256R1()))
FOREIGN = TokenKey(f"{OTHER}.ONE", ec.generate_private_key(ec.SECP256R1()))
HUMAN = Claim(ActorKind.HUMAN, BODY, account_id=new_id(), sign_in_id=new_id(), via=Via.PASSWORD)
CLIENT = Claim(ActorKind.CLIENT, BODY, client_id=new_id(), via=Via.CLIENT_CREDENTIALS)
LIFE = timedelta(minutes=15)


def issued(claim: Claim = HUMAN, key: TokenKey = KEY) -> str:
    return tokens.issue(claim, key, now=START, life=LIFE)


def verified(token: str, *, body_id: UUID = BODY, after: timedelta = timedelta()) -> Claim:
    return tokens.verify(token, KEY, body_id=body_id, now=START + after)


def encoded(part: object) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(token: str, part: int) -> dict[str, object]:
    text = token.split(".")[part]
    return dict(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))


@pytest.mark.parametrize("claim", [HUMAN, CLIENT], ids=["human", "client"])
def test_a_token_brings_its_claim_back(claim: Claim) -> None:
    assert verified(issued(claim)) == claim


def test_a_token_leads_to_body_and_key() -> None:
    assert (tokens.body_of(issued()), tokens.kid_of(issued())) == (BODY, KEY.kid)


@pytest.mark.parametrize(
    ("after", "is_valid"),
    [
        (-timedelta(seconds=31), False),
        (-timedelta(seconds=29), True),
        (LIFE - timedelta(seconds=1), True),
        (LIFE, False),
    ],
)
def test_a_token_holds_for_its_time_by_our_own_clock(after: timedelta, is_valid: bool) -> None:
    if is_valid:
        assert verified(issued(), after=after) == HUMAN
    else:
        with pytest.raises(Unauthenticated, match="token_expired"):
            verified(issued(), after=after)


def test_a_token_of_another_body_is_refused() -> None:
    with pytest.raises(Unauthenticated, match="token_refused"):
        verified(issued(), body_id=OTHER)


def test_a_token_signed_by_another_key_is_refused_whatever_it_says() -> None:
    forged = issued(key=TokenKey(KEY.kid, FOREIGN.key))

    with pytest.raises(Unauthenticated, match="token_refused"):
        verified(forged)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_token_changed_in_any_part_is_refused(part: int) -> None:
    parts = issued().split(".")
    parts[part] = ("A" if parts[part][0] != "A" else "B") + parts[part][1:]

    with pytest.raises(Unauthenticated):
        verified(".".join(parts))


def test_a_payload_exchanged_under_the_signature_is_refused() -> None:
    head, _, signature = issued().split(".")
    payload = decoded(issued(), 1) | {"sub": str(new_id())}

    with pytest.raises(Unauthenticated, match="token_refused"):
        verified(f"{head}.{encoded(payload)}.{signature}")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE"])
def test_an_unsigned_token_is_refused(algorithm: str) -> None:
    payload = decoded(issued(), 1)
    for signature in ("", encoded(b"x")):
        with pytest.raises(Unauthenticated, match="token_refused"):
            verified(f"{encoded({'alg': algorithm, 'kid': KEY.kid})}.{encoded(payload)}.{signature}")


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_the_public_key_is_not_taken_for_a_shared_secret(encoding: Encoding, algorithm: str) -> None:
    secret = KEY.key.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{encoded({'alg': algorithm, 'kid': KEY.kid, 'typ': 'JWT'})}.{encoded(decoded(issued(), 1))}"
    digest = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}[algorithm]

    with pytest.raises(Unauthenticated, match="token_refused"):
        verified(f"{signed}.{encoded(hmac.digest(secret, signed.encode(), digest))}")


@pytest.mark.parametrize("missing", ["iss", "aud", "sub", "kind", "via", "iat", "exp", "sid"])
def test_a_token_of_ours_that_lacks_a_claim_is_refused(missing: str) -> None:
    payload = {name: value for name, value in decoded(issued(), 1).items() if name != missing}

    with pytest.raises(Unauthenticated, match="token_refused"):
        verified(_signed(payload))


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "system"},
        {"kind": "public"},
        {"kind": 1},
        {"sub": "x"},
        {"exp": "soon"},
        {"exp": 10**20},
        {"iss": "x"},
    ],
)
def test_a_token_of_ours_with_a_senseless_claim_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(Unauthenticated, match="token_refused"):
        verified(_signed(decoded(issued(), 1) | changed))


def _signed(payload: dict[str, object]) -> str:
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - only this forger signs by hand
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature  # noqa: PLC0415 - as above

    text = f"{issued().split('.')[0]}.{encoded(payload)}"
    r, s = decode_dss_signature(KEY.key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{text}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "...", "é.é.é", f"{'A' * 5000}.B.C"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(Unauthenticated, match="token_refused"):
        tokens.body_of(token)
