"""How often items and forms were seen: exposure, overlap of forms, and what is due for a rest."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance

VERSION = "exposure/1"


@dataclass(frozen=True, slots=True)
class ExposureLimits:
    """From where an item or a pair of forms is flagged; house rules of a body, to be set by its risk.

    `rate`: share of candidates, `uses`: number of candidates over all time, None = no limit, `overlap`:
    share of a form in common with another. Raises AssessmentError `limit_out_of_range`.
    """

    rate: float = 0.5
    uses: int | None = None
    overlap: float = 0.4

    def __post_init__(self) -> None:
        """Refuse limits that nothing, or everything, would reach."""
        if not (0 < self.rate <= 1 and 0 < self.overlap <= 1 and (self.uses is None or self.uses > 0)):
            raise AssessmentError("limit_out_of_range", rate=self.rate, overlap=self.overlap, uses=self.uses)


@dataclass(frozen=True, slots=True)
class ItemExposure:
    """One item: how many candidates saw it, in how many forms, and which limits it reaches."""

    item: str
    n_seen: int
    rate: float
    n_forms: int
    flags: tuple[str, ...]
    """`rate`, `uses`."""


@dataclass(frozen=True, slots=True)
class FormOverlap:
    """Two forms: items in common, as a share of the shorter one."""

    first: str
    second: str
    n_common: int
    share: float
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Exposure:
    """All items, all pairs of forms, and the overlap that two candidates may expect."""

    items: tuple[ItemExposure, ...]
    overlaps: tuple[FormOverlap, ...]
    expected_overlap: float | None
    """Mean share of items in common between two candidates; None where forms differ in length."""
    provenance: Provenance


def exposure(
    forms: Mapping[str, Collection[str]], sittings: Mapping[str, int], *, limits: ExposureLimits | None = None
) -> Exposure:
    """Count who has seen what, from the items of each form and the number of candidates who sat it.

    Rates are shares of all candidates, 0 to 1. The expected overlap is exact for forms of one length: with
    n candidates and items seen by n_i of them, sum n_i (n_i - 1) / (length n (n - 1)). Raises AssessmentError
    `forms_differ` (sittings of other forms), `item_repeated`, `empty_form`, `negative_sittings`,
    `limit_out_of_range`; NotEstimable `no_sittings`. Source: Chen, Ankenmann & Spray 2003 (overlap from
    exposure); the limits are house rules.
    """
    chosen = limits or ExposureLimits()
    _ensure_sound(forms, sittings)
    total = sum(sittings.values())
    if total == 0:
        raise NotEstimable("no_sittings")
    items = tuple(dict.fromkeys(item for form in forms.values() for item in form))
    seen = {item: sum(sittings[form] for form, held in forms.items() if item in held) for item in items}
    return Exposure(
        items=tuple(_item(item, seen[item], total, forms, chosen) for item in items),
        overlaps=tuple(
            _overlap(first, second, forms, chosen.overlap) for first, second in combinations(forms, 2)
        ),
        expected_overlap=_expected_overlap(seen, total, {len(held) for held in forms.values()}),
        provenance=Provenance(
            method="exposure",
            version=VERSION,
            n_persons=total,
            n_items=len(items),
            options={"rate": str(chosen.rate), "uses": chosen.uses, "overlap": str(chosen.overlap)},
        ),
    )


def _ensure_sound(forms: Mapping[str, Collection[str]], sittings: Mapping[str, int]) -> None:
    """Refuse forms and sittings that contradict each other or themselves."""
    if forms.keys() != sittings.keys():
        raise AssessmentError("forms_differ", forms=tuple(sorted(forms.keys() ^ sittings.keys())))
    for form, items in forms.items():
        if not items:
            raise AssessmentError("empty_form", form=form)
        if len(set(items)) < len(items):
            raise AssessmentError("item_repeated", form=form)
        if sittings[form] < 0:
            raise AssessmentError("negative_sittings", form=form, sittings=sittings[form])


def _item(
    item: str, n_seen: int, total: int, forms: Mapping[str, Collection[str]], limits: ExposureLimits
) -> ItemExposure:
    """Put together what is said of one item."""
    return ItemExposure(
        item=item,
        n_seen=n_seen,
        rate=n_seen / total,
        n_forms=sum(item in held for held in forms.values()),
        flags=_flags(n_seen, total, limits),
    )


def _expected_overlap(seen: Mapping[str, int], total: int, lengths: Collection[int]) -> float | None:
    """Return the mean share of items in common over all pairs of candidates, for forms of one length."""
    if len(lengths) != 1 or total < 2:
        return None
    (length,) = lengths
    return sum(n * (n - 1) for n in seen.values()) / (length * total * (total - 1))


def _flags(n_seen: int, total: int, limits: ExposureLimits) -> tuple[str, ...]:
    """Name the limits that an item reaches."""
    reached = {
        "rate": n_seen >= limits.rate * total,
        "uses": limits.uses is not None and n_seen >= limits.uses,
    }
    return tuple(name for name, is_reached in reached.items() if is_reached)


def _overlap(first: str, second: str, forms: Mapping[str, Collection[str]], limit: float) -> FormOverlap:
    """Compare two forms."""
    common = len(set(forms[first]) & set(forms[second]))
    share = common / min(len(forms[first]), len(forms[second]))
    return FormOverlap(first, second, common, share, share >= limit)
