"""The figures of a judged component over a period, from what two assessors gave independently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from assessments.agreement import Weights
from assessments.agreement.pairs import disagreement
from assessments.arrays import Floats
from assessments.errors import NotEstimable
from assessments.estimates import Estimate
from assessments.examiners import ExaminerRow, ExaminerState, ExaminerTable, Rating, examiner_table
from assessments.examiners.monitoring import EXAMINERS_VERSION, Rule, kappa_of, rate_of
from assessments.examiners.ratings import CoRatings
from assessments.generalizability import Coefficient, Design, GStudy, d_study, g_study, smallest_sizes
from assessments.items import ItemAnalysis, ItemRow, Lines, scored_item_analysis
from assessments.items.statistics import share
from assessments.reliability import Reliability, cronbach_alpha
from assessments.report.figures import Estimated, Figure, figure, tried
from assessments.report.groups import GroupReport, group_reports
from assessments.report.passing import LEVEL, LevelPasses, passes_by_level
from assessments.responses import LEAST_PERSONS, ensure_persons
from assessments.results import Finding

JUDGED_REPORT_VERSION = "judged-report/1"
SCALE = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)
MOST_RATERS = 6


@dataclass(frozen=True, slots=True)
class Marking:
    """One candidate's marking: what the first two gave, what came of it, and whether a third was called."""

    level: int
    sheets: Mapping[str, Mapping[str, int]]
    """Assessor → element → rating, of the two who marked independently."""
    values: Mapping[str, Fraction]
    passed: bool
    adjudicated: bool
    verdicts_differed: bool


