"""What is asked about practice; a mentor's own questions filter by person, so that others' things are 404."""

from app.practice.queries.badges import badge_for_update, badges, milestone, public_badge, standing_badge
from app.practice.queries.confirming import link, link_to_read
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
from app.practice.queries.milestones import indicators_in, milestones_in
from app.practice.queries.planning import goal, goals_in, newest_plan
from app.practice.queries.records import record_for_update, records, records_page
from app.practice.queries.sessions import plan_each_row, sessions, sessions_in

__all__ = [
    "all_evidence",
    "badge_for_update",
    "badges",
    "disclosures",
    "engagement",
    "engagement_by_code",
    "engagement_for_update",
    "engagement_of",
    "engagements",
    "engagements_page",
    "evidence",
    "evidence_attestations",
    "evidence_kept",
    "evidence_of",
    "evidence_page",
    "firms",
    "goal",
    "goals_in",
    "indicators_in",
    "link",
    "link_to_read",
    "lock_mentor",
    "milestone",
    "milestones_in",
    "newest_plan",
    "plan_each_row",
    "public_badge",
    "record_for_update",
    "record_of",
    "records",
    "records_page",
    "sessions",
    "sessions_in",
    "standing_badge",
    "versions_of",
]
