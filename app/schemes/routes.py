"""HTTP of schemes."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query

from app.core.schema import Code, Page
from app.edge import CallerDep, StrangerDep, WindowDep, problems
from app.schemes import service
from app.schemes.rules.requests import ChangeRequestState, Chosen, RequestKind
from app.schemes.schemas import (
    BalanceList,
    CaseDraftCreate,
    CaseDraftRead,
    CasePackageCreate,
    CasePackageRead,
    ChangeLog,
    FrameworkRead,
    RequestAccept,
    RequestComment,
    RequestCreate,
    RequestDecline,
    RequestNote,
    RequestRead,
    SchemeCreate,
    SchemeRead,
    TransitionRead,
    VersionChanges,
    VersionCreate,
    VersionFindings,
    VersionList,
    VersionPackage,
    VersionRead,
)

router = APIRouter(tags=["schemes"])

Label = Annotated[
    str | None,
    Query(max_length=20, description="A version by its label, also once retired; else the newest."),
]

Reply = Annotated[
    RequestAccept | RequestDecline | RequestNote,
    Body(discriminator="state", examples=[{"state": "noted", "answer": "For the next review."}]),
]


@router.post("/v1/schemes", status_code=201, responses=problems(401, 403, 409))
def schemes_create(body: SchemeCreate, caller: CallerDep) -> SchemeRead:
    """Create a scheme."""
    return caller.write(service.create, body, answer=SchemeRead)


@router.get("/v1/schemes", responses=problems(401, 403))
def schemes_search(caller: CallerDep, window: WindowDep) -> Page[SchemeRead]:
    """List the body's schemes."""
    return caller.read(service.search, window, answer=Page[SchemeRead])


@router.post("/v1/schemes/{scheme_id}/versions", status_code=201, responses=problems(401, 403, 404, 409))
def schemes_draft(scheme_id: UUID, body: VersionCreate, caller: CallerDep) -> VersionRead:
    """Take in a package as a draft version."""
    return caller.write(service.draft, scheme_id, body.package, answer=VersionRead)


@router.get("/v1/schemes/{scheme_id}/versions", responses=problems(401, 403, 404))
def schemes_versions(scheme_id: UUID, caller: CallerDep) -> VersionList:
    """List the versions of a scheme."""
    return caller.read(service.versions, scheme_id, answer=VersionList)


@router.get("/v1/scheme-versions/{version_id}", responses=problems(401, 403, 404))
def schemes_read_version(version_id: UUID, caller: CallerDep) -> VersionPackage:
    """Read a version with its package."""
    return caller.read(service.read_version, version_id, answer=VersionPackage)


@router.put("/v1/scheme-versions/{version_id}/package", responses=problems(401, 403, 404, 409, 412, 428))
def schemes_revise(version_id: UUID, body: VersionCreate, caller: CallerDep) -> VersionRead:
    """Replace the package of a draft; send the version you saw in If-Match."""
    return caller.write(service.revise, version_id, body.package, answer=VersionRead)


@router.get("/v1/scheme-versions/{version_id}/findings", responses=problems(401, 403, 404))
def schemes_validate(version_id: UUID, caller: CallerDep) -> VersionFindings:
    """Name every fault of a version's package."""
    return caller.read(service.validate, version_id, answer=VersionFindings)


@router.get("/v1/scheme-versions/{version_id}/changes", responses=problems(401, 403, 404, 409))
def schemes_compare(
    version_id: UUID,
    caller: CallerDep,
    since: Annotated[
        UUID,
        Query(description="The version to compare with.", examples=["01890000-0000-7000-8000-000000000001"]),
    ],
) -> VersionChanges:
    """Tell what a version changed since another one of the same scheme."""
    return caller.read(service.compare, version_id, since, answer=VersionChanges)


@router.post("/v1/scheme-versions/{version_id}/pilot", responses=problems(401, 403, 404, 409, 412, 428))
def schemes_pilot(version_id: UUID, caller: CallerDep) -> VersionRead:
    """Try a draft without faults out; what is begun now never leads to a certificate."""
    return caller.write(service.pilot, version_id, answer=VersionRead)


@router.post("/v1/scheme-versions/{version_id}/publication", responses=problems(401, 403, 404, 409, 412, 428))
def schemes_publish(version_id: UUID, caller: CallerDep) -> VersionRead:
    """Publish a draft or a pilot without faults; send the version you saw in If-Match."""
    return caller.write(service.publish, version_id, answer=VersionRead)


@router.post("/v1/scheme-versions/{version_id}/retirement", responses=problems(401, 403, 404, 409, 412, 428))
def schemes_retire(version_id: UUID, caller: CallerDep) -> VersionRead:
    """Retire a published version; send the version you saw in If-Match."""
    return caller.write(service.retire, version_id, answer=VersionRead)


