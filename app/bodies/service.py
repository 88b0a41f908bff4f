"""Use cases of bodies: establish one with its keys, read it, tell its public keys."""

from zoneinfo import available_timezones

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import queries
from app.bodies.schemas import BodyCreate
from app.bodies.tables import BodyKeyRow, BodyRow
from app.core.errors import Conflict, Invalid
from app.core.secrets import Purpose
from app.work import Work


def establish(work: Work, wanted: BodyCreate) -> BodyRow:
    """Establish a body with its legal identity (GEN-1); only the service itself may, by command."""
    work.require_system()
    if wanted.time_zone not in available_timezones():
        raise Invalid("time_zone_unknown", pointer="/time_zone", zone=wanted.time_zone)
    if queries.slugs(work, wanted.slug):
        raise Conflict("slug_taken", slug=wanted.slug)
    body = BodyRow(id=work.body_id, **wanted.model_dump())
    work.session.add(body)
    work.record(Event.BODY_ESTABLISHED, body, slug=wanted.slug)
    return body


def add_key(work: Work, purpose: Purpose) -> BodyKeyRow:
    """Make a key for one purpose and publish its public half."""
    work.require_system()
    keyring = work.runtime.keyring
    kid = keyring.make(work.body_id, purpose)
    return publish_key(work, purpose, kid)


def publish_key(work: Work, purpose: Purpose, kid: str, *, certificates_pem: str | None = None) -> BodyKeyRow:
    """Enter a key that lies in the key store into the body's public list."""
    work.require_system()
    public = work.runtime.keyring.load(work.body_id, purpose, kid).public_key()
    row = BodyKeyRow(
        body_id=work.body_id,
        purpose=purpose,
        kid=kid,
        public_pem=public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
        certificates_pem=certificates_pem,
        added_on=work.today,
    )
    work.session.add(row)
    work.record(Event.BODY_KEY_ADDED, row, purpose=purpose, kid=kid)
    return row


def read(work: Work) -> BodyRow:
    """Return the caller's own body."""
    work.require(Permission.BODIES_READ)
    return queries.own(work)


def profile(work: Work) -> BodyRow:
    """Return what anyone may know about a body."""
    work.open_to_all()
    return queries.own(work)


def public_keys(work: Work) -> dict[str, object]:
    """Return the public halves of all keys, so that outsiders can verify without asking again."""
    work.open_to_all()
    return {"items": queries.keys_of(work)}


def signing_key(work: Work, purpose: Purpose) -> BodyKeyRow:
    """Return the key that signs for a purpose now; callers have asked their own permission."""
    return queries.active_key(work, purpose)


def own(work: Work) -> BodyRow:
    """Return the caller's body; callers have asked their own permission."""
    return queries.own(work)
