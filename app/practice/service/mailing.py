"""What mentees are sent, links that they alone receive, and whether a link still opens anything."""

from datetime import date

from app.bodies import service as bodies
from app.core.dates import day_in
from app.core.errors import Conflict
from app.core.ids import new_id, new_secret, secret_hash
from app.notices import service as notices
from app.notices.rules import NoticeKind, Recipient
from app.people import service as people
from app.practice import queries
from app.practice.rules.impact import LinkPurpose
from app.practice.rules.links import LINK_LIFE, ensure_live
from app.practice.rules.reviews import window_of
from app.practice.rules.rhythm import ReviewKind
from app.practice.service.reviewing import course_of
from app.practice.tables import ConfirmationLinkRow, EngagementRow, ImpactLinkRow, MenteeRow, ReviewLinkRow
from app.work import Work

_PAGES = {LinkPurpose.ASK: "impact", LinkPurpose.WITHDRAW: "impact-consent"}
_NOTICES = {LinkPurpose.ASK: NoticeKind.IMPACT_ASKED, LinkPurpose.WITHDRAW: NoticeKind.IMPACT_CONSENTED}


def ask_mentee_to_review(
    work: Work, engagement: EngagementRow, mentee: MenteeRow, kind: ReviewKind, notice: NoticeKind
) -> ReviewLinkRow:
    """Send a mentee a one-time link to a review; callers have asked their own permission."""
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
    until = window_of(course_of(engagement), kind).due_on
    path = f"/review/{bodies.own(work).slug}/{secret}"
    write_to_mentee(work, engagement, mentee, notice, key=f"review:{row.id}", until=until, link=path)
    return row


def ask_for_figures(work: Work, engagement: EngagementRow, mentee: MenteeRow) -> ImpactLinkRow:
    """Ask a mentee for consent and figures; callers have asked their own permission."""
    return _about_figures(work, engagement, mentee, LinkPurpose.ASK)


def tell_how_to_withdraw(work: Work, engagement: EngagementRow, mentee: MenteeRow) -> ImpactLinkRow:
    """Send a mentee who consented the link by which she can take it back, at any time."""
    return _about_figures(work, engagement, mentee, LinkPurpose.WITHDRAW)


def write_to_mentee(
    work: Work,
    engagement: EngagementRow,
    mentee: MenteeRow,
    notice: NoticeKind,
    *,
    key: str,
    until: date | None,
    link: str | None = None,
    **others: object,
) -> None:
    """Write to a mentee about her engagement; callers have asked their own permission."""
    to = Recipient(mentee.email, mentee.name, mentee.language)
    facts = facts_of(work, engagement, until) | others
    notices.send(work, to, notice, about=engagement.id, key=key, facts=facts, link=link)


def facts_of(work: Work, engagement: EngagementRow, until: date | None) -> dict[str, object]:
    """Return what notices about an engagement name."""
    mentor = people.known(work, engagement.person_id)
    return {"mentor": mentor.printed_name, "sme": engagement.sme_name, "until": until}


def _about_figures(
    work: Work, engagement: EngagementRow, mentee: MenteeRow, purpose: LinkPurpose
) -> ImpactLinkRow:
    secret, body = new_secret(), bodies.own(work)
    expires_at = work.now + LINK_LIFE if purpose is LinkPurpose.ASK else None
    row = ImpactLinkRow(
        body_id=work.body_id,
        id=new_id(),
        stream=engagement.id,
        secret_hash=secret_hash(secret),
        purpose=purpose,
        mentee_id=mentee.id,
        expires_at=expires_at,
    )
    work.session.add(row)
    until = None if expires_at is None else day_in(body.time_zone, expires_at)
    path = f"/{_PAGES[purpose]}/{body.slug}/{secret}"
    write_to_mentee(
        work, engagement, mentee, _NOTICES[purpose], key=f"impact:{row.id}", until=until, link=path
    )
    return row


def ensure_answerable(work: Work, link: ConfirmationLinkRow | ImpactLinkRow | ReviewLinkRow) -> None:
    """Refuse a link that was used, whose time is over, or whose mentee has left the engagement since."""
    assert link.expires_at is not None
    ensure_live(used_at=link.used_at, expires_at=link.expires_at, now=work.now)
    if link.mentee_id and queries.mentee(work, link.stream, link.mentee_id).left_on is not None:
        raise Conflict("mentee_left_already")
