"""Use cases of impartiality: declare, note an act, and be free for a duty."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Invalid, NotImpartial
from app.impartiality import queries, rules
from app.impartiality.rules import Act, Answer, Involvement, Wish
from app.impartiality.schemas import InvolvementCreate
from app.impartiality.tables import DeclarationRow, InvolvementRow
from app.people import service as people
from app.work import Work


@dataclass(frozen=True)
class Matter:
    """The case that a duty is about: whose it is, and how long a gap its scheme demands after training."""

    case_id: UUID
    candidate_id: UUID
    gap_months: int
    component: str | None = None


def record_fact(work: Work, wanted: InvolvementCreate) -> InvolvementRow:
    """Enter a fact from outside the process into the ledger; it bars what the matrix says from now on."""
    work.require(Permission.IMPARTIALITY_RECORD)
    people.known(work, wanted.person_id)
    people.known(work, wanted.candidate_id)
    if wanted.person_id == wanted.candidate_id:
        raise Invalid("involvement_with_oneself", pointer="/person_id")
    if wanted.ended_on is not None and wanted.ended_on < wanted.started_on:
        raise Invalid("dates_reversed", pointer="/ended_on")
    queries.lock_candidate(work, wanted.candidate_id)
    return _enter(work, InvolvementRow(body_id=work.body_id, **wanted.model_dump()))


def note_fact(
    work: Work, act: Act, *, person_id: UUID, candidate_id: UUID, started_on: date, ended_on: date | None
) -> InvolvementRow:
    """Note what a person did to or for a candidate outside the duties; callers asked permission (IMP-1)."""
    if person_id == candidate_id:
        raise Invalid("involvement_with_oneself")
