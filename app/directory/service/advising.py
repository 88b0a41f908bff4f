"""Use cases of advisers: what a firm needs, who was proposed and chosen, and why a mentor was changed.

The adviser decides; nothing here proposes anybody. The hand-over itself belongs to practice.
"""

from collections.abc import Sequence
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict
from app.core.ids import new_id
from app.core.paging import Slice, Window
from app.directory import queries
from app.directory.schemas.advising import MentorChange, NeedCreate
from app.directory.service import searching
from app.directory.tables import MentorChangeRow, NeedRow, ProposalRow
from app.work import Work


class Need:
    """A need with what came of it."""

    def __init__(
        self, row: NeedRow, proposals: Sequence[ProposalRow], changes: Sequence[MentorChangeRow]
    ) -> None:
        self.row = row
        self.proposals = [one for one in proposals if one.stream == row.id]
        self.changes = [one for one in changes if one.stream == row.id]

    @property
    def id(self) -> UUID:
        """The id of the need."""
        return self.row.id

    def __getattr__(self, name: str) -> object:
        """Read what was found out."""
        return getattr(self.row, name)


def note_need(work: Work, wanted: NeedCreate) -> Need:
    """Note what a firm needs."""
    work.require(Permission.DIRECTORY_ADVISE)
    row = NeedRow(
        body_id=work.body_id,
        id=new_id(),
        adviser_id=work.person_id,
        noted_on=work.today,
        **wanted.model_dump(),
    )
    work.session.add(row)
    work.record(Event.NEED_NOTED, row, expertise=row.expertise, phase=row.phase, sector=row.sector)
    return Need(row, (), ())


def propose(work: Work, need_id: UUID, listing_id: UUID) -> Need:
    """Note that a mentor, who can be found today, was proposed to the firm."""
    work.require(Permission.DIRECTORY_ADVISE)
    row = queries.need_for_update(work, need_id)
    searching.mentor(work, listing_id, searching.reached(work, is_adviser=True))
    if listing_id in _proposed(work, row):
        raise Conflict("mentor_proposed_already")
    work.session.add(
        ProposalRow(
            body_id=work.body_id,
            stream=row.id,
            listing_id=listing_id,
            proposed_by=work.person_id,
            proposed_on=work.today,
        )
    )
    work.session.flush()  # the answer shows it
    work.record(Event.MENTOR_PROPOSED, row, listing=listing_id)
    return _need(work, row)


def choose(work: Work, need_id: UUID, listing_id: UUID) -> Need:
    """Note whom the firm chose among those proposed; who was chosen is changed, not chosen again."""
    work.require(Permission.DIRECTORY_ADVISE)
    row = queries.need_for_update(work, need_id)
    if row.chosen_id is not None:
        raise Conflict("mentor_chosen_already")
    _ensure_proposed(work, row, listing_id)
    row.chosen_id = listing_id
    work.session.add(row)
    work.record(Event.MENTOR_CHOSEN, row, listing=listing_id)
    return _need(work, row)


def change_mentor(work: Work, need_id: UUID, wanted: MentorChange) -> Need:
    """Note that the firm's mentor was changed to another of those proposed, and why."""
    work.require(Permission.DIRECTORY_ADVISE)
    row = queries.need_for_update(work, need_id)
    before = row.chosen_id
    if before is None:
        raise Conflict("mentor_not_chosen")
    if before == wanted.listing_id:
        raise Conflict("mentor_is_chosen")
    _ensure_proposed(work, row, wanted.listing_id)
    row.chosen_id = wanted.listing_id
    work.session.add(row)
    work.session.add(
        MentorChangeRow(
            body_id=work.body_id,
            stream=row.id,
            from_id=before,
            to_id=wanted.listing_id,
            reason=wanted.reason,
            changed_on=work.today,
            noted_by=work.person_id,
        )
    )
    work.session.flush()  # the answer shows it
    work.record(Event.MENTOR_CHANGED, row, before=before, after=wanted.listing_id)
    return _need(work, row)


def read_need(work: Work, need_id: UUID) -> Need:
    """Return one need with what came of it."""
    work.require(Permission.DIRECTORY_ADVISE)
    return _need(work, queries.need(work, need_id))


def search_needs(work: Work, wanted: Window) -> Slice[Need]:
    """Return one page of the needs that advisers of the body have noted."""
    work.require(Permission.DIRECTORY_ADVISE)
    found = queries.needs(work, wanted)
    ids = [row.id for row in found.items]
    proposals, changes = queries.proposals(work, ids), queries.changes(work, ids)
    return Slice([Need(row, proposals, changes) for row in found.items], found.next)


def _need(work: Work, row: NeedRow) -> Need:
    return Need(row, queries.proposals(work, [row.id]), queries.changes(work, [row.id]))


def _proposed(work: Work, row: NeedRow) -> set[UUID]:
    return {one.listing_id for one in queries.proposals(work, [row.id])}


def _ensure_proposed(work: Work, row: NeedRow, listing_id: UUID) -> None:
    if listing_id not in _proposed(work, row):
        raise Conflict("mentor_not_proposed")
    searching.mentor(work, listing_id, searching.reached(work, is_adviser=True))
