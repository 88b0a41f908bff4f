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
from app.practice.service.engagements import complete, end, open_engagement, reach, read, rhythm, search
from app.practice.service.entering import admit, entries, hand_in, own_entries, turn_down, view_entry
from app.practice.service.evaluating import evaluate
from app.practice.service.importing import import_sessions
from app.practice.service.leaving import export
from app.practice.service.measuring import measure, own_summary, phases_evidenced, summary
from app.practice.service.planning import close_goal, goals, plan, set_goal, write_plan
from app.practice.service.records import log_record, records
from app.practice.service.sessions import log_session, sessions
from app.practice.service.tallying import engagements_seen, sessions_held

__all__ = [
    "add_mentee",
    "admit",
    "answer",
    "ask",
    "ask_for_month",
    "asked",
    "attest",
    "attest_record",
    "close_goal",
    "complete",
    "due_to_be_asked",
    "end",
    "engagements_seen",
    "entries",
    "evaluate",
    "export",
    "goals",
    "hand_in",
    "import_sessions",
    "log_record",
    "log_session",
    "measure",
    "mentees",
    "open_engagement",
    "own_entries",
    "own_summary",
    "part_with_mentee",
    "phases_evidenced",
    "plan",
    "reach",
    "read",
    "records",
    "rhythm",
    "search",
    "sessions",
    "sessions_held",
    "set_goal",
    "summary",
    "turn_down",
    "view_entry",
    "write_plan",
]
