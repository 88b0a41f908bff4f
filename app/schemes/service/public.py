"""What anyone may read of schemes: the version in force, the change log, and the framework as CASE."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any, cast
from uuid import UUID

from app.access.permissions import Permission
from app.bodies import service as bodies
from app.core.errors import Conflict, NotFound
from app.schemes import comparing, interchange, queries
from app.schemes.rules import VersionState
from app.schemes.tables import SchemeVersionRow
from app.work import Work


def public_version(work: Work, code: str) -> SchemeVersionRow:
    """Return the published version in force, the very objects that the engine evaluates (PUB-3)."""
    work.open_to_all()
    found = queries.published(work, code)
    if found is None:
        raise NotFound("scheme")
    return found


def public_versions(work: Work) -> Sequence[SchemeVersionRow]:
    """Return of each of the body's schemes the version in force; a scheme without one is not told of."""
    work.open_to_all()
    return queries.in_force(work)


def ever_public(work: Work, code: str) -> Sequence[SchemeVersionRow]:
    """Return every version of a scheme that was ever published, retired ones too, oldest first."""
    work.open_to_all()
    out = queries.ever_published(work, code)
    if not out:
        raise NotFound("scheme")
    return out


def public_changes(work: Work, code: str) -> dict[str, object]:
    """Return a scheme's change log: every published version and what it changed, newest first (PUB-4)."""
    return {"items": history(ever_public(work, code))}


def history(versions: Sequence[SchemeVersionRow]) -> list[dict[str, Any]]:
    """Return what each of these versions, oldest first, changed since the one before; newest first."""
    before = (None, *versions)
    return [_compared(*pair) for pair in zip(versions, before, strict=False)][::-1]


def compare(work: Work, version_id: UUID, since: UUID) -> dict[str, object]:
    """Return what differs in a version from another one of the same scheme."""
    work.require(Permission.SCHEMES_READ)
    older, newer = queries.version(work, since), queries.version(work, version_id)
    if older.scheme_id != newer.scheme_id:
        raise Conflict("versions_of_two_schemes")
    return _compared(newer, older)


def _compared(newer: SchemeVersionRow, older: SchemeVersionRow | None) -> dict[str, Any]:
    return {
        "version": newer.version,
        "state": newer.state,
        "published_on": newer.published_on,
        "since": older.version if older else None,
        "changes": comparing.changes(older.package, newer.package) if older else (),
    }


def public_case(work: Work, code: str, version: str | None) -> dict[str, Any]:
    """Return a version's whole framework as CASE; what others have cited by its label stays (SCH-5)."""
    work.open_to_all()
    found = queries.published(work, code) if version is None else queries.by_label(work, code, version)
    if found is None:
        raise NotFound("scheme")
    body = bodies.own(work)
    return interchange.case_package(
        found.package,
        identity=interchange.Identity(
            body.slug, body.legal_name, is_retired=found.state is VersionState.RETIRED
        ),
        base_url=work.runtime.settings.public_url,
        changed_at=datetime.combine(cast("date", found.published_on), time.min, UTC),
    )
