"""The pages that are the same for everyone and ask the database nothing: front and API."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web import contract
from app.web.pages import page

router = APIRouter(include_in_schema=False, tags=["pages"])


@router.get("/")
def web_front(request: Request) -> Response:
    """Say what this is to whoever opens the bare address."""
    return page(request, "front.html")


@router.get("/docs")
def web_contract(request: Request) -> Response:
    """Show the API to people; programs read the contract itself."""
    return page(request, "contract.html", features=contract.features(request.app.openapi()))
