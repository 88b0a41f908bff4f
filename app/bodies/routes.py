"""HTTP of bodies."""

from uuid import UUID

from fastapi import APIRouter

from app.bodies import service, trusting
from app.bodies.schemas import BodyKeyList, BodyRead, TrustCreate, TrustList, TrustRead
from app.edge import CallerDep, StrangerDep, problems

router = APIRouter(tags=["bodies"])


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
