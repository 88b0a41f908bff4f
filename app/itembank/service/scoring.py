"""What those who hold and score examinations need of forms; they have asked their own permission."""

from collections.abc import Sequence
from uuid import UUID

from app.core.errors import Conflict
from app.itembank import queries, rules
from app.itembank.rules import PanelRatings
from app.itembank.rules.contents import FormItem, Head, form_item
from app.itembank.service.contents import Sealed, opened
from app.itembank.tables import FormItemRow, FormRow, StudyRow
from app.work import Work
from assessments.forms import AnswerKey, ItemKind
from assessments.standard_setting import AngoffStudy

FORM_ITEMS = "form_items"


def approved_forms(work: Work, version_id: UUID, component: str, language: str) -> Sequence[FormRow]:
    """Return the forms of a component in a language that may be sat."""
    return queries.approved(work, version_id, component, language)


def form(work: Work, form_id: UUID) -> FormRow:
    """Return a form."""
    return queries.form(work, form_id)


def form_items(work: Work, form_id: UUID) -> list[FormItem]:
    """Return the items of a form in its order, opened; candidates are shown stems and options only."""
    return [_opened(work, row) for row in queries.items_of(work, form_id)]


def key(work: Work, form: FormRow) -> AnswerKey:
    """Return the answer key of a form; callers score with it and never show it (EXM-5)."""
    return AnswerKey(form.key_version, tuple(item.scored for item in form_items(work, form.id)))


def cut(work: Work, form: FormRow, level: int) -> tuple[StudyRow, int]:
    """Return an approved form's study and cut, recomputed from the panel's ratings now (EXM-2, EXM-3)."""
    rules.ensure_usable(form.state, form.code)
    return cut_of(work, form, level)


def cut_of(work: Work, form: FormRow, level: int) -> tuple[StudyRow, int]:
    """Return study and cut of a form in any state.

    A form in another language has a study of its own, unless it was shown to be equivalent (7.0, amendment
    22); then the study, and the approval of it, are those of the form that it is a variant of.
    """
    study, ratings = _study(work, form)
    return study, rules.recomputed_cut(ratings, level)


def studies(work: Work, form: FormRow) -> dict[int, AngoffStudy]:
    """Return the study behind each cut of a form, computed from the panel's ratings now."""
    _, ratings = _study(work, form)
    return {level: rules.angoff_study(ratings, level) for level in sorted(ratings.declared)}


def _study(work: Work, form: FormRow) -> tuple[StudyRow, PanelRatings]:
    rated = form
    if form.equivalence is not None and form.variant_of is not None:
        rated = queries.form(work, form.variant_of)
        rules.ensure_usable(rated.state, rated.code)
    study = queries.study_if_any(work, rated.id)
    if study is None:
        raise Conflict("study_missing", rule="EXM-2", form=rated.code)
    points = {item.code: item.points for item in form_items(work, rated.id)}
    return study, _ratings(study, points)


def _opened(work: Work, row: FormItemRow) -> FormItem:
    content = (
        {"stem": row.stem, "options": row.options, "key": row.key, "rationale": row.rationale}
        if row.content is None or row.content_sha256 is None
        else opened(work, FORM_ITEMS, row.id, Sealed(row.content, row.content_sha256))
    )
    head = Head(row.code, row.version, row.unit, ItemKind(row.kind), row.cognitive_level)
    return form_item(row.id, head, row.element, content)


def _ratings(study: StudyRow, points: dict[str, int]) -> PanelRatings:
    return PanelRatings(
        rounding=study.rounding,
        judges=tuple(judge["judge"] for judge in study.panel),
        ratings=study.ratings,
        declared={entry["level"]: entry["cut"] for entry in study.levels},
        points=points,
    )
