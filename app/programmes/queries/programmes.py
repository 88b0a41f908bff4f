"""What is asked about programmes themselves."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.programmes.rules.states import ProgrammeState
from app.programmes.tables import ProgrammeRow
from app.work import Work


def by_id(work: Work, programme_id: UUID) -> ProgrammeRow:
    """Return a programme of this body."""
    found = work.session.get(ProgrammeRow, (work.body_id, programme_id))
    if found is None:
        raise NotFound("programme")
    return found


def for_update(work: Work, programme_id: UUID) -> ProgrammeRow:
    """Return a programme, locked for change."""
    found = work.session.exec(
        select(ProgrammeRow)
        .where(col(ProgrammeRow.body_id) == work.body_id, col(ProgrammeRow.id) == programme_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("programme")
    return found


def by_code(work: Work, code: str) -> ProgrammeRow | None:
    """Return the programme with this code."""
    return work.session.exec(
        select(ProgrammeRow).where(col(ProgrammeRow.body_id) == work.body_id, col(ProgrammeRow.code) == code)
    ).first()


def listed(work: Work, wanted: Window) -> Slice[ProgrammeRow]:
    """Return one page of the body's programmes."""
    query = (
        select(ProgrammeRow).where(col(ProgrammeRow.body_id) == work.body_id).order_by(col(ProgrammeRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(ProgrammeRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def not_closed(work: Work) -> Sequence[ProgrammeRow]:
    """Return the programmes that are planned or run, in the order of their first days."""
    return work.session.exec(
        select(ProgrammeRow)
        .where(col(ProgrammeRow.body_id) == work.body_id, col(ProgrammeRow.state) != ProgrammeState.CLOSED)
        .order_by(col(ProgrammeRow.starts_on), col(ProgrammeRow.id))
    ).all()
