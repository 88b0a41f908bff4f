"""Use cases of listings: a mentor lets herself be found, keeps it right, withdraws; a body sets the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.certificates import service as certificates
from app.certificates.rules import Status, status_on
from app.core.errors import NotFound
from app.core.ids import new_id
from app.directory import queries
from app.directory.rules import listing as rules
from app.directory.rules.listing import Facet, ListingAction, ListingState
from app.directory.rules.matching import Criterion
from app.directory.schemas.listings import DirectorySettings, ListingContent
from app.directory.tables import DirectorySettingsRow, ListingRow
from app.directory.vocabulary import VOCABULARY
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.work import Work

_CODES = {
    Facet.EXPERIENCE: "experience",
    Facet.EXPERTISE: "expertise",
    Facet.SECTOR: "sectors",
    Facet.LANGUAGE: "languages",
    Facet.STYLE: "styles",
}


@dataclass(frozen=True)
class OwnListing:
    """A person's own listing, and whether it is shown today."""

    row: ListingRow
    is_shown: bool

    def __getattr__(self, name: str) -> object:
        """Read what she says of herself."""
        return getattr(self.row, name)


def publish(work: Work, wanted: ListingContent) -> OwnListing:
    """Let the caller be found: with a certificate in force, and consent to the present text."""
    work.require(Permission.DIRECTORY_LIST_OWN)
    queries.lock_person(work, work.person_id)
    row = queries.listing_of(work, work.person_id)
    rules.ensure_certified(_in_force(work, work.person_id))
    rules.ensure_consent(wanted.consent_version, VOCABULARY.consent.version)
    if row is None:
        listing_id = new_id()
        row = ListingRow(
            body_id=work.body_id,
            id=listing_id,
            person_id=work.person_id,
            turn=rules.turn_of(listing_id),
            **_content(work, wanted),
        )
    else:
        row.state = rules.after(row.state, ListingAction.PUBLISH)
        row.withdrawn_on = None
        _fill(row, _content(work, wanted))
    return _told(work, row, Event.LISTING_PUBLISHED)


def change(work: Work, wanted: ListingContent) -> OwnListing:
    """Change what the caller says of herself; it counts as confirmed, and her consent as given anew."""
    work.require(Permission.DIRECTORY_LIST_OWN)
    row = _own_for_update(work)
    work.expect(_own_view(work, row))
    row.state = rules.after(row.state, ListingAction.CHANGE)
    rules.ensure_consent(wanted.consent_version, VOCABULARY.consent.version)
    _fill(row, _content(work, wanted))
    return _told(work, row, Event.LISTING_CHANGED)


def _content(work: Work, wanted: ListingContent) -> dict[str, Any]:
    return wanted.model_dump() | {"consented_on": work.today, "confirmed_on": work.today}


def _fill(row: ListingRow, content: dict[str, Any]) -> None:
    for name, value in content.items():
        setattr(row, name, value)


def _told(work: Work, row: ListingRow, event: Event) -> OwnListing:
    """Save a listing with its index, and record it."""
    work.session.add(row)
    work.session.flush()  # its index refers to it
    queries.index(work, row.id, _codes(row))
    work.record(
        event,
        row,
        consent_version=row.consent_version,
        visibility=row.visibility,
        is_shared=row.is_shared,
    )
    return _own_view(work, row)


def _codes(row: ListingRow) -> Iterator[tuple[Facet, str]]:
    for facet, column in _CODES.items():
        yield from ((facet, code) for code in getattr(row, column))


def confirm(work: Work) -> OwnListing:
    """Confirm that all the caller says of herself is still right."""
    work.require(Permission.DIRECTORY_LIST_OWN)
    row = _own_for_update(work)
    row.state = rules.after(row.state, ListingAction.CONFIRM)
    row.confirmed_on = work.today
    work.session.add(row)
    work.record(Event.LISTING_CONFIRMED, row)
    return _own_view(work, row)


