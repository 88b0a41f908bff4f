"""What the API accepts and tells about signing in."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, SecretStr, StringConstraints

from app.access.permissions import Permission, Role
from app.core.schema import Email, Language, Line, Schema

Password = Annotated[SecretStr, Field(min_length=12, max_length=200, examples=["a long pass phrase"])]
Secret = Annotated[
    str,
    StringConstraints(min_length=20, max_length=200),
    Field(examples=["0189000000007000800000000000000-secret"]),
]


class PasswordGrant(Schema):
    """Sign in with e-mail and password."""

    grant: Literal["password"]
    email: Email = Field(examples=["zoe@example.org"])
    password: Annotated[SecretStr, Field(min_length=1, max_length=200, examples=["a long pass phrase"])]


class RefreshGrant(Schema):
    """Go on with the refresh token of an earlier answer; it works once."""

    grant: Literal["refresh_token"]
    refresh_token: Secret


class ClientGrant(Schema):
    """Sign in a machine client."""

    grant: Literal["client_credentials"]
    client_id: UUID = Field(examples=["01890000-0000-7000-8000-000000000003"])
    client_secret: Secret


class TokenRead(Schema):
    """An access token, and for people the refresh token that follows it."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str | None


class RegistrationCreate(Schema):
    """A mentor opens her own account with a body."""

    printed_name: Line = Field(examples=["Zoë Őrség"])
    given_name: Line | None = None
    family_name: Line | None = None
    language: Language = Field(examples=["en"])
    email: Email = Field(examples=["zoe@example.org"])
    password: Password = Field(examples=["a long pass phrase"])


class InvitationCreate(Schema):
    """Invite a registered person to open an account."""

    email: Email = Field(examples=["assessor@example.org"])


class InvitationRead(Schema):
    """An invitation; its secret is shown once, here."""

    id: UUID
    person_id: UUID
    expires_at: datetime
    secret: str


class InvitationAccept(Schema):
    """Accept an invitation by its secret."""

    secret: Secret
    password: Password


class AccountRead(Schema):
    """Who the caller is, and what she may do today."""

    person_id: UUID | None
    account_id: UUID | None
    client_id: UUID | None
    roles: list[Role]


class AccountOpened(Schema):
    """An account that was opened."""

    id: UUID
    person_id: UUID


class ClientCreate(Schema):
    """A machine client and the permissions it is limited to."""

    name: Line = Field(examples=["Learning platform"])
    scopes: list[Permission] = Field(examples=[["schemes:read"]])


class ClientRead(Schema):
    """A machine client; its secret is shown once, here."""

    id: UUID
    name: str
    scopes: list[Permission]
    secret: str
