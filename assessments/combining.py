"""From the results of several components to one outcome: exact rules that say which line was missed.

A rule is a tree of four kinds of node: a `Line` that one component must reach, a `Compensatory` mean that
several reach together, `Conjunctive` (all of its parts) and `Disjunctive` (any of its parts). A mixed rule,
compensation above floors, is a conjunction of a mean and lines; `with_floors` writes it. Every node carries
its `kind`, so that a rule written down as JSON says what it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Literal

from assessments.errors import AssessmentError

COMBINING_VERSION = "combining/1"

Exact = int | Decimal | Fraction
"""A number that decides about a person: never a float."""


@dataclass(frozen=True, slots=True)
class Component:
    """A candidate's result in one component; `value` is None while there is none.

    Raises AssessmentError `value_not_exact`, `value_out_of_range`, `maximum_not_positive`.
    """

    code: str
    value: Exact | None
    maximum: Exact
    """The most that the component gives; the least is 0."""

    def __post_init__(self) -> None:
        """Refuse a result that the component cannot give."""
        maximum = _exact(self.maximum, self.code)
        if maximum <= 0:
            raise AssessmentError("maximum_not_positive", component=self.code, maximum=str(self.maximum))
        if self.value is not None and not 0 <= _exact(self.value, self.code) <= maximum:
            raise AssessmentError("value_out_of_range", component=self.code, value=str(self.value))


@dataclass(frozen=True, slots=True)
class Line:
    """One component must reach `least`, in that component's own points; reaching it exactly passes.

    Raises AssessmentError `value_not_exact`, `line_negative`.
    """

    component: str
    least: Exact
    kind: Literal["line"] = field(default="line", init=False)

    def __post_init__(self) -> None:
        """Refuse a line that says nothing."""
        if _exact(self.least, self.component) < 0:
            raise AssessmentError("line_negative", component=self.component, least=str(self.least))


@dataclass(frozen=True, slots=True)
class Weight:
    """What one component counts in a mean; only the proportion of weights to each other matters.

    Raises AssessmentError `value_not_exact`, `weight_not_positive`.
    """

    component: str
    weight: Exact

    def __post_init__(self) -> None:
        """Refuse a component that counts nothing, or backwards."""
        if _exact(self.weight, self.component) <= 0:
            raise AssessmentError("weight_not_positive", component=self.component, weight=str(self.weight))


@dataclass(frozen=True, slots=True)
class Compensatory:
    """The weighted mean of the components' shares of their maximum must reach `least`, a share 0 to 1.

    Raises AssessmentError `no_parts`, `component_repeated`, `value_not_exact`, `line_out_of_range`.
    """

    weights: tuple[Weight, ...]
    least: Exact
    kind: Literal["compensatory"] = field(default="compensatory", init=False)

    def __post_init__(self) -> None:
        """Refuse a mean of nothing, and a line that no mean could reach."""
        _ensure_parts(self.weights)
        codes = [weight.component for weight in self.weights]
        if len(set(codes)) != len(codes):
            raise AssessmentError("component_repeated", components=tuple(codes))
        if not 0 <= _exact(self.least, "mean") <= 1:
            raise AssessmentError("line_out_of_range", least=str(self.least))


@dataclass(frozen=True, slots=True)
class Conjunctive:
    """Every part must be met. Raises AssessmentError `no_parts`."""

    parts: tuple["Rule", ...]
    kind: Literal["conjunctive"] = field(default="conjunctive", init=False)

    def __post_init__(self) -> None:
        """Refuse a rule that everybody meets."""
        _ensure_parts(self.parts)


@dataclass(frozen=True, slots=True)
class Disjunctive:
    """Any one part suffices. Raises AssessmentError `no_parts`."""

    parts: tuple["Rule", ...]
    kind: Literal["disjunctive"] = field(default="disjunctive", init=False)

    def __post_init__(self) -> None:
        """Refuse a rule that nobody meets."""
        _ensure_parts(self.parts)


Rule = Line | Compensatory | Conjunctive | Disjunctive


class Outcome(Enum):
    """What the components say together; nobody fails for what is not there yet."""

    PASSED = "passed"
    FAILED = "failed"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Missed:
    """A line that was missed, exact: by one component, or by several in their weighted mean."""

    components: tuple[str, ...]
    required: Fraction
    """In the points of the one component, or as a share 0 to 1 of the mean."""
    found: Fraction


@dataclass(frozen=True, slots=True)
class Combined:
    """The outcome with the lines that stand against a pass, and the components still awaited for it."""

    outcome: Outcome
    missed: tuple[Missed, ...]
    missing: tuple[str, ...]
    rule: Rule
    version: str


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What one node of the rule came to."""

    outcome: Outcome
    missed: tuple[Missed, ...] = ()
    missing: tuple[str, ...] = ()


def with_floors(mean: Compensatory, floors: Iterable[Line]) -> Conjunctive:
    """Write the mixed rule: components compensate each other, but none below its floor."""
    return Conjunctive((mean, *floors))


