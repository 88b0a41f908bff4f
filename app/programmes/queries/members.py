"""What is asked about members and the engagements that they linked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.core.errors import NotFound
from app.people.tables import PersonRow
from app.programmes.rules.states import JOINED
from app.programmes.tables import LinkRow, ProgrammeRow, RequestRow
from app.work import Work


@dataclass(frozen=True)
class Membership:
    """A membership with its programme and the member's name."""

    request: RequestRow
    programme: ProgrammeRow
    mentor_name: str


def members(work: Work, programme_id: UUID) -> list[Membership]:
    """Return all who are or were members of a programme, by day of induction."""
    return _memberships(work, col(RequestRow.programme_id) == programme_id)


def memberships_of(work: Work, person_id: UUID) -> list[Membership]:
    """Return a person's memberships, past ones among them, by day of induction."""
    return _memberships(work, col(RequestRow.person_id) == person_id)


def _memberships(work: Work, wanted: "sa.ColumnElement[bool]") -> list[Membership]:
    found = work.session.exec(
        select(RequestRow, ProgrammeRow, PersonRow.printed_name)
        .join(
            ProgrammeRow,
            (col(ProgrammeRow.body_id) == col(RequestRow.body_id))
            & (col(ProgrammeRow.id) == col(RequestRow.programme_id)),
        )
        .join(
            PersonRow,
            (col(PersonRow.body_id) == col(RequestRow.body_id))
            & (col(PersonRow.id) == col(RequestRow.person_id)),
        )
        .where(col(RequestRow.body_id) == work.body_id, col(RequestRow.state).in_(JOINED), wanted)
        .order_by(col(RequestRow.inducted_on), col(RequestRow.id))
    ).all()
    return [Membership(*parts) for parts in found]


def standing_links(work: Work, request_ids: Sequence[UUID]) -> Sequence[LinkRow]:
    """Return the links of these memberships that were not taken back."""
    return work.session.exec(
        select(LinkRow)
        .where(
            col(LinkRow.body_id) == work.body_id,
            col(LinkRow.stream).in_(request_ids),
            col(LinkRow.unlinked_on).is_(None),
        )
        .order_by(col(LinkRow.id))
    ).all()


def links(work: Work, request_id: UUID) -> Sequence[LinkRow]:
    """Return all links of a membership, in the order in which they were made."""
    return work.session.exec(
        select(LinkRow)
        .where(col(LinkRow.body_id) == work.body_id, col(LinkRow.stream) == request_id)
        .order_by(col(LinkRow.id))
    ).all()


def is_linked(work: Work, engagement_id: UUID) -> bool:
    """Tell whether an engagement runs in a programme already."""
    return (
        work.session.exec(
            select(LinkRow.id).where(
                col(LinkRow.body_id) == work.body_id,
                col(LinkRow.engagement_id) == engagement_id,
                col(LinkRow.unlinked_on).is_(None),
            )
        ).first()
        is not None
    )


def standing_link(work: Work, request_id: UUID, engagement_id: UUID) -> LinkRow:
    """Return the link of an engagement to a membership, unless it was taken back."""
    found = next(
        (row for row in standing_links(work, [request_id]) if row.engagement_id == engagement_id), None
    )
    if found is None:
        raise NotFound("programme_engagement")
    return found
