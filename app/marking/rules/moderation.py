"""Which sheets of a period a moderator looks into, what she may find, and what waits for her; pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from app.core.errors import Conflict
from app.marking.rules.policy import Policy
from app.marking.rules.sheets import Standard
from assessments.examiners import ModerationRule, ModerationSample, Reason, Script, moderation_sample
from assessments.examiners.moderation import digest_of
from assessments.results import rounded


class ModerationVerdict(StrEnum):
    """What a moderator finds of a sheet."""

    UPHELD = "upheld"
    REMARK = "remark"
    """It is set aside, and another marks in its place."""


@dataclass(frozen=True)
class Candidate:
    """A sheet that may be drawn: whose work, by whom, and how far from its line."""

    sheet_id: UUID
    case_id: UUID
    assessor_id: UUID
    distance: Decimal


@dataclass(frozen=True)
class Placed:
    """A sheet of the population with its digest, and why it was drawn; None if it was not."""

    sheet: Candidate
    digest: str
    reason: Reason | None


def distance(ratings: Mapping[str, int], standard: Standard) -> Decimal:
    """Tell how far a sheet lies above its line, in levels; below 0 it would fail.

    The mean's distance from the mean's line or, where an element fails, that of the element furthest below
    its own line, whichever is lower. Rounded to six places.
    """
    rule, target = standard.pass_rule, Fraction(standard.target)
    mean = Fraction(sum(ratings.values()), len(ratings)) - (target - Fraction(rule.mean_offset))
    below = [
        rating - (target - Fraction(_offset(element, standard)))
        for element, rating in ratings.items()
        if rating < target - Fraction(_offset(element, standard))
    ]
    lowest = min([mean, *below])
    return rounded(lowest)


def drawn(sheets: Collection[Candidate], policy: Policy, seed: str) -> list[Placed]:
    """Place all sheets of a period, drawn ones first; an outsider draws the same with seed and sheets.

    Taken are all near their line, all that fail, and of the clear passes of each assessor a share, by the
    order of `assessments.examiners.moderation`.
    """
    scripts = {_script(sheet): sheet for sheet in sheets}
    rule = ModerationRule(
        cut=Decimal(0),
        margin=policy.moderation_margin,
        share=Fraction(policy.moderation_percent, 100),
        least=policy.moderation_least,
    )
    sample: ModerationSample = moderation_sample(list(scripts), rule=rule, seed=seed)
    reasons = {(one.candidate, one.examiner): one.reason for one in sample.drawn}
    found = [
        Placed(sheet, digest_of(seed, script), reasons.get((script.candidate, script.examiner)))
        for script, sheet in scripts.items()
    ]
    return sorted(found, key=lambda one: (one.reason is None, one.digest))


def ensure_open(verdict: ModerationVerdict | None, reason: Reason | None) -> None:
    """Refuse a sheet that was not drawn or has its verdict."""
    if reason is None:
        raise Conflict("sheet_not_drawn", rule="EXM-6")
    if verdict is not None:
        raise Conflict("sheet_moderated", rule="EXM-6")


def ensure_moderated(sheets: Collection[UUID], done: Collection[UUID]) -> None:
    """Refuse a release while a sheet that it rests on waits for moderation (EXM-6)."""
    if not set(sheets) <= set(done):
        raise Conflict("moderation_open", rule="EXM-6")


def _script(sheet: Candidate) -> Script:
    return Script(candidate=str(sheet.case_id), examiner=str(sheet.assessor_id), score=sheet.distance)


def _offset(element: str, standard: Standard) -> Decimal:
    rule = standard.pass_rule
    return rule.critical_offset if element in standard.critical else rule.other_offset
