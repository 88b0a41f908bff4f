"""What the API accepts and tells about schemes."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.schema import Code, Line, Prose, Schema
from app.schemes.comparing import ChangeKind
from app.schemes.rules import VersionState
from app.schemes.rules.requests import ChangeRequestState, RequestKind
from app.schemes.rules.transition import OpenCases


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


class NamedComponent(Schema):
    """A component of the assessment or of the recertification, with its title by language."""

    code: str
    title: dict[str, str]


class PassageRead(Schema):
    """What becomes of an older version's applications and open cases."""

    from_version: str
    open_cases: OpenCases
    applications_until: date = Field(description="The last day on which it takes applications.")
    stays_until: date | None = Field(description="The last day on which it governs an open case.")
    due_on: date | None = Field(description="The day by which an open case has to have moved.")
    extra_assessment: list[NamedComponent]
    text: dict[str, str]


class TransitionRead(Schema):
    """How people come from older versions to the one in force; holders do so at recertification."""

    version: str
    published_on: date
    statement: dict[str, str]
    items: list[PassageRead]
    recertification: list[NamedComponent] = Field(
        description="What recertification takes of holders of an older version."
    )


class VersionPackage(VersionRead):
    """A version with its package."""

    package: dict[str, Any]


LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
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


class CaseDraftCreate(Schema):
    """A framework to draft a version from, the version that supplies the rest, and what was changed."""

    case: CasePackageCreate
    base_version_id: UUID = Field(
        description="Supplies what CASE does not hold: assessment, requirements, conduct and so on.",
        examples=["01890000-0000-7000-8000-000000000001"],
    )
    version: str = Field(pattern=r"^[1-9][0-9]{0,7}\.[0-9]{1,8}$", examples=["2.0"])
    note: dict[LanguageTag, Line] = Field(
        description="For the lineage, by language: what was taken and what was changed.",
        min_length=1,
        max_length=20,
        examples=[{"en": "Taken over whole; levels named as here.", "es": "Adoptado por completo."}],
    )


class CaseDraftRead(Schema):
    """The draft; `left_out` points into the CASE package, `findings` into the draft's own package."""

    draft: VersionRead
    left_out: list[VersionFinding]
    findings: list[VersionFinding]


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


class RequestCreate(Schema):
    """What is said about a version, at which place, and for which interested party one speaks."""

    version_id: UUID | None = Field(
        default=None, description="Without one, the published version in force; else the newest draft."
    )
    kind: RequestKind = Field(examples=["change_request"])
    place: Annotated[Line, Field(max_length=400)] | None = Field(
        default=None,
        description="JSON pointer into the package; without one, the version as a whole.",
        examples=["/scope/text"],
    )
    interest: Code = Field(
        description="One of the version's own categories, `studies/experts/interest_categories`.",
        examples=["mentors"],
    )
    text: Prose = Field(examples=["Say that a mentor may work in more than one country."])


class RequestComment(Schema):
    """What is added to a request, and for which interested party one speaks."""

    interest: Code = Field(examples=["smes"])
    text: Prose = Field(examples=["Firms near a border would gain most."])


class RequestAccept(Schema):
    """It is done, or will be, in a version that exists."""

    state: Literal[ChangeRequestState.ACCEPTED]
    done_in: UUID
    answer: Prose | None = None


class RequestDecline(Schema):
    """It is not done, for these reasons."""

    state: Literal[ChangeRequestState.DECLINED]
    answer: Prose


class RequestNote(Schema):
    """It was read; nothing follows now."""

    state: Literal[ChangeRequestState.NOTED]
    answer: Prose | None = None


class RequestCommentRead(Schema):
    """A comment on a request."""

    id: UUID
    interest: str
    text: str
    is_own: bool
    written_by: UUID | None = Field(description="Told to its author, to scheme managers and auditors.")
    written_at: datetime


class RequestRead(Schema):
    """A change request with its comments and its answer."""

    id: UUID
    rev: int
    scheme_id: UUID
    version_id: UUID
    kind: RequestKind
    place: str | None
    interest: str
    text: str
    is_own: bool
    filed_by: UUID | None = Field(description="Told to its author, to scheme managers and auditors.")
    filed_at: datetime
    state: ChangeRequestState
    answer: str | None
    done_in_id: UUID | None
    answered_by: UUID | None
    answered_at: datetime | None
    comments: list[RequestCommentRead]


class InterestRead(Schema):
    """How often people spoke for one interested party, and how many people did."""

    interest: str
    requests: int
    comments: int
    people: int


class BalanceList(Schema):
    """Every category of interested parties that the scheme declares, in its order."""

    items: list[InterestRead]
