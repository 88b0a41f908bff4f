"""Use cases of indicators: what every body counts in mentored firms, and what a body adds as data."""

from collections.abc import Iterable
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict
from app.practice import queries
from app.practice.questionnaire import indicators_of_all
from app.practice.rules.impact import Indicator
from app.practice.schemas.impact import IndicatorCreate
from app.practice.tables import IndicatorRow
from app.work import Work


def define_indicator(work: Work, wanted: IndicatorCreate) -> IndicatorRow:
    """Add an indicator of the body's own; no requirement of a scheme can ask for it."""
    work.require(Permission.PRACTICE_DEFINE)
    taken = {one.code for one in indicators_of_all()} | {row.code for row in queries.own_indicators(work)}
    if wanted.code in taken:
        raise Conflict("indicator_taken", indicator=wanted.code)
    row = IndicatorRow(body_id=work.body_id, defined_on=work.today, **wanted.model_dump())
    work.session.add(row)
    work.record(Event.INDICATOR_DEFINED, row, indicator=row.code, unit=row.unit)
    return row


def retire_indicator(work: Work, indicator_id: UUID) -> IndicatorRow:
    """Ask nobody for an indicator any more; what was told stays."""
    work.require(Permission.PRACTICE_DEFINE)
    row = queries.indicator_for_update(work, indicator_id)
    work.expect(row)
    if row.retired_on is not None:
        raise Conflict("indicator_retired", indicator=row.code)
    row.retired_on = work.today
    work.session.add(row)
    work.record(Event.INDICATOR_RETIRED, row, indicator=row.code)
    return row


def own_indicators(work: Work) -> dict[str, object]:
    """Return what the body has defined itself, what it retired included."""
    work.require(Permission.PRACTICE_DEFINE)
    return {"items": queries.own_indicators(work)}


def asked_for(work: Work) -> list[Indicator]:
    """Return what firms are asked for now; callers have asked their own permission."""
    return _with_own(row for row in queries.own_indicators(work) if row.retired_on is None)


def ever_asked_for(work: Work) -> list[Indicator]:
    """Return all indicators that firms were ever asked for; callers have asked their own permission."""
    return _with_own(queries.own_indicators(work))


def _with_own(rows: Iterable[IndicatorRow]) -> list[Indicator]:
    return [*indicators_of_all(), *(Indicator(row.code, row.unit, row.text) for row in rows)]
