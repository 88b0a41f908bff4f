"""Use cases of types of activity: list them, add one, retire one.

A body that has said nothing has the types of the file that comes with the service; it is read, not copied.
A copy would have to be written by a migration, which can leave no event behind, and would keep later
corrections of the file from bodies that never asked for anything else. A row is what a body decided.
"""

from datetime import date

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import NotFound
from app.practice import queries
from app.practice.catalogue import shipped
from app.practice.rules.activities import ActivityType, ensure_may_add, ensure_may_retire, in_force
from app.practice.schemas.activities import ActivityTypeCreate
from app.practice.tables import ActivityTypeRow
from app.work import Work


def activity_types(work: Work) -> dict[str, object]:
    """Return all types of the body; everybody of the body may know them."""
    work.require(Permission.BODIES_READ)
    found = types_of(work)
    return {"items": [found[code] for code in sorted(found)]}


def add_activity_type(work: Work, wanted: ActivityTypeCreate) -> ActivityType:
    """Add a type, or put one in the place of a shipped type (features, 44: types are data)."""
    work.require(Permission.PRACTICE_MANAGE_TYPES)
    added = ActivityType(**wanted.model_dump())
    ensure_may_add(types_of(work), added)
    row = ActivityTypeRow(body_id=work.body_id, **wanted.model_dump())
    work.session.add(row)
    work.record(
        Event.ACTIVITY_TYPE_ADDED,
        row,
        code=row.code,
        record_kind=row.record_kind,
        hours_per_year_max=row.hours_per_year_max,
    )
    return added


def retire_activity_type(work: Work, code: str, on: date) -> ActivityType:
    """Take a type out of use from a day on; what was logged by it stays and goes on counting."""
    work.require(Permission.PRACTICE_MANAGE_TYPES)
    row = queries.activity_type_for_update(work, code) or _taken_over(work, code)
    ensure_may_retire(_as_type(row), on, work.today)
    row.retired_on = on
    work.session.add(row)
    work.record(Event.ACTIVITY_TYPE_RETIRED, row, code=code, retired_on=on)
    return _as_type(row)


def types_of(work: Work) -> dict[str, ActivityType]:
    """Return the body's types by code; callers have asked their own permission."""
    return in_force(shipped(), [_as_type(row) for row in queries.activity_types(work)])


def _taken_over(work: Work, code: str) -> ActivityTypeRow:
    """Return a row of the body's own for a shipped type, so that the body can speak of it."""
    if (found := shipped().get(code)) is None:
        raise NotFound("activity_type")
    return ActivityTypeRow(
        body_id=work.body_id,
        code=code,
        record_kind=found.record_kind,
        titles=dict(found.titles),
        is_attested=found.is_attested,
    )


def _as_type(row: ActivityTypeRow) -> ActivityType:
    return ActivityType(
        code=row.code,
        record_kind=row.record_kind,
        titles=row.titles,
        hours_per_year_max=row.hours_per_year_max,
        is_attested=row.is_attested,
        retired_on=row.retired_on,
    )
