"""Frameworks of others: CASE packages read in, and made into a draft."""

from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.core.errors import Conflict
from app.schemes import interchange, packaging, queries
from app.schemes.schemas import CaseDraftCreate
from app.schemes.service.life import draft, findings_of
from app.work import Work


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


def draft_case(work: Work, scheme_id: UUID, wanted: CaseDraftCreate) -> dict[str, object]:
    """Draft a version from a CASE package; a version one has supplies what CASE does not hold (SCH-1).

    Identifiers and codes stay, and the lineage says that it was derived, from what, and what was changed.
    """
    work.require(Permission.SCHEMES_DRAFT)
    reading = interchange.read(wanted.case.model_dump())
    base = queries.version(work, wanted.base_version_id)
    if packaging.check_package(base.package):
        raise Conflict("base_has_faults", version=base.version)
    line = _line(wanted, work.today.year)
    package = interchange.merged(base.package, reading.framework, wanted.version, line)
    row = draft(work, scheme_id, package)
    return {
        "draft": row,
        "left_out": reading.findings[: interchange.MOST_TOLD],
        "findings": findings_of(work, row)[: interchange.MOST_TOLD],
    }


def _line(wanted: CaseDraftCreate, year: int) -> dict[str, Any]:
    """Return the line of lineage that tells where the draft comes from."""
    source = wanted.case.CFDocument
    return {
        "name": source["title"],
        "years": str(year),
        "kind": "derived",
        "note": dict(wanted.note),
        "identifier": source["identifier"],
    }
