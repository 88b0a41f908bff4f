"""The permission matrix: which role may do what; relations (own file, took part) are judged elsewhere."""

from enum import StrEnum


class Role(StrEnum):
    """What people are appointed to; `person` is whoever has an account, `client` an integrator's machine."""

    ADMINISTRATOR = "administrator"
    SCHEME_MANAGER = "scheme_manager"
    APPLICATION_REVIEWER = "application_reviewer"
    ASSESSOR = "assessor"
    DECISION_MAKER = "decision_maker"
    IMPARTIALITY_OFFICER = "impartiality_officer"
    ACCOMMODATION_OFFICER = "accommodation_officer"
    AUDITOR = "auditor"
    ADVISER = "adviser"
    """Growth adviser or programme staff beside the mentors: finds mentors for a need, answers at reviews."""
    PROGRAMME_MANAGER = "programme_manager"
    """Runs the programmes in which mentors work."""
    PERSON = "person"
    CLIENT = "client"


APPOINTABLE = tuple(role for role in Role if role not in {Role.PERSON, Role.CLIENT})


class Permission(StrEnum):
    """`feature:verb`, in alphabetical order."""

    ACCOMMODATIONS_DECIDE = "accommodations:decide"
    ACCOUNTS_INVITE = "accounts:invite"
    APPLICATIONS_READ = "applications:read"
    APPLICATIONS_READ_OWN = "applications:read_own"
    APPLICATIONS_REVIEW = "applications:review"
    APPLICATIONS_SUBMIT = "applications:submit"
    BODIES_READ = "bodies:read"
    CERTIFICATES_READ = "certificates:read"
    CERTIFICATES_READ_OWN = "certificates:read_own"
    CLIENTS_MANAGE = "clients:manage"
    DECISIONS_READ = "decisions:read"
    DECISIONS_READ_OWN = "decisions:read_own"
    DECISIONS_TAKE = "decisions:take"
    DELIVERY_PLAN = "delivery:plan"
    DELIVERY_SIT = "delivery:sit"
    EVENTS_READ = "events:read"
    IMPARTIALITY_DECLARE = "impartiality:declare"
    IMPARTIALITY_READ = "impartiality:read"
    IMPARTIALITY_RECORD = "impartiality:record"
    ITEMBANK_APPROVE = "itembank:approve"
    ITEMBANK_MANAGE = "itembank:manage"
    ITEMBANK_READ = "itembank:read"
    LOG_EXPORT = "log:export"
    MARKING_ALLOCATE = "marking:allocate"
    MARKING_MARK = "marking:mark"
    MARKING_RELEASE = "marking:release"
    NOTICES_READ = "notices:read"
    NOTICES_READ_OWN = "notices:read_own"
    PEOPLE_APPOINT = "people:appoint"
    PEOPLE_READ = "people:read"
    PEOPLE_READ_OWN = "people:read_own"
    PEOPLE_REGISTER = "people:register"
    PRACTICE_ATTEST = "practice:attest"
    PRACTICE_DEFINE = "practice:define"
    PRACTICE_LOG_OWN = "practice:log_own"
    PRACTICE_READ = "practice:read"
    PRACTICE_REVIEW = "practice:review"
    PRACTICE_STATISTICS = "practice:statistics"
    PROFILES_RATE_OWN = "profiles:rate_own"
    PROFILES_READ = "profiles:read"
    RESULTS_READ = "results:read"
    RESULTS_READ_OWN = "results:read_own"
    SCHEMES_DRAFT = "schemes:draft"
    SCHEMES_PUBLISH = "schemes:publish"
    SCHEMES_READ = "schemes:read"


_P = Permission
_EVERY_STAFF = frozenset({_P.BODIES_READ, _P.SCHEMES_READ})

