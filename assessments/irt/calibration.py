"""The result of calibrating items."""

from dataclasses import dataclass

from assessments.estimates import Estimate, Provenance
from assessments.irt.items import CalibratedItem
from assessments.irt.models import Model
from assessments.irt.residuals import MeanSquares


@dataclass(frozen=True, slots=True)
class ItemEstimate:
    """One item's parameters on the scale of theta, and how well the model describes its responses."""

    item: str
    n: int
    """Persons who answered it."""
    slope: Estimate
    thresholds: tuple[Estimate, ...]
    """One for each step; of a 0/1 item its difficulty. In partial credit models a threshold lies where two
    neighbouring scores are equally likely, in the graded model where reaching the step has probability .5."""
    location: Estimate
    """Mean of the thresholds."""
    fit: MeanSquares


@dataclass(frozen=True, slots=True)
class IrtFit:
    """A calibration; theta is distributed normally with mean 0 and standard deviation `population_sd`."""

    model: Model
    items: tuple[ItemEstimate, ...]
    population_sd: Estimate
    log_likelihood: float
    n_parameters: int
    aic: float
    bic: float
    iterations: int
    """Evaluations of the likelihood."""
    converged: bool
    largest_gradient: float
    """Largest derivative of the log-likelihood by a free parameter where the fit ended; 0 at a maximum."""
    provenance: Provenance

    def bank(self) -> tuple[CalibratedItem, ...]:
        """Give the items as scoring, information and linking take them; raises as `CalibratedItem` does."""
        return tuple(
            CalibratedItem(
                item=each.item,
                slope=each.slope.value,
                thresholds=tuple(threshold.value for threshold in each.thresholds),
                is_graded=self.model.is_graded,
            )
            for each in self.items
        )
