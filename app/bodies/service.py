"""Use cases of bodies: establish one with its keys, read it, tell its public keys, publish its documents."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID
from zoneinfo import available_timezones

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from app.access.keyring import PrivateKey
from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import queries, rules
from app.bodies.authority import Finding, check_seal_certificate, fingerprint_of, make_test_authority
from app.bodies.rules import DocumentKind
from app.bodies.schemas import BodyCreate, ContactPointCreate, PublicDocumentCreate
from app.bodies.tables import BodyDocumentRow, BodyKeyRow, BodyRow, ContactPointRow
from app.core.dates import day_in
from app.core.errors import Conflict, Findings, Invalid, NotFound
from app.core.secrets import Purpose
from app.core.settings import Mode
from app.work import Runtime, Work


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


def make_seal_authority(work: Work) -> BodyKeyRow:
    """Give a body a seal under a test authority of its own; production buys its certificate instead."""
    work.require_system()
    if work.runtime.settings.mode is Mode.PRODUCTION:
        raise Conflict("test_authority_refused")
    authority = make_test_authority(queries.own(work).legal_name, now=work.now)
    key = load_pem_private_key(authority.seal_key, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return add_seal(work, key, authority.chain)


def add_seal(work: Work, key: ec.EllipticCurvePrivateKey, chain: bytes) -> BodyKeyRow:
    """Take over a seal key with its chain (PEM, seal first, root last) once nothing is wrong with them."""
    work.require_system()
    if findings := check_seal_certificate(chain, _pem(key), on=work.today, months=0):
        raise Findings("seal_refused", tuple(("/chain", found.code, found.message) for found in findings))
    kid = fingerprint_of(chain)
    work.runtime.keyring.keep(work.body_id, Purpose.SEAL, kid, key)
    return publish_key(work, Purpose.SEAL, kid, certificates_pem=chain.decode())


def seal_findings(work: Work, months: int) -> tuple[Finding, ...]:
    """Find what keeps the seal in use from sealing documents that are valid for some months (CRT-1)."""
    work.require_system()
    row = queries.active_key(work, Purpose.SEAL)
    assert row.certificates_pem is not None
    key = work.runtime.keyring.load(work.body_id, Purpose.SEAL, row.kid)
    return check_seal_certificate(row.certificates_pem.encode(), _pem(key), on=work.today, months=months)


def _pem(key: PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def seal_keys(work: Work) -> Sequence[BodyKeyRow]:
    """Return every seal key the body has used; callers have asked their own permission."""
    return [row for row in queries.keys_of(work) if row.purpose is Purpose.SEAL]


def days(runtime: Runtime) -> Mapping[UUID, date]:
    """Return what day it is in each body of the installation; the worker asks, outside any body's work."""
    with runtime.database.reading() as session:
        zones = queries.zones(session)
    now = runtime.clock.now()
    return {body_id: day_in(zone, now) for body_id, zone in zones.items()}


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


def publish_document(work: Work, wanted: PublicDocumentCreate) -> BodyDocumentRow:
    """Make a new version of a document public; earlier ones stay on record (PUB-4)."""
    work.require(Permission.BODIES_PUBLISH)
    return enter_document(work, wanted)


def enter_document(work: Work, wanted: PublicDocumentCreate) -> BodyDocumentRow:
    """Enter a new version of a public document; callers have asked their own permission."""
    language = queries.own(work).language
    if language not in wanted.texts:
        raise Invalid("own_language_missing", pointer="/texts", language=language)
    queries.lock_own(work)
    row = BodyDocumentRow(
        body_id=work.body_id,
        version=1 + len(queries.documents(work, wanted.kind)),
        published_on=work.today,
        published_by=work.actor.person_id,
        **wanted.model_dump(),
    )
    work.session.add(row)
    work.record(Event.BODY_DOCUMENT_PUBLISHED, row, kind=row.kind, version=row.version)
    return row


def public_documents(work: Work) -> dict[str, object]:
    """Return the newest version of each public document, and which kinds are missing."""
    work.open_to_all()
    newest = {row.kind: row for row in queries.documents(work)}
    items = [newest[kind] for kind in DocumentKind if kind in newest]
    return {"items": items, "missing": rules.missing_documents(newest)}


def public_document(work: Work, kind: str, version: int | None) -> BodyDocumentRow:
    """Return the newest version of a public document, or the one that is named (PUB-4)."""
    work.open_to_all()
    found = queries.documents(work, DocumentKind(kind)) if kind in set(DocumentKind) else ()
    for row in reversed(found):
        if version in {None, row.version}:
            return row
    raise NotFound("document")


def ensure_documents(work: Work) -> None:
    """Refuse while a document that has to be public is not (PUB-4); callers asked their own permission."""
    rules.ensure_documents(queries.document_kinds(work))


def open_contact_point(work: Work, wanted: ContactPointCreate) -> ContactPointRow:
    """Name an organisation of a region to which people may turn."""
    work.require(Permission.BODIES_PUBLISH)
    rules.ensure_reachable(wanted.email, wanted.url)
    row = ContactPointRow(body_id=work.body_id, opened_on=work.today, **wanted.model_dump())
    work.session.add(row)
    work.record(Event.CONTACT_POINT_OPENED, row, country=row.country)
    return row


def close_contact_point(work: Work, contact_point_id: UUID) -> ContactPointRow:
    """Take a contact point off the public list, for good."""
    work.require(Permission.BODIES_PUBLISH)
    row = queries.contact_point_for_update(work, contact_point_id)
    rules.ensure_not_closed(row.closed_on)
    row.closed_on = work.today
    work.session.add(row)
    work.record(Event.CONTACT_POINT_CLOSED, row)
    return row


def public_contact_points(work: Work) -> dict[str, object]:
    """Return the organisations to which people may turn today."""
    work.open_to_all()
    return {"items": queries.contact_points(work)}
