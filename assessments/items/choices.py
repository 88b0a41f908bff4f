"""Classical analysis of items from raw choices: the key, every other option, and what was left out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assessments.bootstrap import ensure_level
from assessments.errors import AssessmentError
from assessments.forms import AnswerKey, Item
from assessments.items.analysis import (
    Group,
    ItemAnalysis,
    ItemRow,
    OptionRow,
    analysis,
    item_row,
    read_group,
    weighted_share,
)
from assessments.items.lines import ITEM_LINES, Lines, distractor_flags
from assessments.items.statistics import correlation, share
from assessments.responses import LEAST_PERSONS, Responses, ensure_persons, size_findings
from assessments.results import Finding
from assessments.scoring import choice_items, marked_options

REACH_LAST, REACH_MOST = 0.80, 0.75

Choices = Mapping[str, Collection[str]]
"""Of one person: item code → options marked; an item missing, or without a mark, is unanswered."""


def item_analysis(
    choices: Sequence[Choices], key: AnswerKey, *, level: float = 0.95, lines: Lines = ITEM_LINES
) -> ItemAnalysis:
    """Analyse items and their options from raw choices, scored as `assessments.scoring.score` scores them.

    `choices`: (n_persons,); `key`: the items in the order in which they were met, on which `omitted` and
    `not_reached` depend. Wrong options are flagged when under 5 % mark them, and when those who do are better
    on the other items: as a `miskey` alarm when that goes further than for the item itself. Warns when the
    form was speeded: fewer than 80 % reached the last item, or somebody not three quarters. Raises
    AssessmentError `unknown_item`, `unknown_option`, `option_list_expected`, `kind_not_choice`,
    `level_out_of_range`;
    NotEstimable `too_few_persons` under 10, `too_few_items` under 2. Source: Lord & Novick 1968; Kelley 1939
    (27 %); Haladyna & Downing 1993 (distractors); Swineford 1974 (speededness).
    """
    ensure_level(level)
    ensure_persons(len(choices), LEAST_PERSONS)
    items = choice_items(key)
    marked = _marked(choices, items)
    right = np.array(
        [[mark == item.key for mark in marks] for item, marks in zip(items, marked, strict=True)]
    )
    answered = np.array([[bool(mark) for mark in marks] for marks in marked])
    # Reached: answered, or followed by an item that was.
    reached = np.logical_or.accumulate(answered[::-1])[::-1]
    group = read_group(right.T.astype(np.float64), level, lines)
    rows = tuple(
        _with_options(item, marked[place], ~answered[place], ~reached[place], group)
        for place, item in enumerate(items)
    )
    findings = size_findings(len(choices)) + _speeded(reached)
    return analysis(
        rows, group, Responses(right.T.astype(np.float64), 0, findings), {"key_version": key.version}
    )


def _marked(choices: Sequence[Choices], items: Sequence[Item]) -> list[list[frozenset[str]]]:
    """Return the options marked, item by item (n_items, n_persons)."""
    codes = {item.code for item in items}
    for person, marks in enumerate(choices):
        unknown = sorted(marks.keys() - codes)
        if unknown:
            raise AssessmentError("unknown_item", person=person, item=unknown[0])
    return [[marked_options(item, marks.get(item.code, ())) for marks in choices] for item in items]


def _with_options(
    item: Item,
    marked: Sequence[frozenset[str]],
    blank: NDArray[np.bool_],
    not_reached: NDArray[np.bool_],
    group: Group,
) -> ItemRow:
    """Describe one item with its options, from what was marked (n_persons,)."""
    right = np.array([mark == item.key for mark in marked], dtype=np.float64)
    row = item_row(item.code, right, 1.0, group)
    options = tuple(_option_row(option, item, marked, group.totals - right, group) for option in item.options)
    flags = [
        flag
        for found in options
        if not found.keyed
        for flag in distractor_flags(found.option, found.share, found.rest, row.discrimination, group.lines)
    ]
    return replace(
        row,
        omitted=int((blank & ~not_reached).sum()),
        not_reached=int(not_reached.sum()),
        options=options,
        flags=(*row.flags, *flags),
    )


def _option_row(
    option: str, item: Item, marked: Sequence[frozenset[str]], rest: NDArray[np.float64], group: Group
) -> OptionRow:
    """Describe who marked an option."""
    chosen = np.array([option in mark for mark in marked], dtype=np.float64)
    count = int(chosen.sum())
    return OptionRow(
        option=option,
        keyed=option in item.key,
        count=count,
        share=share(count, len(chosen), level=group.level),
        rest=correlation(chosen, rest, level=group.level),
        upper=weighted_share(chosen, group.upper),
        lower=weighted_share(chosen, group.lower),
    )


def _speeded(reached: NDArray[np.bool_]) -> tuple[Finding, ...]:
    """Caution that time ran out for some: the last items then measure speed."""
    of_last = float(reached[-1].mean())
    furthest = int(reached.sum(axis=0).min())
    if of_last >= REACH_LAST and furthest >= REACH_MOST * len(reached):
        return ()
    message = f"{of_last:.0%} reached the last item, and somebody only {furthest} of {len(reached)}"
    return (
        Finding("speeded", message, f"{REACH_LAST:.0%}; {REACH_MOST:.0%} of the items", "Swineford 1974"),
    )
