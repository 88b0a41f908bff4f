"""What the API tells about bodies and their keys."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.bodies.tables import KeyState
from app.core.schema import Language, Line, Schema, Slug
from app.core.secrets import Purpose


class BodyCreate(Schema):
    """Identity of a body to be established (GEN-1)."""

    slug: Slug
    legal_name: Line
    registration_no: Line
    jurisdiction: Line
    address: Line
    time_zone: Line
    language: Language
    is_demo: bool


class BodyRead(Schema):
    """A certification body as anyone may see it."""

    id: UUID
    slug: str
    legal_name: str
    registration_no: str
    jurisdiction: str
    address: str
    time_zone: str
    language: str
    is_demo: bool


class TrustCreate(Schema):
    """Another body's key for exchange, as it publishes it under its public keys."""

    name: Line = Field(examples=["Atlantic Mentor Certification"])
    kid: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,80}$")] = Field(examples=["0A1B2C3D4E"])
    public_pem: Annotated[str, StringConstraints(max_length=400)] = Field(
        examples=[
            "-----BEGIN PUBLIC KEY-----\n"
            "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
            "-----END PUBLIC KEY-----\n"
        ]
    )


class TrustRead(TrustCreate):
    """Another body whose word this one takes, or took."""

    id: UUID
    trusted_on: date
    ended_on: date | None


class TrustList(Schema):
    """All bodies that this one trusts or has trusted."""

    items: list[TrustRead]


class BodyKeyRead(Schema):
    """The public half of a key."""

    purpose: Purpose
    kid: str
    public_pem: str
    certificates_pem: str | None
    state: KeyState
    added_on: date


class BodyKeyList(Schema):
    """All keys a body has used."""

    items: list[BodyKeyRead]
