"""What is asked about panel studies, their judges, rounds and sheets."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.applications.rules import CaseState
from app.applications.tables import CaseRow
from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.itembank.rules.studies import JudgeState, RoundState, SheetState, StudyState
from app.itembank.tables import PanelJudgeRow, PanelRoundRow, PanelStudyRow, RatingSheetRow
from app.schemes.tables import SchemeVersionRow
from app.work import Work

_OPEN_CASE = (CaseState.SUBMITTED, CaseState.ADMITTED, CaseState.EXAMINED)


def study(work: Work, study_id: UUID) -> PanelStudyRow:
    """Return a panel study of this body."""
    found = work.session.get(PanelStudyRow, (work.body_id, study_id))
    if found is None:
        raise NotFound("study")
    return found


def study_for_update(work: Work, study_id: UUID) -> PanelStudyRow:
    """Return a panel study, locked: whatever changes panel or rounds queues here."""
    found = work.session.exec(
        select(PanelStudyRow)
        .where(col(PanelStudyRow.body_id) == work.body_id, col(PanelStudyRow.id) == study_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("study")
    return found


def studies(work: Work, wanted: Window) -> Slice[PanelStudyRow]:
    """Return one page of the body's panel studies."""
    query = (
        select(PanelStudyRow)
        .where(col(PanelStudyRow.body_id) == work.body_id)
        .order_by(col(PanelStudyRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(PanelStudyRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def of_form(work: Work, form_id: UUID) -> Sequence[PanelStudyRow]:
    """Return all panel studies of a form, abandoned ones too, oldest first."""
    return work.session.exec(
        select(PanelStudyRow)
        .where(col(PanelStudyRow.body_id) == work.body_id, col(PanelStudyRow.form_id) == form_id)
        .order_by(col(PanelStudyRow.id))
    ).all()


def going_on(work: Work, form_id: UUID) -> PanelStudyRow | None:
    """Return the panel study of a form that was not abandoned."""
    return next((row for row in of_form(work, form_id) if row.state is not StudyState.ABANDONED), None)


def judges_of(work: Work, study_id: UUID) -> Sequence[PanelJudgeRow]:
    """Return a panel in the order of its invitations."""
    return work.session.exec(
        select(PanelJudgeRow)
        .where(col(PanelJudgeRow.body_id) == work.body_id, col(PanelJudgeRow.stream) == study_id)
        .order_by(col(PanelJudgeRow.id))
    ).all()


def judge(work: Work, study_id: UUID, judge_id: UUID) -> PanelJudgeRow:
    """Return a judge of a panel."""
    found = work.session.get(PanelJudgeRow, (work.body_id, judge_id))
    if found is None or found.stream != study_id:
        raise NotFound("judge")
    return found


def own_seat(work: Work, study_id: UUID, person_id: UUID) -> PanelJudgeRow:
    """Return a person's own place in a panel; others learn nothing of the study."""
    found = next((row for row in judges_of(work, study_id) if row.person_id == person_id), None)
    if found is None:
        raise NotFound("study")
    return found


def seats_of(work: Work, person_id: UUID, wanted: Window) -> Slice[PanelJudgeRow]:
    """Return one page of a person's places in panels."""
    query = (
        select(PanelJudgeRow)
        .where(col(PanelJudgeRow.body_id) == work.body_id, col(PanelJudgeRow.person_id) == person_id)
        .order_by(col(PanelJudgeRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(PanelJudgeRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def judged_by(work: Work, form_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return everybody who was invited to a panel that rates, or trains on, one of these forms."""
    found = work.session.exec(
        select(PanelJudgeRow.person_id)
        .join(
            PanelStudyRow,
            (col(PanelStudyRow.body_id) == col(PanelJudgeRow.body_id))
            & (col(PanelStudyRow.id) == col(PanelJudgeRow.stream)),
        )
        .where(
            col(PanelStudyRow.body_id) == work.body_id,
            col(PanelStudyRow.form_id).in_(form_ids) | col(PanelStudyRow.training_form_id).in_(form_ids),
        )
    ).all()
    return frozenset(found)


def is_candidate(work: Work, person_id: UUID, scheme_id: UUID) -> bool:
    """Tell whether a person has an open case under any version of a scheme."""
    found = work.session.exec(
        select(CaseRow.id)
        .join(
            SchemeVersionRow,
            (col(SchemeVersionRow.body_id) == col(CaseRow.body_id))
            & (col(SchemeVersionRow.id) == col(CaseRow.scheme_version_id)),
        )
        .where(
            col(CaseRow.body_id) == work.body_id,
            col(CaseRow.person_id) == person_id,
            col(SchemeVersionRow.scheme_id) == scheme_id,
            col(CaseRow.state).in_(_OPEN_CASE),
        )
    ).first()
    return found is not None


def rounds_of(work: Work, study_id: UUID) -> Sequence[PanelRoundRow]:
    """Return the rounds of a study, first round first."""
    return work.session.exec(
        select(PanelRoundRow)
        .where(col(PanelRoundRow.body_id) == work.body_id, col(PanelRoundRow.stream) == study_id)
        .order_by(col(PanelRoundRow.number))
    ).all()


def held_round(work: Work, study_id: UUID, round_id: UUID) -> PanelRoundRow:
    """Return a round of a study."""
    found = work.session.get(PanelRoundRow, (work.body_id, round_id))
    if found is None or found.stream != study_id:
        raise NotFound("round")
    return found


def round_of(work: Work, sheet: RatingSheetRow) -> PanelRoundRow:
    """Return the round that a sheet is of."""
    return work.session.get_one(PanelRoundRow, (work.body_id, sheet.round_id))


def sheets_in(work: Work, study_id: UUID, *, closed: bool) -> Sequence[tuple[int, RatingSheetRow]]:
    """Return the submitted sheets with their round's number; of closed rounds only where that is asked."""
    query = (
        select(PanelRoundRow.number, RatingSheetRow)
        .join(
            PanelRoundRow,
            (col(PanelRoundRow.body_id) == col(RatingSheetRow.body_id))
            & (col(PanelRoundRow.id) == col(RatingSheetRow.round_id)),
        )
        .where(
            col(RatingSheetRow.body_id) == work.body_id,
            col(RatingSheetRow.study_id) == study_id,
            col(RatingSheetRow.state) == SheetState.SUBMITTED,
        )
        .order_by(col(PanelRoundRow.number), col(RatingSheetRow.id))
    )
    if closed:
        query = query.where(col(PanelRoundRow.state) == RoundState.CLOSED)
    return work.session.exec(query).all()


def own_sheets(work: Work, study_id: UUID, person_id: UUID) -> Sequence[tuple[int, RatingSheetRow]]:
    """Return a judge's own sheets of a study with their round's number."""
    return work.session.exec(
        select(PanelRoundRow.number, RatingSheetRow)
        .join(
            PanelRoundRow,
            (col(PanelRoundRow.body_id) == col(RatingSheetRow.body_id))
            & (col(PanelRoundRow.id) == col(RatingSheetRow.round_id)),
        )
        .where(
            col(RatingSheetRow.body_id) == work.body_id,
            col(RatingSheetRow.study_id) == study_id,
            col(RatingSheetRow.person_id) == person_id,
        )
        .order_by(col(PanelRoundRow.number))
    ).all()


def own_sheet(work: Work, sheet_id: UUID, person_id: UUID, *, lock: bool = False) -> RatingSheetRow:
    """Return a judge's own sheet; another's is not there for her."""
    query = select(RatingSheetRow).where(
        col(RatingSheetRow.body_id) == work.body_id,
        col(RatingSheetRow.id) == sheet_id,
        col(RatingSheetRow.person_id) == person_id,
    )
    found = work.session.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("rating_sheet")
    return found


def signed(judges: Sequence[PanelJudgeRow]) -> list[PanelJudgeRow]:
    """Return the judges who count."""
    return [row for row in judges if row.state is JudgeState.SIGNED]
