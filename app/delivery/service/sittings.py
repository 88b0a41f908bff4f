"""Use cases of sittings of judged components, and what marking needs of them."""

from uuid import UUID

from app.access.permissions import APPOINTABLE, Permission
from app.applications import service as applications
from app.applications.tables import CaseRow
from app.audit.events import Event
from app.core.errors import Conflict, Invalid, NotImpartial
from app.delivery import queries, rules
from app.delivery.rules import Try
from app.delivery.schemas import SittingCreate
from app.delivery.service.readiness import ensure_ready
from app.delivery.tables import SittingRow
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.people import service as people
from app.schemes import assessing
from app.work import Work


def hold(work: Work, case_id: UUID, wanted: SittingCreate) -> SittingRow:
    """Enter a sitting that was held with identity, agreement and aids in order (SEC-2)."""
    work.require(Permission.DELIVERY_PLAN)
    case = applications.case_for_update(work, case_id)
    applications.ensure_not_own(work, case, "hold the sitting")
    package = ensure_ready(work, case, wanted.component, scoring="rubric")
    rules.ensure_conditions(
        identity_confirmed=wanted.identity_confirmed,
        agreement_signed=wanted.agreement_signed,
        aids_checked=wanted.aids_checked,
    )
    if not case.submitted_on <= wanted.held_on <= work.today:
        raise Invalid("held_on_refused", pointer="/held_on", earliest=case.submitted_on, latest=work.today)
    tries = [try_of_sitting(row) for row in queries.sittings_of(work, case_id, wanted.component)]
    number = rules.next_try(tries, assessing.retake(package), wanted.held_on)
    involvement_id = None if wanted.invigilator_id is None else _invigilated(work, case, wanted)
    row = SittingRow(
        body_id=work.body_id,
        case_id=case_id,
        attempt_no=number,
        involvement_id=involvement_id,
        **wanted.model_dump(),
    )
    work.session.add(row)
    work.record(Event.SITTING_HELD, row, case=case_id, component=row.component, held_on=row.held_on)
    return row


def present_sitting_no(work: Work, case_id: UUID, component: str) -> int:
    """Return the number of the sitting that is, or will be, the present one of a judged component."""
    return 1 + sum(row.passed is not None for row in queries.sittings_of(work, case_id, component))


def sitting(work: Work, case_id: UUID, component: str, attempt_no: int) -> SittingRow:
    """Return the sitting with this number; refuse while it was not held."""
    for row in queries.sittings_of(work, case_id, component):
        if row.attempt_no == attempt_no:
            return row
    raise Conflict("sitting_missing", component=component)


def conclude_sitting(work: Work, row: SittingRow, *, passed: bool) -> None:
    """Say once whether a sitting was passed; callers release its result in the same work."""
    row.passed, row.concluded_on = passed, work.today
    work.session.add(row)
    work.record(Event.SITTING_CONCLUDED, row, component=row.component, passed=passed)


def _invigilated(work: Work, case: CaseRow, wanted: SittingCreate) -> UUID:
    """Note who invigilated; only appointed people do, and never one who scores (7.0, amendment 19)."""
    assert wanted.invigilator_id is not None
    people.known(work, wanted.invigilator_id)
    if not any(people.holds(work, wanted.invigilator_id, role) for role in APPOINTABLE):
        raise Invalid("not_appointed", pointer="/invigilator_id")
    noted = impartiality.note_fact(
        work,
        Act.INVIGILATED,
        person_id=wanted.invigilator_id,
        candidate_id=case.person_id,
        started_on=wanted.held_on,
        ended_on=wanted.held_on,
    )
    for act in impartiality.involved(work, case.person_id):  # after the note, which locked the ledger
        if act["person"] == str(wanted.invigilator_id) and act["act"] in {Act.EXAMINED, Act.ADJUDICATED}:
            raise NotImpartial("not_impartial", rule="IMP-2", act=act["act"], duty="invigilate")
    return noted.id


def try_of_sitting(row: SittingRow) -> Try:
    """Return a sitting as the rule for retakes sees it."""
    return Try(row.held_on, row.passed, row.concluded_on)
