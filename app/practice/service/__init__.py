"""Use cases of practice, in families: engagements, sessions, confirmation by others, records, measures."""

from app.practice.service.badges import award_badge, badge, badge_picture, own_badges, revoke_badge
from app.practice.service.confirming import answer, ask, asked, attest, attest_record
from app.practice.service.engagements import complete, end, open_engagement, read, rhythm, search
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
from app.practice.service.importing import import_sessions
from app.practice.service.measuring import measure, own_summary, phases_evidenced, summary
from app.practice.service.milestones import in_words, own_milestones, reach
from app.practice.service.planning import close_goal, goals, plan, set_goal, write_plan
from app.practice.service.portfolio import open_evidence, pins, portfolio
from app.practice.service.records import log_record, records
from app.practice.service.sessions import log_session, sessions
from app.practice.service.vouching import attest_evidence, to_attest

__all__ = [
    "Download",
    "accesses",
    "answer",
    "ask",
    "asked",
    "attach_to_engagement",
    "attach_to_record",
    "attest",
    "attest_evidence",
    "attest_record",
    "award_badge",
    "badge",
    "badge_picture",
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
    "open_evidence",
    "own_badges",
    "own_content",
    "own_evidence",
    "own_milestones",
    "own_piece",
    "own_summary",
    "phases_evidenced",
    "pins",
    "plan",
    "portfolio",
    "reach",
    "read",
    "records",
    "redact",
    "revoke_badge",
    "rhythm",
    "search",
    "sessions",
    "set_goal",
    "summary",
    "to_attest",
    "write_plan",
]
