"""What stands beside a mentor's practice for those who assess her: reviews, and figures if firms allow.

It is context and enters no rating: what a mentee left undone or a market did is not the mentor's doing.
"""

from uuid import UUID

from app.practice import queries
from app.practice.service.reviewing import Reviewing, by_engagement
from app.work import Work


def context_of(work: Work, person_id: UUID) -> list[dict[str, object]]:
    """Return a person's engagements with reviews and figures, no firm named; callers asked permission."""
    rows = queries.engagements(work, person_id)
    ids = [row.id for row in rows]
    answers = by_engagement(queries.review_answers(work, ids))
    consents = by_engagement(queries.consents(work, ids))
    figures = by_engagement(queries.figures(work, ids))
    told = []
    for row in rows:
        may_see = row.id in consents and consents[row.id][-1].to_assessors
        kept = [one for one in figures.get(row.id, []) if one.amount is not None]
        told.append(
            row.model_dump(include={"id", "sector", "phase", "started_on", "ended_on"})
            | {
                "reviews": Reviewing(row, answers.get(row.id, []), work.today).told_to(None),
                "figures": kept if may_see else [],
            }
        )
    return told
