"""How mentors are put together for a reader: her own words, and what her certificates say today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.bodies import service as bodies
from app.certificates.tables import CertificateRow
from app.directory import queries
from app.directory.queries import Reach
from app.directory.rules import matching
from app.directory.rules.matching import YES, Criterion, Offer, Part, Wishes
from app.directory.tables import ListingRow
from app.directory.vocabulary import VOCABULARY, Titles
from app.work import Work

_OWN_WORDS = {
    "headline", "about", "experience", "expertise", "sectors", "languages", "styles", "country", "region",
    "is_remote", "is_on_site", "touch", "is_free", "is_accepting", "media_url", "confirmed_on", "visibility",
}  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A body as it is named beside its mentors."""

    slug: str
    legal_name: str


@dataclass(frozen=True)
class Held:
    """A certificate in force, as its frozen content says, with what the scheme says of its level."""

    number: str
    scheme_code: str
    scheme_title: str
    scheme_version: str
    level: int
    level_title: str
    level_means: Titles
    serves: Mapping[str, str]
    phases: Sequence[str]
    endorsements: Sequence[str]
    effective_on: object
    expires_on: object
    verify_url: str


@dataclass(frozen=True)
class Score:
    """The parts of a score and their sum."""

    parts: tuple[Part, ...]
    best_points: int

    @property
    def total(self) -> object:
        """The sum of the parts."""
        return matching.scored(sum(part.points for part in self.parts))

    @property
    def best(self) -> object:
        """What a mentor would have who has all that is wished for."""
        return matching.scored(self.best_points)


@dataclass(frozen=True)
class Mentor:
    """One mentor with all that a reader is shown of her."""

    row: ListingRow
    body: Named
    name: str
    certificates: Sequence[Held]
    score: Score
    open_engagements: int | None

    @property
    def listing_id(self) -> UUID:
        """The id of her listing; she has no other for readers."""
        return self.row.id

    def __getattr__(self, name: str) -> object:
        """Read what she says of herself."""
        if name not in _OWN_WORDS:
            raise AttributeError(name)
        return getattr(self.row, name)


def shown(work: Work, rows: Sequence[ListingRow], wishes: Wishes, reach: Reach) -> list[Mentor]:
    """Return listings as mentors, in the same order; who holds nothing in force is left out."""
    names, held = queries.names(work, rows), queries.certificates(work, rows, reach)
    load = queries.open_engagements(work, rows) if reach.is_adviser else {}
    levels = _levels(work, (row for of_one in held.values() for row in of_one))
    known = _bodies(work, reach)
    return [
        Mentor(
            row=row,
            body=known[row.body_id],
            name=names[row.body_id, row.person_id],
            certificates=[_held(one, levels) for one in held[row.body_id, row.person_id]],
            score=Score(_parts(row, held[row.body_id, row.person_id], wishes), wishes.best),
            open_engagements=load.get(row.person_id, 0) if row.body_id == work.body_id else None,
        )
        for row in rows
        if (row.body_id, row.person_id) in held
    ]


def _bodies(work: Work, reach: Reach) -> dict[UUID, Named]:
    own = bodies.own(work)
    known = {own.id: Named(own.slug, own.legal_name)}
    if len(reach.days) > 1:
        known |= {row.id: Named(row.slug, row.legal_name) for row in queries.sharing(work).values()}
    return known


def _parts(row: ListingRow, held: Sequence[CertificateRow], wishes: Wishes) -> tuple[Part, ...]:
    endorsed = frozenset(code for one in held for code in one.endorsements)
    return matching.parts(wishes, _offer(row), endorsed)


def _offer(row: ListingRow) -> Offer:
    return {
        Criterion.EXPERIENCE: frozenset(row.experience),
        Criterion.EXPERTISE: frozenset(row.expertise),
        Criterion.SECTOR: frozenset(row.sectors),
        Criterion.LANGUAGE: frozenset(row.languages),
        Criterion.STYLE: frozenset(row.styles),
        Criterion.COUNTRY: frozenset({row.country}),
        Criterion.TOUCH: frozenset({str(row.touch)}),
        Criterion.REMOTE: frozenset({YES} if row.is_remote else ()),
        Criterion.FREE: frozenset({YES} if row.is_free else ()),
    }


Levels = Mapping[tuple[UUID, UUID, int], Mapping[str, Any]]
"""What a scheme version says of a level, by body, version and level."""


def _levels(work: Work, held: Iterable[CertificateRow]) -> Levels:
    packages = queries.packages(work, {(row.body_id, row.scheme_version_id) for row in held})
    return {
        (*key, item["level"]): item
        for key, package in packages.items()
        for item in package["levels"]["items"]
    }


def _held(row: CertificateRow, levels: Levels) -> Held:
    level = levels.get((row.body_id, row.scheme_version_id, row.level), {})
    content = row.content
    return Held(
        number=row.number,
        scheme_code=row.scheme_code,
        scheme_title=content["scheme_title"],
        scheme_version=row.scheme_version,
        level=row.level,
        level_title=content["level_title"],
        level_means=level.get("anchor") or VOCABULARY.titles("level", str(row.level)),
        serves=level.get("serves", {}),
        phases=row.phases,
        endorsements=row.endorsements,
        effective_on=row.effective_on,
        expires_on=row.expires_on,
        verify_url=content["verify_url"],
    )
