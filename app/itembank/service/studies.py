"""Use cases of who leads a panel study: plan it, put the panel together, hold the rounds, conclude it."""

from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict
from app.core.ids import new_id
from app.core.paging import Slice, Window
from app.itembank import queries
from app.itembank.queries import studies as panels
from app.itembank.rules import FormState
from app.itembank.rules import studies as law
from app.itembank.rules.contents import FormItem
from app.itembank.rules.studies import JudgeState, Rated, RoundState, SheetState, StudyAction
from app.itembank.schemas.studies import PanelJudgeCreate, PanelStudyCreate
from app.itembank.service.scoring import form_items
from app.itembank.tables import (
    FormRow,
    PanelJudgeRow,
    PanelRoundRow,
    PanelStudyRow,
    RatingSheetRow,
    StudyRow,
)
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.people import service as people
from app.schemes import service as schemes
from app.work import Work

_OF_ROUND = {"id", "number", "state", "opened_at", "closed_at"}


def plan_study(work: Work, wanted: PanelStudyCreate) -> dict[str, Any]:
    """Plan the study of a draft form as its scheme declares; that never changes afterwards (EXM-2, EXM-3)."""
    work.require(Permission.ITEMBANK_MANAGE)
    form = queries.form_for_update(work, wanted.form_id)
    _ensure_unrated(work, form)
    if panels.going_on(work, form.id) is not None:
        raise Conflict("study_running", form=form.code)
    package = schemes.version_of(work, form.scheme_version_id).package
    setting = package["assessment"]["standard_setting"]
    is_set = form.component in setting.get("components", [])
    law.ensure_levels([entry.level for entry in wanted.levels], setting["cuts_for_levels"] if is_set else [])
    _ensure_training(work, form, wanted)
    study = PanelStudyRow(
        body_id=work.body_id,
        form_id=form.id,
        method=setting["method"],
        rounds=setting["rounds"],
        rounding=wanted.rounding,
        rounding_reason=wanted.rounding_reason,
        least_panel=package["parameters"]["min_angoff_panel"],
        levels=[entry.model_dump() for entry in sorted(wanted.levels, key=lambda entry: entry.level)],
        training_form_id=wanted.training.form_id if wanted.training else None,
        training_items=wanted.training.items if wanted.training else [],
        led_by=work.person_id,
    )
    work.session.add(study)
    work.record(Event.STUDY_PLANNED, study, form=form.id, rounds=study.rounds, rounding=study.rounding)
    work.session.flush()  # the answer tells its version
    return told(work, study)


def search_studies(work: Work, wanted: Window) -> Slice[PanelStudyRow]:
    """Return one page of the body's panel studies."""
    work.require(Permission.ITEMBANK_READ)
    return panels.studies(work, wanted)


def read_study(work: Work, study_id: UUID) -> dict[str, Any]:
    """Return a study with its panel and how far its rounds are; no rating is among it."""
    work.require(Permission.ITEMBANK_READ)
    return told(work, panels.study(work, study_id))


def invite_judge(work: Work, study_id: UUID, wanted: PanelJudgeCreate) -> dict[str, Any]:
    """Appoint a person to the panel and write to her (EXM-3); no candidate, no drafter, not who leads."""
    work.require(Permission.ITEMBANK_MANAGE)
    study = panels.study_for_update(work, study_id)
    law.after(study.state, StudyAction.INVITE)
    form = queries.form(work, study.form_id)
    scheme_id = schemes.version_of(work, form.scheme_version_id).scheme_id
    people.known(work, wanted.person_id)
    law.ensure_may_judge(
        wanted.person_id,
        [form.drafted_by, study.led_by],
        is_candidate=panels.is_candidate(work, wanted.person_id, scheme_id),
    )
    panel = panels.judges_of(work, study.id)
    if any(row.person_id == wanted.person_id for row in panel):
        raise Conflict("judge_taken")
    judge = PanelJudgeRow(
        body_id=work.body_id,
        id=new_id(),
        stream=study.id,
        code=f"J{len(panel) + 1}",
        notice_id=_written_to(work, study, form, wanted.person_id),
        **wanted.model_dump(),
    )
    work.session.add(judge)
    work.record(Event.JUDGE_INVITED, study, judge=judge.id, person=judge.person_id)
    work.session.flush()  # the answer reads the panel
    return told(work, study)


def let_judge_go(work: Work, study_id: UUID, judge_id: UUID, reason: str) -> dict[str, Any]:
    """Let a judge go for a recorded reason; what she rated stays on record and does not count (EXM-3)."""
    work.require(Permission.ITEMBANK_MANAGE)
    study = panels.study_for_update(work, study_id)
    _leave(work, study, panels.judge(work, study.id, judge_id), reason)
    return told(work, study)


