"""What is asked about the whole pool: who holds what and speaks what, and all that are listed."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.certificates.tables import CertificateRow
from app.directory.queries.searching import Reach, certified, in_force, visible
from app.directory.rules.coverage import Held
from app.directory.rules.listing import ListingState
from app.directory.rules.matching import Wishes
from app.directory.tables import ListingRow
from app.people.tables import PersonRow
from app.schemes.rules import VersionState
from app.schemes.tables import SchemeVersionRow
from app.work import Work


def held(work: Work, reach: Reach) -> Iterator[Held]:
    """Return who holds each certificate in force, and what it covers; `rules.coverage` counts them.

    One statement would count as well, but SQLite, which knows no statistics, finds no good way through it.
    """
    query = select(CertificateRow.person_id, CertificateRow.phases, CertificateRow.endorsements).where(
        col(CertificateRow.body_id) == work.body_id, in_force(reach)
    )
    return (Held(*row) for row in work.session.execute(query))


def languages(work: Work) -> dict[UUID, set[str]]:
    """Return the languages of each person: the one that she is written to in, and those of her listing."""
    own = select(PersonRow.id, PersonRow.language).where(col(PersonRow.body_id) == work.body_id)
    told = select(ListingRow.person_id, ListingRow.languages).where(
        col(ListingRow.body_id) == work.body_id, col(ListingRow.state) == ListingState.LISTED
    )
    found = {person_id: {language} for person_id, language in work.session.execute(own)}
    for person_id, spoken in work.session.execute(told):
        found[person_id].update(spoken)
    return found


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
