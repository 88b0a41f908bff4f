"""Frameworks of others: CASE packages read in."""

from typing import Any

from app.access.permissions import Permission
from app.schemes import interchange, packaging
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
