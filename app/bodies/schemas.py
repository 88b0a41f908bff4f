"""What the API tells about bodies and their keys."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from app.bodies.rules import DocumentKind
from app.bodies.tables import KeyState
from app.core.schema import Email, Language, Line, Schema, Slug, one_line, paragraphs
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


class PublicDocumentCreate(Schema):
    """A new version of a public document; the newest stands."""

    kind: DocumentKind = Field(examples=["appeals_process"])
    texts: dict[Language, DocumentText] = Field(
        description="By language; the body's own has to be among them.",
        min_length=1,
        max_length=20,
        examples=[{"en": "Whoever disagrees with a decision may appeal. People who took no part decide."}],
    )


class PublicDocumentRead(Schema):
    """A version of a public document."""

    kind: DocumentKind
    version: int
    texts: dict[str, str]
    published_on: date


class PublicDocumentList(Schema):
    """The newest version of each document, and which kinds are not public yet."""

    items: list[PublicDocumentRead]
    missing: list[DocumentKind]


Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
WebAddress = Annotated[
    str, StringConstraints(max_length=400, pattern=r"^https?://[!-~]+$"), AfterValidator(one_line)
]


class ContactPointCreate(Schema):
    """An organisation of a region that tells people about the body's schemes, with an address to reach it."""

    name: Line = Field(examples=["University of the Coast"])
    region: Line = Field(examples=["Andalusia"])
    country: Country = Field(description="Two letters (ISO 3166-1).", examples=["ES"])
    languages: Annotated[list[Language], Field(min_length=1, max_length=20, examples=[["es", "en"]])]
    email: Email | None = Field(default=None, description="The organisation's, not a person's.")
    url: WebAddress | None = Field(default=None, examples=["https://coast.example/mentors"])


class ContactPointRead(Schema):
    """A contact point as anyone may see it."""

    id: UUID
    rev: int
    name: str
    region: str
    country: str
    languages: list[str]
    email: str | None
    url: str | None
    opened_on: date
    closed_on: date | None


class ContactPointList(Schema):
    """The contact points that are open, by country and region."""

    items: list[ContactPointRead]
