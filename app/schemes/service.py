"""Use cases of schemes: create, draft, validate, publish, retire, the public page, and CASE out and in."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any, cast
from uuid import UUID

from app.access.permissions import Permission
from app.audit.canonical import NotCanonical, canonical
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.errors import Conflict, Findings, NotFound
from app.core.paging import Slice, Window
from app.schemes import comparing, interchange, packaging, queries, rules
from app.schemes.rules import VersionAction, VersionState
from app.schemes.schemas import SchemeCreate
from app.schemes.tables import SchemeRow, SchemeVersionRow
from app.work import Work

_LABEL = re.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,19}")


def create(work: Work, wanted: SchemeCreate) -> SchemeRow:
    """Create a scheme for one category of persons (ISO/IEC 17024 8.1)."""
    work.require(Permission.SCHEMES_DRAFT)
    if queries.scheme_by_code(work, wanted.code) is not None:
        raise Conflict("scheme_code_taken", scheme=wanted.code)
    row = SchemeRow(body_id=work.body_id, code=wanted.code, titles=dict(wanted.titles))
    work.session.add(row)
    work.record(Event.SCHEME_CREATED, row, code=row.code)
    return row


def search(work: Work, wanted: Window) -> Slice[SchemeRow]:
    """Return one page of the body's schemes."""
    work.require(Permission.SCHEMES_READ)
    return queries.schemes(work, wanted)


def draft(work: Work, scheme_id: UUID, package: dict[str, Any]) -> SchemeVersionRow:
    """Take in a package as a draft version; it may still have faults, which `validate` names."""
    work.require(Permission.SCHEMES_DRAFT)
    scheme = queries.scheme(work, scheme_id)
    version = _label(package, scheme.code)
    if any(found.version == version for found in queries.versions_of(work, scheme_id)):
        raise Conflict("version_taken", version=version)
    row = SchemeVersionRow(
        body_id=work.body_id,
        scheme_id=scheme_id,
        version=version,
        package=package,
        package_sha256=_sha256(package),
    )
    work.session.add(row)
    work.record(
        Event.VERSION_DRAFTED, row, scheme=scheme.code, version=version, package_sha256=row.package_sha256
    )
    return row


def revise(work: Work, version_id: UUID, package: dict[str, Any]) -> SchemeVersionRow:
    """Replace the package of a draft; a published version is frozen (SCH-5)."""
    work.require(Permission.SCHEMES_DRAFT)
    row = queries.version_for_update(work, version_id)
    work.expect(row)
    row.state = rules.after(row.state, VersionAction.REVISE)
    scheme = queries.scheme(work, row.scheme_id)
    if _label(package, scheme.code) != row.version:
        raise Conflict("version_label_fixed", version=row.version)
    row.package, row.package_sha256 = package, _sha256(package)
    work.session.add(row)
    work.record(Event.VERSION_REVISED, row, package_sha256=row.package_sha256)
    return row


def validate(work: Work, version_id: UUID) -> dict[str, object]:
    """Name every fault of a version's package with its JSON pointer."""
    work.require(Permission.SCHEMES_READ)
    row = queries.version(work, version_id)
    return {"version_id": row.id, "findings": packaging.check_package(row.package)}


