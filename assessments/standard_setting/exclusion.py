"""A judge leaves a panel only on record: who, why, and what the cut was with and without."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.errors import AssessmentError
from assessments.standard_setting.angoff import AngoffStudy, angoff
from assessments.standard_setting.cuts import Rounding
from assessments.standard_setting.panel import Ratings, ensure_panel


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A judge whose ratings do not count, and why; without a reason AssessmentError `reason_missing`."""

    judge: str
    reason: str

    def __post_init__(self) -> None:
        """Refuse an exclusion that nobody could defend."""
        if not self.reason.strip():
            raise AssessmentError("reason_missing", judge=self.judge)


@dataclass(frozen=True, slots=True)
class ExclusionStudy:
    """The study without the excluded judges, which stands, beside the study with them."""

    excluded: tuple[Exclusion, ...]
    with_all: AngoffStudy
    without: AngoffStudy
    change: Fraction
    """How far the exclusion moved the cut before rounding, in raw points; positive is stricter."""


def angoff_excluding(
    rounds: Sequence[Ratings], exclusions: Sequence[Exclusion], *, rounding: Rounding
) -> ExclusionStudy:
    """Compute a modified Angoff cut with and without the judges excluded, from all rounds alike.

    `rounds`: as for `angoff`, with every judge who rated. Raises AssessmentError `no_exclusion`,
    `exclusion_repeated`, `unknown_judge` and whatever `angoff` raises, so that at least 5 judges must
    remain. Source: Cizek & Bunch 2007; that no judge is dropped without a record is our house rule.
    """
    with_all = angoff(rounds, rounding=rounding)
    judges = [exclusion.judge for exclusion in exclusions]
    if not judges:
        raise AssessmentError("no_exclusion")
    if len(set(judges)) != len(judges):
        raise AssessmentError("exclusion_repeated", judges=tuple(judges))
    unknown = sorted(set(judges) - rounds[-1].keys())
    if unknown:
        raise AssessmentError("unknown_judge", judge=unknown[0])
    kept = [{judge: row for judge, row in table.items() if judge not in judges} for table in rounds]
    # Asked first, because an emptied panel would else read as one that never rated.
    ensure_panel(len(kept[-1]))
    without = angoff(kept, rounding=rounding)
    return ExclusionStudy(tuple(exclusions), with_all, without, without.cut_raw - with_all.cut_raw)
