"""What is asked about statements."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.certificates.rules import DocumentState
from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.statements.tables import StatementRow
from app.work import Work


def _statements(work: Work) -> Any:
    return select(StatementRow).where(col(StatementRow.body_id) == work.body_id)


def _found(row: StatementRow | None) -> StatementRow:
    if row is None:
        raise NotFound("statement")
    return row


def by_id(work: Work, statement_id: UUID) -> StatementRow:
    """Return a statement of this body."""
    return _found(work.session.get(StatementRow, (work.body_id, statement_id)))


def for_update(work: Work, statement_id: UUID) -> StatementRow:
    """Return a statement, locked for change."""
    wanted = col(StatementRow.id) == statement_id
    return _found(work.session.exec(_statements(work).where(wanted).with_for_update()).first())


def own(work: Work, statement_id: UUID, person_id: UUID) -> StatementRow:
    """Return a statement about this person."""
    row = by_id(work, statement_id)
    return _found(row if row.person_id == person_id else None)


def of_person(work: Work, person_id: UUID, wanted: Window) -> Slice[StatementRow]:
    """Return one page of the statements about a person, newest first."""
    query = _statements(work).where(col(StatementRow.person_id) == person_id)
    if wanted.after is not None:
        query = query.where(col(StatementRow.id) < wanted.after)
    newest_first = query.order_by(sa.desc(col(StatementRow.id))).limit(wanted.limit + 1)
    return page(work.session.exec(newest_first).all(), wanted)


def by_code(work: Work, code: str) -> StatementRow:
    """Return the statement with this verification code."""
    return _found(work.session.exec(_statements(work).where(col(StatementRow.code) == code)).first())


def by_number(work: Work, number: str) -> StatementRow:
    """Return the statement with this number."""
    return _found(work.session.exec(_statements(work).where(col(StatementRow.number) == number)).first())


def by_document(work: Work, sha256: str) -> StatementRow:
    """Return the statement that a document with this hash was issued for."""
    wanted = _statements(work).where(
        col(StatementRow.sha256) == sha256, col(StatementRow.state) == DocumentState.READY
    )
    return _found(work.session.exec(wanted).first())
