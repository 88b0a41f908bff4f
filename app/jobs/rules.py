"""What jobs there are, and how often a failing one is tried."""

from datetime import timedelta
from enum import StrEnum

MOST_TRIES = 8
"""A job that failed as often is left alone until an operator looks at it; about a day after the first try."""
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=12)


class Job(StrEnum):
    """What can be asked for; `app/worker.py` says who carries it out."""

    ASK_MENTEES = "ask_mentees"
    ASSEMBLE_FORMS = "assemble_forms"
    EMPTY_CONTACTS = "empty_contacts"
    END_RECORDINGS = "end_recordings"
    MAKE_REPORT = "make_report"
    PROMPT = "prompt"
    REMIND_LISTED = "remind_listed"
    REMIND_STAFF = "remind_staff"
    SEAL_DOCUMENT = "seal_document"
    SEAL_STATEMENT = "seal_statement"
    SEND_NOTICE = "send_notice"


def pause_after(tries: int) -> timedelta:
    """Wait four times as long after each failure, so that a lasting fault does not keep the service busy."""
    return min(_FIRST_PAUSE * int(4 ** (tries - 1)), _LONGEST_PAUSE)
