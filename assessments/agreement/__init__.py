"""How far raters agree.

`exact`: two raters and few pairs, in fractions, for what is compared with a line. `pairs`, `many`,
`krippendorff`, `gwet`, `icc`: coefficients with standard errors and intervals, for any number of ratings.

Every chance-corrected coefficient here is 1 - observed / expected disagreement; they differ in what they take
for chance. Cohen: each rater's own margins. Fleiss and Krippendorff: one common margin (so neither becomes
Cohen's kappa for two raters). Gwet: hard cases only, so that skewed margins do not push the figure down.
"""

from assessments.agreement.exact import (
    ADVISED_PAIRS,
    AGREEMENT_VERSION,
    Agreement,
    Weights,
    agreement_within,
    weighted_kappa,
)
from assessments.agreement.gwet import gwet_ac
from assessments.agreement.icc import IccForm, IccResult, icc
from assessments.agreement.krippendorff import Level, krippendorff_alpha
from assessments.agreement.many import fleiss_kappa
from assessments.agreement.outcome import AgreementResult
from assessments.agreement.pairs import agreement_rate, cohen_kappa

__all__ = [
    "ADVISED_PAIRS",
    "AGREEMENT_VERSION",
    "Agreement",
    "AgreementResult",
    "IccForm",
    "IccResult",
    "Level",
    "Weights",
    "agreement_rate",
    "agreement_within",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac",
    "icc",
    "krippendorff_alpha",
    "weighted_kappa",
]