MATRIX: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _EVERY_STAFF
    | {
        _P.ACCOUNTS_INVITE,
        _P.CERTIFICATES_READ,
        _P.CLIENTS_MANAGE,
        _P.DELIVERY_PLAN,
        _P.IMPARTIALITY_RECORD,
        _P.LOG_EXPORT,
        _P.MARKING_ALLOCATE,
        _P.NOTICES_READ,
        _P.PEOPLE_APPOINT,
        _P.PEOPLE_READ,
        _P.PEOPLE_REGISTER,
        _P.PRACTICE_ATTEST,
    },
    Role.SCHEME_MANAGER: _EVERY_STAFF
    | {
        _P.ITEMBANK_APPROVE,
        _P.ITEMBANK_MANAGE,
        _P.ITEMBANK_READ,
        _P.MARKING_ALLOCATE,
        _P.MARKING_RELEASE,
        _P.RESULTS_READ,
        _P.SCHEMES_DRAFT,
        _P.SCHEMES_PUBLISH,
    },
    Role.APPLICATION_REVIEWER: _EVERY_STAFF
    | {
        _P.APPLICATIONS_READ,
        _P.APPLICATIONS_REVIEW,
        _P.DELIVERY_PLAN,
        _P.IMPARTIALITY_DECLARE,
        _P.PRACTICE_READ,
        _P.PROFILES_READ,
    },
    Role.ASSESSOR: _EVERY_STAFF | {_P.IMPARTIALITY_DECLARE, _P.MARKING_MARK},
    Role.DECISION_MAKER: _EVERY_STAFF
    | {
        _P.APPLICATIONS_READ,
        _P.CERTIFICATES_READ,
        _P.DECISIONS_READ,
        _P.DECISIONS_TAKE,
        _P.IMPARTIALITY_DECLARE,
        _P.PRACTICE_READ,
        _P.PROFILES_READ,
        _P.RESULTS_READ,
    },
    Role.IMPARTIALITY_OFFICER: _EVERY_STAFF
    | {_P.IMPARTIALITY_READ, _P.IMPARTIALITY_RECORD, _P.ITEMBANK_APPROVE, _P.ITEMBANK_READ},
    Role.ACCOMMODATION_OFFICER: _EVERY_STAFF | {_P.ACCOMMODATIONS_DECIDE},
    Role.AUDITOR: _EVERY_STAFF
    | {
        _P.APPLICATIONS_READ,
        _P.CERTIFICATES_READ,
        _P.DECISIONS_READ,
        _P.EVENTS_READ,
        _P.IMPARTIALITY_READ,
        _P.ITEMBANK_READ,
        _P.LOG_EXPORT,
        _P.NOTICES_READ,
        _P.PEOPLE_READ,
        _P.PRACTICE_READ,
        _P.PRACTICE_STATISTICS,
        _P.PROFILES_READ,
        _P.RESULTS_READ,
    },
    Role.ADVISER: _EVERY_STAFF | {_P.PRACTICE_REVIEW, _P.PRACTICE_STATISTICS},
    Role.PROGRAMME_MANAGER: _EVERY_STAFF
    | {_P.PRACTICE_ATTEST, _P.PRACTICE_DEFINE, _P.PRACTICE_REVIEW, _P.PRACTICE_STATISTICS},
    Role.PERSON: frozenset(
        {
            _P.APPLICATIONS_READ_OWN,
            _P.APPLICATIONS_SUBMIT,
            _P.BODIES_READ,
            _P.CERTIFICATES_READ_OWN,
            _P.DECISIONS_READ_OWN,
            _P.DELIVERY_SIT,
            _P.NOTICES_READ_OWN,
            _P.PEOPLE_READ_OWN,
            _P.PRACTICE_LOG_OWN,
            _P.PROFILES_RATE_OWN,
            _P.RESULTS_READ_OWN,
            _P.SCHEMES_READ,
        }
    ),
    Role.CLIENT: frozenset(
        {
            _P.APPLICATIONS_READ,
            _P.BODIES_READ,
            _P.CERTIFICATES_READ,
            _P.DELIVERY_PLAN,
            _P.MARKING_ALLOCATE,
            _P.PEOPLE_READ,
            _P.PEOPLE_REGISTER,
            _P.SCHEMES_READ,
        }
    ),
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Return all that the roles allow together."""
    return frozenset[Permission]().union(*(MATRIX[role] for role in roles))
