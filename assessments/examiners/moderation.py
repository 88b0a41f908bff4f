r"""Which scripts a moderator marks again: drawn so that an outsider can draw them again with standard tools.

Scripts of one examiner are taken in the order of the hexadecimal SHA-256 of seed, examiner and candidate,
joined by line feeds, in UTF-8:

    printf '%s\n%s\n%s' "$seed" "$examiner" "$candidate" | sha256sum

The seed must be fixed after the ratings are (a public random value of a later day will do): whoever knows it
before could mark with care only what will be drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from math import ceil

from assessments.errors import AssessmentError
from assessments.estimates import Provenance
from assessments.results import Json

MODERATION_VERSION = "moderation-sample/1"


class Reason(Enum):
    """Why a script is in the sample; one that is both near the line and failed is `near_line`."""

    NEAR_LINE = "near_line"
    FAILED = "failed"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Script:
    """A marked script: whose, marked by whom, with what score."""

    candidate: str
    examiner: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class ModerationRule:
    """What is taken: all within `margin` of `cut`, all below it, and some of the clear passes.

    Of these a random `share`, rounded up, but `least` of them, or all if there are fewer. They are always
    looked into: among them are the wrong passes, which nobody appeals against.
    """

    cut: Decimal
    margin: Decimal
    share: Fraction
    least: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A script of the sample, with the digest that gave it its place."""

    candidate: str
    examiner: str
    reason: Reason
    digest: str


@dataclass(frozen=True, slots=True)
class Stratum:
    """One examiner's scripts: how many, and how many were taken for which reason."""

    examiner: str
    scripts: int
    near_line: int
    failed: int
    random: int


@dataclass(frozen=True, slots=True)
class ModerationSample:
    """The sample, by examiner, then near the line, failed, random, each in the order of digests."""

    drawn: tuple[Drawn, ...]
    strata: tuple[Stratum, ...]
    provenance: Provenance


def moderation_sample(scripts: Sequence[Script], *, rule: ModerationRule, seed: str) -> ModerationSample:
    """Draw what is to be marked again, the same for the same seed whatever the order of the scripts.

    Per examiner: every script within the margin of the cut, every failed one, and a random part of the
    clear passes. Scores are compared exactly. Raises AssessmentError `seed_missing`, `not_finite`,
    `margin_negative`, `share_out_of_range` (0 to 1), `least_negative`, `line_break` in a name or the seed,
    `script_repeated`. Source: stratified random sampling (Cochran 1977), with a hash for the random order.
    """
    _ensure_rule(rule, seed)
    _ensure_scripts(scripts)
    drawn: list[Drawn] = []
    strata: list[Stratum] = []
    for examiner in sorted({script.examiner for script in scripts}):
        own = [script for script in scripts if script.examiner == examiner]
        taken = _stratum(own, rule, seed)
        drawn += taken
        counts = [sum(one.reason is reason for one in taken) for reason in Reason]
        strata.append(Stratum(examiner, len(own), *counts))
    options: dict[str, Json] = {
        "seed": seed,
        "cut": str(rule.cut),
        "margin": str(rule.margin),
        "share": str(rule.share),
        "least": rule.least,
    }
    origin = Provenance("moderation_sample", MODERATION_VERSION, len(scripts), 1, options=options)
    return ModerationSample(tuple(drawn), tuple(strata), origin)


def digest_of(seed: str, script: Script) -> str:
    """Give the hexadecimal digest that decides a script's place."""
    return sha256("\n".join((seed, script.examiner, script.candidate)).encode()).hexdigest()


def _stratum(own: list[Script], rule: ModerationRule, seed: str) -> list[Drawn]:
    """Take one examiner's part of the sample."""
    kinds: dict[Reason, list[Drawn]] = {reason: [] for reason in Reason}
    for script in own:
        reason = _reason(script, rule)
        kinds[reason].append(Drawn(script.candidate, script.examiner, reason, digest_of(seed, script)))
    for found in kinds.values():
        found.sort(key=lambda one: one.digest)
    passes = kinds[Reason.RANDOM]
    kinds[Reason.RANDOM] = passes[: max(rule.least, ceil(rule.share * len(passes)))]
    return [one for found in kinds.values() for one in found]


def _reason(script: Script, rule: ModerationRule) -> Reason:
    """Say why a script would be in the sample; in fractions, whatever the ambient decimal context."""
    above = Fraction(script.score) - Fraction(rule.cut)
    if abs(above) <= Fraction(rule.margin):
        return Reason.NEAR_LINE
    return Reason.FAILED if above < 0 else Reason.RANDOM


def _ensure_rule(rule: ModerationRule, seed: str) -> None:
    """Refuse a rule that cannot be carried out."""
    if not seed:
        raise AssessmentError("seed_missing")
    if "\n" in seed:
        raise AssessmentError("line_break", seed=seed)
    if not (rule.cut.is_finite() and rule.margin.is_finite()):
        raise AssessmentError("not_finite", cut=str(rule.cut), margin=str(rule.margin))
    if rule.margin < 0:
        raise AssessmentError("margin_negative", margin=str(rule.margin))
    if not 0 <= rule.share <= 1:
        raise AssessmentError("share_out_of_range", share=str(rule.share))
    if rule.least < 0:
        raise AssessmentError("least_negative", least=rule.least)


def _ensure_scripts(scripts: Sequence[Script]) -> None:
    """Refuse names that would make two scripts one to the hash, and scripts that come twice."""
    seen = set()
    for script in scripts:
        if not script.score.is_finite():
            raise AssessmentError("not_finite", candidate=script.candidate, score=str(script.score))
        if "\n" in script.candidate + script.examiner:
            raise AssessmentError("line_break", candidate=script.candidate, examiner=script.examiner)
        if (script.candidate, script.examiner) in seen:
            raise AssessmentError("script_repeated", candidate=script.candidate, examiner=script.examiner)
        seen.add((script.candidate, script.examiner))
