"""Use cases of exchange with other bodies: whose word is taken, what is signed for them and by them."""

from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import queries
from app.bodies.schemas import TrustCreate
from app.bodies.tables import TrustedBodyRow
from app.core.errors import Conflict, Invalid, NotFound
from app.core.secrets import Purpose
from app.work import Work


def trust(work: Work, wanted: TrustCreate) -> TrustedBodyRow:
    """Take another body's word from now on: what it signed with this key may enter here."""
    work.require(Permission.BODIES_TRUST)
    wanted_key = _key(wanted.public_pem)
    own = [_key(row.public_pem) for row in queries.keys_of(work) if row.purpose is Purpose.EXCHANGE]
    if wanted_key.public_bytes_raw() in {key.public_bytes_raw() for key in own}:
        raise Invalid("exchange_key_own", pointer="/public_pem")
    if queries.trusted_by_kid(work, wanted.kid) is not None:
        raise Conflict("body_trusted_already", kid=wanted.kid)
    row = TrustedBodyRow(
        body_id=work.body_id, trusted_on=work.today, trusted_by=work.person_id, **wanted.model_dump()
    )
    work.session.add(row)
    work.record(Event.BODY_TRUSTED, row, kid=row.kid)
    return row


def end_trust(work: Work, trusted_id: UUID) -> TrustedBodyRow:
    """Take another body's word no longer; what was admitted before stands."""
    work.require(Permission.BODIES_TRUST)
    row = queries.trusted_for_update(work, trusted_id)
    if row.ended_on is not None:
        raise Conflict("trust_ended_already")
    row.ended_on = work.today
    work.session.add(row)
    work.record(Event.TRUST_ENDED, row, kid=row.kid)
    return row


def trusted(work: Work) -> dict[str, object]:
    """Return all bodies that this one trusts or has trusted."""
    work.require(Permission.BODIES_READ)
    return {"items": queries.trusted(work)}


def signed(work: Work, content: bytes) -> tuple[str, bytes]:
    """Sign for other bodies; return the key's id and the signature. Callers have asked their permission."""
    try:
        row = queries.active_key(work, Purpose.EXCHANGE)
    except NotFound:
        raise Conflict("exchange_key_missing") from None
    key = work.runtime.keyring.load(work.body_id, Purpose.EXCHANGE, row.kid)
    assert isinstance(key, Ed25519PrivateKey)
    return row.kid, key.sign(content)


def signer_of(work: Work, content: bytes, *, kid: str, signature: bytes) -> TrustedBodyRow:
    """Return the trusted body that signed; refuse a stranger's key, one no longer trusted, or other bytes.

    Callers have asked their own permission.
    """
    row = queries.trusted_by_kid(work, kid)
    if row is None or row.ended_on is not None:
        raise Conflict("body_not_trusted", kid=kid)
    try:
        _key(row.public_pem).verify(signature, content)
    except InvalidSignature:
        raise Invalid("signature_refused") from None
    return row


def known(work: Work, trusted_id: UUID) -> TrustedBodyRow:
    """Return a body that is or was trusted; callers have asked their own permission."""
    return queries.trusted_by_id(work, trusted_id)


def _key(public_pem: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(public_pem.encode())
    except ValueError:
        raise Invalid("exchange_key_refused", pointer="/public_pem") from None
    if not isinstance(key, Ed25519PublicKey):
        raise Invalid("exchange_key_refused", pointer="/public_pem")
    return key
