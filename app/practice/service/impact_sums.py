"""What the figures of all firms come to that allowed to be counted."""

from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.people import service as people
from app.practice import queries
from app.practice.rules import impact_sums as rules
from app.practice.rules import sme_key
from app.practice.rules.impact_sums import Figure, Firm
from app.practice.service.indicators import ever_asked_for
from app.practice.service.reviewing import by_engagement
from app.practice.tables import EngagementRow, FigureRow
from app.work import Work

_NOBODY = UUID(int=0)


def impact_sums(work: Work, year: int, person_id: UUID | None) -> dict[str, object]:
    """Tell medians over the firms whose engagement ended in a year; ten at least, of a mentor or of all."""
    work.require(Permission.PRACTICE_STATISTICS)
    if person_id is not None:
        people.known(work, person_id)
    found = rules.sums(_firms(work, year), ever_asked_for(work), person_id)
    return {"year": year, "person_id": person_id, "items": found}


def _firms(work: Work, year: int) -> list[Firm]:
    since, before = date(year, 1, 1), date(year + 1, 1, 1)
    consents = by_engagement(queries.consents_of_ended(work, since, before))
    figures = by_engagement(queries.figures_of_ended(work, since, before))
    return [
        _firm(row, figures.get(row.id, []))
        for row in queries.ended_between(work, since, before)
        if row.id in consents and consents[row.id][-1].in_statistics
    ]


def _firm(row: EngagementRow, figures: list[FigureRow]) -> Firm:
    """Return a firm under a key that is the same whoever mentored it, made for this count and not kept."""
    assert row.ended_on is not None
    told = tuple(
        Figure(one.indicator, one.moment, one.amount, one.currency)
        for one in figures
        if one.amount is not None
    )
    return Firm(sme_key(_NOBODY, row.sme_name), row.person_id, row.ended_on, told)
