"""What is asked about attestations that may be drawn, and about the checks of those that were."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.bodies.tables import BodyRow
from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.practice.tables import AttestationCheckRow, AttestationRow, EngagementRow, SampleRow
from app.work import Work


def lock_samples(work: Work) -> None:
    """Let one work at a time draw; rows that refer to the body are not held up."""
    work.session.exec(
        select(BodyRow.id).where(col(BodyRow.id) == work.body_id).with_for_update(key_share=True)
    ).one()


def attestations_to_sample(
    work: Work, given_from: date, given_until: date, *, not_of: UUID
) -> Sequence[UUID]:
    """Return the attestations of a period that nobody has drawn, without those of or about a person.

    Attestations from before it was kept which sessions they cover are left out: a check would lead nowhere.
    """
    is_drawn = (
        select(AttestationCheckRow.id)
        .where(
            col(AttestationCheckRow.body_id) == work.body_id,
            col(AttestationCheckRow.attestation_id) == col(AttestationRow.id),
        )
        .exists()
    )
    return work.session.exec(
        select(AttestationRow.id)
        .join(EngagementRow, _of_engagement())
        .where(
            col(AttestationRow.body_id) == work.body_id,
            col(AttestationRow.attested_on) >= given_from,
            col(AttestationRow.attested_on) <= given_until,
            col(AttestationRow.attester_id) != not_of,
            col(EngagementRow.person_id) != not_of,
            col(AttestationRow.session_ids).is_not(sa.null()),
            ~is_drawn,
        )
        .order_by(col(AttestationRow.id))
    ).all()


def samples_page(work: Work, wanted: Window) -> Slice[SampleRow]:
    """Return one page of the samples."""
    query = select(SampleRow).where(col(SampleRow.body_id) == work.body_id).order_by(col(SampleRow.id))
    if wanted.after is not None:
        query = query.where(col(SampleRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def lock_sample(work: Work, sample_id: UUID) -> SampleRow:
    """Return a sample, locked so that its checks are told one after the other."""
    return work.session.exec(
        select(SampleRow)
        .where(col(SampleRow.body_id) == work.body_id, col(SampleRow.id) == sample_id)
        .with_for_update()
    ).one()


def checks_page(work: Work, wanted: Window, *, is_open: bool, not_of: UUID) -> Slice[AttestationCheckRow]:
    """Return one page of the checks that are open, or done, without those of or about a person."""
    checks = AttestationCheckRow
    query = (
        select(checks)
        .join(
            AttestationRow,
            (col(AttestationRow.body_id) == col(checks.body_id))
            & (col(AttestationRow.id) == col(checks.attestation_id)),
        )
        .join(EngagementRow, _of_engagement())
        .where(
            col(checks.body_id) == work.body_id,
            col(checks.outcome).is_(None) if is_open else col(checks.outcome).is_not(None),
            col(AttestationRow.attester_id) != not_of,
            col(EngagementRow.person_id) != not_of,
        )
        .order_by(col(checks.id))
    )
    if wanted.after is not None:
        query = query.where(col(checks.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def check(work: Work, check_id: UUID) -> AttestationCheckRow:
    """Return the check of a drawn attestation."""
    found = work.session.get(AttestationCheckRow, (work.body_id, check_id))
    if found is None:
        raise NotFound("attestation_check")
    return found


def check_for_update(work: Work, check_id: UUID) -> AttestationCheckRow:
    """Return the check of a drawn attestation, locked for change."""
    found = work.session.exec(
        select(AttestationCheckRow)
        .where(col(AttestationCheckRow.body_id) == work.body_id, col(AttestationCheckRow.id) == check_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("attestation_check")
    return found


def attestations_of(work: Work, attestation_ids: Sequence[UUID]) -> dict[UUID, AttestationRow]:
    """Return attestations by their ids."""
    found = work.session.exec(
        select(AttestationRow).where(
            col(AttestationRow.body_id) == work.body_id, col(AttestationRow.id).in_(attestation_ids)
        )
    )
    return {row.id: row for row in found}


def _of_engagement() -> sa.ColumnElement[bool]:
    return (col(EngagementRow.body_id) == col(AttestationRow.body_id)) & (
        col(EngagementRow.id) == col(AttestationRow.stream)
    )
