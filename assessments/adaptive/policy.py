"""By which rules an adaptive test chooses its items and ends; fixed before the first candidate sits it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import isclose, isfinite

from assessments.adaptive.ability import Estimator, Prior
from assessments.adaptive.bank import Bank
from assessments.errors import AssessmentError


@dataclass(frozen=True, slots=True)
class Sprt:
    """Wald's sequential test of on which side of each cut an ability lies.

    Raises AssessmentError `cuts_not_rising`, `region_not_positive`, `cut_out_of_range` when a cut's region
    reaches beyond -10 or 10, `error_rate_out_of_range`. Source: Wald
    1947; Reckase 1983; several cuts, Spray 1993.
    """

    cuts: tuple[float, ...]
    """In logits, rising."""
    region: float
    """Half the width of the region around a cut in which either side is accepted, in logits."""
    alpha: float = 0.05
    """Chance of calling somebody above who is at the lower end of the region."""
    beta: float = 0.05
    """Chance of calling somebody below who is at the upper end of the region."""

    def __post_init__(self) -> None:
        """Refuse a test that cannot decide."""
        finite = all(isfinite(cut) for cut in self.cuts)
        if not self.cuts or not finite or any(one >= other for one, other in pairwise(self.cuts)):
            raise AssessmentError("cuts_not_rising", cuts=self.cuts)
        if not (self.region > 0 and isfinite(self.region)):
            raise AssessmentError("region_not_positive", region=self.region)
        if max(-self.cuts[0], self.cuts[-1]) + self.region > 10:
            raise AssessmentError("cut_out_of_range", cuts=self.cuts, region=self.region)
        for rate in (self.alpha, self.beta):
            if not 0 < rate < 0.5:
                raise AssessmentError("error_rate_out_of_range", rate=rate)


@dataclass(frozen=True, slots=True)
class Policy:
    """How items are chosen, exposed and balanced, how ability is estimated, and when the test ends.

    Raises AssessmentError `lengths_out_of_order`, `among_not_positive`, `se_not_positive`,
    `exposure_out_of_range`, `shares_not_one`.
    """

    most_items: int
    least_items: int = 1
    among: int = 1
    """Chosen at random among so many most informative items: 1 is maximum information (Lord 1980), more is
    randomesque (Kingsbury & Zara 1989)."""
    exposure: Mapping[str, float] = field(default_factory=dict)
    """Sympson-Hetter parameter by item: chance of being given once chosen; 1 where none is named."""
    shares: Mapping[str, float] = field(default_factory=dict)
    """Share of the test by unit; empty: no balance of content (Kingsbury & Zara 1989)."""
    se: float | None = None
    """Ends when the standard error of the ability is at most this, in logits."""
    sprt: Sprt | None = None
    """Ends when every cut is decided."""
    estimator: Estimator = Estimator.EAP
    prior: Prior = field(default_factory=Prior)
    """For EAP, and for where a test begins."""

    def __post_init__(self) -> None:
        """Refuse a policy that contradicts itself."""
        if not 1 <= self.least_items <= self.most_items:
            raise AssessmentError("lengths_out_of_order", least=self.least_items, most=self.most_items)
        if self.among < 1:
            raise AssessmentError("among_not_positive", among=self.among)
        if self.se is not None and not self.se > 0:
            raise AssessmentError("se_not_positive", se=self.se)
        for item, chance in self.exposure.items():
            if not 0 < chance <= 1:
                raise AssessmentError("exposure_out_of_range", item=item, exposure=chance)
        whole = isclose(sum(self.shares.values()), 1.0, abs_tol=1e-9)
        if self.shares and not (whole and all(share > 0 for share in self.shares.values())):
            raise AssessmentError("shares_not_one", shares=dict(self.shares))


def ensure_usable(bank: Bank, policy: Policy) -> None:
    """Refuse a policy that names what the bank does not hold.

    Raises AssessmentError `unknown_item` in exposure, `unknown_unit` in shares.
    """
    for item in policy.exposure:
        bank.place(item)
    unknown = sorted(policy.shares.keys() - {item.unit for item in bank.items})
    if unknown:
        raise AssessmentError("unknown_unit", unit=unknown[0])
