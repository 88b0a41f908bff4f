"""The life of a scheme and its versions: create, draft, validate, try out, publish, retire."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.canonical import NotCanonical, canonical
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.errors import Conflict, Findings, NotFound
from app.core.paging import Slice, Window
from app.schemes import packaging, queries, rules
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
    """Name everything that keeps a version's package from being published, with its JSON pointer."""
    work.require(Permission.SCHEMES_READ)
    row = queries.version(work, version_id)
    return {"version_id": row.id, "findings": findings_of(work, row)}


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


def findings_of(work: Work, row: SchemeVersionRow) -> list[packaging.Finding]:
    """Return the faults of a package: its own and, once it has none, those beside the older versions.

    Callers have asked their own permission.
    """
    if own := packaging.check_package(row.package, today=work.today):
        return own
    others = [found for found in queries.versions_of(work, row.scheme_id) if found.id != row.id]
    earlier = {found.version: found.package for found in others if found.published_on is not None}
    in_force = {found.version for found in others if found.state is VersionState.PUBLISHED}
    return packaging.check_succession(row.package, earlier, in_force)


def _ensure_sound(work: Work, row: SchemeVersionRow) -> None:
    if findings := findings_of(work, row):
        raise Findings(
            "package_refused", tuple((found.pointer, found.code, found.message) for found in findings)
        )
    is_example = bool(row.package["scheme"].get("example", False))
    if not rules.may_publish_example(is_example=is_example, is_demo_body=bodies.own(work).is_demo):
        raise Conflict("package_is_example")
    bodies.ensure_documents(work)


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


def known(work: Work, scheme_id: UUID) -> SchemeRow:
    """Return a scheme of this body; callers have asked their own permission."""
    return queries.scheme(work, scheme_id)


def parameters(work: Work, scheme_id: UUID) -> Mapping[str, Any]:
    """Return the numbers that a scheme's version in force sets; none before the first is published."""
    row = queries.published(work, queries.scheme(work, scheme_id).code)
    return {} if row is None else dict(row.package["parameters"])


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
