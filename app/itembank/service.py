"""Use cases of the item bank: draft a form, read it, approve it, and hand key and cut to those who score."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.canonical import NotCanonical, canonical
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.errors import Conflict, Findings
from app.core.paging import Slice, Window
from app.itembank import queries, rules
from app.itembank.formfile import check_form
from app.itembank.rules import FormAction, FormState, PanelRatings, Scheme
from app.itembank.tables import FormRow, ItemRow, StudyRow
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work
from assessments.forms import AnswerKey
from assessments.standard_setting import AngoffStudy

_ITEM = ("code", "version", "unit", "element", "kind", "stem", "options", "key", "rationale")
_FIGURES = ("level", "minimally_competent", "mean", "sd", "se", "cut")


def draft(work: Work, version_id: UUID, document: dict[str, Any]) -> FormRow:
    """Take in a form that is sound in itself and fits its scheme version (EXM-1, EXM-2)."""
    work.require(Permission.ITEMBANK_MANAGE)
    version = schemes.version_of(work, version_id)
    sha256 = _checked(document)
    if findings := rules.fit_findings(document, _scheme(version.package, document["component"])):
        raise Findings("exam_form_refused", tuple(findings))
    if queries.is_taken(work, version_id, document["form"], document["version"]):
        raise Conflict("form_taken", form=document["form"], version=document["version"])
    form = _form_row(work, version_id, document, sha256)
    work.session.add(form)
    work.session.flush()  # items and study refer to it
    work.recorder.insert(ItemRow, _item_rows(form.id, document["items"]))
    work.session.add(_study_row(work, form.id, document["study"]))
    work.record(
        Event.FORM_DRAFTED, form, code=form.code, version=form.version, items=form.item_count, sha256=sha256
    )
    return form


def search(work: Work, wanted: Window) -> Slice[FormRow]:
    """Return one page of the body's forms, without their items."""
    work.require(Permission.ITEMBANK_READ)
    return queries.forms(work, wanted)


def read(work: Work, form_id: UUID) -> FormRow:
    """Return a form, without its items."""
    work.require(Permission.ITEMBANK_READ)
    return queries.form(work, form_id)


def content(work: Work, form_id: UUID) -> dict[str, object]:
    """Show items, keys and ratings; who looked is on record (SEC-1)."""
    work.require(Permission.ITEMBANK_READ)
    form = queries.form(work, form_id)
    work.record(Event.RECORD_DISCLOSED, form, what="form content")
    return {
        "form_id": form.id,
        "items": queries.items_of(work, form_id),
        "study": queries.study_of(work, form_id),
    }


def approve(work: Work, form_id: UUID) -> FormRow:
    """Approve a form with its blueprint met and its cuts as rated; then it is frozen (EXM-1, EXM-3)."""
    work.require(Permission.ITEMBANK_APPROVE)
    form = queries.form_for_update(work, form_id)
    work.expect(form)
    state = rules.after(form.state, FormAction.APPROVE)
    rules.ensure_may_approve(form.drafted_by, work.person_id)
    if form.is_example and not bodies.own(work).is_demo:
        raise Conflict("form_is_example")
    items = [rules.scored_item(row) for row in queries.items_of(work, form_id)]
    if units := rules.deviations(items, form.blueprint, form.minutes):
        raise Conflict("blueprint_missed", rule="EXM-1", units=units)
    study = _ratings(queries.study_of(work, form_id))
    cuts = {str(level): rules.recomputed_cut(study, level) for level in sorted(study.declared)}
    form.state, form.approved_by, form.approved_on = state, work.person_id, work.today
    work.session.add(form)
    work.record(Event.STUDY_APPROVED, form, code=form.code, version=form.version, cuts=cuts)
    return form


def approved_forms(work: Work, version_id: UUID, component: str, language: str) -> Sequence[FormRow]:
    """Return the approved forms of a component in a language; callers have asked their own permission."""
    return queries.approved(work, version_id, component, language)


