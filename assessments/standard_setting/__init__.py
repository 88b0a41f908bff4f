"""Where the pass line lies: what a panel or a cohort says about it, one module per method.

*Test-centred* methods ask judges about items (`angoff`, `ebel`), *candidate-centred* ones look at candidates
whom somebody judged as a whole (`borderline`, `contrasting`), *compromise* methods weigh what judges ask
against how many would fail (`hofstee`, `beuk`). Around an Angoff panel stand its feedback between rounds, the
consistency of its judges, the dependability of its cut, several levels out of one form, and the exclusion of
a judge. A method proposes a cut; who is authorised approves it.
"""

from assessments.standard_setting.angoff import AngoffStudy, JudgeMean, RoundSummary, angoff
from assessments.standard_setting.beuk import BeukStudy, Expectation, beuk
from assessments.standard_setting.borderline import (
    Centre,
    GradeMean,
    RegressionStudy,
    borderline_bootstrap,
    borderline_group,
    borderline_regression,
)
from assessments.standard_setting.consistency import JudgeConsistency, PanelConsistency, judge_consistency
from assessments.standard_setting.contrasting import (
    BaseRate,
    ContrastingStudy,
    contrasting_densities,
    contrasting_logistic,
)
from assessments.standard_setting.cuts import CutScore, Rounding, Scale, round_cut
from assessments.standard_setting.dependability import PanelDependability, panel_dependability
from assessments.standard_setting.ebel import Cell, EbelCell, EbelStudy, Grid, ebel
from assessments.standard_setting.exclusion import Exclusion, ExclusionStudy, angoff_excluding
from assessments.standard_setting.feedback import (
    Consequence,
    ItemFeedback,
    JudgeFeedback,
    RoundFeedback,
    consequences,
    round_feedback,
)
from assessments.standard_setting.hofstee import HofsteeStudy, Limits, hofstee
from assessments.standard_setting.levels import FallingRating, LevelCut, angoff_levels, falling_ratings
from assessments.standard_setting.panel import Ratings

__all__ = [
    "AngoffStudy",
    "BaseRate",
    "BeukStudy",
    "Cell",
    "Centre",
    "Consequence",
    "ContrastingStudy",
    "CutScore",
    "EbelCell",
    "EbelStudy",
    "Exclusion",
    "ExclusionStudy",
    "Expectation",
    "FallingRating",
    "GradeMean",
    "Grid",
    "HofsteeStudy",
    "ItemFeedback",
    "JudgeConsistency",
    "JudgeFeedback",
    "JudgeMean",
    "LevelCut",
    "Limits",
    "PanelConsistency",
    "PanelDependability",
    "Ratings",
    "RegressionStudy",
    "RoundFeedback",
    "RoundSummary",
    "Rounding",
    "Scale",
    "angoff",
    "angoff_excluding",
    "angoff_levels",
    "beuk",
    "borderline_bootstrap",
    "borderline_group",
    "borderline_regression",
    "consequences",
    "contrasting_densities",
    "contrasting_logistic",
    "ebel",
    "falling_ratings",
    "hofstee",
    "judge_consistency",
    "panel_dependability",
    "round_cut",
    "round_feedback",
]