def combine(components: Iterable[Component], rule: Rule) -> Combined:
    """Hold a candidate's components against a rule, in exact arithmetic.

    `components`: (n_components,) in any order; one that is absent, or has no value, is missing. A conjunction
    is incomplete while any of its parts is, even when another has failed already (`missed` names it all the
    same); a disjunction is passed by the first part met, whatever else is missing, and failed only when all
    have failed. Raises AssessmentError `component_repeated`, `unknown_component` when the rule does not
    count a component handed in, `line_beyond_maximum`. Source: compensatory, conjunctive and disjunctive
    rules, Haladyna & Hess 1999; that nobody fails for want of a result is our house rule.
    """
    given: dict[str, Component] = {}
    for component in components:
        if component.code in given:
            raise AssessmentError("component_repeated", components=(component.code,))
        given[component.code] = component
    _ensure_known(given, rule)
    found = _weigh(given, rule)
    missing = tuple(sorted(set(found.missing)))
    return Combined(found.outcome, tuple(dict.fromkeys(found.missed)), missing, rule, COMBINING_VERSION)


def counted(rule: Rule) -> frozenset[str]:
    """Return the codes of the components that a rule counts."""
    if isinstance(rule, Line):
        return frozenset({rule.component})
    if isinstance(rule, Compensatory):
        return frozenset(weight.component for weight in rule.weights)
    return frozenset[str]().union(*map(counted, rule.parts))


def _weigh(given: Mapping[str, Component], rule: Rule) -> _Weighed:
    """Hold the components against one node of the rule."""
    if isinstance(rule, Line):
        return _line(given, rule)
    if isinstance(rule, Compensatory):
        return _mean(given, rule)
    parts = [_weigh(given, part) for part in rule.parts]
    return _all(parts) if isinstance(rule, Conjunctive) else _any(parts)


def _line(given: Mapping[str, Component], line: Line) -> _Weighed:
    """Hold one component against its line."""
    component = given.get(line.component)
    if component is None or component.value is None:
        return _Weighed(Outcome.INCOMPLETE, missing=(line.component,))
    if line.least > Fraction(component.maximum):
        facts = {"least": str(line.least), "maximum": str(component.maximum)}
        raise AssessmentError("line_beyond_maximum", component=line.component, **facts)
    return _against((line.component,), Fraction(line.least), Fraction(component.value))


def _mean(given: Mapping[str, Component], mean: Compensatory) -> _Weighed:
    """Hold the weighted mean against its line; while a component is missing there is no mean."""
    total, weights, missing = Fraction(0), Fraction(0), []
    for weight in mean.weights:
        component = given.get(weight.component)
        if component is None or component.value is None:
            missing.append(weight.component)
            continue
        weights += Fraction(weight.weight)
        total += Fraction(weight.weight) * Fraction(component.value) / Fraction(component.maximum)
    if missing:
        return _Weighed(Outcome.INCOMPLETE, missing=tuple(missing))
    codes = tuple(weight.component for weight in mean.weights)
    return _against(codes, Fraction(mean.least), total / weights)


def _against(components: tuple[str, ...], required: Fraction, found: Fraction) -> _Weighed:
    """Compare a value with its line."""
    if found >= required:
        return _Weighed(Outcome.PASSED)
    return _Weighed(Outcome.FAILED, missed=(Missed(components, required, found),))


def _all(parts: list[_Weighed]) -> _Weighed:
    """Join parts of which every one is needed."""
    missed = tuple(line for part in parts for line in part.missed)
    missing = tuple(code for part in parts for code in part.missing)
    outcomes = {part.outcome for part in parts}
    for outcome in (Outcome.INCOMPLETE, Outcome.FAILED):
        if outcome in outcomes:
            return _Weighed(outcome, missed, missing)
    return _Weighed(Outcome.PASSED)


def _any(parts: list[_Weighed]) -> _Weighed:
    """Join parts of which one suffices; once it does, what the others missed stands against nobody."""
    if any(part.outcome is Outcome.PASSED for part in parts):
        return _Weighed(Outcome.PASSED)
    return _all(parts)


def _ensure_parts(parts: tuple[object, ...]) -> None:
    """Refuse an empty rule."""
    if not parts:
        raise AssessmentError("no_parts")


def _ensure_known(given: Mapping[str, Component], rule: Rule) -> None:
    """Refuse a component that the rule would pass over in silence."""
    unknown = sorted(given.keys() - counted(rule))
    if unknown:
        raise AssessmentError("unknown_component", component=unknown[0])


def _exact(value: object, where: str) -> Fraction:
    """Read an exact number; a float, or a yes and no, decides about nobody."""
    finite = not isinstance(value, Decimal) or value.is_finite()
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction) or not finite:
        raise AssessmentError("value_not_exact", component=where, value=str(value))
    return Fraction(value)
