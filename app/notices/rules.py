"""What notices there are, whom they may go to, and their life."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app.core.errors import MoveRefused


class NoticeKind(StrEnum):
    """What a notice tells, in alphabetical order; each has subject and text in `app/locales/*/notices`."""

    ATTESTATION_NOT_UPHELD = "attestation_not_upheld"
    """A mentor is told that sessions count no more, and that her mentee may confirm them."""
    CONFIRMATION_ASKED = "confirmation_asked"
    """A mentee is asked to confirm sessions."""
    CONTACT_DECLINED = "contact_declined"
    """Who wrote to a mentor is told that she cannot take her on."""
    CONTACT_PASSED_ON = "contact_passed_on"
    """A mentor is passed a message on, with its sender's address."""
    CONTACT_TO_CONFIRM = "contact_to_confirm"
    """Who wants to write to a mentor is asked whether the address is hers."""
    ENGAGEMENT_TWO_THIRDS = "engagement_two_thirds"
    """A mentor is called on to give an engagement new drive."""
    ENGAGEMENT_TWO_THIRDS_MENTEE = "engagement_two_thirds_mentee"
    HAND_OVER_OFFERED = "hand_over_offered"
    """A mentor is offered an engagement that another one cannot go on with."""
    IMPACT_ASKED = "impact_asked"
    """A mentee is asked for consent and for figures of her firm."""
    IMPACT_CONSENTED = "impact_consented"
    """A mentee who consented is told how to take it back."""
    JUDGE_INVITED = "judge_invited"
    """A person is invited to a panel that sets cuts, with the undertaking that she is to sign."""
    LISTING_STALE = "listing_stale"
    """A mentor is asked whether what she says of herself is still right."""
    PROGRAMME_DECLINED = "programme_declined"
    """A mentor is not taken into a programme."""
    PROGRAMME_LEFT = "programme_left"
    """A member of a programme is let go."""
    PROGRAMME_OFFERED = "programme_offered"
    """A mentor is offered a place in a programme."""
    PROGRAMME_WAITING = "programme_waiting"
    """A mentor is on a programme's waiting list."""
    REVIEW_CLOSING = "review_closing"
    """A mentor is reminded of a review that closes in a week."""
    REVIEW_CLOSING_MENTEE = "review_closing_mentee"
    REVIEW_OPEN = "review_open"
    """A mentor is told that a review is open."""
    REVIEW_OPEN_MENTEE = "review_open_mentee"
    REVIEWS_WAITING = "reviews_waiting"
    """Programme staff are told once a week how many reviews wait for them."""
    SKILLS_SESSION_SUGGESTED = "skills_session_suggested"
    """A mentor is reminded that a session of training each quarter does good."""


class NoticeState(StrEnum):
    """Whether a notice has left."""

    WRITTEN = "written"
    SENT = "sent"
    GIVEN_UP = "given_up"


class NoticeAction(StrEnum):
    """What becomes of a notice."""

    SEND = "send"
    GIVE_UP = "give_up"


MOVES: dict[tuple[NoticeState, NoticeAction], NoticeState] = {
    (NoticeState.WRITTEN, NoticeAction.SEND): NoticeState.SENT,
    (NoticeState.WRITTEN, NoticeAction.GIVE_UP): NoticeState.GIVEN_UP,
}


def after(state: NoticeState, action: NoticeAction) -> NoticeState:
    """Return the state after an action; a notice leaves once."""
    if (state, action) not in MOVES:
        raise MoveRefused("notice_move_refused", state=state, action=action)
    return MOVES[(state, action)]


@dataclass(frozen=True)
class Recipient:
    """Whom a notice goes to: a person of the body, or somebody without an account, such as a mentee."""

    email: str = field(repr=False)
    name: str
    language: str
    person_id: UUID | None = None
