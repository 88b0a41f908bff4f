"""What is asked about the whole pool: who holds what and speaks what, and all that are listed."""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
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
    """Return what each certificate in force covers, whose it is and what she speaks, for the rule to count.

    Lists come as the text that they are kept as, and each is read once: there are few different ones. Counted
    by SQL alone, SQLite, which knows no statistics, would go through an index once for each certificate.
    """
    query = (
        sa.select(
            sa.type_coerce(col(CertificateRow.person_id), sa.String),
            _text(CertificateRow.phases),
            _text(CertificateRow.endorsements),
            col(PersonRow.language),
            _text(ListingRow.languages),
        )
        .join(PersonRow, _of_person(PersonRow.body_id, PersonRow.id))
        .outerjoin(
            ListingRow,
            _of_person(ListingRow.body_id, ListingRow.person_id)
            & (col(ListingRow.state) == ListingState.LISTED),
        )
        .where(col(CertificateRow.body_id) == work.body_id, in_force(reach))
    )
    for person, phases, endorsements, language, spoken in work.session.execute(query):
        yield Held(person, _codes(phases), _codes(endorsements), _spoken(language, spoken))


def _text(column: Any) -> Any:
    return sa.cast(col(column), sa.Text)


def _of_person(body_id: Any, person_id: Any) -> Any:
    return (col(body_id) == col(CertificateRow.body_id)) & (col(person_id) == col(CertificateRow.person_id))


@lru_cache(maxsize=4096)
def _codes(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=4096)
def _spoken(language: str, text: str | None) -> frozenset[str]:
    """Return the language that a person is written to in, and those of her listing if she is listed."""
    return frozenset((language, *(json.loads(text) if text else ())))


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
