"""From version to version: what the newer ones say about an older one, for cases, holders and the public."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from app.bodies import service as bodies
from app.core.errors import NotFound
from app.schemes import queries
from app.schemes.rules import VersionState, transition
from app.schemes.rules.transition import Passage, Version
from app.schemes.service.life import version_in_force
from app.schemes.tables import SchemeVersionRow
from app.work import Work


def public_transition(work: Work, code: str) -> dict[str, object]:
    """Return what becomes of older versions and their holders, days reckoned out (SCH-5, 9.2.2)."""
    work.open_to_all()
    row = queries.published(work, code)
    if row is None:
        raise NotFound("scheme")
    version = _plain(row)
    return {
        "version": row.version,
        "published_on": row.published_on,
        "statement": row.package["transition"]["statement"],
        "items": [_told(passage) for passage in transition.passages(version)],
        "recertification": components(
            row.package, transition.at_recertification(row.package, is_changed=True)
        ),
    }


def version_for_application(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Return a version that still takes applications; callers asked their own permission (SCH-5, PUB-4)."""
    row = version_in_force(work, version_id)
    until = transition.applications_until(row.version, _published(work, row))
    transition.ensure_takes_applications(row.version, until, work.today)
    bodies.ensure_documents(work)
    return row


def passage_from(work: Work, version_id: UUID) -> Passage | None:
    """Return what the newest version in force that speaks of an older one says about it.

    Callers have asked their own permission.
    """
    row = queries.version(work, version_id)
    return transition.passage_from(row.version, _published(work, row))


def successor_in_force(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Return the newest version in force of a version's scheme, or itself; callers asked their permission."""
    row = queries.version(work, version_id)
    newer = [found.id for found in _published(work, row)]
    return queries.version(work, newer[-1]) if newer else row


def components(package: Mapping[str, Any], codes: Iterable[str]) -> list[dict[str, Any]]:
    """Name components of a version with their titles; callers have asked their own permission."""
    plan = {
        part["code"]: part["title"]
        for part in (*package["assessment"]["components"], *package["recertification"]["components"])
    }
    return [{"code": code, "title": plan[code]} for code in codes]


def _published(work: Work, row: SchemeVersionRow) -> list[Version]:
    """Return the versions in force of the same scheme, oldest first."""
    return [
        _plain(found)
        for found in queries.versions_of(work, row.scheme_id)
        if found.state is VersionState.PUBLISHED
    ]


def _plain(row: SchemeVersionRow) -> Version:
    assert row.published_on is not None  # the table says so of every published version
    return Version(row.id, row.version, row.published_on, row.package)


def _told(passage: Passage) -> dict[str, object]:
    return {
        "from_version": passage.from_version,
        "open_cases": passage.open_cases,
        "applications_until": passage.applications_until,
        "stays_until": passage.stays_until,
        "due_on": passage.due_on,
        "extra_assessment": components(passage.to.package, passage.extra_assessment),
        "text": passage.text,
    }
