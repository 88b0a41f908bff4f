"""What the API tells about bodies and their keys."""

from datetime import date
from uuid import UUID

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
