"""A small world: two bodies, a person in every role of each, tokens that hold while the clock stands."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.access.actor import system
from app.access.permissions import APPOINTABLE, Permission, Role
from app.accounts import service as accounts
from app.accounts.schemas import ClientCreate, ClientGrant, PasswordGrant, RegistrationCreate
from app.bodies import service as bodies
from app.bodies.schemas import BodyCreate
from app.core.ids import new_id
from app.core.secrets import Purpose
from app.people import service as people
from app.people.schemas import AppointmentCreate
from app.work import Caller, Runtime, Work
from tests.factories.bodies import with_documents

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


class StandingClock:
    """A clock that moves only when told to."""

    def __init__(self, instant: datetime = START) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant

    def advance(self, by: timedelta) -> None:
        self.instant += by


@dataclass
class Member:
    """A person of the world with a way in."""

    person_id: UUID | None
    account_id: UUID | None
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass
class Tenant:
    """One body and its people by role; the other assessors are needed for double marking."""

    body_id: UUID
    slug: str
    members: dict[str, Member] = field(default_factory=dict)
    version_id: UUID | None = None

    def __getitem__(self, role: str) -> Member:
        return self.members[role]


@dataclass
class World:
    alpha: Tenant
    beta: Tenant


_NAMES = (*APPOINTABLE, Role.PERSON, "other_assessor", "third_assessor", "trainer", "mentee")
_ROLES = {"other_assessor": Role.ASSESSOR, "third_assessor": Role.ASSESSOR}


def make_world(runtime: Runtime) -> World:
    """Populate an empty database."""
    return World(make_tenant(runtime, "alpha"), make_tenant(runtime, "beta"))


def as_system(runtime: Runtime, body_id: UUID) -> Caller:
    """Return the service itself as a caller."""
    return Caller(runtime, system(body_id), "test")


def make_tenant(runtime: Runtime, slug: str, *, has_documents: bool = True) -> Tenant:
    """Establish a body with its keys, its people, and what it has to make public."""
    body_id = new_id()
    caller = as_system(runtime, body_id)
    identity = BodyCreate(
        slug=slug,
        legal_name=f"{slug.title()} Certification",
        registration_no="1",
        jurisdiction="ES",
        address="Calle Mayor 1, Málaga",
        time_zone="Europe/Madrid",
        language="en",
        is_demo=True,
    )
    caller.write(bodies.establish, identity)
    for purpose in (Purpose.TOKENS, Purpose.LOG, Purpose.EXCHANGE):
        caller.write(bodies.add_key, purpose)
    if has_documents:
        with_documents(caller)
    tenant = Tenant(body_id, slug)
    for name in _NAMES:
        tenant.members[str(name)] = _member(caller, tenant, str(name))
    tenant.members["client"] = _client(caller, tenant)
    return tenant


def _member(caller: Caller, tenant: Tenant, name: str) -> Member:
    email = f"{name}@{tenant.slug}.example"
    wanted = RegistrationCreate(
        printed_name=f"{name.replace('_', ' ').title()} of {tenant.slug.title()}",
        language="en",
        email=email,
        password=PASSWORD,
    )
    role = _ROLES.get(name, Role(name) if name in set(Role) else None)
    account = caller.write(_enter, wanted, role if role is not Role.PERSON else None)
    token = caller.write(accounts.sign_in, PasswordGrant(grant="password", email=email, password=PASSWORD))
    return Member(account.person_id, account.id, token.access_token)


def _enter(work: Work, wanted: RegistrationCreate, role: Role | None) -> object:
    account = accounts.register(work, wanted)
    if role is not None:
        person = people.known(work, account.person_id)
        people.enter_appointment(work, person, AppointmentCreate(role=role, starts_on=work.today))
    return account


def _client(caller: Caller, tenant: Tenant) -> Member:
    issued = caller.write(_enter_client)
    grant = ClientGrant(grant="client_credentials", client_id=issued.id, client_secret=issued.secret)
    return Member(None, None, caller.write(accounts.sign_in_client, grant).access_token)


def _enter_client(work: Work) -> accounts.Issued:
    work.open_to_all()
    return accounts.enter_client(work, ClientCreate(name="Integrator", scopes=list(Permission)))
