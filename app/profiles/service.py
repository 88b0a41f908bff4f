"""Use cases of skill cards: rate oneself, read a card, enter what assessors found."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.people import service as people
from app.profiles import queries, rules
from app.profiles.tables import ProfileRow, RatingRow
from app.schemes import service as schemes
from app.work import Work
from skillcard.framework import Framework
from skillcard.profile import Rating, Source
from skillcard.reading import framework_from


def rate_self(
    work: Work, version_id: UUID, ratings: Mapping[str, int], *, target: int, language: str
) -> dict[str, object]:
    """Take down a person's own ratings of some or all elements; earlier ones stay in the history."""
    work.require(Permission.PROFILES_RATE_OWN)
    framework = framework_from(schemes.version_in_force(work, version_id).package)
    rules.ensure_target(framework, target)
    rules.ensure_rateable(framework, ratings)
    exact = {code: Decimal(level) for code, level in ratings.items()}
    _enter(work, work.person_id, version_id, exact, source=Source.SELF, on=work.today)
    return _card(work, work.person_id, version_id, framework, target=target, language=language)


def own(work: Work, version_id: UUID, *, target: int, language: str) -> dict[str, object]:
    """Return one's own card on a scheme version, empty before the first rating."""
    work.require(Permission.PROFILES_RATE_OWN)
    framework = _framework(work, version_id)
    return _card(work, work.person_id, version_id, framework, target=target, language=language)


def read(work: Work, person_id: UUID, version_id: UUID, *, target: int, language: str) -> dict[str, object]:
    """Return somebody's card to those who review or decide; the access is recorded."""
    work.require(Permission.PROFILES_READ)
    person = people.known(work, person_id)
    framework = _framework(work, version_id)
    work.record(Event.RECORD_DISCLOSED, person, what="skill card", scheme_version=version_id)
    return _card(work, person_id, version_id, framework, target=target, language=language)


def cohort(work: Work, version_id: UUID, *, source: Source, language: str) -> dict[str, object]:
    """Return how one's own card lies among those of all others in the body; nobody can be told (7.4)."""
    work.require(Permission.PROFILES_RATE_OWN)
    framework = _framework(work, version_id)
    by_person = {
        person_id: rules.levels(profile.counting(source, framework.counting, work.today))
        for person_id, profile in queries.profiles(work, version_id, source).items()
    }
    own = by_person.pop(work.person_id, {})
    return {
        "scheme_version_id": version_id,
        "source": source,
        "language": language,
        "elements": rules.spread(framework, own, list(by_person.values()), language),
    }


def enter_assessed(
    work: Work, person_id: UUID, version_id: UUID, ratings: Mapping[str, Decimal], on: date
) -> None:
    """Enter what assessors found, when results are released; callers have asked their own permission."""
    rules.ensure_rateable(_framework(work, version_id), ratings)
    _enter(work, person_id, version_id, ratings, source=Source.ASSESSOR, on=on)


def counting(
    work: Work, person_id: UUID, version_id: UUID, framework: Framework, source: Source
) -> dict[str, Rating]:
    """Return what counts today of one source, by element; callers have asked their own permission."""
    found = queries.profile_of(work, person_id, version_id)
    return found.counting(source, framework.counting, work.today)


def versions_of(work: Work, person_id: UUID) -> Sequence[UUID]:
    """Return the scheme versions on which a person has a card, newest card first.

    Callers have asked their own permission.
    """
    return queries.versions_of(work, person_id)


def _enter(
    work: Work, person_id: UUID, version_id: UUID, ratings: Mapping[str, Decimal], *, source: Source, on: date
) -> None:
    queries.lock_person(work, person_id)
    profile = queries.profile(work, person_id, version_id)
    if profile is None:
        profile = ProfileRow(body_id=work.body_id, person_id=person_id, scheme_version_id=version_id)
        work.session.add(profile)
        work.session.flush()  # the ratings refer to it
    rows: list[dict[str, object]] = [
        {"stream": profile.id, "element": code, "level": level, "source": source, "rated_on": on}
        for code, level in sorted(ratings.items())
    ]
    work.recorder.insert(RatingRow, rows)
    work.record(Event.RATINGS_GIVEN, profile, source=source, elements=len(rows))


def _framework(work: Work, version_id: UUID) -> Framework:
    return framework_from(schemes.version_seen(work, version_id).package)


def _card(
    work: Work, person_id: UUID, version_id: UUID, framework: Framework, *, target: int, language: str
) -> dict[str, object]:
    rules.ensure_target(framework, target)
    profile = queries.profile_of(work, person_id, version_id)
    return {
        "person_id": person_id,
        "scheme_version_id": version_id,
        "target": target,
        "language": language,
    } | rules.card(framework, profile, on=work.today, target=target, language=language)
