"""Rules of the item bank: the life of forms and items, what a form must fit, what an item holds; pure."""

from app.itembank.rules.forms import (
    MOVES,
    Finding,
    FormAction,
    FormState,
    PanelRatings,
    Scheme,
    after,
    angoff_study,
    deviations,
    ensure_may_approve,
    ensure_usable,
    fit_findings,
    recomputed_cut,
    scheme_blueprint,
    study_findings,
)

__all__ = [
    "MOVES",
    "Finding",
    "FormAction",
    "FormState",
    "PanelRatings",
    "Scheme",
    "after",
    "angoff_study",
    "deviations",
    "ensure_may_approve",
    "ensure_usable",
    "fit_findings",
    "recomputed_cut",
    "scheme_blueprint",
    "study_findings",
]
