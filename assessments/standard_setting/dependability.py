"""How far an Angoff cut would travel with other judges or other items: generalizability of a panel."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance
from assessments.results import Finding
from assessments.standard_setting.panel import Ratings, ensure_complete, ensure_panel, items_of

DEPENDABILITY_VERSION = "panel-dependability/1"


@dataclass(frozen=True, slots=True)
class PanelDependability:
    """Variance components of a panel's ratings (as probabilities squared) and the errors of its cut."""

    judges: float
    items: float
    residual: float
    """Judges by items, with all that one rating per cell cannot tell apart from it."""
    se_items_fixed: float
    """In raw points: over other judges, on these items; equals sd / sqrt(n_judges) of `angoff`."""
    se_items_random: float
    """In raw points: over other judges and other items of the same kind, as for a new form."""
    n_judges: int
    provenance: Provenance

    def error(self, *, n_judges: int, n_items: int, items_random: bool) -> float:
        """Forecast the standard error of a cut, in raw points, for another size of panel and form.

        Raises AssessmentError `count_not_positive`. Source: Brennan 2001 (D-study of a crossed design).
        """
        if n_judges < 1 or n_items < 1:
            raise AssessmentError("count_not_positive", judges=n_judges, items=n_items)
        of_items = self.items / n_items if items_random else 0.0
        of_judges = self.judges / n_judges + self.residual / (n_judges * n_items)
        return n_items * sqrt(of_judges + of_items)


def panel_dependability(table: Ratings) -> PanelDependability:
    """Split a round's ratings (n_judges, n_items) into judges, items and residual, by mean squares.

    Judges are crossed with items, one rating per cell. A component estimated below zero is set to zero and
    named in a warning; the two errors of the panel itself come from the mean squares and are not affected.
    Raises NotEstimable `too_few_judges` under 5, `too_few_items` under 2; AssessmentError for the table as
    `angoff` does. Source: Brennan & Lockwood 1980; Brennan 2001.
    """
    ensure_complete(table, table)
    ensure_panel(len(table))
    items = items_of(table)
    if len(items) < 2:
        raise NotEstimable("too_few_items", items=len(items), least=2)
    ratings = np.array([[float(row[item]) for item in items] for row in table.values()])
    n_judges, n_items = ratings.shape
    of_judge, of_item, grand = ratings.mean(axis=1), ratings.mean(axis=0), ratings.mean()
    left = ratings - of_judge[:, None] - of_item[None, :] + grand
    ms_judge = n_items * float(((of_judge - grand) ** 2).sum()) / (n_judges - 1)
    ms_item = n_judges * float(((of_item - grand) ** 2).sum()) / (n_items - 1)
    ms_left = float((left**2).sum()) / ((n_judges - 1) * (n_items - 1))
    found = {"judges": (ms_judge - ms_left) / n_items, "items": (ms_item - ms_left) / n_judges}
    fixed = ms_judge / (n_judges * n_items)
    return PanelDependability(
        judges=max(found["judges"], 0.0),
        items=max(found["items"], 0.0),
        residual=ms_left,
        se_items_fixed=n_items * sqrt(fixed),
        se_items_random=n_items * sqrt(fixed + max(found["items"], 0.0) / n_items),
        n_judges=n_judges,
        provenance=Provenance(
            "panel_dependability", DEPENDABILITY_VERSION, 0, n_items, warnings=_negative(found)
        ),
    )


def _negative(found: dict[str, float]) -> tuple[Finding, ...]:
    """Name the components that came out below zero, beyond what rounding explains."""
    return tuple(
        Finding(
            "negative_component", f"the component of {name} is {value:.6f}, set to 0", "0", "Brennan 2001"
        )
        for name, value in found.items()
        if value < -1e-12
    )
