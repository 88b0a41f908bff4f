"""Who acts: a verified claim at the edge, an actor with roles once the database has been asked."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.access.permissions import Role


class ActorKind(StrEnum):
    """What kind of being acts; only a human decides (DEC-2)."""

    HUMAN = "human"
    CLIENT = "client"
    SYSTEM = "system"
    PUBLIC = "public"


class Via(StrEnum):
    """How the actor was recognised."""

    PASSWORD = "password"  # noqa: S105 - a word of the enum
    CLIENT_CREDENTIALS = "client_credentials"
    LINK = "link"
    SYSTEM = "system"
    NONE = "none"


@dataclass(frozen=True)
class Claim:
    """What the edge verified by signature alone; the work checks the rest in the database."""

    kind: ActorKind
    body_id: UUID | None
    """None only for the public, who name the body by slug, and before a body exists."""
    account_id: UUID | None = None
    sign_in_id: UUID | None = None
    client_id: UUID | None = None
    body_slug: str | None = None
    via: Via = Via.NONE
    expires_at: datetime | None = field(default=None, compare=False)
    """Until when its token holds; who somebody is does not depend on it."""


PUBLIC = Claim(ActorKind.PUBLIC, None)


def system(body_id: UUID | None) -> Claim:
    """Return the claim of the service itself, for jobs and commands."""
    return Claim(ActorKind.SYSTEM, body_id, via=Via.SYSTEM)


@dataclass(frozen=True)
class Actor:
    """The caller as the database knows it at this instant."""

    kind: ActorKind
    via: Via
    person_id: UUID | None = None
    account_id: UUID | None = None
    client_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[str] = frozenset()
    """Permissions a client was registered with; a client may do what both its scopes and the matrix allow."""

    def as_fact(self) -> dict[str, str | None]:
        """Return what an event says about who acted."""
        return {
            "kind": self.kind,
            "via": self.via,
            "person": str(self.person_id) if self.person_id else None,
            "account": str(self.account_id) if self.account_id else None,
            "client": str(self.client_id) if self.client_id else None,
        }
