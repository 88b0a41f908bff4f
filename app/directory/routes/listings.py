"""HTTP of listings and of what a body sets for its directory."""

from fastapi import APIRouter

from app.directory import service
from app.directory.schemas.listings import DirectorySettings, ListingContent, ListingRead, VocabularyRead
from app.edge import CallerDep, StrangerDep, problems

router = APIRouter(tags=["directory"])


@router.get("/public/v1/bodies/{slug}/mentor-vocabulary", responses=problems(404))
def directory_vocabulary(slug: str, caller: StrangerDep) -> VocabularyRead:
    """Read the words that mentors and seekers choose from, the usual weights, and the text of the consent."""
    return caller.of_body(slug).read(service.vocabulary, answer=VocabularyRead)


@router.get("/v1/me/listing", responses=problems(401, 403, 404))
def directory_read_own(caller: CallerDep) -> ListingRead:
    """Read one's own listing, and whether it is shown today."""
    return caller.read(service.read_own, answer=ListingRead)


@router.post("/v1/me/listing", status_code=201, responses=problems(401, 403, 409))
def directory_publish(body: ListingContent, caller: CallerDep) -> ListingRead:
    """Let oneself be found; needs a certificate in force, and consent to the present text."""
    return caller.write(service.publish, body, answer=ListingRead)


@router.put("/v1/me/listing", responses=problems(401, 403, 404, 409, 412, 428))
def directory_change(body: ListingContent, caller: CallerDep) -> ListingRead:
    """Change what one says of oneself; send the version you saw in If-Match."""
    return caller.write(service.change, body, answer=ListingRead)


@router.post("/v1/me/listing/confirmation", responses=problems(401, 403, 404, 409))
def directory_confirm(caller: CallerDep) -> ListingRead:
    """Confirm that one's listing is still right."""
    return caller.write(service.confirm, answer=ListingRead)


@router.post("/v1/me/listing/withdrawal", responses=problems(401, 403, 404, 409))
def directory_withdraw(caller: CallerDep) -> ListingRead:
    """Withdraw one's consent: one is gone from every answer at once, and the texts are forgotten."""
    return caller.write(service.withdraw, answer=ListingRead)


@router.get("/v1/directory/settings", responses=problems(401, 403))
def directory_read_settings(caller: CallerDep) -> DirectorySettings:
    """Read what the body has set for its directory."""
    return caller.read(service.read_settings, answer=DirectorySettings)


@router.put("/v1/directory/settings", responses=problems(401, 403, 409))
def directory_configure(body: DirectorySettings, caller: CallerDep) -> DirectorySettings:
    """Set whether the body shares its directory with others that do, and when a listing counts as stale."""
    return caller.write(service.configure, body, answer=DirectorySettings)