def withdraw(work: Work) -> OwnListing:
    """Withdraw the caller's consent: she is gone from every answer at once, and her texts are forgotten."""
    work.require(Permission.DIRECTORY_LIST_OWN)
    row = _own_for_update(work)
    row.state = rules.after(row.state, ListingAction.WITHDRAW)
    row.withdrawn_on = work.today
    row.headline = row.about = row.media_url = row.region = None
    row.salt = None  # so that nobody can try texts against the commitments in the log
    work.session.add(row)
    queries.index(work, row.id, ())
    work.record(Event.LISTING_WITHDRAWN, row)
    return _own_view(work, row)


def read_own(work: Work) -> OwnListing:
    """Return the caller's own listing."""
    work.require(Permission.DIRECTORY_LIST_OWN)
    row = queries.listing_of(work, work.person_id)
    if row is None:
        raise NotFound("listing")
    return _own_view(work, row)


def _own_for_update(work: Work) -> ListingRow:
    row = queries.listing_of(work, work.person_id)
    if row is None:
        raise NotFound("listing")
    return queries.listing_for_update(work, row.id)


def _own_view(work: Work, row: ListingRow) -> OwnListing:
    return OwnListing(row, row.state is ListingState.LISTED and bool(_in_force(work, row.person_id)))


def _in_force(work: Work, person_id: UUID) -> int:
    """Count the certificates that a person holds and that are in force today."""
    return sum(
        status_on(row.state, row.effective_on, row.expires_on, on=work.today) is Status.VALID
        for row in certificates.of_person(work, person_id)
    )


def configure(work: Work, wanted: DirectorySettings) -> DirectorySettingsRow:
    """Set whether the body's directory is shared with others, and when a listing counts as stale."""
    work.require(Permission.DIRECTORY_CONFIGURE)
    row = queries.settings_for_update(work)
    if row is None:
        row = DirectorySettingsRow(body_id=work.body_id, id=new_id(), **wanted.model_dump())
    else:
        row.is_shared, row.stale_after_months = wanted.is_shared, wanted.stale_after_months
    work.session.add(row)
    work.record(
        Event.DIRECTORY_CONFIGURED,
        row,
        is_shared=row.is_shared,
        stale_after_months=row.stale_after_months,
    )
    return row


def read_settings(work: Work) -> DirectorySettings:
    """Return what the body has set for its directory, or else what holds then."""
    work.require(Permission.BODIES_READ)
    return _settings(work)


def _settings(work: Work) -> DirectorySettings:
    row = queries.settings(work)
    if row is None:
        return DirectorySettings(is_shared=False, stale_after_months=VOCABULARY.stale_after_months)
    return DirectorySettings(is_shared=row.is_shared, stale_after_months=row.stale_after_months)


def vocabulary(work: Work) -> dict[str, object]:
    """Return the words of the directory with their titles, and the usual weights."""
    work.open_to_all()
    families = {
        name: [{"code": code, "titles": titles} for code, titles in VOCABULARY.words[family].items()]
        for name, family in (
            ("experience", "experience"),
            ("expertise", "expertise"),
            ("sectors", "sector"),
            ("styles", "style"),
            ("touch", "touch"),
            ("levels", "level"),
        )
    }
    weights = [
        {
            "criterion": criterion,
            "weight": VOCABULARY.weights[criterion],
            "is_required": criterion in VOCABULARY.required,
        }
        for criterion in Criterion
    ]
    return {"consent": VOCABULARY.consent, "weights": weights, **families}


def due_to_be_reminded(work: Work) -> Sequence[UUID]:
    """Return the listings that nobody has confirmed for too long."""
    work.require_system()
    return queries.stale(work, rules.stale_before(work.today, _settings(work).stale_after_months))


def remind(work: Work, listing_id: UUID) -> None:
    """Ask a mentor whether what she says of herself is still right; once for each time that it grew stale."""
    work.require_system()
    row = queries.listing(work, listing_id)
    to = notices.recipient(work, row.person_id)
    if to is None or row.state is not ListingState.LISTED:
        return
    notices.send(
        work,
        to,
        NoticeKind.LISTING_STALE,
        about=row.id,
        key=f"listing-stale:{row.id}:{row.confirmed_on}",
        facts={"confirmed_on": row.confirmed_on},
    )
