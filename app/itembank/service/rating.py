"""Use cases of judges: sign the undertaking, rate on one's own sheet, and see how the closed round lies."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, Findings
from app.core.paging import Window
from app.itembank import queries
from app.itembank.queries import studies as panels
from app.itembank.rules import studies as law
from app.itembank.rules.studies import JudgeState, RoundState, SheetState, StudyAction, StudyState
from app.itembank.service.studies import items_in, points_in, rated_of
from app.itembank.tables import PanelJudgeRow, PanelRoundRow, PanelStudyRow, RatingSheetRow
from app.work import Work


def own_seats(work: Work, wanted: Window) -> dict[str, Any]:
    """Return one page of the acting person's places in panels, with her sheets."""
    work.require(Permission.ITEMBANK_RATE_OWN)
    found = panels.seats_of(work, work.person_id, wanted)
    return {"items": [_seat(work, row) for row in found.items], "next": found.next}


def sign(work: Work, study_id: UUID, conflicts: str) -> dict[str, Any]:
    """Sign the undertaking of the invitation, and tell one's conflicts, before any item is shown (SEC-1)."""
    work.require(Permission.ITEMBANK_RATE_OWN)
    panels.own_seat(work, study_id, work.person_id)  # to others there is no such study
    study = panels.study_for_update(work, study_id)
    law.after(study.state, StudyAction.SIGN)
    seat = panels.own_seat(work, study_id, work.person_id)
    if seat.state is not JudgeState.INVITED:
        raise Conflict("undertaking_signed")
    seat.state, seat.conflicts, seat.signed_at = JudgeState.SIGNED, conflicts, work.now
    work.session.add(seat)
    work.record(Event.UNDERTAKING_SIGNED, study, judge=seat.id, notice=seat.notice_id)
    return _seat(work, seat)


def read_sheet(work: Work, sheet_id: UUID) -> dict[str, Any]:
    """Show a judge her own sheet with the items; views of items are on record (SEC-1)."""
    work.require(Permission.ITEMBANK_RATE_OWN)
    sheet = panels.own_sheet(work, sheet_id, work.person_id)
    study, held = _open(work, sheet)
    work.record(Event.RECORD_DISCLOSED, sheet, what="items of a study", form=study.form_id)
    return {**_told(sheet, study, held), "items": items_in(work, study, number=held.number)}


def save_ratings(work: Work, sheet_id: UUID, given: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Save ratings as a draft; what is not given stays as it was."""
    work.require(Permission.ITEMBANK_RATE_OWN)
    sheet = panels.own_sheet(work, sheet_id, work.person_id, lock=True)
    study, held = _open(work, sheet)
    law.ensure_draft(sheet.state, held.state)
    work.expect(_Versioned(_told(sheet, study, held)))
    items = list(points_in(work, study, number=held.number))
    sheet.ratings = law.merged(sheet.ratings, given, _levels(study), items)
    sheet.saves += 1
    work.session.add(sheet)
    work.record(Event.SHEET_SAVED, sheet, rated=sum(map(len, sheet.ratings.values())))
    work.session.flush()  # the answer tells the version
    return _told(sheet, study, held)


def submit_sheet(work: Work, sheet_id: UUID, *, confirms_falls: bool) -> dict[str, Any]:
    """Submit a complete sheet, once; ratings that fall from a level to the next must be meant (EXM-3)."""
    work.require(Permission.ITEMBANK_RATE_OWN)
    sheet = panels.own_sheet(work, sheet_id, work.person_id, lock=True)
    study, held = _open(work, sheet)
    law.ensure_draft(sheet.state, held.state)
    work.expect(_Versioned(_told(sheet, study, held)))
    items = list(points_in(work, study, number=held.number))
    if empty := law.sheet_findings(sheet.ratings, _levels(study), items):
        raise Findings("ratings_missing", tuple(empty))
    falling = law.falls(sheet.ratings, _levels(study), items)
    if falling and not confirms_falls:
        raise Findings("ratings_fall", tuple(falling))
    sheet.state, sheet.submitted_at, sheet.falls = SheetState.SUBMITTED, work.now, len(falling)
    work.session.add(sheet)
    work.record(Event.SHEET_SUBMITTED, sheet, study=study.id, number=held.number, falls=len(falling))
    work.session.flush()  # the answer tells the version
    return _told(sheet, study, held)


def sheet_feedback(work: Work, sheet_id: UUID) -> dict[str, Any]:
    """Show a judge where she lay in a closed round: her own position, the items' spread, nobody's ratings."""
    work.require(Permission.ITEMBANK_RATE_OWN)
    sheet = panels.own_sheet(work, sheet_id, work.person_id)
    study, held = _open(work, sheet)
    if held.state is not RoundState.CLOSED:
        raise Conflict("round_open", rule="EXM-3", number=held.number)
    seat = panels.own_seat(work, study.id, work.person_id)
    rated = rated_of(work, study, training=held.number == 0)
    work.record(Event.RECORD_DISCLOSED, sheet, what="feedback on a round")
    levels = []
    for level in _levels(study):
        found = law.feedback(rated, held.number, level)
        own = next(one for one in found.judges if one.judge == seat.code)
        cut = law.provisional_cut(rated, held.number, level)
        levels.append({"level": level, "cut": cut, "panel": found, "own": own, "items": found.items})
    return {"sheet_id": sheet.id, "number": held.number, "levels": levels}


class _Versioned(dict[str, Any]):
    """A sheet as told, which knows its version."""

    @property
    def rev(self) -> int:
        """The sheet's version."""
        return int(self["rev"])


def _open(work: Work, sheet: RatingSheetRow) -> tuple[PanelStudyRow, PanelRoundRow]:
    """Return study and round of a sheet; once the study is over, or she has left, it is shut to her."""
    study = panels.study(work, sheet.study_id)
    seat = panels.own_seat(work, study.id, sheet.person_id)
    going_on = study.state in {StudyState.RATING, StudyState.DISCUSSING}
    if not going_on or seat.state is not JudgeState.SIGNED:
        raise Conflict("study_shut", rule="SEC-1")
    return study, panels.round_of(work, sheet)


def _levels(study: PanelStudyRow) -> list[int]:
    return [entry["level"] for entry in study.levels]


def _seat(work: Work, row: PanelJudgeRow) -> dict[str, Any]:
    study = panels.study(work, row.stream)
    return {
        "study_id": study.id,
        "form": queries.form(work, study.form_id).title,
        "state": study.state,
        "levels": study.levels,
        "judge": row.code,
        "judge_state": row.state,
        "notice_id": row.notice_id,
        "signed_at": row.signed_at,
        "sheets": [
            {"id": sheet.id, "number": number, "state": sheet.state}
            for number, sheet in panels.own_sheets(work, study.id, row.person_id)
        ],
    }


def _told(sheet: RatingSheetRow, study: PanelStudyRow, held: PanelRoundRow) -> dict[str, Any]:
    return {
        "id": sheet.id,
        "rev": sheet.rev,
        "study_id": study.id,
        "number": held.number,
        "state": sheet.state,
        "submitted_at": sheet.submitted_at,
        "falls": sheet.falls,
        "levels": study.levels,
        "ratings": sheet.ratings,
    }
