"""HTTP of bodies."""

from fastapi import APIRouter

from app.bodies import service
from app.bodies.schemas import BodyKeyList, BodyRead
from app.edge import CallerDep, StrangerDep, problems

router = APIRouter(tags=["bodies"])


@router.get("/v1/body", responses=problems(401, 403))
def bodies_read(caller: CallerDep) -> BodyRead:
    """Read the certification body that the caller's token names."""
    return caller.read(service.read, answer=BodyRead)


@router.get("/public/v1/bodies/{slug}", responses=problems(404))
def bodies_profile(slug: str, caller: StrangerDep) -> BodyRead:
    """Read what anyone may know about a certification body."""
    return caller.of_body(slug).read(service.profile, answer=BodyRead)


@router.get("/public/v1/bodies/{slug}/keys", responses=problems(404))
def bodies_keys(slug: str, caller: StrangerDep) -> BodyKeyList:
    """Read the public halves of all keys that a body signs or has signed with."""
    return caller.of_body(slug).read(service.public_keys, answer=BodyKeyList)
