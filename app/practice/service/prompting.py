"""What the clock tells mentor and mentee: that a review is open or closes, that two thirds are over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.audit.events import Event
from app.core.dates import add_months
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.practice import queries
from app.practice.rules import prompts
from app.practice.rules import reviews as rules
from app.practice.rules.links import ASKED_LATELY, LINK_LIFE
from app.practice.rules.prompts import Prompt, Standing
from app.practice.rules.reviews import Side
from app.practice.rules.rhythm import SKILLS_SESSION, ReviewKind, two_thirds
from app.practice.service.mailing import (
    ask_for_figures,
    ask_mentee_to_review,
    facts_of,
    write_to_mentee,
)
from app.practice.service.reviewing import by_engagement, course_of
from app.practice.tables import EngagementRow, PromptRow
from app.work import Work

_CHUNK = 200


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
    [(_, standing)] = _standings(work, [engagement])
    if what not in prompts.due(standing, work.today):
        return
    row = PromptRow(body_id=work.body_id, stream=engagement.id, prompt=what, told_on=work.today)
    work.session.add(row)
    if what is Prompt.TWO_THIRDS:
        _call_on(work, engagement)
    elif what is Prompt.SKILLS:
        _suggest_skills(work, engagement)
    elif what in prompts.FIGURES:
        _ask_for_figures(work, engagement, what)
    else:
        missing = rules.missing(standing.answered.get(prompts.REVIEW_OF[what], ()))
        _ask_to_review(work, engagement, what, missing)


def _due(work: Work) -> Iterator[tuple[UUID, Prompt]]:
    """Go through the engagements that go on or ended lately, some at a time."""
    since, after = add_months(work.today, -prompts.MONTHS_OF_INTEREST), None
    while True:
        rows = queries.under_review(work, ended_since=since, after=after, limit=_CHUNK)
        for row, standing in _standings(work, rows):
            yield from ((row.id, what) for what in prompts.due(standing, work.today))
        if len(rows) < _CHUNK:
            return
        after = rows[-1].id


def _standings(work: Work, rows: Sequence[EngagementRow]) -> Iterator[tuple[EngagementRow, Standing]]:
    """Yield engagements with all that decides what is to be told in each."""
    ids = [row.id for row in rows]
    answers = by_engagement(queries.review_answers(work, ids))
    told = by_engagement(queries.prompts(work, ids))
    consents = by_engagement(queries.consents(work, ids))
    figures = by_engagement(queries.figures(work, ids))
    skilled = queries.last_held(work, ids, type=SKILLS_SESSION)
    for row in rows:
        answered: dict[ReviewKind, set[Side]] = {}
        for answer in answers.get(row.id, ()):
            answered.setdefault(answer.kind, set()).add(answer.side)
        consent = consents.get(row.id, [None])[-1]
        yield (
            row,
            Standing(
                course_of(row),
                answered,
                {one.prompt: one.told_on for one in told.get(row.id, ())},
                is_consented=None if consent is None else consent.to_assessors or consent.in_statistics,
                figured={one.moment for one in figures.get(row.id, ()) if one.amount is not None},
                skilled_on=skilled.get(row.id),
            ),
        )


def _ask_for_figures(work: Work, engagement: EngagementRow, what: Prompt) -> None:
    """Send the mentee a link for figures, unless one is on its way to her or there is nobody to ask."""
    mentee = queries.present_mentee(work, engagement.id)
    link = None
    if mentee is not None and not queries.is_asked_for_figures(
        work, engagement.id, work.now + LINK_LIFE - ASKED_LATELY
    ):
        link = ask_for_figures(work, engagement, mentee)
    work.record(
        Event.ENGAGEMENT_PROMPTED,
        engagement,
        prompt=what,
        mentor=False,
        link=None if link is None else link.id,
    )


def _ask_to_review(work: Work, engagement: EngagementRow, what: Prompt, missing: Sequence[Side]) -> None:
    """Write to mentor and mentee, as far as they have not answered; the mentee gets a link of her own."""
    kind = prompts.REVIEW_OF[what]
    words = _OPEN if what is prompts.OPEN[kind] else _CLOSING
    until = rules.window_of(course_of(engagement), kind).due_on
    is_told = Side.MENTOR in missing and _write_to_mentor(work, engagement, what, words.mentor, until=until)
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
    is_told = _write_to_mentor(work, engagement, Prompt.TWO_THIRDS, _TWO_THIRDS.mentor, until=end)
    mentee = queries.present_mentee(work, engagement.id)
    if mentee is not None:
        key = f"prompt:{engagement.id}:{Prompt.TWO_THIRDS}:mentee"
        write_to_mentee(work, engagement, mentee, _TWO_THIRDS.mentee, key=key, until=end)
    work.record(
        Event.ENGAGEMENT_TWO_THIRDS,
        engagement,
        on=two_thirds(engagement.started_on, end),
        planned_end_on=end,
        mentor=is_told,
        mentee=mentee is not None,
    )


def _suggest_skills(work: Work, engagement: EngagementRow) -> None:
    """Suggest a skills session to the mentor; it is for her and the mentee to choose a day."""
    end = course_of(engagement).planned_end_on
    is_told = _write_to_mentor(
        work, engagement, f"{Prompt.SKILLS}:{work.today}", NoticeKind.SKILLS_SESSION_SUGGESTED, until=end
    )
    work.record(Event.ENGAGEMENT_PROMPTED, engagement, prompt=Prompt.SKILLS, mentor=is_told, link=None)


def _write_to_mentor(
    work: Work, engagement: EngagementRow, what: str, notice: NoticeKind, *, until: date
) -> bool:
    """Write to the mentor; tell whether she can be reached."""
    to = notices.recipient(work, engagement.person_id)
    if to is None:
        return False
    key = f"prompt:{engagement.id}:{what}:mentor"
    facts = facts_of(work, engagement, until)
    notices.send(work, to, notice, about=engagement.id, key=key, facts=facts)
    return True
