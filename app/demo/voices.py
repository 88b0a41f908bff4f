"""Those who speak in the demonstration, each with a client of her own, and how answers are taken."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from mentorcert_client import AuthenticatedClient, Client
from mentorcert_client.api.accounts import accounts_accept, accounts_invite, accounts_me, accounts_sign_in
from mentorcert_client.api.people import people_appoint, people_register
from mentorcert_client.models import (
    AppointmentCreate,
    InvitationAccept,
    InvitationCreate,
    PasswordGrant,
    PersonCreate,
    Problem,
    Role,
)
from mentorcert_client.types import Response

from app.demo.stage import Stage


class DemoError(Exception):
    """Something did not go as the story tells it."""


@dataclass(frozen=True)
class Voice:
    """One person with her own way in."""

    name: str
    email: str
    person_id: UUID
    client: AuthenticatedClient


def told(response: Response[Any]) -> Any:
    """Return what the service told; anything but success ends the demonstration."""
    if response.status_code >= 400 or isinstance(response.parsed, Problem):
        raise DemoError(f"{response.status_code}: {response.content.decode(errors='replace')[:2000]}")
    return response.parsed


def problem(response: Response[Any], status: int) -> Problem:
    """Return the problem that the service told; anything else ends the demonstration."""
    if response.status_code != status or not isinstance(response.parsed, Problem):
        raise DemoError(
            f"expected a refusal {status}, got {response.status_code}: {response.content[:500]!r}"
        )
    return response.parsed


def key() -> str:
    """Return a fresh idempotency key, as a careful client sends with every unsafe call."""
    return str(uuid4())


def sign_in(stage: Stage, name: str, email: str) -> Voice:
    """Sign a person in; everyone in the demonstration has the same password."""
    stranger = Client(base_url=stage.url, raise_on_unexpected_status=True, timeout=60)
    grant = PasswordGrant(grant="password", email=email, password=stage.password)
    token = told(accounts_sign_in.sync_detailed(stage.slug, client=stranger, body=grant))
    client = AuthenticatedClient(
        base_url=stage.url, token=token.access_token, raise_on_unexpected_status=True, timeout=60
    )
    me = told(accounts_me.sync_detailed(client=client))
    return Voice(name, email, me.person_id, client)


def appointed(stage: Stage, administrator: Voice, name: str, *roles: Role, email: str, on: object) -> Voice:
    """Register a person, appoint her, let her open her account by invitation, and sign her in."""
    office = administrator.client
    person = told(
        people_register.sync_detailed(
            client=office, body=PersonCreate(printed_name=name, language="en"), idempotency_key=key()
        )
    )
    for role in roles:
        body = AppointmentCreate(role=role, starts_on=on)
        told(people_appoint.sync_detailed(person.id, client=office, body=body, idempotency_key=key()))
    invited = told(
        accounts_invite.sync_detailed(person.id, client=office, body=InvitationCreate(email=email))
    )
    stranger = Client(base_url=stage.url, raise_on_unexpected_status=True)
    accept = InvitationAccept(secret=invited.secret, password=stage.password)
    told(accounts_accept.sync_detailed(stage.slug, client=stranger, body=accept))
    return sign_in(stage, name, email)
