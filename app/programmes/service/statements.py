"""Use cases of statements of work: a month's sessions and hours, for the manager of all and for one's own."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.practice.rules import Held, SessionState, tally
from app.programmes import queries, sheet
from app.programmes.queries.members import Membership
from app.programmes.rules.dates import Term
from app.programmes.rules.working import ensure_month_begun, month_of
from app.programmes.service.working import held_in
from app.work import Work


def statement(work: Work, programme_id: UUID, month: str) -> dict[str, object]:
    """State what each member of a programme did in a month of the body's calendar; the access is recorded."""
    work.require(Permission.PROGRAMMES_READ_WORK)
    programme = queries.by_id(work, programme_id)
    days = _days(work, month)
    work.record(Event.RECORD_DISCLOSED, programme, what=f"statement of work {month}")
    return _statement(work, month, days, _lines(work, queries.members(work, programme_id), days))


def own_statement(work: Work, month: str) -> dict[str, object]:
    """State what one did oneself in a month, programme by programme."""
    work.require(Permission.PROGRAMMES_ASK_OWN)
    days = _days(work, month)
    programmes: dict[UUID, list[Membership]] = defaultdict(list)
    for one in queries.memberships_of(work, work.person_id):
        programmes[one.programme.id].append(one)
    lines = [line for found in programmes.values() for line in _lines(work, found, days)]
    return _statement(work, month, days, lines)


def statement_sheet(work: Work, programme_id: UUID, month: str) -> bytes:
    """Return the statement of a programme as CSV."""
    return sheet.of_statement(statement(work, programme_id, month))


def own_statement_sheet(work: Work, month: str) -> bytes:
    """Return one's own statement as CSV."""
    return sheet.of_statement(own_statement(work, month))


def _days(work: Work, month: str) -> Term:
    days = month_of(month)
    ensure_month_begun(days, work.today)
    return days


def _statement(work: Work, month: str, days: Term, lines: list[dict[str, object]]) -> dict[str, object]:
    return {
        "month": month,
        "drawn_on": work.today,
        "is_month_over": days.last < work.today,
        "items": lines,
    }


def _lines(work: Work, memberships: Sequence[Membership], days: Term) -> list[dict[str, object]]:
    """Return a line for each mentor who was a member on a day of the month, or worked on one."""
    held: dict[UUID, list[Held]] = defaultdict(list)
    for one in held_in(work, memberships, days):
        held[one.person_id].append(one)
    names = {one.request.person_id: one for one in memberships}
    return [_line(one, held[person_id]) for person_id, one in names.items()]


def _line(one: Membership, held: Sequence[Held]) -> dict[str, object]:
    amounts = tally(held)
    return {
        "programme": one.programme.code,
        "person_id": one.request.person_id,
        "mentor_name": one.mentor_name,
        **{str(state): amounts.of(state) for state in SessionState},
    }
