"""Use cases of impact: the firm consents or refuses by its link, tells figures, and takes consent back.

Without consent nothing is kept but the refusal; with the last use taken back the figures are erased.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, NotFound
from app.core.ids import secret_hash
from app.people import service as people
from app.practice import queries
from app.practice.rules.impact import (
    Consent,
    LinkPurpose,
    Teller,
    ensure_consented,
    ensure_figures,
    ensure_withdrawable,
    told_by_now,
)
from app.practice.rules.links import ASKED_LATELY, LINK_LIFE
from app.practice.schemas.impact import ConsentWithdraw, FigureCreate, ImpactAnswer
from app.practice.service.indicators import asked_for
from app.practice.service.mailing import ask_for_figures, ensure_answerable, tell_how_to_withdraw
from app.practice.service.reviewing import course_of
from app.practice.tables import ConsentRow, EngagementRow, FigureRow, ImpactLinkRow
from app.work import Work


def request_figures(work: Work, engagement_id: UUID) -> ImpactLinkRow:
    """Have the mentee of one's own engagement asked for consent and figures; she alone receives the link."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    mentee = queries.present_mentee(work, engagement.id)
    if mentee is None:
        raise Conflict("mentee_missing")
    if queries.is_asked_for_figures(work, engagement.id, work.now + LINK_LIFE - ASKED_LATELY):
        raise Conflict("figures_asked_lately")
    row = ask_for_figures(work, engagement, mentee)
    work.record(Event.FIGURES_ASKED, engagement, link=row.id, expires_at=row.expires_at)
    return row


def asked_figures(work: Work, secret: str) -> dict[str, object]:
    """Show a mentee what she is asked; the secret in her hand is the permission."""
    work.open_to_all()
    link = _asking(work, secret)
    return _shown_to_mentee(work, link)


def answer_figures(work: Work, secret: str, told: ImpactAnswer) -> dict[str, object]:
    """Take down a firm's consent or refusal, once, with figures if it allows any use of them."""
    work.open_to_all()
    engagement = queries.engagement_for_update(work, _asking(work, secret).stream)
    link = _asking(work, secret)  # again, now that nobody else can be using it
    mentee = queries.mentee(work, engagement.id, link.mentee_id)
    wanted = Consent(to_assessors=told.to_assessors, in_statistics=told.in_statistics)
    consent = _allow(work, engagement, mentee.id, wanted)
    if told.figures:
        ensure_consented(wanted)
        _keep(work, engagement, consent, told.figures, Teller.MENTEE)
    if wanted.is_given:
        tell_how_to_withdraw(work, engagement, mentee)
    link.used_at = work.now
    work.session.add(link)
    _record_consent(work, engagement, consent, figures=len(told.figures))
    return {
        "to_assessors": consent.to_assessors,
        "in_statistics": consent.in_statistics,
        "figures": len(told.figures),
    }


def shown_consent(work: Work, secret: str) -> dict[str, object]:
    """Show a mentee what she allowed, and which figures are kept."""
    work.open_to_all()
    return _shown_to_mentee(work, queries.impact_link(work, secret_hash(secret), LinkPurpose.WITHDRAW))


def withdraw_consent(work: Work, secret: str, wanted: ConsentWithdraw) -> dict[str, object]:
    """Take back some or all uses; with the last one the figures are erased."""
    work.open_to_all()
    link = queries.impact_link(work, secret_hash(secret), LinkPurpose.WITHDRAW)
    engagement = queries.engagement_for_update(work, link.stream)
    left = ensure_withdrawable(_consent(work, engagement.id), **wanted.model_dump())
    consent = _allow(work, engagement, link.mentee_id, left)
    _record_consent(work, engagement, consent, figures=0)
    return {"to_assessors": consent.to_assessors, "in_statistics": consent.in_statistics, "figures": 0}


def tell_figures(work: Work, engagement_id: UUID, told: Sequence[FigureCreate]) -> dict[str, object]:
    """Enter figures of the firm with its consent; what it told itself stays its own."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    consent = _newest(work, engagement.id)
    ensure_consented(_plain(consent))
    assert consent is not None
    _keep(work, engagement, consent, told, Teller.MENTOR)
    work.session.flush()  # what is told next is read with these figures among the others
    work.record(Event.FIGURES_TOLD, engagement, consent=consent.id, figures=len(told))
    return _shown_to_mentor(work, engagement.id)


def own_impact(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Show a mentor whether the firm consented, and the figures that she entered herself."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return _shown_to_mentor(work, queries.engagement_of(work, work.person_id, engagement_id).id)


def read_impact(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Show figures to those who review or decide, if the firm allows it; the access is recorded."""
    work.require(Permission.PRACTICE_READ)
    engagement = queries.engagement(work, engagement_id)
    if engagement.person_id == work.actor.person_id:
        raise NotFound("engagement")  # nobody assesses herself
    consent = _newest(work, engagement.id)
    work.record(Event.RECORD_DISCLOSED, engagement, what="impact")
    may_see = consent is not None and consent.to_assessors
    return _told(work, engagement.id, _kept(work, engagement.id) if may_see else [])


