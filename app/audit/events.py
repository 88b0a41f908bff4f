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
    VERSION_PILOTED = "scheme_version.piloted"  # version, package_sha256
    VERSION_PUBLISHED = "scheme_version.published"  # version, package_sha256
    VERSION_RETIRED = "scheme_version.retired"  # version
    # impartiality
    CONFLICT_DECLARED = "conflict.declared"  # answer
    INVOLVEMENT_NOTED = "involvement.noted"  # act, person, candidate, case, component, started_on, ended_on
    # practice
    CONFIRMATION_ASKED = "practice_confirmation.asked"  # sessions, expires_at
    ENGAGEMENT_OPENED = "engagement.opened"  # modality, phase, planned_months
    ENGAGEMENT_COMPLETED = "engagement.completed"  # ended_on
    ENGAGEMENT_ENDED = "engagement.ended"  # ended_on
    MILESTONE_REACHED = "engagement_milestone.reached"  # kind, reached_on, indicators
    EVIDENCE_HANDED_IN = (
        "practice_evidence.handed_in"  # kind, confidentiality, about, milestone, sha256, size
    )
    EVIDENCE_REDACTED = "practice_evidence.redacted"  # version, sha256, size
    EVIDENCE_ATTESTED = "practice_evidence.attested"  # capacity
    EVIDENCE_FOUND_DAMAGED = "practice_evidence.found_damaged"  # version
    BADGE_AWARDED = "milestone_badge.awarded"  # kind, with_name
    BADGE_REVOKED = "milestone_badge.revoked"  # kind
    PLAN_WRITTEN = "engagement_plan.written"  # plan
    GOAL_SET = "engagement_goal.set"  # goal, horizon, due_on
    GOAL_CLOSED = "engagement_goal.closed"  # goal, state
    SESSION_LOGGED = "practice_session.logged"  # held_on, minutes
    SESSIONS_IMPORTED = "practice_sessions.imported"  # rows
    SESSIONS_CONFIRMED = "practice_sessions.confirmed"  # confirmed, disputed, how, milestones
    RECORD_LOGGED = "practice_record.logged"  # kind
    RECORD_ATTESTED = "practice_record.attested"  # kind, capacity
    # profiles
    RATINGS_GIVEN = "skill_ratings.given"  # source, elements
    # applications
    APPLICATION_SUBMITTED = "application.submitted"  # scheme_version, level, phases, evidence digest
    APPLICATION_REVIEWED = "application.reviewed"  # outcome, answers digest
    ACCOMMODATION_DECIDED = "accommodation.decided"
    CASE_MOVED = "case.moved"  # state
    # itembank
    FORM_DRAFTED = "form.drafted"  # code, items, sha256
    STUDY_APPROVED = "study.approved"  # levels and cuts
    # delivery
    ATTEMPT_OPENED = "attempt.opened"  # component, form
    ATTEMPT_SAVED = "attempt.saved"
    ATTEMPT_SUBMITTED = "attempt.submitted"
    ATTEMPT_CONCLUDED = "attempt.concluded"  # component, passed
    SITTING_HELD = "sitting.held"  # component, held_on
    SITTING_CONCLUDED = "sitting.concluded"  # component, passed
    FORMATIVE_COMPLETED = "formative.completed"  # component, engagement, completed_on
    # marking
    ASSESSOR_PROPOSED = "assessor.proposed"  # case, component, seat
    PROPOSAL_CLOSED = "assessor_proposal.closed"  # answer
    ASSESSOR_ASSIGNED = "assessor.assigned"  # case, component, seat
    MARKS_SAVED = "marks.saved"
    MARKS_SUBMITTED = "marks.submitted"  # seat
    RESULT_RELEASED = "result.released"  # component, passed, rule
    # decisions
    SNAPSHOT_TAKEN = "snapshot.taken"  # sha256
    DECISION_GRANTED = "decision.granted"
    DECISION_REFUSED = "decision.refused"  # requirements
    DECISION_SUSPENDED = "decision.suspended"  # reasons
    DECISION_REINSTATED = "decision.reinstated"
    # certificates and files
    CERTIFICATE_ISSUED = "certificate.issued"  # number
    CERTIFICATE_MOVED = "certificate.moved"  # state
    DOCUMENT_SIGNING = "document.signing"  # sha256 of the unsigned bytes, kid
    DOCUMENT_SEALED = "document.sealed"  # sha256, kid
    FILE_STORED = "file.stored"  # sha256, size, type
