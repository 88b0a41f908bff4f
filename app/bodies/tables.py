"""The body itself (the one table whose key is its id alone) and the public halves of its keys."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

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