def open_round(work: Work, study_id: UUID) -> dict[str, Any]:
    """Open the next round and lay a sheet out for each judge (EXM-3)."""
    work.require(Permission.ITEMBANK_MANAGE)
    study = panels.study_for_update(work, study_id)
    study.state = law.after(study.state, StudyAction.OPEN_ROUND)
    panel = panels.judges_of(work, study.id)
    in_panel = [row.state for row in panel if row.state is not JudgeState.WITHDRAWN]
    law.ensure_panel(in_panel, study.least_panel)
    last = [held.number for held in panels.rounds_of(work, study.id)]
    number = law.next_round(last, study.rounds, has_training=bool(study.training_items))
    held = PanelRoundRow(
        body_id=work.body_id, id=new_id(), stream=study.id, number=number, opened_at=work.now
    )
    work.session.add_all([study, held])
    work.record(Event.ROUND_OPENED, study, number=number, judges=len(in_panel))
    work.session.flush()  # the sheets refer to the round
    for judge in panels.signed(panel):
        _lay_out(work, study, held, judge)
    work.session.flush()  # the answer counts them
    return told(work, study)


def close_round(work: Work, study_id: UUID, round_id: UUID) -> dict[str, Any]:
    """Close a round once the sheet of everybody who counts is in; only then is it shown (EXM-3)."""
    work.require(Permission.ITEMBANK_MANAGE)
    study = panels.study_for_update(work, study_id)
    held = panels.held_round(work, study.id, round_id)
    if held.state is RoundState.CLOSED:
        raise Conflict("round_closed", number=held.number)
    study.state = law.after(study.state, StudyAction.CLOSE_ROUND)
    panel = panels.signed(panels.judges_of(work, study.id))
    law.ensure_panel([row.state for row in panel], study.least_panel)
    sheets = panels.sheets_in(work, study.id, closed=False)
    came_in = {row.judge_id for at, row in sheets if at == held.number}
    law.ensure_all_in([row.code for row in panel if row.id not in came_in])
    held.state, held.closed_at = RoundState.CLOSED, work.now
    work.session.add_all([study, held])
    work.record(Event.ROUND_CLOSED, study, number=held.number, sheets=len(panel))
    work.session.flush()  # the answer tells the version
    return told(work, study)


def conclude_study(work: Work, study_id: UUID) -> dict[str, Any]:
    """Write the form's study from the last round: one cut per level, each above the one below (EXM-2)."""
    work.require(Permission.ITEMBANK_MANAGE)
    study = panels.study_for_update(work, study_id)
    work.expect(_Versioned(told(work, study)))
    form = queries.form_for_update(work, study.form_id)
    study.state = law.after(study.state, StudyAction.CONCLUDE)
    rated = rated_of(work, study)
    law.ensure_rounds_held(len(rated.rounds), study.rounds)
    _ensure_unrated(work, form)
    record = _record(work, study, rated)
    form.studied_on = work.today
    work.session.add_all([study, record, form])
    set_cuts = {str(entry["level"]): entry["cut"] for entry in record.levels}
    work.record(Event.STUDY_CONCLUDED, study, form=form.id, cuts=set_cuts)
    work.record(Event.STUDY_ENTERED, form, code=form.code, judges=len(rated.judges))
    work.session.flush()  # the answer tells the version
    return told(work, study)


def abandon_study(work: Work, study_id: UUID, reason: str) -> dict[str, Any]:
    """Give a study up for a recorded reason; another one may then be planned for the form."""
    work.require(Permission.ITEMBANK_MANAGE)
    study = panels.study_for_update(work, study_id)
    study.state, study.abandoned_because = law.after(study.state, StudyAction.ABANDON), reason
    work.session.add(study)
    work.record(Event.STUDY_ABANDONED, study)
    work.session.flush()  # the answer tells the version
    return told(work, study)


def rated_of(work: Work, study: PanelStudyRow, *, training: bool = False) -> Rated:
    """Return what the closed rounds hold; nothing of an open one is ever read here (EXM-3).

    The training is apart: it has other items, and never counts.
    """
    panel = panels.judges_of(work, study.id)
    codes = {row.id: row.code for row in panel}
    rounds: dict[int, dict[str, Any]] = {}
    for number, sheet in panels.sheets_in(work, study.id, closed=True):
        if (number == 0) is training:
            rounds.setdefault(number, {})[codes[sheet.judge_id]] = sheet.ratings
    return Rated(
        rounds=list(rounds.values()),
        judges=[row.code for row in panels.signed(panel)],
        left={row.code: row.left_because or "" for row in panel if row.state is JudgeState.WITHDRAWN},
        rounding=study.rounding,
        points=points_in(work, study, number=0 if training else 1),
    )


