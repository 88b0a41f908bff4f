"""Who of several mentors was at a session: hours count for whom the mentee names as present (7.0 (14))."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from app.core.errors import Invalid
from app.practice.rules.calendar import Refused
from app.practice.rules.states import SessionAction

CO_MENTORS = 5
"""So many mentors may stand beside the one who logs a session."""


def ensure_others(mentor: str, co_mentors: Sequence[str]) -> None:
    """Refuse co-mentors of whom one is the mentor herself, or named twice: nobody could tell them apart."""
    told = [" ".join(name.split()).casefold() for name in (mentor, *co_mentors)]
    if len(co_mentors) > CO_MENTORS:
        raise Refused("co_mentors_too_many", pointer="/co_mentors", most=CO_MENTORS)
    if len(set(told)) < len(told):
        raise Refused("co_mentor_repeated", pointer="/co_mentors")


def ensure_told(asked: Mapping[UUID, Collection[str]], told: Mapping[UUID, Collection[str]]) -> None:
    """Refuse an answer that leaves open who was at a session with several mentors, or names somebody else.

    `asked`: the names of all mentors of each such session that the mentee does not dispute.
    """
    if asked.keys() - told.keys():
        raise Invalid("presence_missing", pointer="/present")
    for session, names in told.items():
        if session not in asked or not set(names) <= set(asked[session]):
            raise Invalid("presence_unknown", pointer="/present")


def action_for(mentor: str, present: Collection[str] | None) -> SessionAction:
    """Return what becomes of a session that took place; None where there was nobody beside the mentor."""
    return SessionAction.CONFIRM if present is None or mentor in present else SessionAction.DISPUTE
