"""Use cases of calendar links: a secret address under which a person's calendar finds her bookings."""

from datetime import timedelta

from app.access.permissions import Permission
from app.applications import service as applications
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.ids import new_secret, secret_hash
from app.delivery import queries
from app.delivery.calendar_feed import Entry, feed
from app.delivery.rules.booking import STANDING
from app.delivery.tables import BookingRow, CalendarLinkRow, SlotRow
from app.people import service as people
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work

_LOOK_BACK = timedelta(days=30)


def make_calendar_link(work: Work) -> dict[str, object]:
    """Give the acting person a new address of her calendar; an earlier one stops working."""
    work.require(Permission.DELIVERY_SIT)
    secret = new_secret()
    for earlier in queries.calendar_links_of(work, work.person_id):
        _end(work, earlier)
    row = CalendarLinkRow(
        body_id=work.body_id, person_id=work.person_id, secret_hash=secret_hash(secret), made_at=work.now
    )
    work.session.add(row)
    work.record(Event.CALENDAR_LINKED, row)
    path = f"/public/v1/bodies/{bodies.own(work).slug}/calendars/{secret}"
    return {"url": work.runtime.settings.public_url.rstrip("/") + path}


def end_calendar_link(work: Work) -> None:
    """Let the address of the acting person's calendar work no longer."""
    work.require(Permission.DELIVERY_SIT)
    for row in queries.calendar_links_of(work, work.person_id):
        _end(work, row)


def calendar(work: Work, secret: str) -> bytes:
    """Write the standing bookings of a link's person; the secret in the address is the permission."""
    work.open_to_all()
    link = queries.calendar_link(work, secret_hash(secret))
    language = people.known(work, link.person_id).language
    found = queries.calendar_of(work, link.person_id, work.now - _LOOK_BACK)
    return feed(
        bodies.own(work).legal_name,
        (_entry(work, row, slot, language) for row, slot in found if row.state in STANDING),
    )


def _end(work: Work, row: CalendarLinkRow) -> None:
    row.ended_at = work.now
    work.session.add(row)
    work.record(Event.CALENDAR_UNLINKED, row)


def _entry(work: Work, row: BookingRow, slot: SlotRow, language: str) -> Entry:
    case = applications.case(work, row.case_id)
    package = schemes.version_of(work, case.scheme_version_id).package
    title = assessing.component(package, row.component)["title"]
    return Entry(
        uid=f"{row.id}@mentorcert",
        stamp=row.booked_at,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        summary=title.get(language) or next(iter(title.values())),
        location=slot.site,
    )
