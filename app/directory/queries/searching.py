"""The search in one statement: hard filters, points by weight, turns among equals, one page.

The index of codes gives points to the listings that have something of what is wished for; certificates are
asked as they are now. What is certified counts for the sector too, declared or not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.bodies.tables import BodyRow
from app.certificates.rules import CertificateState, ScopeDimension
from app.certificates.tables import CertificateRow, ScopeRow
from app.directory.rules.listing import Facet, ListingState, Visibility
from app.directory.rules.matching import UNIT, YES, Criterion, Mark, Wishes
from app.directory.tables import DirectorySettingsRow, FacetRow, ListingRow
from app.practice.rules import Touch
from app.work import Work

_INDEXED = tuple(Criterion(facet) for facet in Facet)
_FLAGS = {Criterion.REMOTE: ListingRow.is_remote, Criterion.FREE: ListingRow.is_free}


@dataclass(frozen=True)
class Reach:
    """Where a search looks: what day it is in each body, and whether an adviser of the first body asks."""

    own: UUID
    days: Mapping[UUID, date]
    is_adviser: bool


@dataclass(frozen=True)
class Ranked:
    """One listing in order: its points, and its place among those with as many."""

    body_id: UUID
    listing_id: UUID
    points: int
    place: int


def sharing(work: Work) -> dict[UUID, BodyRow]:
    """Return the bodies of the installation that share their directories: what anyone may know of them."""
    rows = work.session.exec(
        select(BodyRow)
        .join(DirectorySettingsRow, col(DirectorySettingsRow.body_id) == col(BodyRow.id))
        .where(col(DirectorySettingsRow.is_shared))
    ).all()
    return {row.id: row for row in rows}


def ranked(
    work: Work, wishes: Wishes, reach: Reach, *, mask: int, after: Mark | None, limit: int
) -> list[Ranked]:
    """Return up to `limit` listings in order, after a mark."""
    turn = col(ListingRow.turn)
    place = (turn.op("|")(mask) - turn.op("&")(mask)).label("place")  # XOR, which SQLite does not have
    source, points = _points(wishes, reach)
    query = (
        select(ListingRow.body_id, ListingRow.id, points.label("points"), place)
        .select_from(source)
        .where(*visible(reach), certified(reach, wishes), *_required(wishes))
        .order_by(points.desc(), place, col(ListingRow.id))
        .limit(limit)
    )
    if after is not None:
        query = query.where(_beyond(points, place, after))
    return [Ranked(*row) for row in work.session.execute(query)]


def _beyond(points: Any, place: Any, mark: Mark) -> Any:
    """Return what comes after a mark in the order of the search."""
    return sa.or_(
        points < mark.points,
        sa.and_(points == mark.points, place > mark.place),
        sa.and_(points == mark.points, place == mark.place, col(ListingRow.id) > mark.listing_id),
    )


def visible(reach: Reach) -> list[Any]:
    """Return what keeps listings out that the asker is not to see."""
    is_own = col(ListingRow.body_id) == reach.own
    everyone = col(ListingRow.visibility) == Visibility.EVERYONE
    own = is_own if reach.is_adviser else is_own & everyone
    foreign = sa.not_(is_own) & everyone & col(ListingRow.is_shared)
    return [
        col(ListingRow.body_id).in_(list(reach.days)),
        col(ListingRow.state) == ListingState.LISTED,
        sa.or_(own, foreign) if len(reach.days) > 1 else own,
    ]


def in_force(reach: Reach) -> Any:
    """Return what is true of a certificate in force, each body's by its own calendar (PUB-2)."""
    bodies_by_day: dict[date, list[UUID]] = {}
    for body_id, day in reach.days.items():
        bodies_by_day.setdefault(day, []).append(body_id)
    return sa.and_(
        col(CertificateRow.state) == CertificateState.VALID,
        sa.or_(
            *(
                sa.and_(
                    col(CertificateRow.body_id).in_(bodies),
                    col(CertificateRow.effective_on) <= day,
                    col(CertificateRow.expires_on) >= day,
                )
                for day, bodies in bodies_by_day.items()
            )
        ),
    )


def certified(reach: Reach, wishes: Wishes) -> Any:
    """Return what is true of a listing whose person holds one certificate in force for all of the scope."""
    held = sa.select(col(CertificateRow.id)).where(
        col(CertificateRow.body_id) == col(ListingRow.body_id),
        col(CertificateRow.person_id) == col(ListingRow.person_id),
        in_force(reach),
    )
    if wishes.level is not None:
        held = held.where(col(CertificateRow.level) >= wishes.level)
    for dimension, code in (
        (ScopeDimension.PHASE, wishes.phase),
        (ScopeDimension.ENDORSEMENT, wishes.endorsement),
    ):
        if code is not None:
            held = held.where(_covers(dimension, code))
    return held.exists()


def _covers(dimension: ScopeDimension, code: str) -> Any:
    return (
        sa.select(col(ScopeRow.id))
        .where(
            col(ScopeRow.body_id) == col(CertificateRow.body_id),
            col(ScopeRow.certificate_id) == col(CertificateRow.id),
            col(ScopeRow.dimension) == dimension,
            col(ScopeRow.code) == code,
        )
        .exists()
    )


def _required(wishes: Wishes) -> list[Any]:
    """Return the wishes that must be met and stand in the listing itself."""
    found: list[Any] = [
        _has(wishes, criterion) for criterion in wishes.values if _is_plain(wishes, criterion)
    ]
    if wishes.accepting:
        found.append(col(ListingRow.is_accepting))
    return found


