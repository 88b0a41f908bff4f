"""What is asked about schemes and versions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.schemes.rules import VersionState
from app.schemes.rules.requests import Chosen
from app.schemes.tables import ChangeRequestRow, RequestCommentRow, SchemeRow, SchemeVersionRow
from app.work import Work


def scheme(work: Work, scheme_id: UUID) -> SchemeRow:
    """Return a scheme of this body."""
    found = work.session.get(SchemeRow, (work.body_id, scheme_id))
    if found is None:
        raise NotFound("scheme")
    return found


def scheme_by_code(work: Work, code: str) -> SchemeRow | None:
    """Return the scheme with this code."""
    return work.session.exec(
        select(SchemeRow).where(col(SchemeRow.body_id) == work.body_id, col(SchemeRow.code) == code)
    ).first()


def schemes(work: Work, wanted: Window) -> Slice[SchemeRow]:
    """Return one page of the body's schemes."""
    query = select(SchemeRow).where(col(SchemeRow.body_id) == work.body_id).order_by(col(SchemeRow.id))
    if wanted.after is not None:
        query = query.where(col(SchemeRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def version(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Return a version of one of the body's schemes."""
    found = work.session.get(SchemeVersionRow, (work.body_id, version_id))
    if found is None:
        raise NotFound("scheme_version")
    return found


def version_for_update(work: Work, version_id: UUID) -> SchemeVersionRow:
    """Return a version, locked for change."""
    found = work.session.exec(
        select(SchemeVersionRow)
        .where(col(SchemeVersionRow.body_id) == work.body_id, col(SchemeVersionRow.id) == version_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("scheme_version")
    return found


def versions_of(work: Work, scheme_id: UUID) -> Sequence[SchemeVersionRow]:
    """Return all versions of a scheme, oldest first."""
    return work.session.exec(
        select(SchemeVersionRow)
        .where(col(SchemeVersionRow.body_id) == work.body_id, col(SchemeVersionRow.scheme_id) == scheme_id)
        .order_by(col(SchemeVersionRow.id))
    ).all()


def by_label(work: Work, code: str, version: str) -> SchemeVersionRow | None:
    """Return the version with this label if it was ever published: what was once public stays so."""
    return work.session.exec(
        _of_code(work, code).where(
            col(SchemeVersionRow.version) == version, col(SchemeVersionRow.published_on).is_not(None)
        )
    ).first()


def published(work: Work, code: str) -> SchemeVersionRow | None:
    """Return the newest published version of the scheme with this code."""
    return work.session.exec(
        _of_code(work, code)
        .where(col(SchemeVersionRow.state) == VersionState.PUBLISHED)
        .order_by(sa.desc(col(SchemeVersionRow.id)))
        .limit(1)
    ).first()


def in_force(work: Work) -> Sequence[SchemeVersionRow]:
    """Return the newest published version of each of the body's schemes, by the schemes' codes."""
    found = work.session.exec(
        _of_body(work)
        .where(col(SchemeVersionRow.state) == VersionState.PUBLISHED)
        .order_by(col(SchemeRow.code), col(SchemeVersionRow.id))
    ).all()
    return tuple({row.scheme_id: row for row in found}.values())


def ever_published(work: Work, code: str) -> Sequence[SchemeVersionRow]:
    """Return every version of a scheme that was ever published, retired ones too, oldest first."""
    return work.session.exec(
        _of_code(work, code)
        .where(col(SchemeVersionRow.published_on).is_not(None))
        .order_by(col(SchemeVersionRow.published_on), col(SchemeVersionRow.id))
    ).all()


def request(work: Work, request_id: UUID) -> ChangeRequestRow:
    """Return a change request of this body."""
    found = work.session.get(ChangeRequestRow, (work.body_id, request_id))
    if found is None:
        raise NotFound("change_request")
    return found


def request_for_update(work: Work, request_id: UUID) -> ChangeRequestRow:
    """Return a change request, locked for change."""
    found = work.session.exec(
        select(ChangeRequestRow)
        .where(col(ChangeRequestRow.body_id) == work.body_id, col(ChangeRequestRow.id) == request_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("change_request")
    return found


def requests_of(work: Work, scheme_id: UUID, wanted: Window, chosen: Chosen) -> Slice[ChangeRequestRow]:
    """Return one page of a scheme's change requests, oldest first, with the values that the filter names."""
    query = (
        select(ChangeRequestRow)
        .where(col(ChangeRequestRow.body_id) == work.body_id, col(ChangeRequestRow.scheme_id) == scheme_id)
        .order_by(col(ChangeRequestRow.id))
    )
    for name, value in vars(chosen).items():
        if value is not None:
            query = query.where(getattr(ChangeRequestRow, name) == value)
    if wanted.after is not None:
        query = query.where(col(ChangeRequestRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def comments_on(work: Work, request_ids: Iterable[UUID]) -> Sequence[RequestCommentRow]:
    """Return the comments on some change requests, oldest first."""
    return work.session.exec(
        select(RequestCommentRow)
        .where(
            col(RequestCommentRow.body_id) == work.body_id,
            col(RequestCommentRow.stream).in_(list(request_ids)),
        )
        .order_by(col(RequestCommentRow.id))
    ).all()


@dataclass(frozen=True)
class Voice:
    """Somebody who spoke for an interested party, with a request of her own or a comment on another's."""

    interest: str
    person_id: UUID
    is_request: bool


def voices(work: Work, scheme_id: UUID) -> list[Voice]:
    """Return everybody who said something about a scheme, as often as she did."""
    filed = work.session.exec(
        select(ChangeRequestRow.interest, ChangeRequestRow.filed_by).where(
            col(ChangeRequestRow.body_id) == work.body_id, col(ChangeRequestRow.scheme_id) == scheme_id
        )
    )
    commented = work.session.exec(
        select(RequestCommentRow.interest, RequestCommentRow.written_by)
        .join(
            ChangeRequestRow,
            (col(ChangeRequestRow.body_id) == col(RequestCommentRow.body_id))
            & (col(ChangeRequestRow.id) == col(RequestCommentRow.stream)),
        )
        .where(col(ChangeRequestRow.body_id) == work.body_id, col(ChangeRequestRow.scheme_id) == scheme_id)
    )
    return [Voice(*row, is_request=True) for row in filed] + [
        Voice(*row, is_request=False) for row in commented
    ]


def _of_code(work: Work, code: str) -> SelectOfScalar[SchemeVersionRow]:
    return _of_body(work).where(col(SchemeRow.code) == code)


def _of_body(work: Work) -> SelectOfScalar[SchemeVersionRow]:
    return (
        select(SchemeVersionRow)
        .join(
            SchemeRow,
            (col(SchemeRow.body_id) == col(SchemeVersionRow.body_id))
            & (col(SchemeRow.id) == col(SchemeVersionRow.scheme_id)),
        )
        .where(col(SchemeRow.body_id) == work.body_id)
    )
