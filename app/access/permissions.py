"""The permission matrix: which role may do what. Relations (own file, took part in training) are judged elsewhere."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may be appointed to; `person` is everyone with an account, `client` an integrator's machine."""

    ADMINISTRATOR = "administrator"
    SCHEME_MANAGER = "scheme_manager"
    APPLICATION_REVIEWER = "application_reviewer"
    ASSESSOR = "assessor"
    DECISION_MAKER = "decision_maker"
    IMPARTIALITY_OFFICER = "impartiality_officer"
    ACCOMMODATION_OFFICER = "accommodation_officer"
    AUDITOR = "auditor"
    PERSON = "person"
    CLIENT = "client"


APPOINTABLE = tuple(role for role in Role if role not in {Role.PERSON, Role.CLIENT})


class Permission(StrEnum):
    """`feature:verb`, in alphabetical order."""

    ACCOUNTS_INVITE = "accounts:invite"
    ACCOUNTS_READ_OWN = "accounts:read_own"
    BODIES_KEYS = "bodies:keys"
    BODIES_READ = "bodies:read"
    CLIENTS_MANAGE = "clients:manage"
    EVENTS_READ = "events:read"
    LOG_EXPORT = "log:export"
    PEOPLE_APPOINT = "people:appoint"
    PEOPLE_READ = "people:read"
    PEOPLE_READ_OWN = "people:read_own"
    PEOPLE_REGISTER = "people:register"
    SCHEMES_DRAFT = "schemes:draft"
    SCHEMES_PUBLISH = "schemes:publish"
    SCHEMES_READ = "schemes:read"


_P = Permission
_EVERY_STAFF = frozenset({_P.BODIES_READ, _P.SCHEMES_READ})

MATRIX: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _EVERY_STAFF
    | {
        _P.ACCOUNTS_INVITE,
        _P.BODIES_KEYS,
        _P.CLIENTS_MANAGE,
        _P.LOG_EXPORT,
        _P.PEOPLE_APPOINT,
        _P.PEOPLE_READ,
        _P.PEOPLE_REGISTER,
    },
    Role.SCHEME_MANAGER: _EVERY_STAFF | {_P.SCHEMES_DRAFT, _P.SCHEMES_PUBLISH},
    Role.APPLICATION_REVIEWER: _EVERY_STAFF,
    Role.ASSESSOR: _EVERY_STAFF,
    Role.DECISION_MAKER: _EVERY_STAFF,
    Role.IMPARTIALITY_OFFICER: _EVERY_STAFF,
    Role.ACCOMMODATION_OFFICER: _EVERY_STAFF,
    Role.AUDITOR: _EVERY_STAFF | {_P.EVENTS_READ, _P.LOG_EXPORT, _P.PEOPLE_READ},
    Role.PERSON: frozenset({_P.ACCOUNTS_READ_OWN, _P.BODIES_READ, _P.PEOPLE_READ_OWN, _P.SCHEMES_READ}),
    Role.CLIENT: frozenset({_P.BODIES_READ, _P.SCHEMES_READ}),
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Return all that the roles allow together."""
    return frozenset[Permission]().union(*(MATRIX[role] for role in roles))
