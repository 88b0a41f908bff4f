"""The life of an engagement and of a session, and the kinds that practice knows."""

from collections.abc import Sequence
from enum import StrEnum

from app.core.errors import Conflict, MoveRefused


class Modality(StrEnum):
    """How mentor and mentee mainly meet."""

    ONE_TO_ONE = "one_to_one"
    GROUP = "group"
    DIGITAL = "digital"


class Touch(StrEnum):
    """How much company the SME needs on its way."""

    HIGH = "high"
    """Led through each step, as new or less digital entrepreneurs are."""
    LOW = "low"
    """Knows its needs and comes with questions."""


class Channel(StrEnum):
    """By which means a session was held."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"
    CHAT = "chat"
    OTHER = "other"


class Phase(StrEnum):
    """The SME's growth phase, fixed at the engagement's start."""

    EARLY_STARTUP = "early_startup"
    TRANSITION = "transition"
    GROWTH = "growth"


class Milestone(StrEnum):
    """What an engagement reaches on its way; the words are those of the scheme package."""

    INITIAL_GOALS = "initial_goals"
    FIRST_ADVICE = "first_advice"
    NETWORK_SUCCESS = "network_success"
    BUSINESS_MILESTONE = "business_milestone"
    AFTER_PLAN = "after_plan"


class RecordKind(StrEnum):
    """What a mentor shows besides sessions."""

    EXPERIENCE = "experience"
    TRAINING = "training"
    FEEDBACK = "feedback"
    REFLECTION = "reflection"
    SUPERVISION = "supervision"
    CPD = "cpd"
    OWN_BUSINESS = "own_business"
    """Started and led a firm of one's own."""
    ADVISING = "advising"
    """Coached, mentored or consulted before."""
    SME_WORK = "sme_work"
    """Worked with small and medium-sized firms."""
    JOINT_PROJECT = "joint_project"
    """Did a piece of work together with a mentee, who learned by it."""
    INTRODUCTION = "introduction"
    """Brought a mentee together with somebody useful to her."""
    REFERRAL = "referral"
    """Turned to somebody else with a need beyond the mentor's own competence."""
    AWARD = "award"
    """Was honoured by somebody outside the body."""
    PEER_OBSERVATION = "peer_observation"
    """Watched a colleague mentor, or was watched."""


class Capacity(StrEnum):
    """As what somebody attests a mentor's practice."""

    PROGRAMME = "programme"
    REFEREE = "referee"


class SessionKind(StrEnum):
    """Whether one SME took part or several."""

    SESSION = "session"
    GROUP = "group"


class EngagementState(StrEnum):
    """Where an engagement stands; only a completed one counts as such."""

    OPEN = "open"
    COMPLETED = "completed"
    ENDED = "ended"


class EngagementAction(StrEnum):
    """What may be done with an engagement."""

    REACH = "reach"
    COMPLETE = "complete"
    END = "end"
    HAND_OVER = "hand_over"


class EndReason(StrEnum):
    """Why an engagement ended before its aims were reached; none of them is a fault."""

    AIMS_REACHED_ELSEWHERE = "aims_reached_elsewhere"
    NEED_CHANGED = "need_changed"
    NO_FIT = "no_fit"
    TIME = "time"
    OTHER = "other"


class SessionState(StrEnum):
    """What others say about a session."""

    LOGGED = "logged"
    CONFIRMED = "confirmed"
    ATTESTED = "attested"
    DISPUTED = "disputed"


class SessionAction(StrEnum):
    """What others may do with a session; the mentee's word stands over an attestation."""

    CONFIRM = "confirm"
    ATTEST = "attest"
    DISPUTE = "dispute"


ENGAGEMENT_MOVES: dict[tuple[EngagementState, EngagementAction], EngagementState] = {
    (EngagementState.OPEN, EngagementAction.REACH): EngagementState.OPEN,
    (EngagementState.OPEN, EngagementAction.COMPLETE): EngagementState.COMPLETED,
    (EngagementState.OPEN, EngagementAction.END): EngagementState.ENDED,
    (EngagementState.ENDED, EngagementAction.HAND_OVER): EngagementState.ENDED,
}

SESSION_MOVES: dict[tuple[SessionState, SessionAction], SessionState] = {
    (SessionState.LOGGED, SessionAction.CONFIRM): SessionState.CONFIRMED,
    (SessionState.LOGGED, SessionAction.ATTEST): SessionState.ATTESTED,
    (SessionState.LOGGED, SessionAction.DISPUTE): SessionState.DISPUTED,
    (SessionState.ATTESTED, SessionAction.CONFIRM): SessionState.CONFIRMED,
    (SessionState.ATTESTED, SessionAction.DISPUTE): SessionState.DISPUTED,
    (SessionState.DISPUTED, SessionAction.CONFIRM): SessionState.CONFIRMED,
    (SessionState.DISPUTED, SessionAction.DISPUTE): SessionState.DISPUTED,
}


def after_engagement(state: EngagementState, action: EngagementAction) -> EngagementState:
    """Return the state after an action; refuse what the life of an engagement does not know."""
    if (state, action) not in ENGAGEMENT_MOVES:
        raise MoveRefused("engagement_move_refused", state=state, action=action)
    return ENGAGEMENT_MOVES[(state, action)]


def may_settle(state: SessionState, action: SessionAction) -> bool:
    """Tell whether others may still do this with a session."""
    return (state, action) in SESSION_MOVES


def after_session(state: SessionState, action: SessionAction) -> SessionState:
    """Return the state after an action; refuse what the life of a session does not know."""
    if not may_settle(state, action):
        raise MoveRefused("session_move_refused", state=state, action=action)
    return SESSION_MOVES[(state, action)]


def with_milestone(reached: Sequence[str], kind: Milestone) -> list[str]:
    """Return the milestones with one more; each is reached once."""
    if kind in reached:
        raise Conflict("milestone_reached_already", milestone=kind)
    return [*reached, str(kind)]
