"""Use cases of written forms: take one in, read it, give it a study, approve it, retire it."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.canonical import NotCanonical, canonical
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.errors import Conflict, Findings, NotImpartial
from app.core.ids import new_id
from app.core.paging import Slice, Window
from app.itembank import queries, rules
from app.itembank.formfile import check_form, check_study
from app.itembank.queries import bank
from app.itembank.queries import studies as panels
from app.itembank.rules import FormAction, Scheme
from app.itembank.rules.items import ItemState, RetirementReason, ensure_a_persons_reason
from app.itembank.rules.studies import StudyState
from app.itembank.service.contents import seal
from app.itembank.service.scoring import FORM_ITEMS, cut_of, form_items
from app.itembank.tables import FormItemRow, FormRow, StudyRow
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work

_ITEM = ("code", "version", "unit", "element", "kind")
_CONTENT = ("stem", "options", "key", "rationale")
_FIGURES = ("level", "minimally_competent", "mean", "sd", "se", "cut")


def draft(work: Work, version_id: UUID, document: dict[str, Any]) -> FormRow:
    """Take in a form that is sound in itself and fits its scheme version (EXM-1, EXM-2)."""
    work.require(Permission.ITEMBANK_MANAGE)
    version = schemes.version_of(work, version_id)
    sha256 = _checked(document)
    if findings := rules.fit_findings(document, scheme_of(version.package, document["component"])):
        raise Findings("exam_form_refused", tuple(findings))
    if queries.is_taken(work, version_id, document["form"], document["version"]):
        raise Conflict("form_taken", form=document["form"], version=document["version"])
    form = _form_row(work, version_id, document, sha256)
    work.session.add(form)
    work.session.flush()  # items and study refer to it
    rows = [_item_row(work, form.id, place, entry) for place, entry in enumerate(document["items"], start=1)]
    work.recorder.insert(FormItemRow, rows)
    if "study" in document:
        work.session.add(_study_row(work, form.id, document["study"]))
    work.record(
        Event.FORM_DRAFTED, form, code=form.code, version=form.version, items=form.item_count, sha256=sha256
    )
    return form


def add_study(work: Work, form_id: UUID, study: dict[str, Any]) -> FormRow:
    """Give a form that was put together from the bank the study behind its cuts (EXM-2, EXM-3)."""
    work.require(Permission.ITEMBANK_MANAGE)
    form = queries.form_for_update(work, form_id)
    work.expect(form)
    rules.after(form.state, FormAction.RATE)
    if form.equivalence is not None or queries.study_if_any(work, form.id) is not None:
        raise Conflict("study_taken", form=form.code)
    if panels.going_on(work, form.id) is not None:
        raise Conflict("study_running", form=form.code)
    points = {item.code: item.points for item in form_items(work, form.id)}
    faults = check_study(study, form_version=form.version, points=points)
    findings = tuple((found.pointer, found.code, found.message) for found in faults)
    if not findings:
        package = schemes.version_of(work, form.scheme_version_id).package
        findings = tuple(rules.study_findings(study, scheme_of(package, form.component)))
    if findings:
        raise Findings("study_refused", findings)
    work.session.add(_study_row(work, form.id, study))
    form.studied_on = work.today
    work.session.add(form)
    work.record(Event.STUDY_ENTERED, form, code=form.code, judges=len(study["panel"]))
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
        "items": form_items(work, form.id),
        "study": queries.study_if_any(work, form.id),
    }


def approve(work: Work, form_id: UUID) -> FormRow:
    """Approve a form with its blueprint met and its cuts as rated; then it is frozen (EXM-1, EXM-3)."""
    work.require(Permission.ITEMBANK_APPROVE)
    form = queries.form_for_update(work, form_id)
    work.expect(form)
    state = rules.after(form.state, FormAction.APPROVE)
    rules.ensure_may_approve(form.drafted_by, work.person_id)
    _ensure_panel_done(work, form)
    if form.is_example and not bodies.own(work).is_demo:
        raise Conflict("form_is_example")
    items = [item.scored for item in form_items(work, form.id)]
    if units := rules.deviations(items, form.blueprint, form.minutes):
        raise Conflict("blueprint_missed", rule="EXM-1", units=units)
    _ensure_items_in_use(work, form)
    package = schemes.version_of(work, form.scheme_version_id).package
    levels = scheme_of(package, form.component).cut_levels
    cuts = {str(level): cut_of(work, form, level)[1] for level in levels}
    form.state, form.approved_by, form.approved_on = state, work.person_id, work.today
    work.session.add(form)
    work.record(Event.STUDY_APPROVED, form, code=form.code, version=form.version, cuts=cuts)
    return form


def retire_form(work: Work, form_id: UUID, reason: RetirementReason, note: str) -> FormRow:
    """Take an approved form out of use; what was sat on it is still scored by it (SEC-1)."""
    work.require(Permission.ITEMBANK_APPROVE)
    form = queries.form_for_update(work, form_id)
    work.expect(form)
    ensure_a_persons_reason(reason)
    form.state = rules.after(form.state, FormAction.RETIRE)
    form.retired_for, form.retired_note = reason, note
    form.retired_by, form.retired_on = work.person_id, work.today
    work.session.add(form)
    work.record(Event.FORM_RETIRED, form, code=form.code, version=form.version, reason=reason)
    return form


def scheme_of(package: Mapping[str, Any], code: str) -> Scheme:
    """Return what a form of a component must fit."""
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


def _ensure_panel_done(work: Work, form: FormRow) -> None:
    """Refuse approval while a panel is at work on a form, and by one of its judges (EXM-3)."""
    panel = panels.going_on(work, form.id)
    if panel is not None and panel.state is not StudyState.CONCLUDED:
        raise Conflict("study_running", form=form.code)
    if work.person_id in panels.judged_by(work, [form.id]):
        raise NotImpartial("judge_approves", rule="EXM-3")


def _ensure_items_in_use(work: Work, form: FormRow) -> None:
    """Refuse a form with an item that was taken out of use since it was put together."""
    found = [row for _, row in bank.versions_in(work, [form.id]) if row.state is not ItemState.APPROVED]
    if found:
        codes = {item.id: item.code for item in bank.items_by_id(work, {row.stream for row in found})}
        raise Conflict("form_item_retired", items=sorted(codes[row.stream] for row in found))


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
        studied_on=work.today if "study" in document else None,
    )


def _item_row(work: Work, form_id: UUID, place: int, entry: Mapping[str, Any]) -> dict[str, Any]:
    row_id = new_id()
    sealed = seal(work, FORM_ITEMS, row_id, {name: entry[name] for name in _CONTENT})
    return {
        "id": row_id,
        "stream": form_id,
        "place": place,
        "content": sealed.envelope,
        "content_sha256": sealed.sha256,
        **{name: entry[name] for name in _ITEM},
    }


def _study_row(work: Work, form_id: UUID, study: Mapping[str, Any]) -> StudyRow:
    levels: Sequence[Mapping[str, Any]] = study["levels"]
    return StudyRow(
        body_id=work.body_id,
        stream=form_id,
        method=study["method"],
        version=study["version"],
        rounds=study["rounds"],
        rounding=study["rounding"],
        panel=study["panel"],
        levels=[{name: entry[name] for name in _FIGURES} for entry in levels],
        ratings={str(entry["level"]): entry["ratings"] for entry in levels},
    )
