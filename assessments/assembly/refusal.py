"""Why no form can be put together, in plain words: which families of rules stand in the way."""

from collections import Counter
from collections.abc import Sequence
from typing import NoReturn

from scipy.optimize import OptimizeResult

from assessments.assembly.model import INFEASIBLE, Model, families, solve
from assessments.assembly.rules import BankItem, Family
from assessments.errors import NotEstimable

_WORDS = {
    Family.LENGTH: "the bank holds fewer items than a form needs",
    Family.BLUEPRINT: "the numbers of items by unit and cognitive level",
    Family.KINDS: "the numbers of items of each kind",
    Family.ENEMIES: "items that exclude each other",
    Family.ITEM_SETS: "item sets that must be whole",
    Family.EXPOSURE: "how often an item may be used",
    Family.EARLIER_FORMS: "how many items may be repeated from earlier forms",
    Family.SHARED_ITEMS: "how many items the new forms may share",
    Family.REQUIRED: "required items",
    Family.FORBIDDEN: "forbidden items",
    Family.TIME: "the time that a form may take",
}


def refuse(model: Model, *, nodes: int) -> NoReturn:
    """Raise NotEstimable: `no_form` with the families of rules that no form can obey, or `not_found`.

    `any_of`: each of these, given up alone, would allow a form. `together`: families that contradict each
    other, of which none can be spared; always given. `shortages`: (unit, cognitive level, items needed,
    items that may be used) of blueprint lines that the bank cannot fill by mere count. `reason`: a sentence.
    Source: relaxing constraint sets one at a time; for `together` the deletion filter, Chinneck & Dravnieks
    1991. `not_found`: the search ended after `nodes` before it was certain that there is no form.
    """
    binding = families(model.rules, n_forms=model.n_forms, items=model.items)
    if not _excluded(model, binding, nodes):
        raise NotEstimable("not_found", nodes=nodes)
    any_of = tuple(
        family
        for family in binding
        if _search(model, [other for other in binding if other is not family], nodes).x is not None
    )
    together = _contradiction(model, binding, nodes)
    shortages = _shortages(model)
    raise NotEstimable(
        "no_form",
        any_of=tuple(family.value for family in any_of),
        together=tuple(family.value for family in together),
        shortages=shortages,
        reason=_sentence(any_of, together, shortages),
    )


def _search(model: Model, kept: Sequence[Family], nodes: int) -> OptimizeResult:
    """Look for a form that obeys the length and some families, however unlike others it is."""
    bare = Model(model.items, model.rules, model.n_forms)
    rows = [row for family in (Family.LENGTH, *kept) for row in bare.rows(family)]
    return solve(bare, rows, tolerance=0.0, nodes=nodes)


def _excluded(model: Model, kept: Sequence[Family], nodes: int) -> bool:
    """Say whether it is certain that no form obeys the length and some families."""
    return bool(_search(model, kept, nodes).status == INFEASIBLE)


def _contradiction(model: Model, binding: Sequence[Family], nodes: int) -> tuple[Family, ...]:
    """Give families that no form obeys together, none of which can be spared for that."""
    if _excluded(model, (), nodes):
        return (Family.LENGTH,)
    kept = list(binding)
    for family in binding:
        fewer = [other for other in kept if other is not family]
        if _excluded(model, fewer, nodes):
            kept = fewer
    return tuple(kept)


def _shortages(model: Model) -> tuple[tuple[str, str | None, int, int], ...]:
    """List the blueprint's lines for which the bank has too few items, by count alone."""
    blueprint = model.rules.blueprint
    have = Counter(
        blueprint.cell(item.unit, item.cognitive_level) for item in model.items if _may_be_used(item, model)
    )
    forms = 1 if model.rules.most_shared else model.n_forms
    return tuple(
        (line.unit, line.cognitive_level, line.count * forms, have[(line.unit, line.cognitive_level)])
        for line in blueprint.lines
        if have[(line.unit, line.cognitive_level)] < line.count * forms
    )


def _may_be_used(item: BankItem, model: Model) -> bool:
    """Say whether no rule keeps an item out of every form."""
    worn = model.rules.most_uses is not None and item.uses >= model.rules.most_uses
    return not worn and item.label not in model.rules.forbidden


def _sentence(
    any_of: Sequence[Family],
    together: Sequence[Family],
    shortages: Sequence[tuple[str, str | None, int, int]],
) -> str:
    """Say in words what stands in the way."""
    if shortages:
        lines = [
            f"{unit}{f' ({level})' if level else ''} needs {needed} items and has {have} that may be used"
            for unit, level, needed, have in shortages
        ]
        return "; ".join(lines)
    against = " against ".join(_WORDS[family] for family in together)
    if any_of:
        alone = " or ".join(_WORDS[family] for family in any_of)
        return f"no form obeys all rules ({against}); one would without: {alone}"
    return f"no form obeys all rules; in the way, besides others: {against}"
