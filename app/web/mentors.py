"""The pages of the directory: the search, one mentor with the form to write to her, the links in the mails.

A link in a mail only shows a page with a button: programs that follow links in mails change nothing.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from pydantic import ValidationError
from starlette.responses import Response

from app.core.errors import Conflict, Invalid, Refusal, TooMany
from app.directory import service as directory
from app.directory.schemas.contacts import AnswerCreate
from app.edge import LinkSecret, StrangerDep, without_key
from app.web import seeking
from app.web.pages import page, told
from app.web.seeking import WORDS, Typed

router = APIRouter(include_in_schema=False, tags=["pages"])

Text = Annotated[str, Form(max_length=20_000)]
_MISSING = ""


@router.get("/mentors/{slug}")
def web_mentors(request: Request, slug: str, caller: StrangerDep) -> Response:
    """Show the search for a mentor and whom it finds."""
    view = caller.of_body(slug).read(seeking.search, seeking.wanted_of(request))
    return page(request, "mentors.html", view=view, slug=slug, words=WORDS)


@router.get("/mentors/{slug}/{listing_id}")
def web_mentor(request: Request, slug: str, listing_id: UUID, caller: StrangerDep) -> Response:
    """Show one mentor and the form by which she is written to."""
    return _mentor_page(request, slug, listing_id, caller)


def _mentor_page(
    request: Request,
    slug: str,
    listing_id: UUID,
    caller: StrangerDep,
    *,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response:
    view = caller.of_body(slug).read(seeking.mentor, listing_id)
    status = 422 if typed and typed.faults else 200
    if refusal is not None:
        status = 429 if isinstance(refusal, TooMany) else 409
    return page(
        request,
        "mentor.html",
        status,
        view=view,
        slug=slug,
        words=WORDS,
        typed=typed or Typed(),
        refusal=refusal and told(request, refusal),
    )


@router.post("/mentors/{slug}/{listing_id}")
def web_write_to_mentor(
    request: Request,
    slug: str,
    listing_id: UUID,
    caller: StrangerDep,
    *,
    name: Text = _MISSING,
    email: Text = _MISSING,
    message: Text = _MISSING,
    language: Text = _MISSING,
) -> Response:
    """Take a message down, and tell its sender to look into her mail."""
    values = {"name": name, "email": email, "message": message.replace("\r\n", "\n"), "language": language}
    wanted = seeking.message_of(values)
    if isinstance(wanted, Typed):
        return _mentor_page(request, slug, listing_id, caller, typed=wanted)
    stranger = without_key(caller.of_body(slug))
    try:
        asked = stranger.write(directory.ask, listing_id, wanted)
    except (Conflict, TooMany) as refusal:
        return _mentor_page(request, slug, listing_id, caller, typed=Typed(values), refusal=refusal)
    view = stranger.read(seeking.mentor, listing_id)
    return page(request, "contact_asked.html", view=view, slug=slug, asked=asked, email=wanted.email)


@router.get("/contact/{slug}/{secret}")
def web_contact(request: Request, slug: str, secret: LinkSecret, caller: StrangerDep) -> Response:
    """Show a sender her message and the button that passes it on."""
    view = caller.of_body(slug).read(seeking.asked, secret)
    return page(request, "contact.html", view=view, slug=slug, secret=secret)


@router.post("/contact/{slug}/{secret}")
def web_confirm_contact(request: Request, slug: str, secret: LinkSecret, caller: StrangerDep) -> Response:
    """Pass a sender's message on."""
    done = without_key(caller.of_body(slug)).write(directory.pass_on, secret)
    return page(request, "contact_done.html", slug=slug, mentor=done["mentor_name"])


@router.get("/contact-answer/{slug}/{secret}")
def web_contact_to_answer(request: Request, slug: str, secret: LinkSecret, caller: StrangerDep) -> Response:
    """Show a mentor the message, and what she can do besides writing to its sender."""
    view = caller.of_body(slug).read(seeking.to_answer, secret)
    return page(request, "contact_answer.html", view=view, slug=slug, secret=secret)


@router.post("/contact-answer/{slug}/{secret}")
def web_answer_contact(
    request: Request,
    slug: str,
    secret: LinkSecret,
    caller: StrangerDep,
    *,
    answer: Text = _MISSING,
    reason: Text = _MISSING,
) -> Response:
    """Take a mentor's answer down."""
    try:
        wanted = AnswerCreate.model_validate({"answer": answer, "reason": reason.strip() or None})
    except ValidationError:
        raise Invalid("value_refused", pointer="/answer") from None
    row = without_key(caller.of_body(slug)).write(directory.answer, secret, wanted)
    return page(request, "contact_answered.html", slug=slug, state=row.state.value)
