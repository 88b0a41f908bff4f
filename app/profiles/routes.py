"""HTTP of skill cards."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.core.schema import Language
from app.edge import CallerDep, problems
from app.profiles import service
from app.profiles.schemas import CohortRead, ProfileRead, RatingsPut
from skillcard.profile import Source

router = APIRouter(prefix="/v1", tags=["profiles"])

TargetParam = Annotated[int, Query(ge=1, le=5, description="The level to measure the distance to.")]
LanguageParam = Annotated[Language, Query(description="Language of titles and descriptors.")]


@router.put("/me/profiles/{version_id}/ratings", responses=problems(401, 403, 404, 409))
def profiles_rate_self(
    version_id: UUID,
    body: RatingsPut,
    caller: CallerDep,
    target: TargetParam = 3,
    language: LanguageParam = "en",
) -> ProfileRead:
    """Rate oneself on some or all elements of a scheme version."""
    return caller.write(
        service.rate_self, version_id, body.ratings, target=target, language=language, answer=ProfileRead
    )


@router.get("/me/profiles/{version_id}", responses=problems(401, 403, 404))
def profiles_own(
    version_id: UUID, caller: CallerDep, target: TargetParam = 3, language: LanguageParam = "en"
) -> ProfileRead:
    """Read one's own skill card: ratings by source, level reached, gap and pathway to a target."""
    return caller.read(service.own, version_id, target=target, language=language, answer=ProfileRead)


@router.get("/me/profiles/{version_id}/cohort", responses=problems(401, 403, 404))
def profiles_cohort(
    version_id: UUID,
    caller: CallerDep,
    source: Annotated[Source, Query(description="Whose ratings to compare.")] = Source.ASSESSOR,
    language: LanguageParam = "en",
) -> CohortRead:
    """Read where one's own card lies among all others; small groups are hidden."""
    return caller.read(service.cohort, version_id, source=source, language=language, answer=CohortRead)


@router.get("/people/{person_id}/profiles/{version_id}", responses=problems(401, 403, 404))
def profiles_read(
    person_id: UUID,
    version_id: UUID,
    caller: CallerDep,
    target: TargetParam = 3,
    language: LanguageParam = "en",
) -> ProfileRead:
    """Read somebody's skill card; the access is recorded."""
    return caller.disclose(
        service.read, person_id, version_id, target=target, language=language, answer=ProfileRead
    )
