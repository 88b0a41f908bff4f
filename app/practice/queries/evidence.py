"""What is asked about evidence, its versions and attestations, and who opened it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.audit.events import Event
from app.audit.tables import EventRow
from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.practice.tables import EvidenceAttestationRow, EvidenceRow, EvidenceVersionRow, PracticeRecordRow
from app.work import Work


@dataclass(frozen=True)
class Disclosure:
    """One opening, as its event tells it."""

    at: datetime
    facts: dict[str, Any]


def evidence(work: Work, evidence_id: UUID) -> EvidenceRow:
    """Return a piece of evidence of any mentor of this body."""
    found = work.session.get(EvidenceRow, (work.body_id, evidence_id))
    if found is None:
        raise NotFound("evidence")
    return found


def evidence_of(work: Work, person_id: UUID, evidence_id: UUID) -> EvidenceRow:
    """Return a piece of evidence of this mentor."""
    found = evidence(work, evidence_id)
    if found.person_id != person_id:
        raise NotFound("evidence")
    return found


def evidence_page(work: Work, person_id: UUID, wanted: Window) -> Slice[EvidenceRow]:
    """Return one page of a mentor's evidence."""
    query = (
        select(EvidenceRow)
        .where(col(EvidenceRow.body_id) == work.body_id, col(EvidenceRow.person_id) == person_id)
        .order_by(col(EvidenceRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(EvidenceRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def all_evidence(work: Work, person_id: UUID) -> Sequence[EvidenceRow]:
    """Return all evidence of a mentor, in the order in which it was handed in."""
    return work.session.exec(
        select(EvidenceRow)
        .where(col(EvidenceRow.body_id) == work.body_id, col(EvidenceRow.person_id) == person_id)
        .order_by(col(EvidenceRow.id))
    ).all()


def versions_of(work: Work, evidence_ids: Iterable[UUID]) -> Sequence[EvidenceVersionRow]:
    """Return all versions of some evidence, first to last."""
    return work.session.exec(
        select(EvidenceVersionRow)
        .where(
            col(EvidenceVersionRow.body_id) == work.body_id,
            col(EvidenceVersionRow.stream).in_(list(evidence_ids)),
        )
        .order_by(col(EvidenceVersionRow.stream), col(EvidenceVersionRow.number))
    ).all()


def evidence_attestations(work: Work, evidence_ids: Iterable[UUID]) -> Sequence[EvidenceAttestationRow]:
    """Return the attestations that stand in place of documents."""
    return work.session.exec(
        select(EvidenceAttestationRow).where(
            col(EvidenceAttestationRow.body_id) == work.body_id,
            col(EvidenceAttestationRow.stream).in_(list(evidence_ids)),
        )
    ).all()


def evidence_kept(work: Work, person_id: UUID) -> tuple[int, int]:
    """Return how many pieces of evidence a mentor keeps, and how many bytes in all versions together."""
    own = (col(EvidenceRow.body_id) == work.body_id, col(EvidenceRow.person_id) == person_id)
    items = work.session.exec(select(sa.func.count()).select_from(EvidenceRow).where(*own)).one()
    size = work.session.exec(
        select(sa.func.coalesce(sa.func.sum(col(EvidenceVersionRow.size)), 0))
        .select_from(EvidenceVersionRow)
        .join(
            EvidenceRow,
            (col(EvidenceRow.body_id) == col(EvidenceVersionRow.body_id))
            & (col(EvidenceRow.id) == col(EvidenceVersionRow.stream)),
        )
        .where(*own)
    ).one()
    return items, int(size)


def record_of(work: Work, person_id: UUID, record_id: UUID) -> PracticeRecordRow:
    """Return a record of this mentor."""
    found = work.session.get(PracticeRecordRow, (work.body_id, record_id))
    if found is None or found.person_id != person_id:
        raise NotFound("record")
    return found


def disclosures(work: Work, evidence_id: UUID) -> list[Disclosure]:
    """Return who opened a piece of evidence, first to last, as the log tells it."""
    found = work.session.exec(
        select(EventRow)
        .where(
            col(EventRow.body_id) == work.body_id,
            col(EventRow.stream) == evidence_id,
            col(EventRow.event) == Event.RECORD_DISCLOSED,
        )
        .order_by(col(EventRow.sseq))
    ).all()
    return [Disclosure(row.at, json.loads(row.body)["facts"]) for row in found]