def form(work: Work, form_id: UUID) -> FormRow:
    """Return a form; callers have asked their own permission."""
    return queries.form(work, form_id)


def items(work: Work, form_id: UUID) -> Sequence[ItemRow]:
    """Return the items of a form; callers have asked their own permission and show stems and options only."""
    return queries.items_of(work, form_id)


def key(work: Work, form: FormRow) -> AnswerKey:
    """Return the answer key of a form; callers score with it and never show it."""
    return rules.answer_key(form.key_version, queries.items_of(work, form.id))


def cut(work: Work, form: FormRow, level: int) -> tuple[StudyRow, int]:
    """Return an approved form's study and cut, recomputed from the panel's ratings now (EXM-2, EXM-3)."""
    if form.state is not FormState.APPROVED:
        raise Conflict("study_not_approved", rule="EXM-3", form=form.code)
    study = queries.study_of(work, form.id)
    return study, rules.recomputed_cut(_ratings(study), level)


def studies(work: Work, form: FormRow) -> dict[int, AngoffStudy]:
    """Return the study behind each cut of a form; callers have asked their own permission."""
    ratings = _ratings(queries.study_of(work, form.id))
    return {level: rules.angoff_study(ratings, level) for level in sorted(ratings.declared)}


def _checked(document: dict[str, Any]) -> str:
    """Refuse a document that is not a sound form, and return the hash of its canonical bytes."""
    try:
        sha256 = hashlib.sha256(canonical(document)).hexdigest()
    except NotCanonical as fault:
        message = "Numbers with a fraction are written as strings, keys in plain letters."
        raise Findings("exam_form_refused", ((fault.pointer, "not_canonical", message),)) from None
    if findings := check_form(document):
        raise Findings(
            "exam_form_refused", tuple((found.pointer, found.code, found.message) for found in findings)
        )
    return sha256


def _scheme(package: Mapping[str, Any], code: str) -> Scheme:
    component = assessing.component(package, code)
    setting = package["assessment"]["standard_setting"]
    levels = component["levels"] if code in setting.get("components", []) else []
    return Scheme(
        code=package["scheme"]["code"],
        component=component,
        elements=assessing.element_codes(package),
        languages=package["scheme"]["languages"],
        least_panel=package["parameters"]["min_angoff_panel"],
        cut_levels=levels,
    )


def _form_row(work: Work, version_id: UUID, document: Mapping[str, Any], sha256: str) -> FormRow:
    return FormRow(
        body_id=work.body_id,
        scheme_version_id=version_id,
        component=document["component"],
        code=document["form"],
        version=document["version"],
        language=document["language"],
        title=document["title"],
        document_sha256=sha256,
        key_version=document["key_version"],
        minutes=document["blueprint"]["minutes"],
        item_count=len(document["items"]),
        blueprint=document["blueprint"]["units"],
        is_example=document["example"],
        drafted_by=work.person_id,
    )


def _item_rows(form_id: UUID, entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"stream": form_id, "place": place, **{name: entry[name] for name in _ITEM}}
        for place, entry in enumerate(entries, start=1)
    ]


def _study_row(work: Work, form_id: UUID, study: Mapping[str, Any]) -> StudyRow:
    return StudyRow(
        body_id=work.body_id,
        stream=form_id,
        method=study["method"],
        version=study["version"],
        rounds=study["rounds"],
        rounding=study["rounding"],
        panel=study["panel"],
        levels=[{name: entry[name] for name in _FIGURES} for entry in study["levels"]],
        ratings={str(entry["level"]): entry["ratings"] for entry in study["levels"]},
    )


def _ratings(study: StudyRow) -> PanelRatings:
    return PanelRatings(
        rounding=study.rounding,
        judges=tuple(judge["judge"] for judge in study.panel),
        ratings=study.ratings,
        declared={entry["level"]: entry["cut"] for entry in study.levels},
    )