def _asking(work: Work, secret: str) -> ImpactLinkRow:
    link = queries.impact_link(work, secret_hash(secret), LinkPurpose.ASK)
    work.session.refresh(link)
    ensure_answerable(work, link)
    return link


def _newest(work: Work, engagement_id: UUID) -> ConsentRow | None:
    found = queries.consents(work, [engagement_id])
    return found[-1] if found else None


def _plain(row: ConsentRow | None) -> Consent | None:
    return None if row is None else Consent(to_assessors=row.to_assessors, in_statistics=row.in_statistics)


def _consent(work: Work, engagement_id: UUID) -> Consent | None:
    return _plain(_newest(work, engagement_id))


def _allow(work: Work, engagement: EngagementRow, mentee_id: UUID, wanted: Consent) -> ConsentRow:
    """Enter what is allowed from now on; erase the figures where nothing is."""
    newest = _newest(work, engagement.id)
    row = ConsentRow(
        body_id=work.body_id,
        stream=engagement.id,
        number=1 if newest is None else newest.number + 1,
        mentee_id=mentee_id,
        to_assessors=wanted.to_assessors,
        in_statistics=wanted.in_statistics,
        given_on=work.today,
    )
    work.session.add(row)
    work.session.flush()  # the guard of the figures goes by it
    if not wanted.is_given:
        _erase(work, engagement.id)
    return row


def _erase(work: Work, engagement_id: UUID) -> None:
    """Erase all figures, and the salts by which the log could still be made to prove them."""
    for row in _kept(work, engagement_id):
        row.as_of = row.amount = row.currency = row.salt = None
        work.session.add(row)


def _keep(
    work: Work,
    engagement: EngagementRow,
    consent: ConsentRow,
    told: Sequence[FigureCreate],
    teller: Teller,
) -> None:
    there = {(row.indicator, row.moment): row for row in queries.figures(work, [engagement.id])}
    anew = {(figure.indicator, figure.moment) for figure in told}
    currencies = {
        row.indicator: row.currency for place, row in there.items() if row.currency and place not in anew
    }
    known = {indicator.code: indicator for indicator in asked_for(work)}
    ensure_figures(told, known, currencies, course_of(engagement), work.today)
    for figure in told:
        row = there.get((figure.indicator, figure.moment))
        if row is None:
            row = FigureRow(body_id=work.body_id, stream=engagement.id, **figure.model_dump())
        elif teller is Teller.MENTOR and row.told_by is Teller.MENTEE and row.amount is not None:
            raise Conflict("figure_of_firm", indicator=figure.indicator, moment=figure.moment)
        row.as_of, row.amount, row.currency = figure.as_of, figure.amount, figure.currency
        row.consent_id, row.told_by = consent.id, teller
        work.session.add(row)


def _record_consent(work: Work, engagement: EngagementRow, consent: ConsentRow, *, figures: int) -> None:
    work.record(
        Event.CONSENT_TOLD,
        engagement,
        consent=consent.id,
        to_assessors=consent.to_assessors,
        in_statistics=consent.in_statistics,
        figures=figures,
    )


def _kept(work: Work, engagement_id: UUID) -> list[FigureRow]:
    return [row for row in queries.figures(work, [engagement_id]) if row.amount is not None]


def _told(work: Work, engagement_id: UUID, figures: Iterable[FigureRow]) -> dict[str, object]:
    return {
        "consent": _newest(work, engagement_id),
        "indicators": asked_for(work),
        "figures": list(figures),
    }


def _shown_to_mentor(work: Work, engagement_id: UUID) -> dict[str, object]:
    own = [row for row in _kept(work, engagement_id) if row.told_by is Teller.MENTOR]
    return _told(work, engagement_id, own)


def _shown_to_mentee(work: Work, link: ImpactLinkRow) -> dict[str, object]:
    engagement = queries.engagement(work, link.stream)
    return _told(work, engagement.id, _kept(work, engagement.id)) | {
        "mentee_name": queries.mentee(work, engagement.id, link.mentee_id).name,
        "mentor_name": people.known(work, engagement.person_id).printed_name,
        "sme_name": engagement.sme_name,
        "moments": [
            {"moment": moment, "since": since, "until": until}
            for moment, since, until in told_by_now(course_of(engagement), work.today)
        ],
    }
