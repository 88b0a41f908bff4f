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
    BODY_TRUSTED = "body.trusted"  # kid
    TRUST_ENDED = "body_trust.ended"  # kid
    BODY_KEY_ADDED = "body_key.added"  # purpose, kid, certificate_sha256
    BODY_DOCUMENT_PUBLISHED = "body_document.published"  # kind, version
    CONTACT_POINT_OPENED = "contact_point.opened"  # country
    CONTACT_POINT_CLOSED = "contact_point.closed"
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
    # notices
    NOTICE_WRITTEN = "notice.written"  # kind, about, language
    NOTICE_SENT = "notice.sent"  # kind
    NOTICE_GIVEN_UP = "notice.given_up"  # kind
    NOTICE_EMPTIED = "notice.emptied"  # kind
    # schemes
    SCHEME_CREATED = "scheme.created"  # code
    VERSION_DRAFTED = "scheme_version.drafted"  # version, package_sha256
    VERSION_REVISED = "scheme_version.revised"  # package_sha256
    VERSION_PILOTED = "scheme_version.piloted"  # version, package_sha256
    VERSION_PUBLISHED = "scheme_version.published"  # version, package_sha256
    VERSION_RETIRED = "scheme_version.retired"  # version
    REQUEST_FILED = "change_request.filed"  # scheme, version, kind, place, interest
    REQUEST_COMMENTED = "change_request.commented"  # comment, interest
    REQUEST_ANSWERED = "change_request.answered"  # state, done_in
    # impartiality
    CONFLICT_DECLARED = "conflict.declared"  # answer
    INVOLVEMENT_NOTED = "involvement.noted"  # act, person, candidate, case, component, started_on, ended_on
    # practice
    ACTIVITY_TYPE_ADDED = "activity_type.added"  # code, record_kind, hours_per_year_max
    ACTIVITY_TYPE_RETIRED = "activity_type.retired"  # code, retired_on
    CONFIRMATION_ASKED = "practice_confirmation.asked"  # sessions, expires_at
    ENGAGEMENT_OPENED = "engagement.opened"  # modality, phase, planned_months, is_paid, touch, continues
    MENTEE_ADDED = "engagement_mentee.added"  # mentee
    MENTEE_LEFT = "engagement_mentee.left"  # mentee
    ENGAGEMENT_COMPLETED = "engagement.completed"  # ended_on
    ENGAGEMENT_ENDED = "engagement.ended"  # ended_on, reason
    ENGAGEMENT_PROMPTED = "engagement.prompted"  # prompt, mentor, link
    ENGAGEMENT_TWO_THIRDS = "engagement.two_thirds"  # on, planned_end_on, mentor, mentee
    FEEDBACK_GIVEN = "engagement_feedback.given"  # feedback, audience
    HAND_OVER_OFFERED = "hand_over.offered"  # engagement, from_person, to_person, reason
    HAND_OVER_ACCEPTED = "hand_over.accepted"  # engagement
    HAND_OVER_DECLINED = "hand_over.declined"  # engagement
    HAND_OVER_WITHDRAWN = "hand_over.withdrawn"  # engagement
    MILESTONE_REACHED = "engagement_milestone.reached"  # kind, reached_on, indicators
    EVIDENCE_HANDED_IN = (
        "practice_evidence.handed_in"  # kind, confidentiality, about, milestone, sha256, size
    )
    EVIDENCE_REDACTED = "practice_evidence.redacted"  # version, sha256, size
    EVIDENCE_ATTESTED = "practice_evidence.attested"  # capacity
    EVIDENCE_FOUND_DAMAGED = "practice_evidence.found_damaged"  # version
    BADGE_AWARDED = "milestone_badge.awarded"  # kind, with_name
    BADGE_REVOKED = "milestone_badge.revoked"  # kind
    NO_SHOW_NOTED = "engagement_no_show.noted"  # no_show, planned_on
    PLAN_WRITTEN = "engagement_plan.written"  # plan
    GOAL_SET = "engagement_goal.set"  # goal, horizon, due_on
    GOAL_CLOSED = "engagement_goal.closed"  # goal, state
    FIGURES_ASKED = "engagement_figures.asked"  # link, expires_at
    FIGURES_TOLD = "engagement_figures.told"  # consent, figures
    CONSENT_TOLD = "engagement_consent.told"  # consent, to_assessors, in_statistics, figures
    INDICATOR_DEFINED = "practice_indicator.defined"  # indicator, unit
    INDICATOR_RETIRED = "practice_indicator.retired"  # indicator
    REVIEW_ASKED = "engagement_review.asked"  # review, link, expires_at
    REVIEW_ANSWERED = "engagement_review.answered"  # review, side, answers
    SAMPLE_DRAWN = "attestation_sample.drawn"  # seed, percent, given_from, given_until, attestations, drawn
    ATTESTATION_CHECKED = "attestation_sample.checked"  # check, attestation, outcome
    SESSION_LOGGED = "practice_session.logged"  # held_on, minutes
    SESSIONS_IMPORTED = "practice_sessions.imported"  # rows
    SESSIONS_CONFIRMED = "practice_sessions.confirmed"  # confirmed, disputed, how, milestones
    PRACTICE_LEFT = "practice.left"  # sha256, engagements, sessions
    PRACTICE_HANDED_IN = "practice_entry.handed_in"  # sha256, from_body, engagements, sessions
    PRACTICE_ADMITTED = "practice_entry.admitted"  # loaded, already_there, refused
    PRACTICE_TURNED_DOWN = "practice_entry.turned_down"
    ENGAGEMENT_ENTERED = "engagement.entered"  # entry, sessions
    RECORD_LOGGED = "practice_record.logged"  # kind, type, audience
    RECORD_ATTENDED = "practice_record.attended"  # kind, type, capacity: entered by whoever kept the list
    RECORD_ATTESTED = "practice_record.attested"  # kind, capacity
    # profiles
    RATINGS_GIVEN = "skill_ratings.given"  # source, elements
    # applications
    APPLICATION_SUBMITTED = "application.submitted"  # scheme_version, level, phases, evidence digest
    APPLICATION_REVIEWED = "application.reviewed"  # outcome, answers digest
    ACCOMMODATION_DECIDED = "accommodation.decided"
    CASE_MOVED = "case.moved"  # state
    AGREEMENT_ACCEPTED = "case.agreement_accepted"  # agreement_version
    VERSION_MOVED = "case.version_moved"  # from_version, to_version, extra_assessment, state
    # itembank
    ITEM_DRAFTED = "item.drafted"  # code, version, sha256
    ITEM_REVISED = "item.revised"  # version, sha256
    ITEM_SUBMITTED = "item.submitted"  # version, sha256
    ITEM_REVIEWED = "item.reviewed"  # version, verdict, state
    ITEM_TRANSLATED = "item.translated"  # version, language, sha256
    ITEM_TRANSLATION_REVIEWED = "item.translation_reviewed"  # variant, language, verdict
    ITEM_EXPOSURE_REVIEWED = "item.exposure_reviewed"  # exposures
    ITEM_RETIRED = "item.retired"  # version, reason
    ASSEMBLY_ASKED = "form_assembly.asked"  # component, language, forms
    ASSEMBLY_ENDED = "form_assembly.ended"  # state, forms
    FORM_DRAFTED = "form.drafted"  # code, items, sha256
    STUDY_PLANNED = "study.planned"  # form, rounds, rounding
    STUDY_CONCLUDED = "study.concluded"  # form, cuts
    STUDY_ABANDONED = "study.abandoned"
    JUDGE_INVITED = "panel_judge.invited"  # judge, person
    UNDERTAKING_SIGNED = "panel_judge.undertaking_signed"  # judge, notice
    JUDGE_LEFT = "panel_judge.left"  # judge, state
    ROUND_OPENED = "panel_round.opened"  # number, judges
    ROUND_CLOSED = "panel_round.closed"  # number, sheets
    SHEET_LAID_OUT = "rating_sheet.laid_out"  # study, number
    SHEET_SAVED = "rating_sheet.saved"  # rated
    SHEET_SUBMITTED = "rating_sheet.submitted"  # study, number, falls
    STUDY_ENTERED = "study.entered"  # code, judges
    STUDY_APPROVED = "study.approved"  # levels and cuts
    FORM_RETIRED = "form.retired"  # code, version, reason
    # delivery
    ATTEMPT_OPENED = "attempt.opened"  # component, form
    ATTEMPT_SAVED = "attempt.saved"
    ATTEMPT_SUBMITTED = "attempt.submitted"
    ATTEMPT_CONCLUDED = "attempt.concluded"  # component, passed
    SLOT_OPENED = "slot.opened"  # component, starts_at, places
    SLOT_CANCELLED = "slot.cancelled"
    SLOT_BOOKED = "slot.booked"  # slot, case, component
    BOOKING_CHANGED = "booking.changed"  # state
    CANDIDATE_CHECKED_IN = "candidate.checked_in"  # slot, component
    EXAM_ACCEPTED = "external_exam.accepted"  # provider, exam, component
    EXAM_ENDED = "external_exam.ended"  # valid_until
    EXTERNAL_REPORTED = "external_result.reported"  # exam, case, component, outcome
    EXTERNAL_CONCLUDED = "external_result.concluded"  # component, passed
    INCIDENT_REPORTED = "incident.reported"  # kind, slot, attempt, form
    INCIDENT_CLOSED = "incident.closed"
    CALENDAR_LINKED = "calendar.linked"
    CALENDAR_UNLINKED = "calendar.unlinked"
    SITTING_HELD = "sitting.held"  # component, held_on
    SITTING_CONCLUDED = "sitting.concluded"  # component, passed
    RECORDING_ENTERED = "recording.entered"  # sitting, sha256, size, others, retain_until
    RECORDING_ENDED = "recording.ended"  # cause
    FORMATIVE_COMPLETED = "formative.completed"  # component, engagement, completed_on
    # marking
    MARKING_POLICY_SET = "marking_policy.set"  # scheme, number, is_moderated
    SCOPE_RECORDED = "assessor_scope.recorded"  # person, scheme, components, level, basis, valid_until
    SCOPE_ENDED = "assessor_scope.ended"  # valid_until
    LOAD_TOLD = "assessor_load.told"  # person, most_open
    CALIBRATION_DRAFTED = "calibration_exercise.drafted"  # component, performances
    CALIBRATION_MOVED = "calibration_exercise.moved"  # state
    CALIBRATION_OPENED = "calibration_try.opened"  # exercise
    CALIBRATION_SUBMITTED = "calibration_try.submitted"  # exercise, figure, passed, valid_until
    ASSESSOR_PROPOSED = "assessor.proposed"  # case, component, seat
    PROPOSAL_CLOSED = "assessor_proposal.closed"  # answer or cause
    ASSESSOR_ASSIGNED = "assessor.assigned"  # case, component, seat
    SHEET_OPENED = "sheet.opened"
    MARKS_SAVED = "marks.saved"  # assisted: how many of them by a machine
    MARK_CONFIRMED = "mark.confirmed"  # element, system, version
    MARKS_SUBMITTED = "marks.submitted"  # case, component, seat, seen
    MODERATION_DRAWN = "moderation.drawn"  # component, held_from, held_until, seed, sheets, drawn
    MODERATION_TAKEN = "moderation.taken"  # sheet, case, moderator
    MODERATION_JUDGED = "moderation.judged"  # sheet, verdict, left
    ASSESSORS_REVIEWED = "assessors.reviewed"  # scheme, held_from, held_until, states
    SHEET_SET_ASIDE = "sheet.set_aside"  # case, component, seat, cause
    RESULT_RELEASED = "result.released"  # component, passed, rule
    # reports
    REPORT_ASKED = "report.asked"  # kind, component, form, starts_on, ends_on
    REPORT_MADE = "report.made"  # material_sha256, document_sha256, sha256
    # decisions
    SNAPSHOT_TAKEN = "snapshot.taken"  # sha256
    DECISION_GRANTED = "decision.granted"
    DECISION_REFUSED = "decision.refused"  # requirements
    DECISION_SUSPENDED = "decision.suspended"  # reasons
    DECISION_REINSTATED = "decision.reinstated"
    # programmes
    PROGRAMME_PLANNED = "programme.planned"  # code, starts_on, ends_on
    PROGRAMME_REVISED = "programme.revised"  # starts_on, ends_on
    PROGRAMME_STARTED = "programme.started"  # code
    PROGRAMME_CLOSED = "programme.closed"  # code, closed_on
    PROGRAMME_INDICATOR_DEFINED = "programme_indicator.defined"  # programme, code
    PROGRAMME_INDICATOR_ENTERED = "programme_indicator_value.entered"  # value (its id), starts_on, ends_on
    INTAKE_ANNOUNCED = "programme_intake.announced"  # programme, opens_on, closes_on, places
    INTAKE_REVISED = "programme_intake.revised"  # opens_on, closes_on, places, moved_up
    PROGRAMME_REQUESTED = "programme.requested"  # programme, window
    PROGRAMME_REQUEST_RANKED = "programme_request.ranked"  # rank
    PROGRAMME_REQUEST_MOVED = "programme_request.moved"  # state, how
    PROGRAMME_REPLIES_GIVEN = "programme_replies.given"  # window, carried_out, refused, moved_up
    PROGRAMME_ENGAGEMENT_LINKED = "programme_engagement.linked"  # engagement
    PROGRAMME_ENGAGEMENT_UNLINKED = "programme_engagement.unlinked"  # engagement
    # certificates, statements and files
    CERTIFICATE_ISSUED = "certificate.issued"  # number
    CERTIFICATE_MOVED = "certificate.moved"  # state
    DOCUMENT_SIGNING = "document.signing"  # sha256 of the unsigned bytes, kid
    DOCUMENT_SEALED = "document.sealed"  # sha256, kid
    STATEMENT_ISSUED = "statement.issued"  # number, kind, source, scheme_version
    FILE_STORED = "file.stored"  # sha256, size, type
    FILE_EMPTIED = "file.emptied"  # sha256
    # directory
    DIRECTORY_CONFIGURED = "directory.configured"  # is_shared, stale_after_months
    LISTING_PUBLISHED = "listing.published"  # consent_version, visibility, is_shared
    LISTING_CHANGED = "listing.changed"  # consent_version, visibility, is_shared
    LISTING_CONFIRMED = "listing.confirmed"
    LISTING_WITHDRAWN = "listing.withdrawn"
    CONTACT_ASKED = "contact.asked"  # listing, expires_at
    CONTACT_PASSED_ON = "contact.passed_on"  # listing
    CONTACT_DECLINED = "contact.declined"  # listing
    CONTACT_REPORTED = "contact.reported"  # listing
    CONTACT_EMPTIED = "contact.emptied"
    NEED_NOTED = "mentoring_need.noted"  # expertise, phase, sector
    MENTOR_PROPOSED = "mentoring_need.mentor_proposed"  # listing
    MENTOR_CHOSEN = "mentoring_need.mentor_chosen"  # listing
    MENTOR_CHANGED = "mentoring_need.mentor_changed"  # before, after
