"""Use cases of looking for a mentor: the search for anyone, the adviser's, and one mentor by her listing."""

from collections.abc import Mapping
from uuid import UUID

from app.access.permissions import Permission
from app.certificates.rules import ScopeDimension
from app.core.dates import day_in
from app.core.errors import Conflict, Invalid, NotFound
from app.directory import queries
from app.directory.queries import Reach
from app.directory.rules import matching
from app.directory.rules.matching import YES, Criterion, Mark, Wishes
from app.directory.schemas.searching import SearchQuery
from app.directory.service import showing
from app.directory.service.showing import Mentor
from app.directory.tables import ListingRow
from app.directory.vocabulary import VOCABULARY
from app.work import Work


def search(work: Work, wanted: SearchQuery) -> dict[str, object]:
    """Return mentors who let everyone find them, by how well they meet the wishes; it informs, no more."""
    work.open_to_all()
    return _searched(work, wanted, is_adviser=False)


def search_advised(work: Work, wanted: SearchQuery) -> dict[str, object]:
    """Return mentors for an adviser: also those whom only advisers find, and how much each has to do."""
    work.require(Permission.DIRECTORY_ADVISE)
    return _searched(work, wanted, is_adviser=True)


def _searched(work: Work, wanted: SearchQuery, *, is_adviser: bool) -> dict[str, object]:
    reach = reached(work, is_adviser=is_adviser, across=wanted.across)
    wishes = wishes_of(wanted)
    _ensure_scope_known(work, wishes, reach)
    mark = None if wanted.cursor is None else matching.mark_of(wanted.cursor, work.today)
    day = work.today if mark is None else mark.day
    found = queries.ranked(
        work, wishes, reach, mask=matching.mask_of(day), after=mark, limit=wanted.limit + 1
    )
    page = found[: wanted.limit]
    rows = queries.listings(work, [one.listing_id for one in page], reach)
    last = page[-1] if len(found) > len(page) else None
    return {
        "filters": _filters(work, wishes),
        "items": showing.shown(work, [rows[one.listing_id] for one in page], wishes, reach),
        "next": last and Mark(day, last.points, last.place, last.listing_id).cursor(),
    }


def _filters(work: Work, wishes: Wishes) -> Mapping[str, object]:
    return {
        "in_force_on": work.today,
        "phase": wishes.phase,
        "level": wishes.level,
        "endorsement": wishes.endorsement,
        "accepting": wishes.accepting,
        "required": [one for one in Criterion if one in wishes.required and one in wishes.values],
    }


def reached(work: Work, *, is_adviser: bool, across: bool = False) -> Reach:
    """Return where a caller looks; across bodies only if the body named shares its own directory too.

    Callers have asked their own permission.
    """
    days = {work.body_id: work.today}
    if across:
        shared = queries.sharing(work)
        if work.body_id not in shared:
            raise Conflict("directory_not_shared")
        days |= {body.id: day_in(body.time_zone, work.now) for body in shared.values()}
    return Reach(work.body_id, days, is_adviser)


def wishes_of(wanted: SearchQuery) -> Wishes:
    """Return the wishes of a search with their weights, and which of them are required."""
    given: dict[Criterion, tuple[str, ...]] = {
        Criterion.EXPERIENCE: tuple(wanted.experience),
        Criterion.EXPERTISE: tuple(wanted.expertise),
        Criterion.SECTOR: tuple(wanted.sector),
        Criterion.LANGUAGE: tuple(wanted.language),
        Criterion.COUNTRY: tuple(wanted.country),
        Criterion.REMOTE: (YES,) if wanted.remote else (),
        Criterion.FREE: (YES,) if wanted.free else (),
        Criterion.TOUCH: (str(wanted.touch),) if wanted.touch else (),
        Criterion.STYLE: tuple(wanted.style),
    }
    required = VOCABULARY.required if wanted.require is None else wanted.require
    return Wishes(
        values={criterion: values for criterion, values in given.items() if values},
        weights=matching.weighed(wanted.weight, VOCABULARY.weights),
        required=frozenset(Criterion(one) for one in required if one in set(Criterion)),
        phase=wanted.phase,
        level=wanted.level,
        endorsement=wanted.endorsement,
        accepting=wanted.accepting,
    )


def _ensure_scope_known(work: Work, wishes: Wishes, reach: Reach) -> None:
    """Refuse a phase or an endorsement that no certificate covers and that is no word of the directory."""
    for dimension, code, family in (
        (ScopeDimension.PHASE, wishes.phase, "phase"),
        (ScopeDimension.ENDORSEMENT, wishes.endorsement, "sector"),
    ):
        if code is None or code in VOCABULARY.words[family]:
            continue
        if not queries.is_scope(work, list(reach.days), dimension, code):
            known = {*VOCABULARY.codes(family), *queries.scope_codes(work, list(reach.days), dimension)}
            raise Invalid("filter_unknown", pointer=f"/query/{dimension}", value=code, allowed=sorted(known))


def read(work: Work, listing_id: UUID) -> Mentor:
    """Return one mentor who lets everyone find her."""
    work.open_to_all()
    return mentor(work, listing_id, reached(work, is_adviser=False))


def read_advised(work: Work, listing_id: UUID) -> Mentor:
    """Return one mentor for an adviser."""
    work.require(Permission.DIRECTORY_ADVISE)
    return mentor(work, listing_id, reached(work, is_adviser=True))


def mentor(work: Work, listing_id: UUID, reach: Reach) -> Mentor:
    """Return one mentor within somebody's reach, or nobody; callers have asked their own permission."""
    found: list[ListingRow] = list(queries.listings(work, [listing_id], reach).values())
    mentors = showing.shown(work, found, Wishes(), reach) if found else []
    if not mentors:
        raise NotFound("mentor")
    return mentors[0]