def _is_plain(wishes: Wishes, criterion: Criterion) -> bool:
    return criterion in wishes.required and criterion not in _INDEXED


def _has(wishes: Wishes, criterion: Criterion) -> Any:
    wanted = wishes.values[criterion]
    if criterion in _FLAGS:
        return col(_FLAGS[criterion]) if YES in wanted else sa.true()
    if criterion is Criterion.TOUCH:
        return col(ListingRow.touch).in_([Touch(value) for value in wanted])
    return col(ListingRow.country).in_(wanted)


def _points(wishes: Wishes, reach: Reach) -> tuple[Any, Any]:
    """Return what listings are read from, and the sum of their points."""
    plain = [criterion for criterion in wishes.values if criterion not in _INDEXED]
    points = sum(
        (
            sa.case((_has(wishes, criterion), wishes.weights[criterion] * UNIT), else_=0)
            for criterion in plain
        ),
        start=sa.literal(0),
    )
    indexed = [criterion for criterion in wishes.values if criterion in _INDEXED]
    if not indexed:
        return ListingRow, points
    matched = _matched(wishes, indexed, reach)
    must = [criterion for criterion in indexed if criterion in wishes.required]
    beside = sa.and_(matched.c.body_id == col(ListingRow.body_id), matched.c.listing_id == col(ListingRow.id))
    source = sa.join(ListingRow, matched, beside, isouter=not must)
    return source, points + sa.func.coalesce(matched.c.points, 0)


def _matched(wishes: Wishes, indexed: Sequence[Criterion], reach: Reach) -> Any:
    """Return the listings that have some of the wished codes, and of each required wish one at least."""
    hits = _hits(wishes, indexed, reach)
    each = sa.case({str(one): wishes.points_each(one) for one in indexed}, value=hits.c.kind)
    return (
        sa.select(hits.c.body_id, hits.c.listing_id, sa.func.sum(each).label("points"))
        .group_by(hits.c.body_id, hits.c.listing_id)
        .having(
            *(
                sa.func.sum(sa.case((hits.c.kind == str(one), 1), else_=0)) > 0
                for one in indexed
                if one in wishes.required
            )
        )
        .subquery("matched")
    )


def _hits(wishes: Wishes, indexed: Sequence[Criterion], reach: Reach) -> Any:
    """Return each wished code of each listing, once: for each wish one range of the index."""
    found = [_declared(wishes, one, reach) for one in indexed if one is not Criterion.SECTOR]
    if Criterion.SECTOR in indexed:
        either = sa.union(_declared(wishes, Criterion.SECTOR, reach), _endorsed(wishes, reach)).subquery(
            "sector"
        )
        found.append(sa.select(either))
    return sa.union_all(*found).subquery("hits")


def _declared(wishes: Wishes, criterion: Criterion, reach: Reach) -> Any:
    return sa.select(
        col(FacetRow.body_id),
        col(FacetRow.listing_id),
        sa.literal(str(criterion)).label("kind"),
        col(FacetRow.code),
    ).where(
        col(FacetRow.body_id).in_(list(reach.days)),
        col(FacetRow.kind) == Facet(criterion),
        col(FacetRow.code).in_(wishes.values[criterion]),
    )


def _endorsed(wishes: Wishes, reach: Reach) -> Any:
    """Return the wished sectors that certificates in force name."""
    return (
        sa.select(
            col(ScopeRow.body_id),
            col(ListingRow.id).label("listing_id"),
            sa.literal(str(Criterion.SECTOR)).label("kind"),
            col(ScopeRow.code),
        )
        .select_from(ScopeRow)
        .join(CertificateRow, _same(ScopeRow.body_id, ScopeRow.certificate_id, CertificateRow.id))
        .join(
            ListingRow,
            (col(ListingRow.body_id) == col(CertificateRow.body_id))
            & (col(ListingRow.person_id) == col(CertificateRow.person_id)),
        )
        .where(
            col(ScopeRow.body_id).in_(list(reach.days)),
            col(ScopeRow.dimension) == ScopeDimension.ENDORSEMENT,
            col(ScopeRow.code).in_(wishes.values[Criterion.SECTOR]),
            in_force(reach),
        )
    )


def _same(body_id: Any, reference: Any, target: Any) -> Any:
    return (col(body_id) == col(CertificateRow.body_id)) & (col(reference) == col(target))


def is_scope(work: Work, bodies: Sequence[UUID], dimension: ScopeDimension, code: str) -> bool:
    """Tell whether any certificate of these bodies covers a phase or an endorsement."""
    return (
        work.session.exec(
            select(ScopeRow.id)
            .where(
                col(ScopeRow.body_id).in_(bodies),
                col(ScopeRow.dimension) == dimension,
                col(ScopeRow.code) == code,
            )
            .limit(1)
        ).first()
        is not None
    )


def scope_codes(work: Work, bodies: Sequence[UUID], dimension: ScopeDimension) -> Sequence[str]:
    """Return every phase or endorsement that certificates of these bodies cover."""
    return work.session.exec(
        select(ScopeRow.code)
        .where(col(ScopeRow.body_id).in_(bodies), col(ScopeRow.dimension) == dimension)
        .distinct()
        .order_by(col(ScopeRow.code))
    ).all()
