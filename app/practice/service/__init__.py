"""Use cases of practice, in families: engagements, sessions, confirmation by others, records, measures."""

from app.practice.service.asking import (
    add_mentee,
    ask,
    ask_for_month,
    due_to_be_asked,
    mentees,
    part_with_mentee,
)
from app.practice.service.confirming import answer, asked, attest, attest_record
from app.practice.service.context import context_of
from app.practice.service.engagements import complete, end, open_engagement, reach, read, rhythm, search
from app.practice.service.evaluating import evaluate
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
from app.practice.service.measuring import measure, own_summary, phases_evidenced, summary
from app.practice.service.planning import close_goal, goals, plan, set_goal, write_plan
from app.practice.service.prompting import due_prompts, prompt
from app.practice.service.records import log_record, records
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
from app.practice.service.sessions import log_session, sessions

__all__ = [
    "add_mentee",
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
    "attest",
    "attest_record",
    "close_goal",
    "complete",
    "context_of",
    "define_indicator",
    "due_prompts",
    "due_to_be_asked",
    "end",
    "evaluate",
    "goals",
    "impact_sums",
    "import_sessions",
    "log_record",
    "log_session",
    "measure",
    "mentees",
    "open_engagement",
    "own_impact",
    "own_indicators",
    "own_reviews",
    "own_summary",
    "part_with_mentee",
    "phases_evidenced",
    "plan",
    "prompt",
    "reach",
    "read",
    "read_impact",
    "records",
    "request_figures",
    "retire_indicator",
    "reviews_due",
    "rhythm",
    "search",
    "sessions",
    "set_goal",
    "shown_consent",
    "staff_reviews",
    "summary",
    "tell_figures",
    "withdraw_consent",
    "write_plan",
]