@router.get("/public/v1/bodies/{slug}/schemes/{code}", responses=problems(404))
def schemes_public(slug: str, code: str, caller: StrangerDep) -> VersionPackage:
    """Read the published version in force: scope, process, all requirements, as the engine evaluates them."""
    return caller.of_body(slug).read(service.public_version, code, answer=VersionPackage)


@router.get("/public/v1/bodies/{slug}/schemes/{code}/changes", responses=problems(404))
def schemes_public_changes(slug: str, code: str, caller: StrangerDep) -> ChangeLog:
    """Read the change log of a scheme: every published version and what it changed."""
    return caller.of_body(slug).read(service.public_changes, code, answer=ChangeLog)


@router.get("/public/v1/bodies/{slug}/schemes/{code}/transition", responses=problems(404))
def schemes_public_transition(slug: str, code: str, caller: StrangerDep) -> TransitionRead:
    """Read what becomes of older versions of a scheme: their applications, open cases and holders."""
    return caller.of_body(slug).read(service.public_transition, code, answer=TransitionRead)


@router.get("/public/v1/bodies/{slug}/schemes/{code}/case", responses=problems(404))
def schemes_public_case(slug: str, code: str, caller: StrangerDep, version: Label = None) -> CasePackageRead:
    """Read the whole competence framework of a published version as 1EdTech CASE 1.1, for others to cite."""
    return caller.of_body(slug).read(service.public_case, code, version, answer=CasePackageRead)


@router.post("/v1/case-frameworks", responses=problems(401, 403))
def schemes_read_case(body: CasePackageCreate, caller: CallerDep) -> FrameworkRead:
    """Read a framework out of a CASE package, to be used in a draft; nothing is kept."""
    return caller.read(service.read_case, body.model_dump(), answer=FrameworkRead)


@router.post("/v1/schemes/{scheme_id}/case-drafts", status_code=201, responses=problems(401, 403, 404, 409))
def schemes_draft_case(scheme_id: UUID, body: CaseDraftCreate, caller: CallerDep) -> CaseDraftRead:
    """Draft a version from a CASE package and a version that supplies what CASE does not hold."""
    return caller.write(service.draft_case, scheme_id, body, answer=CaseDraftRead)


@router.post(
    "/v1/schemes/{scheme_id}/change-requests", status_code=201, responses=problems(401, 403, 404, 409)
)
def schemes_file_request(scheme_id: UUID, body: RequestCreate, caller: CallerDep) -> RequestRead:
    """File a comment, a change request or an error about a version of a scheme."""
    return caller.write(service.file_request, scheme_id, body, answer=RequestRead)


@router.get("/v1/schemes/{scheme_id}/change-requests", responses=problems(401, 403, 404))
def schemes_search_requests(
    scheme_id: UUID,
    caller: CallerDep,
    window: WindowDep,
    state: ChangeRequestState | None = None,
    kind: RequestKind | None = None,
    version_id: UUID | None = None,
    interest: Code | None = None,
) -> Page[RequestRead]:
    """List what was said about a scheme, oldest first."""
    chosen = Chosen(state=state, kind=kind, version_id=version_id, interest=interest)
    return caller.read(service.search_requests, scheme_id, window, chosen, answer=Page[RequestRead])


@router.get("/v1/schemes/{scheme_id}/interests", responses=problems(401, 403, 404, 409))
def schemes_balance(scheme_id: UUID, caller: CallerDep) -> BalanceList:
    """Count by interested party who spoke about a scheme, so that its balance can be told."""
    return caller.read(service.balance, scheme_id, answer=BalanceList)


@router.get("/v1/change-requests/{change_request_id}", responses=problems(401, 403, 404))
def schemes_read_request(change_request_id: UUID, caller: CallerDep) -> RequestRead:
    """Read a change request with its comments and its answer."""
    return caller.read(service.read_request, change_request_id, answer=RequestRead)


@router.post(
    "/v1/change-requests/{change_request_id}/comments",
    status_code=201,
    responses=problems(401, 403, 404, 409),
)
def schemes_comment(change_request_id: UUID, body: RequestComment, caller: CallerDep) -> RequestRead:
    """Comment on an open change request."""
    return caller.write(service.comment, change_request_id, body, answer=RequestRead)


@router.post(
    "/v1/change-requests/{change_request_id}/answer", status_code=201, responses=problems(401, 403, 404, 409)
)
def schemes_answer_request(change_request_id: UUID, body: Reply, caller: CallerDep) -> RequestRead:
    """Answer a change request once: accepted, declined with reasons, or noted."""
    return caller.write(service.answer_request, change_request_id, body, answer=RequestRead)
