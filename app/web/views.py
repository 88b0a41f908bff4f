"""What a page shows, put together from services in one work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from app.bodies import service as bodies
from app.certificates import service as certificates
from app.certificates.service import Download, Shown
from app.core.errors import NotFound
from app.people import service as people
from app.register import service as register
from app.register.rules import Verification
from app.statements import service as statements
from app.statements.schemas import StatementCreate
from app.web import card_views
from app.web.candidate.cases import CaseLine, own_cases
from app.web.card_views import CardsView
from app.work import Work


class Body(Protocol):
    """What pages show of a certification body."""

    slug: str
    legal_name: str
    jurisdiction: str
    address: str
    time_zone: str
    is_demo: bool


@dataclass(frozen=True)
class VerificationView:
    """A verification with the body that answers and its local time."""

    body: Body
    now: datetime
    verification: Verification


@dataclass(frozen=True)
class BodyView:
    """The body whose page this is."""

    body: Body


@dataclass(frozen=True)
class HolderView:
    """A person's own certificates, skill cards and statements."""

    body: Body
    name: str
    certificates: Sequence[Shown]
    own: CardsView
    cases: Sequence[CaseLine]


def body(work: Work) -> BodyView:
    """Return the body whose page this is."""
    work.open_to_all()
    return BodyView(bodies.own(work))


def by_code(work: Work, code: str) -> VerificationView:
    """Return the verification that a QR code opens."""
    return _view(work, register.verify_code(work, code))


def by_number(work: Work, text: str) -> VerificationView:
    """Return the verification of what a visitor typed: a number, else a code."""
    try:
        return _view(work, register.verify_number(work, text))
    except NotFound:
        return _view(work, register.verify_code(work, text))


def _view(work: Work, verification: Verification) -> VerificationView:
    found = bodies.own(work)
    return VerificationView(found, work.now.astimezone(ZoneInfo(found.time_zone)), verification)


def holder(work: Work, slug: str, language: str) -> HolderView:
    """Return the caller's own certificates and cards; under another body's name there are none to see."""
    found, cards = certificates.search_own(work), card_views.own(work, language)
    name = people.known(work, work.person_id).printed_name
    return HolderView(own_body(work, slug), name, found["items"], cards, own_cases(work))


def download(work: Work, slug: str, certificate_id: UUID) -> Download:
    """Return the caller's sealed document."""
    found = certificates.download_own(work, certificate_id)
    own_body(work, slug)
    return found


def issue_statement(work: Work, slug: str, wanted: StatementCreate) -> None:
    """Have the caller's own card stated."""
    statements.issue_own(work, wanted)
    own_body(work, slug)


def download_statement(work: Work, slug: str, statement_id: UUID) -> Download:
    """Return a sealed statement about the caller."""
    found = statements.download_own(work, statement_id)
    own_body(work, slug)
    return found


def own_body(work: Work, slug: str) -> Body:
    """Return the body whose page this is; under another name than the caller's there is none."""
    found = bodies.own(work)
    if found.slug != slug:
        raise NotFound("body")
    return found
