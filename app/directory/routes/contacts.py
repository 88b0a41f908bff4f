"""HTTP of first contact: a stranger's message, her confirmation, the mentor's answer."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.directory import service
from app.directory.schemas.contacts import (
    AnswerCreate,
    ContactAnswered,
    ContactAsked,
    ContactCreate,
    ContactPassedOn,
    ContactRead,
    ContactShown,
    ContactToAnswer,
)
from app.edge import CallerDep, LinkSecret, StrangerDep, WindowDep, problems

router = APIRouter(tags=["directory"])

_PUBLIC = "/public/v1/bodies/{slug}"


@router.post(f"{_PUBLIC}/mentors/{{listing_id}}/contacts", status_code=202, responses=problems(404, 409, 429))
def directory_contact(slug: str, listing_id: UUID, body: ContactCreate, caller: StrangerDep) -> ContactAsked:
    """Write to a mentor; the message waits until its sender has confirmed her address by a link in a mail."""
    return caller.of_body(slug).write(service.ask, listing_id, body, answer=ContactAsked)


@router.get(f"{_PUBLIC}/contact-confirmations/{{secret}}", responses=problems(404, 409))
def directory_contact_asked(slug: str, secret: LinkSecret, caller: StrangerDep) -> ContactShown:
    """Read the message that the link in the sender's mail is about; it changes nothing."""
    return caller.of_body(slug).read(service.asked, secret, answer=ContactShown)


@router.post(f"{_PUBLIC}/contact-confirmations/{{secret}}", responses=problems(404, 409, 429))
def directory_contact_confirm(slug: str, secret: LinkSecret, caller: StrangerDep) -> ContactPassedOn:
    """Confirm that the address is one's own; the message is passed on, once."""
    return caller.of_body(slug).write(service.pass_on, secret, answer=ContactPassedOn)


@router.get(f"{_PUBLIC}/contact-answers/{{secret}}", responses=problems(404, 409))
def directory_contact_to_answer(slug: str, secret: LinkSecret, caller: StrangerDep) -> ContactToAnswer:
    """Read the message that the link in the mentor's mail is about; it changes nothing."""
    return caller.of_body(slug).read(service.to_answer, secret, answer=ContactToAnswer)


@router.post(f"{_PUBLIC}/contact-answers/{{secret}}", responses=problems(404, 409))
def directory_contact_answer(
    slug: str, secret: LinkSecret, body: AnswerCreate, caller: StrangerDep
) -> ContactAnswered:
    """Decline a message or report abuse, by the link in the mentor's mail."""
    return caller.of_body(slug).write(service.answer, secret, body, answer=ContactAnswered)


@router.get("/v1/me/contacts", responses=problems(401, 403))
def directory_contacts(caller: CallerDep, window: WindowDep) -> Page[ContactRead]:
    """List the messages that were passed on to the caller."""
    return caller.read(service.search_own, window, answer=Page[ContactRead])


@router.post("/v1/me/contacts/{contact_id}/answer", responses=problems(401, 403, 404, 409))
def directory_answer_own(contact_id: UUID, body: AnswerCreate, caller: CallerDep) -> ContactAnswered:
    """Decline a message to the caller, or report abuse."""
    return caller.write(service.answer_own, contact_id, body, answer=ContactAnswered)
