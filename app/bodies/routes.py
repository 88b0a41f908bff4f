"""HTTP of bodies."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.bodies import service, trusting
from app.bodies.schemas import (
    BodyKeyList,
    BodyRead,
    ContactPointCreate,
    ContactPointList,
    ContactPointRead,
    PublicDocumentCreate,
    PublicDocumentList,
    PublicDocumentRead,
    TrustCreate,
    TrustList,
    TrustRead,
)
from app.edge import CallerDep, StrangerDep, problems

router = APIRouter(tags=["bodies"])

Edition = Annotated[
    int | None, Query(ge=1, le=100_000, description="A version by its number; else the newest.")
]


@router.get("/v1/body", responses=problems(401, 403))
def bodies_read(caller: CallerDep) -> BodyRead:
    """Read the certification body that the caller's token names."""
    return caller.read(service.read, answer=BodyRead)


@router.post("/v1/trusted-bodies", status_code=201, responses=problems(401, 403, 409))
def bodies_trust(body: TrustCreate, caller: CallerDep) -> TrustRead:
    """Take another body's word: what it signed with this key may enter here."""
    return caller.write(trusting.trust, body, answer=TrustRead)


@router.get("/v1/trusted-bodies", responses=problems(401, 403))
def bodies_trusted(caller: CallerDep) -> TrustList:
    """List the bodies whose word is taken, or was."""
    return caller.read(trusting.trusted, answer=TrustList)


@router.post("/v1/trusted-bodies/{trusted_id}/end", responses=problems(401, 403, 404, 409))
def bodies_end_trust(trusted_id: UUID, caller: CallerDep) -> TrustRead:
    """Take another body's word no longer; what came in before stands."""
    return caller.write(trusting.end_trust, trusted_id, answer=TrustRead)


@router.get("/public/v1/bodies/{slug}", responses=problems(404))
def bodies_profile(slug: str, caller: StrangerDep) -> BodyRead:
    """Read what anyone may know about a certification body."""
    return caller.of_body(slug).read(service.profile, answer=BodyRead)


@router.get("/public/v1/bodies/{slug}/keys", responses=problems(404))
def bodies_keys(slug: str, caller: StrangerDep) -> BodyKeyList:
    """Read the public halves of all keys that a body signs or has signed with."""
    return caller.of_body(slug).read(service.public_keys, answer=BodyKeyList)


@router.post("/v1/body/documents", status_code=201, responses=problems(401, 403))
def bodies_publish_document(body: PublicDocumentCreate, caller: CallerDep) -> PublicDocumentRead:
    """Make a new version of one of the body's public documents public; the newest stands."""
    return caller.write(service.publish_document, body, answer=PublicDocumentRead)


@router.get("/public/v1/bodies/{slug}/documents", responses=problems(404))
def bodies_documents(slug: str, caller: StrangerDep) -> PublicDocumentList:
    """Read what a body tells before anyone applies: impartiality, process, appeals, complaints, and more."""
    return caller.of_body(slug).read(service.public_documents, answer=PublicDocumentList)


@router.get("/public/v1/bodies/{slug}/documents/{kind}", responses=problems(404))
def bodies_document(slug: str, kind: str, caller: StrangerDep, version: Edition = None) -> PublicDocumentRead:
    """Read one of the body's public documents, the newest version or an earlier one."""
    return caller.of_body(slug).read(service.public_document, kind, version, answer=PublicDocumentRead)


@router.post("/v1/body/contact-points", status_code=201, responses=problems(401, 403))
def bodies_open_contact_point(body: ContactPointCreate, caller: CallerDep) -> ContactPointRead:
    """Name an organisation of a region to which people may turn."""
    return caller.write(service.open_contact_point, body, answer=ContactPointRead)


@router.post("/v1/body/contact-points/{contact_point_id}/closure", responses=problems(401, 403, 404, 409))
def bodies_close_contact_point(contact_point_id: UUID, caller: CallerDep) -> ContactPointRead:
    """Take a contact point off the public list."""
    return caller.write(service.close_contact_point, contact_point_id, answer=ContactPointRead)


@router.get("/public/v1/bodies/{slug}/contact-points", responses=problems(404))
def bodies_contact_points(slug: str, caller: StrangerDep) -> ContactPointList:
    """Read to which organisations people may turn, by country and region."""
    return caller.of_body(slug).read(service.public_contact_points, answer=ContactPointList)
