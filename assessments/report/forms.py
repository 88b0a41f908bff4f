"""The figures of a form over a period, from its item scores in points, fractions among them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np

from assessments.arrays import Floats
from assessments.bootstrap import Bootstrap
from assessments.consistency import DecisionConsistency, livingston_lewis
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate
from assessments.forms import AnswerKey
from assessments.items import ItemAnalysis, ItemRow, Lines, item_analysis, scored_item_analysis
from assessments.items.choices import Choices
from assessments.reliability import Reliability, cronbach_alpha, csem_lord
from assessments.reliability.precision import LORD_VERSION
from assessments.report.figures import Estimated, Figure, figure, tried
from assessments.report.groups import GroupReport, group_reports
from assessments.report.passing import LevelPasses, passes_by_level
from assessments.results import Finding

FORM_REPORT_VERSION = "form-report/1"
RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class SetCut:
    """The cut of a level as its study set it, with the study's error, interval and panel."""

    level: int
    cut: int
    estimate: Estimate
    n_judges: int
    method: str
    cautions: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class FormMaterial:
    """What a form's candidates did, one row each: the first time that each met the form.

    `scores` (n_persons, n_items) in points, from `minima` to `maxima` (n_items,); `levels` (n_persons,) that
    each sought; `choices` and `key` where all items are choice items, for the options; `groups`: grouping →
    what each candidate told of herself, None = nothing.
    """

    items: tuple[str, ...]
    minima: tuple[int, ...]
    maxima: tuple[int, ...]
    scores: tuple[tuple[Fraction, ...], ...]
    levels: tuple[int, ...]
    cuts: tuple[SetCut, ...]
    key: AnswerKey | None
    choices: tuple[Choices, ...]
    groups: Mapping[str, tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class CutReport:
    """A cut with its error, the error of measurement there, and how consistently it decides."""

    level: int
    cut: int
    n_judges: int
    cut_error: Figure
    csem: Figure
    consistency: Figure
    kappa: Figure
    accuracy: Figure


@dataclass(frozen=True, slots=True)
class ScoreCount:
    """How many candidates have a score; told only of enough candidates."""

    score: Fraction
    n: int


@dataclass(frozen=True, slots=True)
class FormReport:
    """All figures of a form; `items` is empty where `items_reason` says why."""

    version: str
    n: int
    n_items: int
    maximum: int
    mean: Figure
    sd: Figure
    alpha: Figure
    sem: Figure
    cuts: tuple[CutReport, ...]
    passes: tuple[LevelPasses, ...]
    items: tuple[ItemRow, ...]
    items_method: str | None
    items_reason: str | None
    cautions: tuple[Finding, ...]
    """Of the items together: few persons, time that ran out."""
    distribution: tuple[ScoreCount, ...]
    groups: tuple[GroupReport, ...]


def form_report(material: FormMaterial, *, lines: Lines, seed: int) -> FormReport:
    """Compute all figures of a form that its candidates are enough for.

    `seed` starts the resampling behind the intervals of decision consistency, so that the same material and
    seed give the same document. An item that may cost points is analysed from its least score on, which
    changes no correlation. Raises AssessmentError `row_count` when the lists are not of one length, and as
    the methods do. Source: ISO/IEC 17024, 9.3.5; methods as in `items`, `reliability`, `consistency`, `dif`.
    """
    _ensure_rows(material)
    test = _Test.of(material)
    n, lowest = len(test.scores), float(test.least.sum())
    alpha = tried(lambda: cronbach_alpha(test.above))
    analysed = tried(lambda: _analysed(material, test, lines))
    of_items = analysed if isinstance(analysed, ItemAnalysis) else None
    passed = _passed(material)
    return FormReport(
        version=FORM_REPORT_VERSION,
        n=n,
        n_items=len(material.items),
        maximum=sum(material.maxima),
        mean=figure("mean", lines, n, alpha, lambda found: _plain(found.mean + lowest, found)),
        sd=figure("sd", lines, n, alpha, lambda found: _plain(found.sd, found)),
        alpha=figure("alpha", lines, n, alpha, _coefficient),
        sem=figure("sem", lines, n, alpha, lambda found: _plain(found.sem, found)),
        cuts=tuple(_cut(cut, test, alpha, lines, seed) for cut in material.cuts),
        passes=tuple(passes_by_level(material.levels, passed)),
        items=of_items.items if of_items else (),
        items_method=of_items.provenance.version if of_items else None,
        items_reason=analysed.code if isinstance(analysed, NotEstimable) else None,
        cautions=of_items.provenance.warnings if of_items else (),
        distribution=_distribution(material) if of_items else (),
        groups=group_reports(test.scores, material.items, passed, material.groups),
    )


@dataclass(frozen=True, slots=True)
class _Test:
    """The scores (n_persons, n_items), the least of each item, and the largest of all together."""

    scores: Floats
    least: Floats
    ranges: Floats

    @classmethod
    def of(cls, material: FormMaterial) -> "_Test":
        """Read the material as numbers; the exact scores have decided who passed."""
        shape = (len(material.scores), len(material.items))
        least = np.array(material.minima, dtype=np.float64)
        ranges = np.array(material.maxima, dtype=np.float64) - least
        scores = [[float(points) for points in row] for row in material.scores]
        return cls(np.array(scores, dtype=np.float64).reshape(shape), least, ranges)

    @property
    def above(self) -> Floats:
        """Return the scores from the least of each item on."""
        return self.scores - self.least

    @property
    def is_right_or_wrong(self) -> bool:
        """Say whether each item gives one point or none."""
        return bool((self.ranges == 1).all() and np.isin(self.above, (0.0, 1.0)).all())


def _ensure_rows(material: FormMaterial) -> None:
    """Refuse lists that speak of different numbers of persons or items."""
    n, n_items = len(material.scores), len(material.items)
    per_person = [len(material.levels), *(len(labels) for labels in material.groups.values())]
    if material.key is not None:
        per_person.append(len(material.choices))
    per_item = [len(material.minima), len(material.maxima), *(len(row) for row in material.scores)]
    if set(per_person) != {n} or set(per_item) != {n_items}:
        raise AssessmentError("row_count", persons=n, items=n_items)


def _coefficient(alpha: Reliability) -> Estimated:
    origin = alpha.provenance
    return Estimated(alpha.coefficient, origin.version, origin.n_persons, origin.warnings)


def _plain(value: float, alpha: Reliability) -> Estimated:
    """Return a figure that comes with alpha and has no interval of its own."""
    return Estimated(Estimate(value), alpha.provenance.version, alpha.provenance.n_persons)


def _analysed(material: FormMaterial, test: _Test, lines: Lines) -> ItemAnalysis:
    """Analyse the items, with their options where all are choice items."""
    if material.key is not None:
        return item_analysis(material.choices, material.key, lines=lines)
    return scored_item_analysis(test.above, items=material.items, maxima=test.ranges, lines=lines)


def _passed(material: FormMaterial) -> list[bool]:
    """Say who reached the cut of the level that she sought, exactly; where none is set nobody does."""
    cuts = {cut.level: cut.cut for cut in material.cuts}
    return [
        level in cuts and sum(row, Fraction(0)) >= cuts[level]
        for row, level in zip(material.scores, material.levels, strict=True)
    ]


def _cut(cut: SetCut, test: _Test, alpha: Reliability | NotEstimable, lines: Lines, seed: int) -> CutReport:
    n = len(test.scores)
    error = None if cut.estimate.se is None else Estimate(cut.estimate.se)
    decided = tried(lambda: _decided(cut, test, alpha, seed))
    read = {
        code: figure(code, lines, n, decided, partial(_index, name=name)) for code, name in _INDICES.items()
    }
    return CutReport(
        level=cut.level,
        cut=cut.cut,
        n_judges=cut.n_judges,
        cut_error=figure(
            "cut_error", lines, cut.n_judges, cut, lambda own: Estimated(error, own.method, own.n_judges)
        ),
        csem=figure("csem", lines, n, tried(lambda: _csem(cut, test)), lambda found: found),
        consistency=read["consistency"],
        kappa=read["consistency_kappa"],
        accuracy=read["accuracy"],
    )


_INDICES = {"consistency": "agreement", "consistency_kappa": "kappa", "accuracy": "accuracy"}


def _decided(cut: SetCut, test: _Test, alpha: Reliability | NotEstimable, seed: int) -> DecisionConsistency:
    """Estimate how consistently the cut decides, from all candidates of the form."""
    if isinstance(alpha, NotEstimable):
        raise alpha
    reliability = alpha.coefficient.value
    if not 0 < reliability < 1:
        raise NotEstimable("reliability_not_between", reliability=reliability)
    lowest = float(test.least.sum())
    return livingston_lewis(
        test.scores.sum(axis=1),
        cuts=(float(cut.cut),),
        scale=(lowest, lowest + float(test.ranges.sum())),
        reliability=reliability,
        bootstrap=Bootstrap(np.random.default_rng(seed), resamples=RESAMPLES),
    )


def _index(found: DecisionConsistency, *, name: str) -> Estimated:
    """Read one index of the cut."""
    origin = found.provenance
    estimate: Estimate | None = getattr(found.cuts[0].indices, name)
    return Estimated(estimate, origin.version, origin.n_persons, origin.warnings)


def _csem(cut: SetCut, test: _Test) -> Estimated:
    """Give Lord's error of measurement at the cut; it is of right-or-wrong items."""
    if not test.is_right_or_wrong:
        raise NotEstimable("items_in_points")
    at_cut = csem_lord(len(test.least))[cut.cut]
    return Estimated(Estimate(at_cut.error), LORD_VERSION, len(test.scores))


def _distribution(material: FormMaterial) -> tuple[ScoreCount, ...]:
    """Count the candidates of each score."""
    counted = Counter(sum(row, Fraction(0)) for row in material.scores)
    return tuple(ScoreCount(score, n) for score, n in sorted(counted.items()))
