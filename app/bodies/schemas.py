"""What the API tells about bodies and their keys."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from app.bodies.rules import DocumentKind
from app.bodies.tables import KeyState
from app.core.schema import Language, Line, Schema, Slug, paragraphs
from app.core.secrets import Purpose

DocumentText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=40, max_length=20_000),
    AfterValidator(paragraphs),
]
"""A whole document in one language; a word or two would not be one."""


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


class DocumentCreate(Schema):
    """A new version of a public document; the newest stands."""

    kind: DocumentKind = Field(examples=["appeals_process"])
    texts: dict[Language, DocumentText] = Field(
        description="By language; the body's own has to be among them.",
        min_length=1,
        max_length=20,
        examples=[{"en": "Whoever disagrees with a decision may appeal. People who took no part decide."}],
    )


class DocumentRead(Schema):
    """A version of a public document."""

    kind: DocumentKind
    version: int
    texts: dict[str, str]
    published_on: date


class DocumentList(Schema):
    """The newest version of each document, and which kinds are not public yet."""

    items: list[DocumentRead]
    missing: list[DocumentKind]
