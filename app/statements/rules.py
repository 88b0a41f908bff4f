"""What a statement may be: its kinds, its number, and when a level may be stated."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from app.core.errors import Conflict, Invalid
from skillcard.framework import Framework, Level
from skillcard.profile import Source

_PREFIX = "ST"
_TAIL = 8
_NUMBER = re.compile(rf"{_PREFIX}\.[0-9]{{4}}\.[0-9A-HJKMNP-TV-Z]{{{_TAIL}}}")
_AMBIGUOUS = str.maketrans("OIL", "011")


class StatementKind(StrEnum):
    """What a statement states."""

    SKILL_CARD = "skill_card"
    LEVEL_STATEMENT = "level_statement"


def number(year: int, code: str) -> str:
    """Return a statement's number, made from random characters so that nobody can count through them.

    Its points set it apart: no certificate's number has one.
    """
    return f"{_PREFIX}.{year}.{code[:_TAIL]}"


def read_number(text: str) -> str | None:
    """Read a number as people type it: any case, gaps, O for 0, I or L for 1; None where it is none."""
    *head, tail = "".join(text.split()).upper().split(".")
    read = ".".join([*head, tail.translate(_AMBIGUOUS)])
    return read if _NUMBER.fullmatch(read) else None


def certifiable(package: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the levels for which a scheme issues certificates, as its package says."""
    return tuple(item["level"] for item in package["levels"]["items"] if item["certifiable"])


def aim(framework: Framework, reached: Level | None, target: int | None) -> int:
    """Return the level to measure the distance to: the one asked for, else the next above the one reached."""
    if target is not None:
        return target
    return min(1 if reached is None else reached + 1, max(framework.levels))


def ensure_language(language: str, known: Collection[str]) -> None:
    """Refuse a language that statements are not worded in."""
    if language not in known:
        raise Invalid("statement_language_unknown", pointer="/language", known=sorted(known))


def ensure_rated(rated: int, source: Source) -> None:
    """Refuse a statement about nothing: the source has rated no element that counts today."""
    if not rated:
        raise Conflict("statement_without_ratings", source=str(source))


def ensure_level_statement(source: Source, level: int | None, certified: Collection[int]) -> None:
    """Let a level be stated only as assessors found it, and where the scheme issues no certificate (7.0).

    Who reached a level that the scheme certifies is led to certification: a paper beside the certificate
    would pass for one.
    """
    if source is not Source.ASSESSOR:
        raise Conflict("level_statement_self_rated", rule="7.0", source=str(source))
    if level is None:
        raise Conflict("level_statement_without_level", rule="7.0")
    if level in certified:
        raise Conflict("level_is_certified", rule="7.0", level=level, certified=sorted(certified))
