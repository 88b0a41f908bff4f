"""What is asked about practice; a mentor's own questions filter by person, so that others' things are 404."""

from app.practice.queries.activities import activity_type_for_update, activity_types
from app.practice.queries.badges import badge_for_update, badges, milestone, public_badge, standing_badge
from app.practice.queries.confirming import (
    asks_on_their_way,
    engagements_to_confirm,
    is_asked,
    link,
    link_to_read,
    mentee,
    mentees_in,
    present_mentee,
)
from app.practice.queries.engagements import (
    engagement,
    engagement_by_code,
    engagement_for_update,
    engagement_of,
    engagements,
    engagements_page,
    firms,
    lock_mentor,
)
from app.practice.queries.evidence import (
    all_evidence,
    disclosures,
    evidence,
    evidence_attestations,
    evidence_kept,
    evidence_of,
    evidence_page,
    record_of,
    versions_of,
)
from app.practice.queries.exchange import attesters, entries_page, entry, entry_for_update, has_entry
from app.practice.queries.feedback import feedback_by_mentee, feedback_by_mentor
from app.practice.queries.handing_over import hand_over_for_update, hand_overs_of, hand_overs_to
from app.practice.queries.impact import (
    consents,
    consents_of_ended,
    ended_between,
    figures,
    figures_of_ended,
    impact_link,
    indicator_for_update,
    is_asked_for_figures,
    own_indicators,
)
from app.practice.queries.milestones import indicators_in, milestones_in
from app.practice.queries.no_shows import no_shows_by_engagement, no_shows_in
from app.practice.queries.planning import goal, goals_in, newest_plan
from app.practice.queries.records import record_for_update, records, records_page
from app.practice.queries.reviews import prompts, review_answers, review_link, under_review
from app.practice.queries.sessions import plan_each_row, sessions, sessions_in
from app.practice.queries.tallying import engagements_of_ids, sessions_held

__all__ = [
    "activity_type_for_update",
    "activity_types",
    "all_evidence",
    "asks_on_their_way",
    "attesters",
    "badge_for_update",
    "badges",
    "consents",
    "consents_of_ended",
    "disclosures",
    "ended_between",
    "engagement",
    "engagement_by_code",
    "engagement_for_update",
    "engagement_of",
    "engagements",
    "engagements_of_ids",
    "engagements_page",
    "engagements_to_confirm",
    "entries_page",
    "entry",
    "entry_for_update",
    "evidence",
    "evidence_attestations",
    "evidence_kept",
    "evidence_of",
    "evidence_page",
    "feedback_by_mentee",
    "feedback_by_mentor",
    "figures",
    "figures_of_ended",
    "firms",
    "goal",
    "goals_in",
    "hand_over_for_update",
    "hand_overs_of",
    "hand_overs_to",
    "has_entry",
    "impact_link",
    "indicator_for_update",
    "indicators_in",
    "is_asked",
    "is_asked_for_figures",
    "link",
    "link_to_read",
    "lock_mentor",
    "mentee",
    "mentees_in",
    "milestone",
    "milestones_in",
    "newest_plan",
    "no_shows_by_engagement",
    "no_shows_in",
    "own_indicators",
    "plan_each_row",
    "present_mentee",
    "prompts",
    "public_badge",
    "record_for_update",
    "record_of",
    "records",
    "records_page",
    "review_answers",
    "review_link",
    "sessions",
    "sessions_held",
    "sessions_in",
    "standing_badge",
    "under_review",
    "versions_of",
]
