"""The body itself (the one table whose key is its id alone), its keys' public halves, its documents."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.bodies.rules import DocumentKind
from app.core.ids import new_id
from app.core.secrets import Purpose
from app.core.table import Audited, Guard, Stamped, enum_type, keys, public, restricted


class BodyRow(Stamped, table=True):
    """A certification body: legal identity as ISO/IEC 17024 4.1 asks (GEN-1)."""

    __tablename__ = "bodies"
    __table_args__ = (
        sa.UniqueConstraint("slug"),
        sa.ForeignKeyConstraint(
            ["id", "id", "rev"],
            ["events.body_id", "events.stream", "events.sseq"],
            deferrable=True,
            initially="DEFERRED",
        ),
    )

    id: UUID = public(default_factory=new_id, primary_key=True)
    slug: str = public(max_length=40)
    legal_name: str = public(max_length=200)
    registration_no: str = public(max_length=200)
    jurisdiction: str = public(max_length=200)
    address: str = public(max_length=400)
    time_zone: str = public(max_length=64)
    language: str = public(max_length=2)
    is_demo: bool = public(False)

    @property
    def stream(self) -> UUID:
        """The stream of events that tells this body's own story."""
        return self.id


class TrustedBodyRow(Audited, table=True):
    """Another body whose word this one takes: what it has signed with this key may enter here."""

    __tablename__ = "trusted_bodies"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "kid"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= trusted_on", name="dates"),
        trusted_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_trusted",
            "GEN-2",
            "UPDATE",
            "NEW.kid <> OLD.kid OR NEW.public_pem <> OLD.public_pem OR NEW.name <> OLD.name"
            " OR NEW.trusted_on <> OLD.trusted_on OR OLD.ended_on IS NOT NULL",
        ),
    )

    name: str = restricted(max_length=200)
    kid: str = restricted(max_length=80)
    public_pem: str = restricted(max_length=400)
    """Its Ed25519 key for exchange, as it publishes it."""
    trusted_on: date = restricted()
    trusted_by: UUID = restricted()
    ended_on: date | None = restricted(None)


class KeyState(StrEnum):
    """Only an active key signs; a retired one stays published."""

    ACTIVE = "active"
    RETIRED = "retired"


class BodyKeyRow(Audited, table=True):
    """The public half of one of a body's keys, for one purpose."""

    __tablename__ = "body_keys"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "purpose", "kid"), audited=True)

    purpose: Purpose = public(sa_type=enum_type(Purpose))
    kid: str = public(max_length=80)
    public_pem: str = public()
    certificates_pem: str | None = public(None)
    """For the seal: leaf, issuing and root certificate."""
    state: KeyState = public(KeyState.ACTIVE, sa_type=enum_type(KeyState))
    added_on: date = public()


class BodyDocumentRow(Audited, table=True):
    """One version of a document that the body has made public; the newest stands, the others stay (PUB-4)."""

    __tablename__ = "body_documents"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "kind", "version"),
        sa.CheckConstraint("version > 0", name="version"),
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_published", "PUB-4", "UPDATE", "NEW.rev <> OLD.rev"),
        Guard(
            "in_order",
            "PUB-4",
            "INSERT",
            "NEW.version <> 1 + (SELECT COUNT(*) FROM body_documents d WHERE d.body_id = NEW.body_id"
            " AND d.kind = NEW.kind)",
        ),
    )

    kind: DocumentKind = public(sa_type=enum_type(DocumentKind))
    version: int = public()
    texts: dict[str, str] = public(sa_type=sa.JSON)
    """By language; the body's own is always among them."""
    published_on: date = public()
    published_by: UUID | None = restricted(None)
    """None where the service itself entered it."""


class ContactPointRow(Audited, table=True):
    """An organisation of a region that tells people about the body's schemes; closed ones stay on record."""

    __tablename__ = "contact_points"
    __table_args__ = keys(
        sa.CheckConstraint("email IS NOT NULL OR url IS NOT NULL", name="address"),
        sa.CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="dates"),
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "only_closed",
            "PUB-4",
            "UPDATE",
            "OLD.closed_on IS NOT NULL OR NEW.name <> OLD.name OR NEW.region <> OLD.region"
            " OR NEW.country <> OLD.country OR CAST(NEW.languages AS TEXT) <> CAST(OLD.languages AS TEXT)"
            " OR COALESCE(NEW.email, '') <> COALESCE(OLD.email, '')"
            " OR COALESCE(NEW.url, '') <> COALESCE(OLD.url, '') OR NEW.opened_on <> OLD.opened_on",
        ),
    )

    name: str = public(max_length=200)
    region: str = public(max_length=200)
    country: str = public(max_length=2)
    languages: list[str] = public(sa_type=sa.JSON)
    email: str | None = public(None, max_length=254)
    """An organisation's address, never a person's own."""
    url: str | None = public(None, max_length=400)
    opened_on: date = public()
    closed_on: date | None = public(None)
