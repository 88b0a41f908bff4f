"""The pages: what a QR code opens, the place to check a certificate, and the holder's own."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.responses import Response

from app.accounts import service as accounts
from app.accounts.schemas import PasswordGrant
from app.certificates.service import Download
from app.core.errors import NotFound, Refusal, TooMany, Unauthenticated
from app.edge import PageCallerDep, PdfResponse, StrangerDep, without_key
from app.register import upload
from app.register.rules import VerifiedKind
from app.web import session, views
from app.web.languages import reader_of
from app.web.pages import page, told

router = APIRouter(include_in_schema=False, tags=["pages"])

Typed = Annotated[str | None, Query(max_length=80)]
Token = Annotated[str, Form(max_length=100)]


@router.get("/v/{slug}/{code}")
def web_verification(request: Request, slug: str, code: str, caller: StrangerDep) -> Response:
    """Show what the register says of the certificate whose QR code was opened."""
    try:
        view = caller.of_body(slug).read(views.by_code, code)
    except NotFound:
        return _not_found(request, slug, code, caller)
    return _verified(request, slug, view)


@router.get("/verify/{slug}")
def web_verify(request: Request, slug: str, caller: StrangerDep, number: Typed = None) -> Response:
    """Show the place to check a certificate, or what is found under the number typed there."""
    if number is None or not number.strip():
        return _form(request, slug, caller)
    try:
        view = caller.of_body(slug).read(views.by_number, number)
    except NotFound:
        return _not_found(request, slug, number, caller)
    return _verified(request, slug, view)


@router.post("/verify/{slug}")
def web_verify_file(request: Request, slug: str, file: UploadFile, caller: StrangerDep) -> Response:
    """Show what is found in a file that a visitor hands in."""
    body = _body(slug, caller)
    verification = upload.verify(caller.of_body(slug), file.file.read())
    template = "statement_file.html" if verification.kind is VerifiedKind.STATEMENT else "file.html"
    return page(request, template, body=body, verification=verification, slug=slug)


def _verified(request: Request, slug: str, view: views.VerificationView) -> Response:
    is_statement = view.verification.kind is VerifiedKind.STATEMENT
    return page(request, "statement.html" if is_statement else "certificate.html", view=view, slug=slug)


def _form(request: Request, slug: str, caller: StrangerDep) -> Response:
    return page(request, "verify.html", body=_body(slug, caller), slug=slug)


def _not_found(request: Request, slug: str, asked: str, caller: StrangerDep) -> Response:
    """Show that there is no such certificate; whether the body or the certificate is unknown stays open."""
    return page(request, "unknown.html", 404, body=_body(slug, caller), slug=slug, asked=asked[:80])


def _body(slug: str, caller: StrangerDep) -> views.BodyView:
    found: views.BodyView = caller.of_body(slug).read(views.body)
    return found


@router.get("/me/{slug}/sign-in")
def web_sign_in_form(request: Request, slug: str, caller: StrangerDep) -> Response:
    """Show the place to sign in."""
    body = caller.of_body(slug).read(views.body)
    return _sign_in_page(request, slug, body)


def _sign_in_page(
    request: Request, slug: str, body: views.BodyView, refusal: Refusal | None = None, email: str = ""
) -> Response:
    secret = session.form_secret(request)
    status = 200 if refusal is None else 429 if isinstance(refusal, TooMany) else 401
    shown = page(
        request,
        "sign_in.html",
        status,
        body=body,
        slug=slug,
        token=session.form_token(secret),
        refusal=refusal and told(request, refusal),
        email=email,
    )
    session.keep_form_secret(shown, request, slug, secret)
    return shown


@router.post("/me/{slug}/sign-in")
def web_sign_in(
    request: Request,
    slug: str,
    email: Annotated[str, Form(max_length=254)],
    password: Annotated[str, Form(max_length=200)],
    token: Token,
    caller: StrangerDep,
) -> Response:
    """Sign a holder in, and lead her to her certificates."""
    session.ensure_form(request.cookies.get(session.FORM_COOKIE), token)
    try:
        grant = PasswordGrant.model_validate({"grant": "password", "email": email, "password": password})
        signed_in = without_key(caller.of_body(slug)).write(accounts.sign_in, grant)
    except ValidationError:
        return _sign_in_page(request, slug, _body(slug, caller), Unauthenticated("sign_in_failed"), email)
    except (Unauthenticated, TooMany) as refusal:
        return _sign_in_page(request, slug, _body(slug, caller), refusal, email)
    led = RedirectResponse(reader_of(request).link(f"/me/{slug}"), 303)
    session.begin(led, request, slug, signed_in)
    return led


@router.post("/me/{slug}/sign-out")
def web_sign_out(request: Request, slug: str, token: Token, caller: StrangerDep) -> Response:
    """End the holder's sign-in and forget it."""
    if session.secret_of(request) is None:
        raise Unauthenticated("token_missing")
    session.ensure_form(session.secret_of(request), token)
    led = RedirectResponse(reader_of(request).link(f"/me/{slug}/sign-in"), 303)
    session.end(led, slug)
    renewal = session.renewal_of(request)
    if renewal is not None:
        without_key(caller.of_body(slug)).write(accounts.sign_out, renewal)
    return led


@router.get("/me/{slug}")
def web_holder(request: Request, slug: str, caller: PageCallerDep) -> Response:
    """Show the holder her certificates and skill cards."""
    view = caller.read(views.holder, slug, reader_of(request).language)
    token = session.form_token(session.secret_of(request) or "")
    return page(request, "holder.html", view=view, slug=slug, token=token)


@router.get("/me/{slug}/certificates/{certificate_id}.pdf")
def web_download(slug: str, certificate_id: UUID, caller: PageCallerDep) -> Response:
    """Hand out the holder's sealed document."""
    found: Download = caller.read(views.download, slug, certificate_id)
    return PdfResponse.of(found.content, sha256=found.sha256, name=found.number)
