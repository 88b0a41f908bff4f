"""Rules of the item bank: the life of forms and items, what a form must fit, what an item holds; pure."""

from app.itembank.rules.forms import (
    MOVES,
    Finding,
    FormAction,
    FormState,
    PanelRatings,
    Scheme,
    after,
    answer_key,
    deviations,
    ensure_may_approve,
    fit_findings,
    recomputed_cut,
    scheme_blueprint,
    scored_item,
)

__all__ = [
    "MOVES",
    "Finding",
    "FormAction",
    "FormState",
    "PanelRatings",
    "Scheme",
    "after",
    "answer_key",
    "deviations",
    "ensure_may_approve",
    "fit_findings",
    "recomputed_cut",
    "scheme_blueprint",
    "scored_item",
]
