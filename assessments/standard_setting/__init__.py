"""Where the pass line lies: what a panel or a cohort says about it, one module per method.

*Test-centred* methods ask judges about items (`angoff`, `ebel`), *candidate-centred* ones look at candidates
whom somebody judged as a whole (`borderline`, `contrasting`), *compromise* methods weigh what judges demand
against how many would fail (`hofstee`, `beuk`). A method proposes a cut; who is authorised approves it.
"""

from assessments.standard_setting.angoff import AngoffStudy, JudgeMean, RoundSummary, angoff
from assessments.standard_setting.cuts import Rounding, round_cut
from assessments.standard_setting.levels import FallingRating, falling_ratings
from assessments.standard_setting.panel import Ratings

__all__ = [
    "AngoffStudy",
    "FallingRating",
    "JudgeMean",
    "Ratings",
    "RoundSummary",
    "Rounding",
    "angoff",
    "falling_ratings",
    "round_cut",
]