def items_in(work: Work, study: PanelStudyRow, *, number: int) -> list[FormItem]:
    """Return the items that a round rates, in the form's order, opened."""
    if number > 0 or study.training_form_id is None:
        return form_items(work, study.form_id)
    found = form_items(work, study.training_form_id)
    return [item for item in found if item.code in study.training_items]


def points_in(work: Work, study: PanelStudyRow, *, number: int) -> dict[str, int]:
    """Return what each item that a round rates is worth, in the form's order."""
    return {item.code: item.points for item in items_in(work, study, number=number)}


def told(work: Work, study: PanelStudyRow) -> dict[str, Any]:
    """Return a study with panel and rounds as it is told; no rating is among it."""
    panel = panels.judges_of(work, study.id)
    came_in = [at for at, _ in panels.sheets_in(work, study.id, closed=False)]
    return {
        **study.model_dump(exclude={"body_id", "salt"}),
        "judges": panel,
        "rounds_held": [
            {**held.model_dump(include=_OF_ROUND), "sheets_in": came_in.count(held.number)}
            for held in panels.rounds_of(work, study.id)
        ],
    }


class _Versioned(dict[str, Any]):
    """A study as told, which knows its version."""

    @property
    def rev(self) -> int:
        """The study's version."""
        return int(self["rev"])


def _ensure_training(work: Work, form: FormRow, wanted: PanelStudyCreate) -> None:
    """Refuse training on anything but items of another form of the same component and scheme version."""
    if wanted.training is None:
        return
    other = queries.form(work, wanted.training.form_id)
    law.ensure_training(
        wanted.training.items,
        [item.code for item in queries.items_of(work, other.id)],
        is_fit=other.id != form.id
        and (other.scheme_version_id, other.component) == (form.scheme_version_id, form.component),
    )


def _ensure_unrated(work: Work, form: FormRow) -> None:
    """Refuse a form that is no draft, has its study, or takes its cut from another form (EXM-2)."""
    is_rated = form.equivalence is not None or queries.study_if_any(work, form.id) is not None
    if form.state is not FormState.DRAFT or is_rated:
        raise Conflict("study_taken", form=form.code)


def _leave(work: Work, study: PanelStudyRow, judge: PanelJudgeRow, reason: str) -> None:
    """Take a judge out of the panel."""
    signed = len(panels.signed(panels.judges_of(work, study.id)))
    law.ensure_may_leave(study.state, judge.state, signed=signed, least=study.least_panel)
    judge.state, judge.left_at, judge.left_because = JudgeState.WITHDRAWN, work.now, reason
    work.session.add(judge)
    work.record(Event.JUDGE_LEFT, study, judge=judge.id, state=study.state)
    work.session.flush()  # the answer tells the version


def _written_to(work: Work, study: PanelStudyRow, form: FormRow, person_id: UUID) -> UUID:
    """Write the invitation, which holds the undertaking; who has no account cannot rate."""
    to = notices.recipient(work, person_id)
    if to is None:
        raise Conflict("judge_without_account")
    notice = notices.send(
        work,
        to,
        NoticeKind.JUDGE_INVITED,
        about=study.id,
        key=f"panel-study/{study.id}/{person_id}",
        facts={"form": form.title},
    )
    work.session.flush()  # the judge's row refers to it
    return notice.id


def _lay_out(work: Work, study: PanelStudyRow, held: PanelRoundRow, judge: PanelJudgeRow) -> None:
    """Lay an empty sheet out for a judge."""
    sheet = RatingSheetRow(
        body_id=work.body_id,
        study_id=study.id,
        round_id=held.id,
        judge_id=judge.id,
        person_id=judge.person_id,
        state=SheetState.DRAFT,
        ratings={},
    )
    work.session.add(sheet)
    work.record(Event.SHEET_LAID_OUT, sheet, study=study.id, number=held.number)


def _record(work: Work, study: PanelStudyRow, rated: Rated) -> StudyRow:
    """Make the study that the form is approved with: the last round of those who stayed, and its figures."""
    described = {entry["level"]: entry["minimally_competent"] for entry in study.levels}
    last, panel = rated.rounds[-1], panels.signed(panels.judges_of(work, study.id))
    found = law.cuts(rated, list(described))
    return StudyRow(
        body_id=work.body_id,
        stream=study.form_id,
        method=study.method,
        version=1,
        rounds=study.rounds,
        rounding=study.rounding,
        panel=[{"judge": row.code, "role": row.role, "conflicts": row.conflicts or ""} for row in panel],
        levels=[
            {
                "level": cut.level,
                "minimally_competent": described[cut.level],
                "mean": str(cut.study.mean),
                "sd": str(cut.study.sd),
                "se": str(cut.study.se),
                "cut": cut.study.cut,
            }
            for cut in found
        ],
        ratings={
            str(level): {
                item: [last[judge][str(level)][item] for judge in rated.judges] for item in rated.points
            }
            for level in described
        },
    )
