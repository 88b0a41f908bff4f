"""What is asked about transcripts from other bodies, and about what came with them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.people.tables import PersonRow
from app.practice.tables import AttestationRow, EngagementRow, EntryRow, PracticeRecordRow
from app.work import Work


def entry(work: Work, entry_id: UUID) -> EntryRow:
    """Return a transcript that came in."""
    found = work.session.get(EntryRow, (work.body_id, entry_id))
    if found is None:
        raise NotFound("practice_entry")
    return found


def entry_for_update(work: Work, entry_id: UUID) -> EntryRow:
    """Return a transcript that came in, locked for change."""
    found = work.session.exec(
        select(EntryRow)
        .where(col(EntryRow.body_id) == work.body_id, col(EntryRow.id) == entry_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("practice_entry")
    return found


def has_entry(work: Work, person_id: UUID, sha256: str) -> bool:
    """Tell whether a mentor has handed these very bytes in before."""
    return (
        work.session.exec(
            select(EntryRow.id).where(
                col(EntryRow.body_id) == work.body_id,
                col(EntryRow.person_id) == person_id,
                col(EntryRow.sha256) == sha256,
            )
        ).first()
        is not None
    )


def entries_page(work: Work, wanted: Window, *, person_id: UUID | None = None) -> Slice[EntryRow]:
    """Return one page of the transcripts that came in, or of one mentor's."""
    query = select(EntryRow).where(col(EntryRow.body_id) == work.body_id).order_by(col(EntryRow.id))
    if person_id is not None:
        query = query.where(col(EntryRow.person_id) == person_id)
    if wanted.after is not None:
        query = query.where(col(EntryRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def attesters(work: Work, engagement_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Return the names of those who attested sessions, by engagement."""
    found: dict[UUID, list[str]] = {}
    for engagement_id, name in work.session.exec(
        select(AttestationRow.stream, PersonRow.printed_name)
        .join(
            PersonRow,
            (col(PersonRow.body_id) == col(AttestationRow.body_id))
            & (col(PersonRow.id) == col(AttestationRow.attester_id)),
        )
        .where(col(AttestationRow.body_id) == work.body_id, col(AttestationRow.stream).in_(engagement_ids))
        .order_by(col(AttestationRow.id))
    ):
        names = found.setdefault(engagement_id, [])
        if name not in names:
            names.append(name)
    return found


def is_held_by_another(work: Work, person_id: UUID, ids: Collection[UUID]) -> bool:
    """Tell whether something that began under one of these ids stands here in another person's name."""
    return any(
        work.session.exec(
            select(table.id)
            .where(
                col(table.body_id) == work.body_id,
                col(table.person_id) != person_id,
                col(table.id).in_(ids) | col(table.origin).in_(ids),
            )
            .limit(1)
        ).first()
        is not None
        for table in (EngagementRow, PracticeRecordRow)
    )
