"""What the API accepts and tells about schemes."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.core.schema import Code, Line, Schema
from app.schemes.comparing import ChangeKind
from app.schemes.rules import VersionState


class SchemeCreate(Schema):
    """A scheme to be filled with versions."""

    code: Code = Field(examples=["SME-BM"])
    titles: dict[str, Line] = Field(examples=[{"en": "SME business mentor"}])


class SchemeRead(Schema):
    """A scheme of the body."""

    id: UUID
    rev: int
    code: str
    titles: dict[str, str]


class VersionCreate(Schema):
    """A package document: everything a version of the scheme consists of."""

    package: dict[str, Any] = Field(examples=[{"scheme": {"code": "SME-BM", "version": "1.0"}}])


class VersionFindings(Schema):
    """What is wrong with a package; publishing demands that there is nothing."""

    version_id: UUID
    findings: list["VersionFinding"]


class VersionFinding(Schema):
    """One fault in a package, with the JSON pointer of its place."""

    pointer: str
    code: str
    message: str


class VersionRead(Schema):
    """A version without its package."""

    id: UUID
    rev: int
    scheme_id: UUID
    version: str
    state: VersionState
    package_sha256: str
    published_on: date | None


class VersionList(Schema):
    """All versions of a scheme."""

    items: list[VersionRead]


class ChangeRead(Schema):
    """One difference: the way to it, what happened, and what stood and stands there."""

    place: list[str] = Field(examples=[["requirements", "items", "R-hours", "thresholds", "3"]])
    kind: ChangeKind
    before: Any
    after: Any


class VersionChanges(Schema):
    """What a version changed since an earlier one; the first version of a scheme has no earlier one."""

    version: str
    state: VersionState
    published_on: date | None
    since: str | None
    changes: list[ChangeRead]


class ChangeLog(Schema):
    """All published versions of a scheme with what each changed, newest first."""

    items: list[VersionChanges]


class VersionPackage(Schema):
    """A version with its package."""

    id: UUID
    rev: int
    version: str
    state: VersionState
    package_sha256: str
    published_on: date | None
    package: dict[str, Any]


CaseEntries = Annotated[list[dict[str, Any]], Field(max_length=20_000, fail_fast=True)]


class CasePackageCreate(Schema):
    """A framework as one CFPackage of 1EdTech CASE 1.1, whose documentation describes the parts."""

    CFDocument: dict[str, Any] = Field(
        examples=[
            {"identifier": "00000000-0000-4000-8000-000000000001", "title": "Mentoring", "language": "en"}
        ]
    )
    CFItems: CaseEntries | None = Field(
        None,
        examples=[[{"identifier": "00000000-0000-4000-8000-000000000002", "fullStatement": "Listens"}]],
    )
    CFAssociations: CaseEntries | None = None
    CFDefinitions: dict[str, Any] | None = None
    CFRubrics: CaseEntries | None = None
    extensions: dict[str, Any] | None = None


class CasePackageRead(Schema):
    """A whole framework as one CFPackage of 1EdTech CASE 1.1."""

    CFDocument: dict[str, Any]
    CFItems: list[dict[str, Any]]
    CFAssociations: list[dict[str, Any]]
    CFDefinitions: dict[str, Any]
    CFRubrics: list[dict[str, Any]]


class FrameworkRead(Schema):
    """The framework part of a scheme package: header, levels and units, as they would stand in a draft.

    `findings` points into the CASE package and names what could not come along; `gaps` points into the
    framework and names what a scheme package asks for beyond it.
    """

    framework: dict[str, Any]
    findings: list[VersionFinding]
    gaps: list[VersionFinding]
