"""The public pages of schemes. They stay the same until a version is published, so browsers may keep them."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.edge import StrangerDep
from app.web.languages import reader_of
from app.web.pages import standing_page
from app.web.scheme import views
from app.web.scheme.asked import Demands
from app.web.scheme.changes import ChangeLog

router = APIRouter(include_in_schema=False, tags=["pages"])


@router.get("/schemes/{slug}")
def web_schemes(request: Request, slug: str, caller: StrangerDep) -> Response:
    """Show which schemes a body certifies under."""
    view: views.SchemesView = caller.of_body(slug).read(views.every)
    return standing_page(request, "scheme/list.html", view.digest, view=view, slug=slug)


@router.get("/schemes/{slug}/{code}")
def web_scheme(request: Request, slug: str, code: str, caller: StrangerDep) -> Response:
    """Show a scheme: its scope, process and requirements as the engine evaluates them (PUB-3)."""
    view: views.SchemeView = caller.of_body(slug).read(views.scheme, code)
    shown = Demands(view.package, reader_of(request))
    return standing_page(
        request, "scheme/scheme.html", view.digest, view=view, package=view.package, demands=shown, slug=slug
    )


@router.get("/schemes/{slug}/{code}/changes")
def web_scheme_changes(request: Request, slug: str, code: str, caller: StrangerDep) -> Response:
    """Show what each published version of a scheme changed (PUB-4)."""
    view: views.SchemesView = caller.of_body(slug).read(views.versions, code)
    log = ChangeLog(view.versions, reader_of(request))
    return standing_page(
        request, "scheme/changes.html", view.digest, view=view, log=log, slug=slug, code=code
    )
