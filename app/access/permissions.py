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
    ITEM_WRITER = "item_writer"
    """Writes, reviews and translates items."""
    PERSON = "person"
    CLIENT = "client"


APPOINTABLE = tuple(role for role in Role if role not in {Role.PERSON, Role.CLIENT})


class Permission(StrEnum):
    """`feature:verb`, in alphabetical order."""

    ACCOMMODATIONS_DECIDE = "accommodations:decide"
    ACCOUNTS_INVITE = "accounts:invite"
    APPLICATIONS_MOVE = "applications:move"
    APPLICATIONS_READ = "applications:read"
    APPLICATIONS_READ_OWN = "applications:read_own"
    APPLICATIONS_REVIEW = "applications:review"
    APPLICATIONS_SUBMIT = "applications:submit"
    BODIES_PUBLISH = "bodies:publish"
    BODIES_READ = "bodies:read"
    BODIES_TRUST = "bodies:trust"
    CERTIFICATES_READ = "certificates:read"
    CERTIFICATES_READ_OWN = "certificates:read_own"
    CLIENTS_MANAGE = "clients:manage"
    DECISIONS_READ = "decisions:read"
    DECISIONS_READ_OWN = "decisions:read_own"
    DECISIONS_TAKE = "decisions:take"
    DELIVERY_ACCEPT = "delivery:accept"
    DELIVERY_INVIGILATE = "delivery:invigilate"
    DELIVERY_PLAN = "delivery:plan"
    DELIVERY_REPORT = "delivery:report"
    DELIVERY_SIT = "delivery:sit"
    DIRECTORY_ADVISE = "directory:advise"
    DIRECTORY_CONFIGURE = "directory:configure"
    DIRECTORY_LIST_OWN = "directory:list_own"
    EVENTS_READ = "events:read"
    IMPARTIALITY_DECLARE = "impartiality:declare"
    IMPARTIALITY_READ = "impartiality:read"
    IMPARTIALITY_RECORD = "impartiality:record"
    ITEMBANK_APPROVE = "itembank:approve"
    ITEMBANK_MANAGE = "itembank:manage"
    ITEMBANK_RATE_OWN = "itembank:rate_own"
    ITEMBANK_READ = "itembank:read"
    ITEMBANK_REVIEW = "itembank:review"
    ITEMBANK_WRITE = "itembank:write"
    LOG_EXPORT = "log:export"
    MARKING_ALLOCATE = "marking:allocate"
    MARKING_CALIBRATE = "marking:calibrate"
    MARKING_CONFIGURE = "marking:configure"
    MARKING_MARK = "marking:mark"
    MARKING_MODERATE = "marking:moderate"
    MARKING_MONITOR = "marking:monitor"
    MARKING_QUALIFY = "marking:qualify"
    MARKING_RELEASE = "marking:release"
    NOTICES_READ = "notices:read"
    NOTICES_READ_OWN = "notices:read_own"
    PEOPLE_APPOINT = "people:appoint"
    PEOPLE_READ = "people:read"
    PEOPLE_READ_OWN = "people:read_own"
    PEOPLE_REGISTER = "people:register"
    PRACTICE_ADMIT = "practice:admit"
    PRACTICE_ATTEST = "practice:attest"
    PRACTICE_DEFINE = "practice:define"
    PRACTICE_HAND_OVER = "practice:hand_over"
    PRACTICE_LOG_OWN = "practice:log_own"
    PRACTICE_MANAGE_TYPES = "practice:manage_types"
    PRACTICE_READ = "practice:read"
    PRACTICE_READ_SAMPLES = "practice:read_samples"
    PRACTICE_REVIEW = "practice:review"
    PRACTICE_SAMPLE = "practice:sample"
    PRACTICE_STATISTICS = "practice:statistics"
    PROFILES_RATE_OWN = "profiles:rate_own"
    PROFILES_READ = "profiles:read"
    PROGRAMMES_ASK_OWN = "programmes:ask_own"
    PROGRAMMES_MANAGE = "programmes:manage"
    PROGRAMMES_READ = "programmes:read"
    PROGRAMMES_READ_PEOPLE = "programmes:read_people"
    PROGRAMMES_READ_WORK = "programmes:read_work"
    REPORTS_MAKE = "reports:make"
    REPORTS_READ = "reports:read"
    RESULTS_READ = "results:read"
    RESULTS_READ_OWN = "results:read_own"
    SCHEMES_COMMENT = "schemes:comment"
    SCHEMES_DRAFT = "schemes:draft"
    SCHEMES_PUBLISH = "schemes:publish"
    SCHEMES_READ = "schemes:read"
    STATEMENTS_ISSUE_OWN = "statements:issue_own"
    STATEMENTS_READ_OWN = "statements:read_own"


_P = Permission
_EVERY_STAFF = frozenset({_P.BODIES_READ, _P.PROGRAMMES_READ, _P.SCHEMES_READ})

