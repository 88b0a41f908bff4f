"""Use cases of practice, in families: engagements, sessions, confirmation by others, records, measures."""

from app.practice.service.confirming import answer, ask, asked, attest, attest_record
from app.practice.service.engagements import complete, end, open_engagement, read, rhythm, search
from app.practice.service.evaluating import evaluate
from app.practice.service.importing import import_sessions
from app.practice.service.measuring import measure, own_summary, phases_evidenced, summary
from app.practice.service.milestones import in_words, own_milestones, reach
from app.practice.service.planning import close_goal, goals, plan, set_goal, write_plan
from app.practice.service.records import log_record, records
from app.practice.service.sessions import log_session, sessions

__all__ = [
    "answer",
    "ask",
    "asked",
    "attest",
    "attest_record",
    "close_goal",
    "complete",
    "end",
    "evaluate",
    "goals",
    "import_sessions",
    "in_words",
    "log_record",
    "log_session",
    "measure",
    "open_engagement",
    "own_milestones",
    "own_summary",
    "phases_evidenced",
    "plan",
    "reach",
    "read",
    "records",
    "rhythm",
    "search",
    "sessions",
    "set_goal",
    "summary",
    "write_plan",
]