def pilot(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Try a draft without faults out on people; from then on it is frozen, and issues no certificate."""
    work.require(Permission.SCHEMES_PUBLISH)
    row = queries.version_for_update(work, version_id)
    work.expect(row)
    state = rules.after(row.state, VersionAction.PILOT)
    _ensure_sound(work, row)
    row.state = state
    work.session.add(row)
    work.record(Event.VERSION_PILOTED, row, version=row.version, package_sha256=row.package_sha256)
    return row


def publish(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Publish a version without faults; from then on it is frozen and public (SCH-1, SCH-2, SCH-3, SCH-5)."""
    work.require(Permission.SCHEMES_PUBLISH)
    row = queries.version_for_update(work, version_id)
    work.expect(row)
    state = rules.after(row.state, VersionAction.PUBLISH)
    _ensure_sound(work, row)
    row.state, row.published_on, row.published_by = state, work.today, work.person_id
    work.session.add(row)
    work.record(Event.VERSION_PUBLISHED, row, version=row.version, package_sha256=row.package_sha256)
    return row


def _ensure_sound(work: Work, row: SchemeVersionRow) -> None:
    if findings := packaging.check_package(row.package):
        raise Findings(
            "package_refused", tuple((found.pointer, found.code, found.message) for found in findings)
        )
    is_example = bool(row.package["scheme"].get("example", False))
    if not rules.may_publish_example(is_example=is_example, is_demo_body=bodies.own(work).is_demo):
        raise Conflict("package_is_example")


def retire(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Retire a version: it takes no new applications, certificates under it stand."""
    work.require(Permission.SCHEMES_PUBLISH)
    row = queries.version_for_update(work, version_id)
    work.expect(row)
    row.state = rules.after(row.state, VersionAction.RETIRE)
    work.session.add(row)
    work.record(Event.VERSION_RETIRED, row, version=row.version)
    return row


def versions(work: Work, scheme_id: UUID) -> dict[str, object]:
    """Return all versions of a scheme."""
    work.require(Permission.SCHEMES_READ)
    queries.scheme(work, scheme_id)
    return {"items": queries.versions_of(work, scheme_id)}


def read_version(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Return a version with its package."""
    work.require(Permission.SCHEMES_READ)
    return queries.version(work, version_id)


def public_version(work: Work, code: str) -> SchemeVersionRow:
    """Return the published version in force, the very objects that the engine evaluates (PUB-3)."""
    work.open_to_all()
    found = queries.published(work, code)
    if found is None:
        raise NotFound("scheme")
    return found


def compare(work: Work, version_id: UUID, since: UUID) -> dict[str, object]:
    """Return what differs in a version from another one of the same scheme."""
    work.require(Permission.SCHEMES_READ)
    older, newer = queries.version(work, since), queries.version(work, version_id)
    if older.scheme_id != newer.scheme_id:
        raise Conflict("versions_of_two_schemes")
    return _compared(newer, older)


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


def read_case(work: Work, package: dict[str, Any]) -> dict[str, object]:
    """Read a CASE package and say what a scheme package would lack; nothing is kept (SCH-1)."""
    work.require(Permission.SCHEMES_DRAFT)
    reading = interchange.read(package)
    gaps = [
        found
        for found in packaging.check_package(reading.framework)
        if found.pointer.split("/")[1] in reading.framework
    ]
    return {
        "framework": reading.framework,
        "findings": reading.findings[: interchange.MOST_TOLD],
        "gaps": gaps[: interchange.MOST_TOLD],
    }


def version_in_force(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Return a version that takes applications; callers have asked their own permission."""
    row = queries.version(work, version_id)
    if not rules.takes_applications(row.state):
        raise Conflict("version_not_published", version=row.version)
    return row


def version_seen(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Return a version that has left the draft; callers have asked their own permission."""
    row = queries.version(work, version_id)
    if row.state is VersionState.DRAFT:
        raise NotFound("scheme_version")
    return row


def version_of(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Return a version whatever its state; callers have asked their own permission."""
    return queries.version(work, version_id)


def _label(package: dict[str, Any], code: str) -> str:
    """Return the version that the package names; refuse a package of another scheme or without a name."""
    header = package.get("scheme")
    version = header.get("version") if isinstance(header, dict) else None
    if not isinstance(header, dict) or not isinstance(version, str) or not _LABEL.fullmatch(version):
        finding = ("/scheme/version", "required", "The package must name its scheme and version.")
        raise Findings("package_refused", (finding,))
    if header.get("code") != code:
        raise Findings(
            "package_refused", (("/scheme/code", "other_scheme", f"The package is not of {code}."),)
        )
    return version


def _sha256(package: dict[str, Any]) -> str:
    try:
        return hashlib.sha256(canonical(package)).hexdigest()
    except NotCanonical as fault:
        message = "Numbers with a fraction are written as strings, keys in plain letters."
        raise Findings("package_refused", ((fault.pointer, "not_canonical", message),)) from None
