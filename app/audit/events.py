"""Every event the service records: its name, what it means, and the keys of its facts."""

from enum import StrEnum


class Event(StrEnum):
    """`subject.past_tense`; the comment tells the facts that the event carries."""

    # access
    ACCESS_REFUSED = "access.refused"  # permission, operation
    IMPARTIALITY_REFUSED = "impartiality.refused"  # code, facts of the refusal
    RECORD_DISCLOSED = "record.disclosed"  # what was read
    # bodies
    BODY_ESTABLISHED = "body.established"  # slug
    BODY_KEY_ADDED = "body_key.added"  # purpose, kid, certificate_sha256
    # people and accounts
    PERSON_REGISTERED = "person.registered"
    PERSON_APPOINTED = "person.appointed"  # role, starts_on, ends_on
    APPOINTMENT_ENDED = "appointment.ended"  # role, ends_on
    ACCOUNT_OPENED = "account.opened"
    SIGN_IN_FAILED = "sign_in.failed"  # reason
    SIGN_IN_REUSED = "sign_in.reused"  # a refresh token was presented twice
    CLIENT_REGISTERED = "client.registered"  # scopes
    INVITATION_ISSUED = "invitation.issued"  # expires_at
    INVITATION_ACCEPTED = "invitation.accepted"
    # schemes
    SCHEME_CREATED = "scheme.created"  # code
    VERSION_DRAFTED = "scheme_version.drafted"  # version, package_sha256
    VERSION_REVISED = "scheme_version.revised"  # package_sha256
    VERSION_PUBLISHED = "scheme_version.published"  # version, package_sha256
    VERSION_RETIRED = "scheme_version.retired"  # version
