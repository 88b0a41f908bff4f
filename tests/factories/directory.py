"""Mentors who let themselves be found, without the road to their certificates."""

import re
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from app.accounts import service as accounts
from app.accounts.schemas import PasswordGrant, RegistrationCreate
from app.work import Caller, Runtime
from tests.factories.certificates import a_seal, granted
from tests.support.days import Mailbox
from tests.support.world import PASSWORD, Member, Tenant

LISTING: dict[str, Any] = {
    "consent_version": 1,
    "visibility": "everyone",
    "headline": {"en": "Twenty years in food exports", "es": "Veinte años exportando alimentos"},
    "expertise": ["export", "finance"],
    "experience": ["started_business"],
    "sectors": ["agro_food"],
    "languages": ["en", "es"],
    "styles": ["asks_first"],
    "country": "ES",
    "region": "Andalucía",
    "is_remote": True,
    "is_on_site": True,
    "touch": "high",
    "is_free": True,
    "is_accepting": True,
}
MESSAGE = {
    "name": "Katerina Papadopoulou",
    "email": "katerina@firm.example",
    "language": "en",
    "message": "We bake for three towns and want to sell abroad. Would you talk with us?",
}
SEARCH = "/public/v1/bodies/alpha/mentors"


def a_member(system: Caller, tenant: Tenant, name: str) -> Member:
    """Register one more person of a body, who can sign in."""
    email = f"{name.lower().replace(' ', '.')}@{tenant.slug}.example"
    wanted = RegistrationCreate(printed_name=name, language="en", email=email, password=PASSWORD)
    account = system.write(_register, wanted)
    grant = PasswordGrant(grant="password", email=email, password=PASSWORD)
    token = system.write(accounts.sign_in, grant)
    return Member(account.person_id, account.id, token.access_token)


def _register(work: Any, wanted: RegistrationCreate) -> Any:
    work.require_system()
    return accounts.register(work, wanted)


class Pool:
    """Makes certified persons of a body, and listings of them."""

    def __init__(self, client: TestClient, system: Caller, tenant: Tenant, version_id: UUID) -> None:
        self.client, self.system, self.tenant, self.version_id = client, system, tenant, version_id
        a_seal(system)

    def certified(self, member: Member, **scope: Any) -> Any:
        """Grant a person a certificate."""
        decider = self.tenant["decision_maker"].person_id
        return granted(self.system, self.version_id, member.person_id, decider, **scope)  # type: ignore[arg-type] # members have persons

    def person(self, name: str, **scope: Any) -> Member:
        """Make one more certified person."""
        member = a_member(self.system, self.tenant, name)
        self.certified(member, **scope)
        return member

    def mentor(self, name: str, scope: dict[str, Any] | None = None, **said: Any) -> str:
        """Make one more certified person who is listed; return the id of her listing."""
        return str(listed(self.client, self.person(name, **(scope or {})), **said)["id"])


def listed(client: TestClient, member: Member, **said: Any) -> dict[str, Any]:
    """List a certified person."""
    answer = client.post("/v1/me/listing", json=LISTING | said, headers=member.headers)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def names(answer: Any) -> list[str]:
    """Return the names on a page of a search, in order."""
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


def newest_link(runtime: Runtime, address: str) -> str:
    """Return the path of the link in the newest mail to an address."""
    assert isinstance(runtime.post, Mailbox)
    mail = next(mail for mail in reversed(runtime.post.mails) if mail.address == address)
    found = re.search(re.escape(runtime.settings.public_url) + r"(\S+)", mail.text)
    assert found, mail.text
    return found[1]


def secret_in(path: str) -> str:
    """Return the secret that a link ends with."""
    return path.rsplit("/", maxsplit=1)[-1]
