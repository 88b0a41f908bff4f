"""What is asked about the whole pool: counts by sector, phase and language, and all that are listed."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from app.certificates.rules import ScopeDimension
from app.certificates.tables import CertificateRow, ScopeRow
from app.directory.queries.searching import Reach, certified, in_force, visible
from app.directory.rules.coverage import ANY, Cell
from app.directory.rules.listing import Facet
from app.directory.rules.matching import Wishes
from app.directory.tables import FacetRow, ListingRow
from app.people.tables import PersonRow
from app.schemes.rules import VersionState
from app.schemes.tables import SchemeVersionRow
from app.work import Work


def counts(work: Work, reach: Reach) -> dict[Cell, int]:
    """Return how many persons hold a certificate in force, by sector, phase and language.

    A person counts in each language that her listing names and in the one that she is written to in. `any`
    stands for every sector together.
    """
    held = _held(work, reach)
    spoken = _languages(work)
    phase = _scopes(work, ScopeDimension.PHASE)
    sector = _scopes(work, ScopeDimension.ENDORSEMENT)
    people = sa.func.count(held.c.person_id.distinct())
    base = held.join(phase, phase.c.certificate_id == held.c.id).join(
        spoken, spoken.c.person_id == held.c.person_id
    )
    overall = (
        sa.select(phase.c.code, spoken.c.code, people).select_from(base).group_by(phase.c.code, spoken.c.code)
    )
    by_sector = (
        sa.select(sector.c.code, phase.c.code, spoken.c.code, people)
        .select_from(base.join(sector, sector.c.certificate_id == held.c.id))
        .group_by(sector.c.code, phase.c.code, spoken.c.code)
    )
    found: dict[Cell, int] = {
        (ANY, phase_code, language): count for phase_code, language, count in work.session.execute(overall)
    }
    found |= {(row[0], row[1], row[2]): row[3] for row in work.session.execute(by_sector)}
    return found


def _held(work: Work, reach: Reach) -> Any:
    return (
        sa.select(col(CertificateRow.id), col(CertificateRow.person_id))
        .where(col(CertificateRow.body_id) == work.body_id, in_force(reach))
        .subquery("held")
    )


def _scopes(work: Work, dimension: ScopeDimension) -> Any:
    return (
        sa.select(col(ScopeRow.certificate_id), col(ScopeRow.code))
        .where(col(ScopeRow.body_id) == work.body_id, col(ScopeRow.dimension) == dimension)
        .subquery(f"scope_{dimension}")
    )


def _languages(work: Work) -> Any:
    own: Any = sa.select(col(PersonRow.id).label("person_id"), col(PersonRow.language).label("code")).where(
        col(PersonRow.body_id) == work.body_id
    )
    told = (
        sa.select(col(ListingRow.person_id), col(FacetRow.code))
        .join(
            FacetRow,
            (col(FacetRow.body_id) == col(ListingRow.body_id))
            & (col(FacetRow.listing_id) == col(ListingRow.id)),
        )
        .where(col(ListingRow.body_id) == work.body_id, col(FacetRow.kind) == Facet.LANGUAGE)
    )
    return sa.union(own, told).subquery("spoken")


def listed(work: Work, reach: Reach, most: int) -> Sequence[ListingRow]:
    """Return all listings that may be shown, one more than the most at the utmost."""
    return work.session.exec(
        select(ListingRow)
        .where(*visible(reach), certified(reach, Wishes()))
        .order_by(col(ListingRow.id))
        .limit(most + 1)
    ).all()


def published_scopes(work: Work) -> tuple[list[str], list[str]]:
    """Return the phases and the endorsements of the body's published scheme versions, in their own order."""
    packages = work.session.exec(
        select(SchemeVersionRow.package)
        .where(
            col(SchemeVersionRow.body_id) == work.body_id,
            col(SchemeVersionRow.state) == VersionState.PUBLISHED,
        )
        .order_by(col(SchemeVersionRow.id))
    ).all()
    phases = dict.fromkeys(phase["code"] for package in packages for phase in package["phases"])
    sectors = dict.fromkeys(
        one["code"] for package in packages for one in package["endorsements"].get("items", ())
    )
    return list(phases), list(sectors)
