"""Which sessions belong to a programme; callers have asked their own permission."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.practice import service as practice
from app.practice.rules import Held
from app.programmes import queries
from app.programmes.queries.members import Membership
from app.programmes.rules.dates import Term
from app.programmes.rules.working import belongs, membership
from app.work import Work


def linked(work: Work, memberships: Sequence[Membership]) -> list[UUID]:
    """Return the engagements that run in a programme by these memberships of it."""
    return [
        row.engagement_id for row in queries.standing_links(work, [one.request.id for one in memberships])
    ]


def held_in(work: Work, memberships: Sequence[Membership], days: Term) -> list[Held]:
    """Return what was held on these days in one programme, by these memberships of it (PRG-3).

    A mentor who left and came back has two; what she linked under one runs on under the other.
    """
    terms: dict[UUID, list[Term]] = defaultdict(list)
    for one in memberships:
        terms[one.request.person_id].append(_term(one))
    held = practice.sessions_held(work, linked(work, memberships), days.first, days.last)
    return [one for one in held if belongs(one.held_on, days, terms[one.person_id])]


def _term(one: Membership) -> Term:
    inducted_on: date | None = one.request.inducted_on
    assert inducted_on is not None  # or she would not have joined
    return membership(inducted_on, one.request.left_on, one.programme.starts_on, one.programme.closed_on)
