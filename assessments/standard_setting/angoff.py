"""Where the pass line of a form lies: the modified Angoff method, recomputable from a panel's ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.errors import AssessmentError
from assessments.estimates import Provenance
from assessments.results import Finding, root, rounded
from assessments.standard_setting.cuts import CutScore, Rounding, Scale, round_cut
from assessments.standard_setting.panel import (
    Ratings,
    ensure_complete,
    ensure_panel,
    items_of,
    judge_cut,
    large_error,
    small_panel,
    spread,
)
from assessments.standard_setting.uncertainty import t_estimate

STANDARD_SETTING_VERSION = "modified-angoff/1"


@dataclass(frozen=True, slots=True)
class JudgeMean:
    """One judge's own cut (sum over items, exact) and mean rating per item."""

    judge: str
    cut: Decimal
    mean: Decimal


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """Mean and standard deviation of the judges' cuts in one round."""

    number: int
    mean: Decimal
    sd: Decimal


@dataclass(frozen=True, slots=True)
class AngoffStudy:
    """A panel's cut with its spread; `cut_raw` is exact, `mean`, `sd` and `se` are rounded for reading."""

    method: str
    version: str
    cut: int
    cut_raw: Fraction
    rounding: Rounding
    mean: Decimal
    sd: Decimal
    se: Decimal
    n_judges: int
    n_items: int
    judge_means: tuple[JudgeMean, ...]
    rounds: tuple[RoundSummary, ...]
    warnings: tuple[Finding, ...]

    def cut_score(self, level: float = 0.95) -> CutScore:
        """Return the cut in the form that all methods share, with its t interval over judges."""
        se, freedom = float(self.se), self.n_judges - 1
        return CutScore(
            cut=self.cut,
            cut_raw=self.cut_raw,
            rounding=self.rounding,
            scale=Scale(0, self.n_items),
            estimate=t_estimate(float(self.cut_raw), se, freedom=freedom, level=level),
            n_judges=self.n_judges,
            provenance=Provenance(self.method, self.version, 0, self.n_items, warnings=self.warnings),
        )


def angoff(rounds: Sequence[Ratings], *, rounding: Rounding) -> AngoffStudy:
    """Compute a form's cut from the last round of a modified Angoff study (EXM-2, EXM-3).

    `rounds`: one or more tables (n_judges, n_items) over the same judges and items, probabilities as
    Decimals 0 to 1 in steps of 0.01, judges in any order. The cut is the mean over judges of each judge's
    sum over items, rounded as declared. `sd` is the sample standard deviation (n - 1) over judges, because
    the panel stands for the judges who could have been asked, and `se` = sd / sqrt(n_judges). Raises
    NotEstimable `too_few_judges` under 5; AssessmentError `no_ratings`, `missing_cell`,
    `rating_not_decimal`, `rating_out_of_range`, `rating_step`, `panel_changed`. Warns under 8 judges, when
    se > 1 raw point, and when the spread grew from the first to the last round. Source: Angoff 1971; Cizek
    & Bunch 2007.
    """
    if not rounds or not rounds[-1]:
        raise AssessmentError("no_ratings")
    for table in rounds:
        ensure_complete(table, rounds[-1])
    n_judges = len(rounds[-1])
    ensure_panel(n_judges)
    last, variance = spread(rounds[-1])
    return AngoffStudy(
        method="modified_angoff",
        version=STANDARD_SETTING_VERSION,
        cut=round_cut(last, rounding),
        cut_raw=last,
        rounding=rounding,
        mean=rounded(last),
        sd=root(variance),
        se=root(variance / n_judges),
        n_judges=n_judges,
        n_items=len(items_of(rounds[-1])),
        judge_means=tuple(_judge_mean(judge, row) for judge, row in rounds[-1].items()),
        rounds=tuple(_summary(number, table) for number, table in enumerate(rounds, start=1)),
        warnings=(
            *small_panel(n_judges),
            *large_error(variance / n_judges),
            *_spread_grew(variance, spread(rounds[0])[1]),
        ),
    )


def _judge_mean(judge: str, row: Mapping[str, Decimal]) -> JudgeMean:
    """Describe one judge's ratings."""
    return JudgeMean(judge, rounded(judge_cut(row), 2), rounded(judge_cut(row) / len(row)))


def _summary(number: int, table: Ratings) -> RoundSummary:
    """Describe one round."""
    mean, variance = spread(table)
    return RoundSummary(number, rounded(mean), root(variance))


def _spread_grew(last: Fraction, first: Fraction) -> tuple[Finding, ...]:
    """Caution when discussion drove the judges apart; the comparison of variances keeps it exact."""
    if last <= first:
        return ()
    message = "the judges lay further apart in the last round than in the first"
    return (Finding("spread_grew", message, "sd of the first round", "Cizek & Bunch 2007"),)
