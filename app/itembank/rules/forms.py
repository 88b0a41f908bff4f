"""The life of a form, its fit to its scheme version (EXM-1), its cuts as the panel rated (EXM-2, EXM-3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core.errors import Conflict, MoveRefused
from assessments.errors import AssessmentError
from assessments.forms import AnyItem, Blueprint, BlueprintLine, blueprint_deviations
from assessments.standard_setting import AngoffStudy, Rounding, angoff

Finding = tuple[str, str, str]
"""(pointer, code, message)"""


class FormState(StrEnum):
    """Only an approved form is sat; it never changes again, and is retired in the end."""

    DRAFT = "draft"
    APPROVED = "approved"
    RETIRED = "retired"


class FormAction(StrEnum):
    """What may be done with a form."""

    RATE = "rate"
    """A study behind its cuts is entered."""
    APPROVE = "approve"
    RETIRE = "retire"


MOVES: dict[tuple[FormState, FormAction], FormState] = {
    (FormState.DRAFT, FormAction.RATE): FormState.DRAFT,
    (FormState.DRAFT, FormAction.APPROVE): FormState.APPROVED,
    (FormState.APPROVED, FormAction.RETIRE): FormState.RETIRED,
}


@dataclass(frozen=True)
class Scheme:
    """What a form must fit: scheme code, component, known elements, languages and least panel."""

    code: str
    component: Mapping[str, Any]
    elements: frozenset[str]
    languages: Sequence[str]
    least_panel: int
    cut_levels: Sequence[int]


@dataclass(frozen=True)
class PanelRatings:
    """A stored study: ratings in hundredths, level (as text) → item → one per judge in the panel's order."""

    rounding: str
    judges: tuple[str, ...]
    ratings: Mapping[str, Mapping[str, Sequence[int]]]
    declared: Mapping[int, int]
    """Level → the cut that the study states."""
    points: Mapping[str, int] = field(default_factory=dict)
    """Item → its points, where it is worth more than one; a rating is the share of them that is expected."""


def after(state: FormState, action: FormAction) -> FormState:
    """Return the state after an action; refuse what the life of a form does not know."""
    if (state, action) not in MOVES:
        raise MoveRefused("form_move_refused", state=state, action=action)
    return MOVES[(state, action)]


def ensure_may_approve(drafted_by: UUID, approver: UUID) -> None:
    """Refuse approval by the person who drafted the form (EXM-3)."""
    if drafted_by == approver:
        raise Conflict("form_own_draft", rule="EXM-3")


def fit_findings(document: Mapping[str, Any], scheme: Scheme) -> list[Finding]:
    """Name everything in which a sound form does not fit its scheme version (EXM-1, EXM-2)."""
    return [
        *_text_findings(document, ()),
        *_head_findings(document, scheme),
        *_item_findings(document, scheme),
        *(_panel_findings(document["study"], scheme) if "study" in document else ()),
    ]


def study_findings(study: Mapping[str, Any], scheme: Scheme) -> list[Finding]:
    """Name everything in which a sound study does not serve its scheme version (EXM-2, EXM-3)."""
    return [*_text_findings(study, ("study",)), *_panel_findings(study, scheme)]


def deviations(items: Sequence[AnyItem], lines: Mapping[str, int], minutes: int) -> tuple[str, ...]:
    """Name the units in which items depart from a blueprint; empty means it is met exactly (EXM-1)."""
    blueprint = Blueprint(tuple(BlueprintLine(unit, count) for unit, count in lines.items()), minutes)
    return tuple(found.unit for found in blueprint_deviations(items, blueprint))


def scheme_blueprint(component: Mapping[str, Any]) -> dict[str, int]:
    """Return the scheme's blueprint with units written as forms write them, without the scheme's code."""
    return {line["unit"].rpartition("/")[2]: line["items"] for line in component.get("blueprint", [])}


def recomputed_cut(study: PanelRatings, level: int) -> int:
    """Recompute a level's cut from the stored ratings; refuse one that the study states otherwise (EXM-3)."""
    if level not in study.declared:
        raise Conflict("cut_missing", rule="EXM-2", level=level)
    found = angoff_study(study, level).cut
    if found != study.declared[level]:
        raise Conflict(
            "cut_differs", rule="EXM-3", level=level, declared=study.declared[level], recomputed=found
        )
    return found


