"""What a result comes to, computed from stored raw material alone: when it is released, and ever after."""

from collections.abc import Mapping
from typing import Any, cast

from app.applications.tables import CaseRow
from app.delivery.rules.external import ExternalOutcome
from app.delivery.tables import AttemptRow, ExternalResultRow
from app.itembank import service as itembank
from app.marking import rules
from app.marking.rules.scores import keyed_score
from app.marking.service.material import Component, sheets_of
from app.marking.service.written import awards_of
from app.work import Work
from assessments.results import document

Found = Mapping[str, Any]
"""Columns of a result."""
_NOTHING: Found = {
    "form_id": None,
    "key_version": None,
    "study_id": None,
    "external_id": None,
    "score_raw": None,
    "score_exact": None,
    "score_maximum": None,
    "cut": None,
    "units": [],
    "values": [],
    "failing": [],
    "reasons": [],
}


def keyed(work: Work, case: CaseRow, attempt: AttemptRow) -> Found:
    """Score responses by the key and hold them against the cut that follows from the study (EXM-2, EXM-5)."""
    form = itembank.form(work, attempt.form_id)
    study, cut = itembank.cut(work, form, case.level)
    found = keyed_score(itembank.key(work, form), attempt.responses, cut, awards_of(work, attempt))
    return {
        **_NOTHING,
        "rule": "cut",
        "passed": found.passed,
        "version": found.scoring_version,
        "form_id": form.id,
        "key_version": found.key_version,
        "study_id": study.id,
        "score_raw": found.raw,
        "score_exact": found.exact,
        "score_maximum": found.maximum,
        "cut": cut,
        "units": found.units,
    }


def judged(work: Work, component: Component, attempt_no: int) -> Found:
    """Reconcile the sheets of a marking and judge the component (EXM-5, EXM-6)."""
    found = rules.judged(sheets_of(work, component, attempt_no), component.standard)
    return {
        **_NOTHING,
        "rule": "offsets",
        "passed": found.verdict.passed,
        "version": found.reconciled.version,
        "values": [_object(entry) for entry in found.reconciled.elements],
        "failing": [_object(entry) for entry in found.verdict.failing],
        "reasons": [_object(reason) for reason in found.reconciled.reasons],
    }


def external(reported: ExternalResultRow) -> Found:
    """Take over what a provider reported."""
    return {
        **_NOTHING,
        "rule": "external",
        "passed": reported.outcome is ExternalOutcome.PASS,
        "version": "external/1",
        "external_id": reported.id,
    }


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", document(value))