@dataclass(frozen=True, slots=True)
class JudgedMaterial:
    """The markings of a component, one for each candidate, and what candidates told of themselves."""

    elements: tuple[str, ...]
    """Those that every candidate of the period was judged by."""
    markings: tuple[Marking, ...]
    groups: Mapping[str, tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class RaterNumber:
    """How dependable the mean of so many assessors is, for a pass line (Phi)."""

    raters: int
    phi: Estimate


@dataclass(frozen=True, slots=True)
class AssessorReport:
    """One assessor beside those who marked the same candidates (PER-5)."""

    assessor: str
    n_double_marked: int
    severity: Figure
    kappa: Figure
    exact: Estimate | None
    adjacent: Estimate | None
    state: ExaminerState


@dataclass(frozen=True, slots=True)
class SheetAgreement:
    """How far first and second sheets agree: ratings, verdicts, and how often a third was called."""

    exact: Figure
    adjacent: Figure
    kappa: Figure
    verdicts_agree: Figure
    adjudicated: Figure


@dataclass(frozen=True, slots=True)
class JudgedReport:
    """All figures of a judged component; `items` is empty where `items_reason` says why."""

    version: str
    n: int
    n_elements: int
    alpha: Figure
    agreement: SheetAgreement
    dependability: Figure
    """Phi of the mean of two assessors."""
    raters: tuple[RaterNumber, ...]
    raters_enough: int | None
    """The fewest assessors that reach the line of dependability; None when six do not or none is known."""
    assessors: tuple[AssessorReport, ...]
    assessors_reason: str | None
    passes: tuple[LevelPasses, ...]
    items: tuple[ItemRow, ...]
    items_method: str | None
    items_reason: str | None
    cautions: tuple[Finding, ...]
    groups: tuple[GroupReport, ...]


def judged_report(material: JudgedMaterial, *, lines: Lines) -> JudgedReport:
    """Compute all figures of a judged component that its candidates are enough for.

    Agreement counts candidates, not ratings, since the ratings of one hang together; kappa is Cohen's with
    quadratic weights over first and second sheet. Dependability is Phi of candidates with raters of their own
    (`r:p`), of the mean over the elements. Sources: ISO/IEC 17024, 6.2.2.2 and 9.3.5; methods as in
    `examiners`, `generalizability`, `items`, `reliability`, `dif`.
    """
    n = len(material.markings)
    values = _values(material)
    alpha = tried(lambda: cronbach_alpha(values))
    analysed = tried(lambda: _analysed(values, material.elements, lines))
    of_items = analysed if isinstance(analysed, ItemAnalysis) else None
    study = tried(lambda: _study(material))
    table = tried(lambda: _table(material, lines["rater_kappa"].value))
    passed = [marking.passed for marking in material.markings]
    return JudgedReport(
        version=JUDGED_REPORT_VERSION,
        n=n,
        n_elements=len(material.elements),
        alpha=figure("alpha", lines, n, alpha, _coefficient),
        agreement=_agreement(material, lines),
        dependability=figure("dependability", lines, n, study, _phi_of_two),
        raters=() if isinstance(study, NotEstimable) else tuple(_raters(study)),
        raters_enough=None if isinstance(study, NotEstimable) else _enough(study, lines),
        assessors=() if isinstance(table, NotEstimable) else tuple(_assessors(table, lines)),
        assessors_reason=table.code if isinstance(table, NotEstimable) else None,
        passes=tuple(passes_by_level([marking.level for marking in material.markings], passed)),
        items=of_items.items if of_items else (),
        items_method=of_items.provenance.version if of_items else None,
        items_reason=analysed.code if isinstance(analysed, NotEstimable) else None,
        cautions=of_items.provenance.warnings if of_items else (),
        groups=group_reports(values, material.elements, passed, material.groups),
    )


def _values(material: JudgedMaterial) -> Floats:
    """Return the final values (n_persons, n_elements)."""
    rows = [
        [float(marking.values[element]) for element in material.elements] for marking in material.markings
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(material.elements))


def _coefficient(alpha: Reliability) -> Estimated:
    origin = alpha.provenance
    return Estimated(alpha.coefficient, origin.version, origin.n_persons, origin.warnings)


def _analysed(values: Floats, elements: Sequence[str], lines: Lines) -> ItemAnalysis:
    """Analyse the elements like items of five points."""
    return scored_item_analysis(values, items=elements, maxima=np.full(len(elements), SCALE[-1]), lines=lines)


def _sheets(material: JudgedMaterial) -> Floats:
    """Return the first two sheets (n_persons, n_elements, 2) of those who have both, in the order given."""
    paired = [tuple(marking.sheets.values()) for marking in material.markings if len(marking.sheets) == 2]
    ensure_persons(len(paired), LEAST_PERSONS)
    rows = [[[float(sheet[element]) for sheet in pair] for element in material.elements] for pair in paired]
    return np.array(rows, dtype=np.float64).reshape(len(paired), len(material.elements), 2)


def _study(material: JudgedMaterial) -> GStudy:
    """Split the variance of the assessors' means into candidates and the assessors within them."""
    return g_study(_sheets(material).mean(axis=1), design=Design.RATERS_IN_PERSONS)


def _phi_of_two(study: GStudy) -> Estimated:
    found = d_study(study, sizes={"r": 2})
    origin = found.provenance
    return Estimated(
        found.phi, f"{study.provenance.version}, {origin.version}", origin.n_persons, origin.warnings
    )


def _raters(study: GStudy) -> list[RaterNumber]:
    return [
        RaterNumber(number, d_study(study, sizes={"r": number}).phi) for number in range(1, MOST_RATERS + 1)
    ]


def _enough(study: GStudy, lines: Lines) -> int | None:
    """Find the fewest assessors that reach the line."""
    found = tried(
        lambda: smallest_sizes(
            study,
            target=lines["dependability"].value,
            coefficient=Coefficient.PHI,
            largest={"r": MOST_RATERS},
        )
    )
    return None if isinstance(found, NotEstimable) else found[0].sizes["r"]


def _rule(lines: Lines) -> Rule:
    """Say how agreement is measured: quadratic weights over the whole scale."""
    scale = np.array(SCALE)
    return Rule(scale, disagreement(Weights.QUADRATIC, len(scale)), lines["rater_kappa"].value, 1, LEVEL)


def _pairs(material: JudgedMaterial) -> CoRatings:
    """Set all first ratings beside the second ones of the same work."""
    sheets = _sheets(material)
    owners = np.repeat(np.arange(len(sheets)), sheets.shape[1])
    flat = sheets.reshape(-1, 2)
    return CoRatings(flat[:, 0], flat[:, 1], owners)


def _agreement(material: JudgedMaterial, lines: Lines) -> SheetAgreement:
    """Say how far the sheets agree."""
    pairs, rule, n = tried(lambda: _pairs(material)), _rule(lines), len(material.markings)
    differed = sum(marking.verdicts_differed for marking in material.markings)
    adjudicated = sum(marking.adjudicated for marking in material.markings)
    return SheetAgreement(
        exact=figure("exact", lines, n, pairs, lambda found: _agreed(rate_of(found, 0, rule), found)),
        adjacent=figure("adjacent", lines, n, pairs, lambda found: _agreed(rate_of(found, 1, rule), found)),
        kappa=figure("rater_kappa", lines, n, pairs, lambda found: _agreed(kappa_of(found, rule), found)),
        verdicts_agree=figure("verdicts_agree", lines, n, _some(n), lambda all_: _share(all_ - differed, n)),
        adjudicated=figure("adjudicated", lines, n, _some(n), lambda _: _share(adjudicated, n)),
    )


def _agreed(estimate: Estimate | None, pairs: CoRatings) -> Estimated:
    return Estimated(estimate, EXAMINERS_VERSION, pairs.n_candidates)


def _some(n: int) -> int | NotEstimable:
    """Return the number of candidates, if there are any."""
    return n if n >= LEAST_PERSONS else NotEstimable("too_few_persons", persons=n, least=LEAST_PERSONS)


def _share(hits: int, n: int) -> Estimated:
    return Estimated(share(hits, n, level=LEVEL), "wilson", n)


def _table(material: JudgedMaterial, gate: float) -> ExaminerTable:
    """Compare every assessor with those who marked the same candidates."""
    ratings = [
        Rating(f"{number:06}", assessor, element, float(sheet[element]))
        for number, marking in enumerate(material.markings)
        for assessor, sheet in marking.sheets.items()
        for element in material.elements
    ]
    ensure_persons(len(material.markings), LEAST_PERSONS)
    return examiner_table(ratings, categories=SCALE, gate=gate)


def _assessors(table: ExaminerTable, lines: Lines) -> list[AssessorReport]:
    return [
        AssessorReport(
            assessor=row.examiner,
            n_double_marked=row.n_double_marked,
            severity=figure("severity", lines, row.n_double_marked, row, _severity),
            kappa=figure("rater_kappa", lines, row.n_double_marked, row, _kappa),
            exact=row.exact,
            adjacent=row.adjacent,
            state=row.state,
        )
        for row in table.rows
    ]


def _severity(row: ExaminerRow) -> Estimated:
    """Give an assessor's severity, plus = severe; the line is drawn for its size."""
    return Estimated(row.severity, EXAMINERS_VERSION, row.n_double_marked, both_sides=True)


def _kappa(row: ExaminerRow) -> Estimated:
    return Estimated(row.kappa, EXAMINERS_VERSION, row.n_double_marked, row.findings)