MATRIX: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _EVERY_STAFF
    | {
        _P.ACCOUNTS_INVITE,
        _P.BODIES_PUBLISH,
        _P.BODIES_TRUST,
        _P.CERTIFICATES_READ,
        _P.CLIENTS_MANAGE,
        _P.DELIVERY_INVIGILATE,
        _P.DELIVERY_PLAN,
        _P.DELIVERY_REPORT,
        _P.DIRECTORY_CONFIGURE,
        _P.IMPARTIALITY_RECORD,
        _P.LOG_EXPORT,
        _P.MARKING_ALLOCATE,
        _P.MARKING_QUALIFY,
        _P.NOTICES_READ,
        _P.PEOPLE_APPOINT,
        _P.PEOPLE_READ,
        _P.PEOPLE_REGISTER,
        _P.PRACTICE_ATTEST,
        _P.PRACTICE_MANAGE_TYPES,
    },
    Role.SCHEME_MANAGER: _EVERY_STAFF
    | {
        _P.APPLICATIONS_MOVE,
        _P.BODIES_PUBLISH,
        _P.DELIVERY_ACCEPT,
        _P.DELIVERY_REPORT,
        _P.DIRECTORY_ADVISE,
        _P.ITEMBANK_APPROVE,
        _P.ITEMBANK_MANAGE,
        _P.ITEMBANK_READ,
        _P.ITEMBANK_REVIEW,
        _P.ITEMBANK_WRITE,
        _P.MARKING_ALLOCATE,
        _P.MARKING_CALIBRATE,
        _P.MARKING_CONFIGURE,
        _P.MARKING_MONITOR,
        _P.MARKING_QUALIFY,
        _P.MARKING_RELEASE,
        _P.PRACTICE_MANAGE_TYPES,
        _P.REPORTS_MAKE,
        _P.REPORTS_READ,
        _P.RESULTS_READ,
        _P.SCHEMES_COMMENT,
        _P.SCHEMES_DRAFT,
        _P.SCHEMES_PUBLISH,
    },
    Role.APPLICATION_REVIEWER: _EVERY_STAFF
    | {
        _P.APPLICATIONS_MOVE,
        _P.APPLICATIONS_READ,
        _P.APPLICATIONS_REVIEW,
        _P.DELIVERY_INVIGILATE,
        _P.DELIVERY_PLAN,
        _P.IMPARTIALITY_DECLARE,
        _P.PRACTICE_ADMIT,
        _P.PRACTICE_READ,
        _P.PRACTICE_READ_SAMPLES,
        _P.PRACTICE_SAMPLE,
        _P.PROFILES_READ,
        _P.SCHEMES_COMMENT,
    },
    Role.ASSESSOR: _EVERY_STAFF
    | {
        _P.DELIVERY_INVIGILATE,
        _P.IMPARTIALITY_DECLARE,
        _P.MARKING_MARK,
        _P.MARKING_MODERATE,
        _P.SCHEMES_COMMENT,
    },
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
    | {
        _P.IMPARTIALITY_READ,
        _P.IMPARTIALITY_RECORD,
        _P.ITEMBANK_APPROVE,
        _P.ITEMBANK_READ,
        _P.ITEMBANK_REVIEW,
    },
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
        _P.MARKING_MONITOR,
        _P.NOTICES_READ,
        _P.PEOPLE_READ,
        _P.PRACTICE_READ,
        _P.PRACTICE_READ_SAMPLES,
        _P.PRACTICE_STATISTICS,
        _P.PROFILES_READ,
        _P.PROGRAMMES_READ_PEOPLE,
        _P.PROGRAMMES_READ_WORK,
        _P.REPORTS_READ,
        _P.RESULTS_READ,
    },
    Role.ADVISER: _EVERY_STAFF
    | {
        _P.DIRECTORY_ADVISE,
        _P.PRACTICE_HAND_OVER,
        _P.PRACTICE_REVIEW,
        _P.PRACTICE_STATISTICS,
        _P.PROGRAMMES_READ_PEOPLE,
    },
    Role.PROGRAMME_MANAGER: _EVERY_STAFF
    | {
        _P.DIRECTORY_ADVISE,
        _P.PRACTICE_ATTEST,
        _P.PRACTICE_DEFINE,
        _P.PRACTICE_HAND_OVER,
        _P.PRACTICE_REVIEW,
        _P.PRACTICE_STATISTICS,
        _P.PROGRAMMES_MANAGE,
        _P.PROGRAMMES_READ_PEOPLE,
        _P.PROGRAMMES_READ_WORK,
    },
    Role.ITEM_WRITER: _EVERY_STAFF | {_P.ITEMBANK_READ, _P.ITEMBANK_REVIEW, _P.ITEMBANK_WRITE},
    Role.PERSON: frozenset(
        {
            _P.APPLICATIONS_READ_OWN,
            _P.APPLICATIONS_SUBMIT,
            _P.BODIES_READ,
            _P.CERTIFICATES_READ_OWN,
            _P.DECISIONS_READ_OWN,
            _P.DELIVERY_SIT,
            _P.DIRECTORY_LIST_OWN,
            _P.ITEMBANK_RATE_OWN,
            _P.NOTICES_READ_OWN,
            _P.PEOPLE_READ_OWN,
            _P.PRACTICE_LOG_OWN,
            _P.PROFILES_RATE_OWN,
            _P.PROGRAMMES_ASK_OWN,
            _P.RESULTS_READ_OWN,
            _P.SCHEMES_COMMENT,
            _P.SCHEMES_READ,
            _P.STATEMENTS_ISSUE_OWN,
            _P.STATEMENTS_READ_OWN,
        }
    ),
    Role.CLIENT: frozenset(
        {
            _P.APPLICATIONS_READ,
            _P.BODIES_READ,
            _P.CERTIFICATES_READ,
            _P.DELIVERY_PLAN,
            _P.DELIVERY_REPORT,
            _P.MARKING_ALLOCATE,
            _P.PEOPLE_READ,
            _P.PEOPLE_REGISTER,
            _P.PROGRAMMES_READ,
            _P.SCHEMES_READ,
        }
    ),
}


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """Return the roles that people are appointed to which give a permission."""
    return tuple(role for role in APPOINTABLE if permission in MATRIX[role])


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Return all that the roles allow together."""
    return frozenset[Permission]().union(*(MATRIX[role] for role in roles))
