"""Put forms together: every rule met exactly, and the forms as alike as the bank allows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import scipy

from assessments.assembly.checks import form_faults
from assessments.assembly.model import OPTIMAL, Model, centre_of, deviation_rows, families, solve
from assessments.assembly.refusal import refuse
from assessments.assembly.rules import BankItem, Family, Rules, Statistic, ensure_sound
from assessments.errors import AssessmentError
from assessments.estimates import Provenance
from assessments.results import Finding

ASSEMBLY_VERSION = "milp-minimax/1"
NODES = 1_000


@dataclass(frozen=True, slots=True)
class FormStatistic:
    """The sum of a statistic over a form's items that have a value, and how many those are."""

    name: str
    total: float
    n_items: int


@dataclass(frozen=True, slots=True)
class AssembledForm:
    """One form: its items in the order of their labels, what they add up to, and its time if limited."""

    items: tuple[str, ...]
    statistics: tuple[FormStatistic, ...]
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Assembly:
    """New forms that obey all rules, with how far they are from alike."""

    forms: tuple[AssembledForm, ...]
    largest_deviation: float
    """Over statistics, in their scales: from the target, or between forms where there is none."""
    proven: bool
    """No other choice of items is more alike, by more than the tolerance."""
    provenance: Provenance


def assemble(
    bank: Collection[BankItem],
    rules: Rules,
    *,
    n_forms: int = 1,
    statistics: Sequence[Statistic] = (),
    tolerance: float = 0.05,
    nodes: int = NODES,
) -> Assembly:
    """Choose items for one or several parallel forms, meeting every rule and as alike as possible.

    Minimises the largest deviation over forms and statistics, each in its scale: of the sum over a form from
    its target or, without one, between the forms. Deviations up to `tolerance` (with the usual scales: raw
    points) count as none, so that the search ends. An item without a value counts as an average one. The
    same input gives the same forms, in any order of the bank and under one release of the solver, which the
    provenance names; the search ends after `nodes` branchings, not by the clock. Raises AssessmentError as
    `ensure_sound` does, `forms_not_positive`, `tolerance_not_positive`; NotEstimable `no_form` when no form
    obeys the rules, naming the families of rules in the way, `not_found` when the search ended before any
    form. Warns of items without a value and of a search cut short. Source: van der Linden
    & Adema 1998; van der Linden 2005 (minimax, parallel forms).
    """
    if n_forms < 1:
        raise AssessmentError("forms_not_positive", forms=n_forms)
    if not tolerance > 0:
        raise AssessmentError("tolerance_not_positive", tolerance=tolerance)
    ensure_sound(bank, rules, statistics)
    items = tuple(sorted(bank, key=lambda item: item.label))
    known = {item.label for item in items}
    usable = tuple(_of_bank(statistic, known) for statistic in statistics)
    model = Model(items, rules, n_forms, usable)
    binding = (Family.LENGTH, *families(rules, n_forms=n_forms, items=items))
    rows = [row for family in binding for row in model.rows(family)]
    found = solve(model, [*rows, *deviation_rows(model)], tolerance=tolerance, nodes=nodes)
    if found.x is None:
        refuse(model, nodes=nodes)
    forms = _forms(model, found.x)
    faults = form_faults(forms, bank=items, rules=rules)
    assert not faults, f"the solver broke a rule: {faults}"
    return _assembly(model, forms, proven=found.status == OPTIMAL, tolerance=tolerance)


def _of_bank(statistic: Statistic, known: Collection[str]) -> Statistic:
    """Leave out values of items that the bank does not hold, which would shift what is average."""
    values = {item: value for item, value in statistic.values.items() if item in known}
    return Statistic(statistic.name, values, statistic.target, statistic.scale)


def _forms(model: Model, solution: Sequence[float]) -> list[tuple[str, ...]]:
    """Read the forms from the solver's variables; forms that differ in nothing but place, in fixed order."""
    return sorted(
        tuple(item.label for place, item in enumerate(model.items) if solution[model.x(form, place)] > 0.5)
        for form in range(model.n_forms)
    )


def _assembly(model: Model, forms: Sequence[tuple[str, ...]], *, proven: bool, tolerance: float) -> Assembly:
    """Describe the forms by what their items add up to, computed anew from the items."""
    deviations = [_deviation(statistic, forms, model) for statistic in model.statistics]
    return Assembly(
        forms=tuple(_described(model, form) for form in forms),
        largest_deviation=max(deviations, default=0.0),
        proven=proven,
        provenance=Provenance(
            method="milp_minimax",
            version=ASSEMBLY_VERSION,
            n_persons=0,
            n_items=len(model.items),
            n_missing=sum(_without_value(statistic, forms) for statistic in model.statistics),
            options={"tolerance": repr(tolerance), "solver": f"HiGHS in scipy {scipy.__version__}"},
            warnings=_warnings(model, forms, proven=proven),
        ),
    )


def _described(model: Model, form: tuple[str, ...]) -> AssembledForm:
    """Add up what is known of a form's items."""
    timed = model.rules.most_seconds is not None
    seconds = sum(item.seconds or 0 for item in model.items if item.label in form)
    return AssembledForm(
        items=form,
        statistics=tuple(_total(statistic, form) for statistic in model.statistics),
        seconds=seconds if timed else None,
    )


def _total(statistic: Statistic, form: tuple[str, ...]) -> FormStatistic:
    """Add up a statistic over the items that have a value."""
    values = [statistic.values[item] for item in form if item in statistic.values]
    return FormStatistic(statistic.name, float(sum(values)), len(values))


def _deviation(statistic: Statistic, forms: Sequence[tuple[str, ...]], model: Model) -> float:
    """Give how far forms are from the target or from each other, in the statistic's scale."""
    centre = centre_of(statistic, model.rules.blueprint.n_items)
    totals = [_total(statistic, form) for form in forms]
    sums = [total.total - centre * total.n_items for total in totals]
    if statistic.target is None:
        return (max(sums) - min(sums)) / statistic.scale
    return max(abs(value) for value in sums) / statistic.scale


def _without_value(statistic: Statistic, forms: Sequence[tuple[str, ...]]) -> int:
    """Count the items of the forms that have no value."""
    return sum(item not in statistic.values for form in forms for item in form)


def _warnings(model: Model, forms: Sequence[tuple[str, ...]], *, proven: bool) -> tuple[Finding, ...]:
    """Name what a reader of the forms must know."""
    found = []
    for statistic in model.statistics:
        missing = sorted({item for form in forms for item in form if item not in statistic.values})
        if missing:
            message = f"{statistic.name} is not known of {len(missing)} items: {', '.join(missing)}"
            found.append(Finding("no_statistic", message, "every item with a value", "house rule"))
    if not proven:
        message = "the search ended before it was certain that no other forms are more alike"
        found.append(Finding("not_proven", message, "proven optimal", "house rule"))
    return tuple(found)
