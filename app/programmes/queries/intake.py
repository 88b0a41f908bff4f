"""What is asked about intake windows, requests and batches of replies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.people.tables import PersonRow
from app.programmes.tables import ProgrammeRow, ReplyBatchRow, RequestRow, WindowRow
from app.work import Work


@dataclass(frozen=True)
class RequestSeen:
    """A request with the name of who asked."""

    row: RequestRow
    mentor_name: str

    def __getattr__(self, name: str) -> Any:
        """Read everything else from the row."""
        return getattr(self.row, name)

    @property
    def id(self) -> UUID:
        """The id of the request."""
        return self.row.id


@dataclass(frozen=True)
class OwnRequest:
    """A request with its window and its programme."""

    request: RequestRow
    window: WindowRow
    programme: ProgrammeRow


def windows(work: Work, programme_ids: Sequence[UUID]) -> Sequence[WindowRow]:
    """Return the intake windows of these programmes, oldest first."""
    return work.session.exec(
        select(WindowRow)
        .where(col(WindowRow.body_id) == work.body_id, col(WindowRow.programme_id).in_(programme_ids))
        .order_by(col(WindowRow.opens_on))
    ).all()


def window(work: Work, window_id: UUID) -> WindowRow:
    """Return an intake window of this body."""
    found = work.session.get(WindowRow, (work.body_id, window_id))
    if found is None:
        raise NotFound("intake_window")
    return found


def window_for_update(work: Work, window_id: UUID) -> WindowRow:
    """Return an intake window, locked: whoever changes a request of it holds this lock first (PRG-2)."""
    found = work.session.exec(
        select(WindowRow)
        .where(col(WindowRow.body_id) == work.body_id, col(WindowRow.id) == window_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound("intake_window")
    return found


def requests_in(work: Work, window_id: UUID) -> Sequence[RequestRow]:
    """Return all requests of a window, in the order in which they were made."""
    return work.session.exec(
        select(RequestRow)
        .where(col(RequestRow.body_id) == work.body_id, col(RequestRow.window_id) == window_id)
        .order_by(col(RequestRow.id))
    ).all()


def request(work: Work, request_id: UUID) -> RequestRow:
    """Return a request of this body."""
    found = work.session.get(RequestRow, (work.body_id, request_id))
    if found is None:
        raise NotFound("programme_request")
    return found


def own_request(work: Work, request_id: UUID, person_id: UUID) -> RequestRow:
    """Return a request that this person made."""
    found = request(work, request_id)
    if found.person_id != person_id:
        raise NotFound("programme_request")
    return found


def request_for_update(work: Work, request_id: UUID, *, person_id: UUID | None = None) -> RequestRow:
    """Return a request, of this person if one is named, once its window is locked, as it is from then on."""
    found = request(work, request_id) if person_id is None else own_request(work, request_id, person_id)
    window_for_update(work, found.window_id)
    work.session.refresh(found)
    return found


def seen_request(work: Work, request_id: UUID) -> RequestSeen:
    """Return a request with the name of who asked."""
    found = work.session.exec(_seen(work).where(col(RequestRow.id) == request_id)).first()
    if found is None:
        raise NotFound("programme_request")
    return RequestSeen(*found)


def requests_page(work: Work, window_id: UUID, wanted: Window) -> Slice[RequestSeen]:
    """Return one page of a window's requests, in the order in which they were made."""
    query = _seen(work).where(col(RequestRow.window_id) == window_id).order_by(col(RequestRow.id))
    if wanted.after is not None:
        query = query.where(col(RequestRow.id) > wanted.after)
    found = work.session.exec(query.limit(wanted.limit + 1)).all()
    return page([RequestSeen(row, name) for row, name in found], wanted)


def _seen(work: Work) -> Any:
    return (
        select(RequestRow, PersonRow.printed_name)
        .join(
            PersonRow,
            (col(PersonRow.body_id) == col(RequestRow.body_id))
            & (col(PersonRow.id) == col(RequestRow.person_id)),
        )
        .where(col(RequestRow.body_id) == work.body_id)
    )


def own_requests(work: Work, person_id: UUID) -> list[OwnRequest]:
    """Return a person's requests, newest first, each with its window and its programme."""
    found = work.session.exec(
        select(RequestRow, WindowRow, ProgrammeRow)
        .join(
            WindowRow,
            (col(WindowRow.body_id) == col(RequestRow.body_id))
            & (col(WindowRow.id) == col(RequestRow.window_id)),
        )
        .join(
            ProgrammeRow,
            (col(ProgrammeRow.body_id) == col(RequestRow.body_id))
            & (col(ProgrammeRow.id) == col(RequestRow.programme_id)),
        )
        .where(col(RequestRow.body_id) == work.body_id, col(RequestRow.person_id) == person_id)
        .order_by(col(RequestRow.id).desc())
    ).all()
    return [OwnRequest(*parts) for parts in found]


def batch(work: Work, batch_id: UUID) -> ReplyBatchRow:
    """Return replies that were given together."""
    found = work.session.get(ReplyBatchRow, (work.body_id, batch_id))
    if found is None:
        raise NotFound("reply_batch")
    return found