def ensure_usable(state: FormState, code: str) -> None:
    """Refuse to score by a form that was never approved; a retired one scores what was sat on it (EXM-3)."""
    if state is FormState.DRAFT:
        raise Conflict("study_not_approved", rule="EXM-3", form=code)


def angoff_study(study: PanelRatings, level: int) -> AngoffStudy:
    """Compute a level's study from the stored ratings."""
    table = {judge: dict(_expected(study, level, place)) for place, judge in enumerate(study.judges)}
    try:
        return angoff([table], rounding=Rounding(study.rounding))
    except AssessmentError as refusal:
        raise Conflict("study_unsound", rule="EXM-3", level=level, reason=refusal.code) from None


def _expected(study: PanelRatings, level: int, place: int) -> Iterator[tuple[str, Decimal]]:
    """Yield what one judge expects, point by point: an item of k points counts as k items of one."""
    for item, row in study.ratings[str(level)].items():
        for point in range(study.points.get(item, 1)):
            yield (f"{item}/{point}" if point else item), Decimal(row[place]).scaleb(-2)


_MOST = {
    "form": 64, "title": 200, "key_version": 64, "code": 40, "unit": 20, "element": 40, "judge": 40,
}  # fmt: skip
_LARGEST = 2**31 - 1


def _text_findings(value: object, steps: tuple[str, ...]) -> Iterator[Finding]:
    """Name what no column holds: control characters, overlong names, numbers beyond the database's."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _text_findings(inner, (*steps, str(name)))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _text_findings(inner, (*steps, str(place)))
    elif isinstance(value, str):
        most = _MOST.get(steps[-1])
        allowed = "" if most else "\n\t"
        if any(ord(char) < 32 and char not in allowed for char in value) or len(value) > (most or len(value)):
            yield "/" + "/".join(steps), "text_refused", "The text is too long or holds a control character."
    elif isinstance(value, int) and abs(value) > _LARGEST:
        yield "/" + "/".join(steps), "number_refused", "The number is too large."


def _head_findings(document: Mapping[str, Any], scheme: Scheme) -> Iterator[Finding]:
    if document["scheme"] != scheme.code:
        yield "/scheme", "other_scheme", f"The form is of {document['scheme']}, the version of {scheme.code}."
    if scheme.component["scoring"] != "key":
        yield "/component", "component_not_keyed", f"{document['component']} is not scored by a key."
    if document["language"] not in scheme.languages:
        yield "/language", "language_not_offered", f"The scheme does not offer {document['language']}."
    if document["blueprint"]["minutes"] != scheme.component["duration_minutes"]:
        minutes = scheme.component["duration_minutes"]
        yield "/blueprint/minutes", "EXM-1", f"The scheme gives this component {minutes} minutes."


def _item_findings(document: Mapping[str, Any], scheme: Scheme) -> Iterator[Finding]:
    expected = scheme_blueprint(scheme.component)
    given: Mapping[str, int] = document["blueprint"]["units"]
    for unit in sorted(expected.keys() | given.keys()) if expected else ():
        if expected.get(unit, 0) != given.get(unit, 0):
            message = (
                f"{unit}: {given.get(unit, 0)} items, the scheme's blueprint asks for {expected.get(unit, 0)}"
            )
            yield f"/blueprint/units/{unit}", "EXM-1", message
    for place, item in enumerate(document["items"]):
        if item["element"] not in scheme.elements:
            yield f"/items/{place}/element", "element_unknown", f"{item['element']} is not in the scheme."


def _panel_findings(study: Mapping[str, Any], scheme: Scheme) -> Iterator[Finding]:
    judges = len(study["panel"])
    if judges < scheme.least_panel:
        yield "/study/panel", "EXM-3", f"{judges} judges; the scheme asks for {scheme.least_panel} at least."
    missing = set(scheme.cut_levels) - {entry["level"] for entry in study["levels"]}
    for level in sorted(missing):
        yield "/study/levels", "EXM-2", f"No cut is set for level {level}."
