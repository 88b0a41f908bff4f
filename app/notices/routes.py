"""HTTP of notices."""

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems
from app.notices import service
from app.notices.schemas import NoticeRead, OwnNoticeRead

router = APIRouter(prefix="/v1", tags=["notices"])


@router.get("/notices", responses=problems(401, 403))
def notices_search(caller: CallerDep, window: WindowDep) -> Page[NoticeRead]:
    """List what the body has written to people, and whether it left."""
    return caller.read(service.search, window, answer=Page[NoticeRead])


@router.get("/me/notices", responses=problems(401, 403))
def notices_search_own(caller: CallerDep, window: WindowDep) -> Page[OwnNoticeRead]:
    """List what the body has written to you."""
    return caller.read(service.search_own, window, answer=Page[OwnNoticeRead])
