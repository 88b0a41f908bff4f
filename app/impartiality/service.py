"""Use cases of impartiality: declare, note an act, and be free for a duty."""

from collections.abc import Iterable
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
    """Note what a person did to or for a candidate outside the duties; callers asked permission (IMP-1).

    Whoever holds a duty in an undecided case is refused what would have barred her from it. What happened
    outside the service is entered by `record_fact`, whenever it comes to light.
    """
    if person_id == candidate_id:
        raise Invalid("involvement_with_oneself")
    queries.lock_candidate(work, candidate_id)
    ledger = queries.of_candidate(work, candidate_id)
    decided = {row.case_id for row in ledger if row.act is Act.DECIDED}
    held = [row.act for row in ledger if row.person_id == person_id and row.case_id not in decided]
    rules.ensure_no_duty_barred(act, held)
    row = InvolvementRow(
        body_id=work.body_id,
        person_id=person_id,
        candidate_id=candidate_id,
        act=act,
        started_on=started_on,
        ended_on=ended_on,
    )
    return _enter(work, row)


def enter_declaration(work: Work, matter: Matter, answer: Answer) -> DeclarationRow:
    """Take down what the acting person declares before she sees a file (IMP-2); callers asked permission."""
    row = DeclarationRow(
        body_id=work.body_id,
        person_id=work.person_id,
        candidate_id=matter.candidate_id,
        case_id=matter.case_id,
        answer=answer,
        declared_at=work.now,
    )
    work.session.add(row)
    work.record(Event.CONFLICT_DECLARED, row, answer=answer, case=matter.case_id)
    return row


def require_declared(work: Work, matter: Matter, person_id: UUID) -> DeclarationRow:
    """Return the person's newest declaration for the case; refuse access without one (IMP-2).

    A conflict once declared stands: nobody takes her own back to get at the file.
    """
    found = queries.declarations(work, person_id, matter.case_id)
    if not found:
        raise NotImpartial("declaration_missing", rule="IMP-2")
    if any(row.answer is not Answer.NONE for row in found):
        raise NotImpartial("conflict_declared", rule="IMP-2")
    return found[-1]


def note(work: Work, act: Act, matter: Matter, *, person_id: UUID) -> InvolvementRow:
    """Note a duty that a person takes on today; refuse one that an earlier act bars (IMP-1, IMP-2, IMP-3)."""
    queries.lock_candidate(work, matter.candidate_id)
    require_free(work, act, matter, person_id=person_id)
    declaration = require_declared(work, matter, person_id)
    row = InvolvementRow(
        body_id=work.body_id,
        person_id=person_id,
        candidate_id=matter.candidate_id,
        act=act,
        case_id=matter.case_id,
        component=matter.component,
        started_on=work.today,
        ended_on=work.today,
        declaration_id=declaration.id,
        answer=declaration.answer,
    )
    return _enter(work, row)


def require_free(work: Work, act: Act, matter: Matter, *, person_id: UUID) -> None:
    """Refuse a duty that an earlier act of the person bars; the refusal names the act."""
    _ensure_other(person_id, matter, act)
    earlier = [_plain(row) for row in queries.between(work, person_id, matter.candidate_id)]
    wish = Wish(rules.DUTY_OF[act], matter.case_id, matter.component, work.today, matter.gap_months)
    rules.ensure_free(earlier, wish)


def objections(work: Work, act: Act, matter: Matter, people: Iterable[UUID]) -> dict[UUID, NotImpartial]:
    """Tell who of some people is not free for a duty, and why; nothing is refused and nothing noted."""
    declared = queries.who_declared(work, matter.case_id)
    ledger = queries.of_candidate(work, matter.candidate_id)
    wish = Wish(rules.DUTY_OF[act], matter.case_id, matter.component, work.today, matter.gap_months)
    found: dict[UUID, NotImpartial] = {}
    for person_id in people:
        earlier = [_plain(row) for row in ledger if row.person_id == person_id]
        try:
            _ensure_other(person_id, matter, act)
            rules.ensure_free(earlier, wish)
        except NotImpartial as barred:
            found[person_id] = barred
        if person_id in declared:
            found.setdefault(person_id, NotImpartial("conflict_declared", rule="IMP-2"))
    return found


def search(work: Work, candidate_id: UUID) -> dict[str, object]:
    """Return all acts of anybody with a candidate."""
    work.require(Permission.IMPARTIALITY_READ)
    people.known(work, candidate_id)
    return {"items": queries.of_candidate(work, candidate_id)}


def involved(work: Work, candidate_id: UUID) -> list[dict[str, object]]:
    """Return who did what with a candidate, for the evidence snapshot of a decision."""
    return [
        {"id": str(row.id), "person": str(row.person_id), "act": str(row.act), "component": row.component}
        for row in queries.of_candidate(work, candidate_id)
    ]


def _ensure_other(person_id: UUID, matter: Matter, act: Act) -> None:
    if person_id == matter.candidate_id:
        raise NotImpartial("not_impartial", rule="IMP-2", act="is the candidate", duty=rules.DUTY_OF[act])


def _enter(work: Work, row: InvolvementRow) -> InvolvementRow:
    work.session.add(row)
    work.session.flush()  # the ledger's own guards judge it now, and the duty's row refers to it
    work.record(
        Event.INVOLVEMENT_NOTED,
        row,
        act=row.act,
        person=row.person_id,
        candidate=row.candidate_id,
        case=row.case_id,
        component=row.component,
    )
    return row


def _plain(row: InvolvementRow) -> Involvement:
    ended: date | None = row.ended_on
    return Involvement(row.act, row.case_id, row.component, ended)
