"""What is asked about practice; a mentor's own questions filter by person, so that others' things are 404."""

from app.practice.queries.confirming import (
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
    lock_mentor,
)
from app.practice.queries.planning import goal, goals_in, newest_plan
from app.practice.queries.records import record_for_update, records, records_page
from app.practice.queries.reviews import prompts, review_answers, review_link, under_review
from app.practice.queries.sessions import plan_each_row, sessions, sessions_in

__all__ = [
    "engagement",
    "engagement_by_code",
    "engagement_for_update",
    "engagement_of",
    "engagements",
    "engagements_page",
    "engagements_to_confirm",
    "goal",
    "goals_in",
    "is_asked",
    "link",
    "link_to_read",
    "lock_mentor",
    "mentee",
    "mentees_in",
    "newest_plan",
    "plan_each_row",
    "present_mentee",
    "prompts",
    "record_for_update",
    "records",
    "records_page",
    "review_answers",
    "review_link",
    "sessions",
    "sessions_in",
    "under_review",
]
