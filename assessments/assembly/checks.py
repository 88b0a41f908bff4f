"""Whether forms obey their rules, found by counting: independent of how the forms came about."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assessments.assembly.rules import BankItem, Family, Rules
from assessments.errors import AssessmentError

Form = Collection[str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a form, or two forms together, break."""

    family: Family
    forms: tuple[int, ...]
    """Places in the sequence of forms, from 0."""
    message: str


def form_faults(forms: Sequence[Form], *, bank: Collection[BankItem], rules: Rules) -> tuple[Fault, ...]:
    """List every rule that forms break; empty means that all obey all.

    `forms`: for each form its items' labels, however they were chosen. The blueprint is checked by unit and
    cognitive level. Raises AssessmentError `unknown_item`. Source: ISO/IEC 17024, 9.3.1.
    """
    items = {item.label: item for item in bank}
    for form in forms:
        unknown = sorted(set(form) - items.keys())
        if unknown:
            raise AssessmentError("unknown_item", item=unknown[0], items=tuple(unknown))
    faults = []
    for number, form in enumerate(forms):
        chosen = [items[label] for label in form]
        for found in (_content(chosen, rules), _company(chosen, items, rules), _limits(chosen, rules)):
            faults += [Fault(family, (number,), message) for family, message in found]
    return (*faults, *_together(forms, items, rules))


def _content(chosen: Sequence[BankItem], rules: Rules) -> Iterator[tuple[Family, str]]:
    """Check length, blueprint and kinds."""
    blueprint = rules.blueprint
    if len({item.label for item in chosen}) != len(chosen) or len(chosen) != blueprint.n_items:
        yield Family.LENGTH, f"{blueprint.n_items} different items are asked for"
    cells = Counter(blueprint.cell(item.unit, item.cognitive_level) for item in chosen)
    asked = {(line.unit, line.cognitive_level): line.count for line in blueprint.lines}
    if cells != asked:
        yield Family.BLUEPRINT, "the lines of the blueprint are not met exactly"
    kinds = Counter(item.kind for item in chosen)
    if rules.kinds and +kinds != +Counter(dict(rules.kinds)):
        yield Family.KINDS, "the numbers of items of each kind are not met exactly"


def _company(
    chosen: Sequence[BankItem], items: Mapping[str, BankItem], rules: Rules
) -> Iterator[tuple[Family, str]]:
    """Check what items ask of each other: enemies and sets."""
    labels = {item.label for item in chosen}
    for group in rules.enemies:
        if len(group & labels) > 1:
            yield Family.ENEMIES, f"{', '.join(sorted(group & labels))} exclude each other"
    for name in sorted({item.item_set for item in chosen if item.item_set is not None}):
        missing = {item.label for item in items.values() if item.item_set == name} - labels
        if missing:
            yield Family.ITEM_SETS, f"set {name} is not whole without {', '.join(sorted(missing))}"


def _limits(chosen: Sequence[BankItem], rules: Rules) -> Iterator[tuple[Family, str]]:
    """Check what is required, forbidden, used before, and the time."""
    labels = {item.label for item in chosen}
    if rules.required - labels:
        yield Family.REQUIRED, f"{', '.join(sorted(rules.required - labels))} must be taken"
    if rules.forbidden & labels:
        yield Family.FORBIDDEN, f"{', '.join(sorted(rules.forbidden & labels))} must not be taken"
    for earlier in rules.earlier:
        if len(earlier.items & labels) > rules.most_of_earlier:
            yield Family.EARLIER_FORMS, f"{len(earlier.items & labels)} items are those of {earlier.name}"
    seconds = sum(item.seconds or 0 for item in chosen)
    if rules.most_seconds is not None and seconds > rules.most_seconds:
        yield Family.TIME, f"{seconds} seconds, at most {rules.most_seconds} are allowed"


def _together(forms: Sequence[Form], items: Mapping[str, BankItem], rules: Rules) -> Iterator[Fault]:
    """Check what binds several forms at once: shared items and exposure."""
    for one, other in combinations(range(len(forms)), 2):
        shared = set(forms[one]) & set(forms[other])
        if len(shared) > rules.most_shared:
            yield Fault(Family.SHARED_ITEMS, (one, other), f"they share {', '.join(sorted(shared))}")
    if rules.most_uses is None:
        return
    uses = Counter(label for form in forms for label in set(form))
    for label, times in sorted(uses.items()):
        if items[label].uses + times > rules.most_uses:
            where = tuple(number for number, form in enumerate(forms) if label in form)
            yield Fault(Family.EXPOSURE, where, f"{label} would stand in more than {rules.most_uses} forms")
