"""Use cases of making a report, one for each step of the job; only the service itself takes them."""

import hashlib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from app.applications import service as applications
from app.audit.canonical import digest
from app.audit.events import Event
from app.bodies import service as bodies
from app.delivery import service as delivery
from app.delivery.tables import AttemptRow
from app.files import service as files
from app.files.rules import FileKind
from app.itembank import service as itembank
from app.marking import service as marking
from app.reports import queries, rules
from app.reports.rules import ReportState
from app.reports.tables import ReportRow
from app.work import Work
from assessments.forms import (
    AnswerKey,
    AnyItem,
    BestWorstKey,
    Item,
    JudgementItem,
    JudgementRule,
    read_response,
)
from assessments.marking import Cause
from assessments.points import score_points
from assessments.report import (
    REPORT_LINES,
    FormMaterial,
    FormReport,
    JudgedMaterial,
    JudgedReport,
    Marking,
    SetCut,
    form_report,
    judged_report,
)
from assessments.results import document
from assessments.standard_setting import AngoffStudy


@dataclass(frozen=True)
class Head:
    """What stands above the figures."""

    body_name: str
    demonstration: bool
    title: str
    component: str
    starts_on: date
    ends_on: date
    language: str
    made_on: date


@dataclass(frozen=True)
class Gathered:
    """The raw material of a report, with the hash of all of it."""

    head: Head
    material: FormMaterial | JudgedMaterial
    sha256: str


@dataclass(frozen=True)
class Made:
    """A finished report, in figures and as a document."""

    report: FormReport | JudgedReport
    material_sha256: str

    @property
    def document(self) -> dict[str, object]:
        """Return the figures as they are stored."""
        told = document(self.report)
        assert isinstance(told, dict), "a report is an object"
        return dict(told)


def gather(work: Work, report_id: UUID) -> Gathered | None:
    """Return what a pending report is computed from, or None once it is ready."""
    work.require_system()
    row = queries.report(work, report_id)
    if row.state is ReportState.READY:
        return None
    material = _of_component(work, row) if row.form_id is None else _of_form(work, row, row.form_id)
    title = row.component if row.form_id is None else itembank.form(work, row.form_id).title
    body = bodies.own(work)
    head = Head(
        body.legal_name,
        body.is_demo,
        title,
        row.component,
        row.starts_on,
        row.ends_on,
        row.language,
        work.today,
    )
    return Gathered(head, material, digest(document(material)))


def compute(gathered: Gathered) -> Made:
    """Compute the figures, outside any work; the material's hash is the seed of what is resampled."""
    seed = int(gathered.sha256[:12], 16)
    if isinstance(gathered.material, FormMaterial):
        return Made(form_report(gathered.material, lines=REPORT_LINES, seed=seed), gathered.sha256)
    return Made(judged_report(gathered.material, lines=REPORT_LINES), gathered.sha256)


def keep(work: Work, report_id: UUID, made: Made, pdf: bytes) -> None:
    """Store a finished report, once: whoever comes second leaves what is there."""
    work.require_system()
    row = queries.for_update(work, report_id)
    if row.state is ReportState.READY:
        return
    file = files.store(work, pdf, kind=FileKind.DOCUMENT, is_public=False)
    row.state, row.made_at, row.candidates = ReportState.READY, work.now, made.report.n
    row.document, row.document_version = made.document, made.report.version
    row.document_sha256, row.material_sha256 = digest(made.document), made.material_sha256
    row.file_id, row.sha256 = file.id, hashlib.sha256(pdf).hexdigest()
    work.session.add(row)
    work.record(
        Event.REPORT_MADE,
        row,
        material_sha256=row.material_sha256,
        document_sha256=row.document_sha256,
        sha256=row.sha256,
    )


def _of_form(work: Work, row: ReportRow, form_id: UUID) -> FormMaterial:
    """Take the first attempt of each candidate, scored by the form's key as it was released (EXM-5)."""
    form = itembank.form(work, form_id)
    key = itembank.key(work, form)
    attempts = list(rules.first_of_each(delivery.concluded(work, form_id, row.starts_on, row.ends_on)))
    levels = applications.levels(work, [attempt.case_id for attempt in attempts])
    studies = itembank.studies(work, form)
    only_choice = all(isinstance(item, Item) for item in key.items)
    return FormMaterial(
        items=tuple(item.code for item in key.items),
        minima=tuple(_least(item) for item in key.items),
        maxima=tuple(item.points for item in key.items),
        scores=tuple(_points(work, key, attempt) for attempt in attempts),
        levels=tuple(levels[attempt.case_id] for attempt in attempts),
        cuts=tuple(_cut(level, study) for level, study in studies.items()),
        key=key if only_choice else None,
        choices=tuple(attempt.responses for attempt in attempts) if only_choice else (),
        groups={},
    )


def _points(work: Work, key: AnswerKey, attempt: AttemptRow) -> tuple[Fraction, ...]:
    """Score an attempt item by item, written answers by what assessors gave them."""
    answered = (item for item in key.items if item.code in attempt.responses)
    given = {item.code: read_response(item, attempt.responses[item.code]) for item in answered}
    return tuple(entry.points for entry in score_points(key, given, marking.awards_of(work, attempt)).by_item)


def _least(item: AnyItem) -> int:
    """Return the fewest points that an answer earns: less than none only under a penalty."""
    is_penalised = isinstance(item, JudgementItem) and (
        isinstance(item.key, BestWorstKey) and item.key.rule is JudgementRule.PENALISED
    )
    return -item.points if is_penalised else 0


def _cut(level: int, study: AngoffStudy) -> SetCut:
    found = study.cut_score()
    return SetCut(level, study.cut, found.estimate, study.n_judges, study.version, study.warnings)


def _of_component(work: Work, row: ReportRow) -> JudgedMaterial:
    """Take the first marking of each candidate, on the elements that all of them were judged by."""
    found = list(
        rules.first_of_each(
            marking.judged(work, row.scheme_version_id, row.component, row.starts_on, row.ends_on)
        )
    )
    judged = [{entry["element"]: Fraction(entry["value"]) for entry in one.result.values} for one in found]
    shared = set.intersection(*(set(values) for values in judged)) if judged else set()
    markings = tuple(
        Marking(
            level=one.level,
            sheets={str(assessor): sheet for assessor, sheet in one.sheets.items()},
            values=values,
            passed=one.result.passed,
            adjudicated=bool(one.result.reasons),
            verdicts_differed=Cause.VERDICTS_DIFFER.value
            in {reason["cause"] for reason in one.result.reasons},
        )
        for one, values in zip(found, judged, strict=True)
    )
    return JudgedMaterial(tuple(sorted(shared)), markings, {})
