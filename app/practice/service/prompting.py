"""What the clock tells mentor and mentee: that a review is open or closes, that two thirds are over."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.audit.events import Event
from app.bodies import service as bodies
from app.core.ids import new_id, new_secret
from app.notices import service as notices
from app.notices.rules import NoticeKind, Recipient
from app.people import service as people
from app.practice import queries
from app.practice.rules import prompts
from app.practice.rules import reviews as rules
from app.practice.rules.links import LINK_LIFE, secret_hash
from app.practice.rules.prompts import Prompt
from app.practice.rules.reviews import Side
from app.practice.rules.rhythm import ReviewKind, two_thirds
from app.practice.service.reviewing import by_engagement, course_of
from app.practice.tables import EngagementRow, MenteeRow, PromptRow, ReviewAnswerRow, ReviewLinkRow
from app.work import Work

_CHUNK = 200
_LATELY = timedelta(weeks=1)
"""How long the last review stays open after an engagement ended."""


@dataclass(frozen=True)
class Words:
    """By which notices mentor and mentee are told of one thing."""

    mentor: NoticeKind
    mentee: NoticeKind


_OPEN = Words(NoticeKind.REVIEW_OPEN, NoticeKind.REVIEW_OPEN_MENTEE)
_CLOSING = Words(NoticeKind.REVIEW_CLOSING, NoticeKind.REVIEW_CLOSING_MENTEE)
_TWO_THIRDS = Words(NoticeKind.ENGAGEMENT_TWO_THIRDS, NoticeKind.ENGAGEMENT_TWO_THIRDS_MENTEE)


def due_prompts(work: Work) -> list[tuple[UUID, Prompt]]:
    """Return what is to be told today, in which engagement; only the service itself asks."""
    work.require_system()
    return list(_due(work))


def prompt(work: Work, engagement_id: UUID, what: Prompt) -> None:
    """Tell mentor and mentee one thing, unless it was told meanwhile or is due no more."""
    work.require_system()
    engagement = queries.engagement_for_update(work, engagement_id)
    answers = queries.review_answers(work, [engagement.id])
    if what not in _due_in(engagement, answers, queries.prompts(work, [engagement.id]), work.today):
        return
    row = PromptRow(body_id=work.body_id, stream=engagement.id, prompt=what, told_on=work.today)
    work.session.add(row)
    if what is Prompt.TWO_THIRDS:
        _call_on(work, engagement)
    else:
        missing = rules.missing(row.side for row in answers if row.kind is prompts.REVIEW_OF[what])
        _ask_to_review(work, engagement, what, missing)


def ask_mentee_to_review(
    work: Work, engagement: EngagementRow, mentee: MenteeRow, kind: ReviewKind, notice: NoticeKind
) -> ReviewLinkRow:
    """Send a mentee a link to a review; callers have asked their permission and record their own event."""
    secret = new_secret()
    row = ReviewLinkRow(
        body_id=work.body_id,
        id=new_id(),
        stream=engagement.id,
        secret_hash=secret_hash(secret),
        kind=kind,
        mentee_id=mentee.id,
        expires_at=work.now + LINK_LIFE,
    )
    work.session.add(row)
    notices.send(
        work,
        recipient_of(mentee),
        notice,
        about=engagement.id,
        key=f"review:{row.id}",
        facts=facts_of(work, engagement) | {"until": rules.window_of(course_of(engagement), kind).due_on},
        link=f"/review/{bodies.own(work).slug}/{secret}",
    )
    return row


def _due(work: Work) -> Iterator[tuple[UUID, Prompt]]:
    """Go through the engagements that go on or ended lately, some at a time."""
    after = None
    while True:
        rows = queries.under_review(work, ended_since=work.today - _LATELY, after=after, limit=_CHUNK)
        ids = [row.id for row in rows]
        answers = by_engagement(queries.review_answers(work, ids))
        told = by_engagement(queries.prompts(work, ids))
        for row in rows:
            found = _due_in(row, answers.get(row.id, ()), told.get(row.id, ()), work.today)
            yield from ((row.id, what) for what in found)
        if len(rows) < _CHUNK:
            return
        after = rows[-1].id


def _due_in(
    engagement: EngagementRow, answers: Iterable[ReviewAnswerRow], told: Iterable[PromptRow], today: date
) -> tuple[Prompt, ...]:
    answered: dict[ReviewKind, set[Side]] = {}
    for row in answers:
        answered.setdefault(row.kind, set()).add(row.side)
    days = {row.prompt: row.told_on for row in told}
    return prompts.due(course_of(engagement), answered, days, today)


def _ask_to_review(work: Work, engagement: EngagementRow, what: Prompt, missing: Sequence[Side]) -> None:
    """Write to mentor and mentee, as far as they have not answered; the mentee gets a link of her own."""
    kind = prompts.REVIEW_OF[what]
    words = _OPEN if what is prompts.OPEN[kind] else _CLOSING
    until = {"until": rules.window_of(course_of(engagement), kind).due_on}
    is_told = Side.MENTOR in missing and _write_to_mentor(work, engagement, what, words.mentor, until)
    mentee = queries.present_mentee(work, engagement.id)
    link = (
        ask_mentee_to_review(work, engagement, mentee, kind, words.mentee)
        if mentee is not None and Side.MENTEE in missing
        else None
    )
    work.record(
        Event.ENGAGEMENT_PROMPTED,
        engagement,
        prompt=what,
        mentor=is_told,
        link=None if link is None else link.id,
    )


def _call_on(work: Work, engagement: EngagementRow) -> None:
    """Call on mentor and mentee to go on with new drive."""
    end = course_of(engagement).planned_end_on
    is_told = _write_to_mentor(work, engagement, Prompt.TWO_THIRDS, _TWO_THIRDS.mentor, {"until": end})
    mentee = queries.present_mentee(work, engagement.id)
    if mentee is not None:
        notices.send(
            work,
            recipient_of(mentee),
            _TWO_THIRDS.mentee,
            about=engagement.id,
            key=f"prompt:{engagement.id}:{Prompt.TWO_THIRDS}:mentee",
            facts=facts_of(work, engagement) | {"until": end},
        )
    work.record(
        Event.ENGAGEMENT_TWO_THIRDS,
        engagement,
        on=two_thirds(engagement.started_on, end),
        planned_end_on=end,
        mentor=is_told,
        mentee=mentee is not None,
    )


def _write_to_mentor(
    work: Work, engagement: EngagementRow, what: Prompt, notice: NoticeKind, until: dict[str, date]
) -> bool:
    to = notices.recipient(work, engagement.person_id)
    if to is None:
        return False
    notices.send(
        work,
        to,
        notice,
        about=engagement.id,
        key=f"prompt:{engagement.id}:{what}:mentor",
        facts=facts_of(work, engagement) | until,
    )
    return True


def recipient_of(mentee: MenteeRow) -> Recipient:
    """Return a mentee as recipient."""
    return Recipient(mentee.email, mentee.name, mentee.language)


def facts_of(work: Work, engagement: EngagementRow) -> dict[str, object]:
    """Return what notices about an engagement name."""
    mentor = people.known(work, engagement.person_id)
    return {"mentor": mentor.printed_name, "sme": engagement.sme_name}
