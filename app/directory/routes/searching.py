"""HTTP of looking for a mentor, for anyone and for advisers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.directory import service
from app.directory.schemas.searching import (
    AdvisedMentorPage,
    AdvisedMentorRead,
    MentorPage,
    MentorRead,
    SearchQuery,
)
from app.edge import CallerDep, StrangerDep, problems

router = APIRouter(tags=["directory"])

Wanted = Annotated[SearchQuery, Query()]


@router.get("/public/v1/bodies/{slug}/mentors", responses=problems(404, 409))
def directory_search(slug: str, wanted: Wanted, caller: StrangerDep) -> MentorPage:
    """Look for mentors by need; each comes with her certificates in force and with the parts of her score.

    Nobody is matched: the answer informs. Equals stand in an order that is another one each day, and the same
    for everybody on that day.
    """
    return caller.of_body(slug).read(service.search, wanted, answer=MentorPage)


@router.get("/public/v1/bodies/{slug}/mentors/{listing_id}", responses=problems(404))
def directory_read(slug: str, listing_id: UUID, caller: StrangerDep) -> MentorRead:
    """Read one mentor with her certificates in force."""
    return caller.of_body(slug).read(service.read, listing_id, answer=MentorRead)


@router.get("/v1/directory/mentors", responses=problems(401, 403, 409))
def directory_search_advised(wanted: Wanted, caller: CallerDep) -> AdvisedMentorPage:
    """Look for mentors as an adviser: also those whom only advisers find, with their open engagements."""
    return caller.read(service.search_advised, wanted, answer=AdvisedMentorPage)


@router.get("/v1/directory/mentors/{listing_id}", responses=problems(401, 403, 404))
def directory_read_advised(listing_id: UUID, caller: CallerDep) -> AdvisedMentorRead:
    """Read one mentor as an adviser."""
    return caller.read(service.read_advised, listing_id, answer=AdvisedMentorRead)
