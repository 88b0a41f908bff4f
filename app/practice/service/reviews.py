"""Use cases of reviews: mentor, mentee and staff answer, each once, and read what is meant for them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict
from app.core.ids import secret_hash
from app.core.paging import Slice, Window, page
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.notices.rules import NoticeKind
from app.people import service as people
from app.practice import queries
from app.practice.questionnaire import questions_of
from app.practice.rules.questions import ensure_fit
from app.practice.rules.reviews import ReviewState, Side, ensure_may_answer, window_of
from app.practice.rules.rhythm import ReviewKind
from app.practice.schemas.reviews import GivenAnswer, ReviewAnswerCreate
from app.practice.service.mailing import ask_mentee_to_review, ensure_answerable
from app.practice.service.reviewing import Reviewing, Waiting, by_engagement, course_of
from app.practice.tables import EngagementRow, ReviewAnswerRow, ReviewLinkRow
from app.work import Work

_CHUNK = 200
_LATELY = timedelta(weeks=1)
"""How long the last review stays open after an engagement ended."""


def own_reviews(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Show a mentor the reviews of one of her own engagements."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_of(work, work.person_id, engagement_id)
    return {"items": Reviewing.of(work, engagement).told_to(Side.MENTOR)}


def answer_own_review(work: Work, engagement_id: UUID, told: ReviewAnswerCreate) -> dict[str, object]:
    """Take down the mentor's answers at a review of her own engagement, once."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    row = _row(work, engagement, told.kind, Side.MENTOR, told.answers)
    row.given_by = work.person_id
    return _enter(work, engagement, row)


