"""What is asked about indicators and their values."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.programmes.tables import IndicatorRow, IndicatorValueRow
from app.work import Work


def indicator_for_update(work: Work, indicator_id: UUID) -> IndicatorRow:
    """Return an indicator, locked so that its periods stay apart."""
    found = work.session.exec(
        select(IndicatorRow)
        .where(col(IndicatorRow.body_id) == work.body_id, col(IndicatorRow.id) == indicator_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("indicator")
    return found


def indicators(work: Work, programme_id: UUID) -> Sequence[IndicatorRow]:
    """Return the indicators of a programme, in the order in which they were defined."""
    return work.session.exec(
        select(IndicatorRow)
        .where(col(IndicatorRow.body_id) == work.body_id, col(IndicatorRow.programme_id) == programme_id)
        .order_by(col(IndicatorRow.id))
    ).all()


def values_of(work: Work, indicator_ids: Sequence[UUID]) -> Sequence[IndicatorValueRow]:
    """Return what was entered for these indicators, corrections after what they correct."""
    return work.session.exec(
        select(IndicatorValueRow)
        .where(
            col(IndicatorValueRow.body_id) == work.body_id, col(IndicatorValueRow.stream).in_(indicator_ids)
        )
        .order_by(col(IndicatorValueRow.stream), col(IndicatorValueRow.rev))
    ).all()
