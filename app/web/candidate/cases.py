"""A person's cases as her own page lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.applications import service as applications
from app.core.paging import MOST_PER_PAGE, Window
from app.schemes import service as schemes
from app.work import Work


class Case(Protocol):
    """What pages ask of a case."""

    id: UUID
    scheme_version_id: UUID
    level: int

    @property
    def state(self) -> str:
        """Where it stands."""


@dataclass(frozen=True)
class CaseLine:
    """One application of a person, with the way to its plan."""

    id: UUID
    scheme: Mapping[str, str]
    level: Mapping[str, str]
    state: str


def own_cases(work: Work) -> Sequence[CaseLine]:
    """Return the caller's applications."""
    found = applications.search_own(work, Window(limit=MOST_PER_PAGE))
    return [case_line(work, row) for row in found.items]


def case_line(work: Work, row: Case) -> CaseLine:
    """Return an application with the titles that its scheme version gives it."""
    package = schemes.version_of(work, row.scheme_version_id).package
    level = next(item for item in package["levels"]["items"] if item["level"] == row.level)
    return CaseLine(
        row.id, package["scheme"]["title"], level.get("public_title") or level["name"], str(row.state)
    )
