"""Use cases of a programme's own indicators: define, enter values, list with target and value."""

from collections.abc import Sequence
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict
from app.programmes import queries
from app.programmes.rules.dates import Term, ensure_open
from app.programmes.rules.indicators import Entry, ensure_own_code, ensure_period, reached, standing
from app.programmes.schemas.indicators import IndicatorValueCreate, ProgrammeIndicatorCreate
from app.programmes.tables import IndicatorRow, IndicatorValueRow
from app.work import Work


def define(work: Work, programme_id: UUID, wanted: ProgrammeIndicatorCreate) -> dict[str, object]:
    """Define a figure that the programme is measured by, under a code that no requirement knows."""
    work.require(Permission.PROGRAMMES_MANAGE)
    programme = queries.for_update(work, programme_id)
    ensure_open(programme.state)
    ensure_own_code(wanted.code)
    if any(row.code == wanted.code for row in queries.indicators(work, programme_id)):
        raise Conflict("indicator_code_taken", indicator=wanted.code)
    row = IndicatorRow(body_id=work.body_id, programme_id=programme_id, **wanted.model_dump())
    work.session.add(row)
    work.record(Event.PROGRAMME_INDICATOR_DEFINED, row, programme=programme_id, code=row.code)
    return _told(row, [])


def enter(work: Work, indicator_id: UUID, wanted: IndicatorValueCreate) -> dict[str, object]:
    """Enter what an indicator came to in a period, or correct it; each day is counted once (PRG-4).

    Also after the programme was closed: its effects show later.
    """
    work.require(Permission.PROGRAMMES_MANAGE)
    row = queries.indicator_for_update(work, indicator_id)
    term = Term(wanted.starts_on, wanted.ends_on)
    entered = list(queries.values_of(work, [row.id]))
    programme = queries.by_id(work, row.programme_id)
    ensure_period(term, _terms(entered), starts_on=programme.starts_on, today=work.today)
    value = IndicatorValueRow(
        body_id=work.body_id, stream=row.id, entered_on=work.today, **wanted.model_dump()
    )
    work.session.add(value)
    work.record(
        Event.PROGRAMME_INDICATOR_ENTERED, row, value=value.id, starts_on=term.first, ends_on=term.last
    )
    return _told(row, [*entered, value])


def listed(work: Work, programme_id: UUID) -> dict[str, object]:
    """Return the indicators of a programme, each with its target and what it has come to."""
    work.require(Permission.PROGRAMMES_READ)
    queries.by_id(work, programme_id)
    rows = queries.indicators(work, programme_id)
    values: dict[UUID, list[IndicatorValueRow]] = {row.id: [] for row in rows}
    for value in queries.values_of(work, list(values)):
        values[value.stream].append(value)
    return {"items": [_told(row, values[row.id]) for row in rows]}


def _terms(entered: Sequence[IndicatorValueRow]) -> list[Term]:
    return [Term(value.starts_on, value.ends_on) for value in entered]


def _told(row: IndicatorRow, entered: Sequence[IndicatorValueRow]) -> dict[str, object]:
    terms = zip(_terms(entered), entered, strict=True)
    stands = standing([Entry(term, value.value) for term, value in terms])
    return row.model_dump(exclude={"body_id", "programme_id", "rev", "salt"}) | {
        "value": reached(stands, adds_up=row.adds_up),
        "periods": [
            {"starts_on": entry.term.first, "ends_on": entry.term.last, "value": entry.value}
            for entry in stands
        ],
    }
