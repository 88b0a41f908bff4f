"""What the pages of schemes show, read in one work; what follows from it is worked out when it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from app.bodies import service as bodies
from app.schemes import service as schemes
from app.web.views import Body
from app.work import Work


class Registered(Body, Protocol):
    """What the page of a scheme shows of the body that certifies under it."""

    rev: int
    registration_no: str


class Version(Protocol):
    """What the pages show of a scheme version."""

    rev: int
    version: str
    state: Any
    package: dict[str, Any]
    package_sha256: str
    published_on: date | None


@dataclass(frozen=True)
class SchemesView:
    """A body with the versions to be shown: those in force, or all of one scheme, oldest first."""

    body: Registered
    versions: Sequence[Any]

    @property
    def digest(self) -> str:
        """What the page is made of, in one line: a package cannot change, a state and a body can."""
        parts = [f"{found.package_sha256}.{found.rev}" for found in self.versions]
        return " ".join([str(self.body.rev), *parts])


@dataclass(frozen=True)
class SchemeView(SchemesView):
    """A body with the version in force of one scheme."""

    @property
    def version(self) -> Version:
        """The version in force."""
        found: Version = self.versions[0]
        return found

    @property
    def package(self) -> Mapping[str, Any]:
        """The document of that version."""
        return self.version.package


def every(work: Work) -> SchemesView:
    """Return the body with the versions in force of all its schemes."""
    found = schemes.public_versions(work)
    return SchemesView(bodies.own(work), found)


def scheme(work: Work, code: str) -> SchemeView:
    """Return the version in force of the scheme with this code."""
    found = schemes.public_version(work, code)
    return SchemeView(bodies.own(work), (found,))


def versions(work: Work, code: str) -> SchemesView:
    """Return every version of a scheme that was ever published."""
    found = schemes.ever_public(work, code)
    return SchemesView(bodies.own(work), found)