def staff_reviews(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Show reviews to programme staff, and all of them to those who review or decide; access is recorded."""
    is_staff = work.may(Permission.PRACTICE_REVIEW)  # even if she assesses too: her own answer comes first
    if not is_staff:
        work.require(Permission.PRACTICE_READ)
    engagement = _others(work, queries.engagement(work, engagement_id))
    work.record(Event.RECORD_DISCLOSED, engagement, what="engagement reviews")
    return {"items": Reviewing.of(work, engagement).told_to(Side.STAFF if is_staff else None)}


def answer_staff_review(work: Work, engagement_id: UUID, told: ReviewAnswerCreate) -> dict[str, object]:
    """Take down what the programme says at a review, once; who says it is barred from the mentor's case."""
    work.require(Permission.PRACTICE_REVIEW)
    queries.lock_mentor(work, queries.engagement(work, engagement_id).person_id)
    engagement = _others(work, queries.engagement_for_update(work, engagement_id))
    row = _row(work, engagement, told.kind, Side.STAFF, told.answers)
    row.given_by = work.person_id
    row.involvement_id = impartiality.note_fact(
        work,
        Act.REFEREED,
        person_id=work.person_id,
        candidate_id=engagement.person_id,
        started_on=engagement.started_on,
        ended_on=work.today,
    ).id
    return _enter(work, engagement, row)


def reviews_due(work: Work, wanted: Window) -> Slice[Waiting]:
    """Return one page of engagements at whose open reviews the programme has not answered yet."""
    work.require(Permission.PRACTICE_REVIEW)
    found = list(islice(waiting(work, work.actor.person_id, after=wanted.after), wanted.limit + 1))
    return page(found, wanted)


def ask_for_review(work: Work, engagement_id: UUID, kind: ReviewKind) -> ReviewLinkRow:
    """Send the mentee a new link to an open review, where the first was lost; she alone receives it."""
    work.require(Permission.PRACTICE_REVIEW)
    engagement = _others(work, queries.engagement_for_update(work, engagement_id))
    _ensure_may(work, engagement, kind, Side.MENTEE)
    mentee = queries.present_mentee(work, engagement.id)
    if mentee is None:
        raise Conflict("mentee_missing")
    row = ask_mentee_to_review(work, engagement, mentee, kind, NoticeKind.REVIEW_OPEN_MENTEE)
    work.record(Event.REVIEW_ASKED, engagement, review=kind, link=row.id, expires_at=row.expires_at)
    return row


def asked_review(work: Work, secret: str) -> dict[str, object]:
    """Show a mentee what she is asked at a review; the secret in her hand is the permission."""
    work.open_to_all()
    link = queries.review_link(work, secret_hash(secret))
    ensure_answerable(work, link)
    engagement = queries.engagement(work, link.stream)
    _ensure_may(work, engagement, link.kind, Side.MENTEE)
    return {
        "mentee_name": queries.mentee(work, engagement.id, link.mentee_id).name,
        "mentor_name": people.known(work, engagement.person_id).printed_name,
        "sme_name": engagement.sme_name,
        "kind": link.kind,
        "due_on": window_of(course_of(engagement), link.kind).due_on,
        "questions": questions_of(link.kind, Side.MENTEE),
    }


def answer_review(work: Work, secret: str, answers: Sequence[GivenAnswer]) -> dict[str, object]:
    """Take down a mentee's answers at a review, once; she then reads what the others shared with her."""
    work.open_to_all()
    link = queries.review_link(work, secret_hash(secret), lock=True)
    ensure_answerable(work, link)
    engagement = queries.engagement_for_update(work, link.stream)
    row = _row(work, engagement, link.kind, Side.MENTEE, answers)
    row.mentee_id = link.mentee_id
    link.used_at = work.now
    work.session.add(link)
    told = _enter(work, engagement, row)
    return {"kind": link.kind, "answers": len(answers), "sides": told["sides"]}


def _others(work: Work, engagement: EngagementRow) -> EngagementRow:
    """Return an engagement of somebody else: nobody speaks for the programme about her own work."""
    if engagement.person_id == work.actor.person_id:
        raise Conflict("own_engagement_reviewed")
    return engagement


def _ensure_may(work: Work, engagement: EngagementRow, kind: ReviewKind, side: Side) -> None:
    course = course_of(engagement)
    answered = Reviewing.of(work, engagement).answered(kind)
    ensure_may_answer(window_of(course, kind), course, answered, side, work.today)


def _row(
    work: Work, engagement: EngagementRow, kind: ReviewKind, side: Side, answers: Sequence[GivenAnswer]
) -> ReviewAnswerRow:
    _ensure_may(work, engagement, kind, side)
    ensure_fit(questions_of(kind, side), answers)
    return ReviewAnswerRow(
        body_id=work.body_id,
        stream=engagement.id,
        kind=kind,
        side=side,
        answers=[answer.model_dump(mode="json") for answer in answers],
        answered_on=work.today,
    )


def _enter(work: Work, engagement: EngagementRow, row: ReviewAnswerRow) -> dict[str, object]:
    work.session.add(row)
    work.session.flush()  # what is told next is read with this answer among the others
    work.record(Event.REVIEW_ANSWERED, engagement, review=row.kind, side=row.side, answers=len(row.answers))
    told = Reviewing.of(work, engagement).told_to(row.side)
    return next(review for review in told if review["kind"] is row.kind)


def waiting(work: Work, person_id: UUID | None, *, after: UUID | None = None) -> Iterator[Waiting]:
    """Yield engagements of others that wait for the programme, reading some at a time.

    `person_id` is who would answer; callers have asked their own permission.
    """
    while True:
        rows = queries.under_review(work, ended_since=work.today - _LATELY, after=after, limit=_CHUNK)
        answers = by_engagement(queries.review_answers(work, [row.id for row in rows]))
        for row in rows:
            if row.person_id == person_id:
                continue
            open_now = [
                review
                for review in Reviewing(row, answers.get(row.id, []), work.today).told()
                if review["state"] is ReviewState.OPEN and Side.STAFF in review["missing"]
            ]
            if open_now:
                yield Waiting(row, people.known(work, row.person_id).printed_name, open_now)
        if len(rows) < _CHUNK:
            return
        after = rows[-1].id
