"""Use cases of practice, in families: engagements, sessions, confirmation by others, records, measures."""

from app.practice.service.activities import activity_types, add_activity_type, retire_activity_type
from app.practice.service.asking import (
    add_mentee,
    ask,
    ask_for_month,
    due_to_be_asked,
    mentees,
    part_with_mentee,
)
from app.practice.service.attendance import import_attendance
from app.practice.service.badges import award_badge, badge, badge_picture, own_badges, revoke_badge
from app.practice.service.confirming import answer, asked, attest, attest_record
from app.practice.service.context import context_of
from app.practice.service.engagements import complete, end, open_engagement, read, rhythm, search
from app.practice.service.entering import admit, entries, hand_in, own_entries, turn_down, view_entry
from app.practice.service.evaluating import evaluate
from app.practice.service.evidence import (
    Download,
    accesses,
    attach_to_engagement,
    attach_to_record,
    own_content,
    own_evidence,
    own_piece,
    redact,
)
from app.practice.service.feedback import disclosed_feedback, feedback, give_feedback
from app.practice.service.handing_over import (
    accept_hand_over,
    decline_hand_over,
    end_for_mentor,
    engagements_of,
    hand_over,
    hand_overs,
    offers,
    withdraw_hand_over,
)
from app.practice.service.impact import (
    answer_figures,
    asked_figures,
    own_impact,
    read_impact,
    request_figures,
    shown_consent,
    tell_figures,
    withdraw_consent,
)
from app.practice.service.impact_sums import impact_sums
from app.practice.service.importing import import_sessions
from app.practice.service.indicators import define_indicator, own_indicators, retire_indicator
from app.practice.service.leaving import export
from app.practice.service.measuring import measure, own_summary, phases_evidenced, summary
from app.practice.service.milestones import in_words, own_milestones, reach
from app.practice.service.no_shows import no_shows, note_no_show
from app.practice.service.planning import close_goal, goals, plan, set_goal, write_plan
from app.practice.service.portfolio import open_evidence, pins, portfolio
from app.practice.service.prompting import due_prompts, prompt
from app.practice.service.records import log_record, records
from app.practice.service.reminding import remind_staff, staff_to_remind
from app.practice.service.reviews import (
    answer_own_review,
    answer_review,
    answer_staff_review,
    ask_for_review,
    asked_review,
    own_reviews,
    reviews_due,
    staff_reviews,
)
from app.practice.service.sampling import (
    attestation_checks,
    attestation_to_check,
    check_attestation,
    draw_sample,
    samples,
)
from app.practice.service.sessions import log_session, sessions
from app.practice.service.tallying import engagements_seen, sessions_held
from app.practice.service.vouching import attest_evidence, to_attest

__all__ = [
    "Download",
    "accept_hand_over",
    "accesses",
    "activity_types",
    "add_activity_type",
    "add_mentee",
    "admit",
    "answer",
    "answer_figures",
    "answer_own_review",
    "answer_review",
    "answer_staff_review",
    "ask",
    "ask_for_month",
    "ask_for_review",
    "asked",
    "asked_figures",
    "asked_review",
    "attach_to_engagement",
    "attach_to_record",
    "attest",
    "attest_evidence",
    "attest_record",
    "attestation_checks",
    "attestation_to_check",
    "award_badge",
    "badge",
    "badge_picture",
    "check_attestation",
    "close_goal",
    "complete",
    "context_of",
    "decline_hand_over",
    "define_indicator",
    "disclosed_feedback",
    "draw_sample",
    "due_prompts",
    "due_to_be_asked",
    "end",
    "end_for_mentor",
    "engagements_of",
    "engagements_seen",
    "entries",
    "evaluate",
    "export",
    "feedback",
    "give_feedback",
    "goals",
    "hand_in",
    "hand_over",
    "hand_overs",
    "impact_sums",
    "import_attendance",
    "import_sessions",
    "in_words",
    "log_record",
    "log_session",
    "measure",
    "mentees",
    "no_shows",
    "note_no_show",
    "offers",
    "open_engagement",
    "open_evidence",
    "own_badges",
    "own_content",
    "own_entries",
    "own_evidence",
    "own_impact",
    "own_indicators",
    "own_milestones",
    "own_piece",
    "own_reviews",
    "own_summary",
    "part_with_mentee",
    "phases_evidenced",
    "pins",
    "plan",
    "portfolio",
    "prompt",
    "reach",
    "read",
    "read_impact",
    "records",
    "redact",
    "remind_staff",
    "request_figures",
    "retire_activity_type",
    "retire_indicator",
    "reviews_due",
    "revoke_badge",
    "rhythm",
    "samples",
    "search",
    "sessions",
    "sessions_held",
    "set_goal",
    "shown_consent",
    "staff_reviews",
    "staff_to_remind",
    "summary",
    "tell_figures",
    "to_attest",
    "turn_down",
    "view_entry",
    "withdraw_consent",
    "withdraw_hand_over",
    "write_plan",
]
