"""What a body decides about marking in a scheme: figures with defaults, bounds and their sources."""

from dataclasses import dataclass
from decimal import Decimal

from app.marking.rules.allocation import Cefr


@dataclass(frozen=True)
class Policy:
    """The figures by which assessors are allocated, monitored and moderated."""

    language_level: Cefr
    """Of the language of the case (ISO/IEC 17024, 6.2.2.1: fluent; the level is our proposal)."""
    most_open: int
    """Assignments at once, for who has not said otherwise."""
    agreement_gate: Decimal
    """Weighted kappa below which PER-5 acts (Landis & Koch 1977: substantial agreement)."""
    agreement_least: int
    """Double-marked candidates below which PER-5 says nothing."""
    is_moderated: bool
    """Whether no judged result is released before the moderation of its period is done."""
    moderation_percent: int
    """The share of the clear passes that is drawn besides all near the line and all fails."""
    moderation_least: int
    moderation_margin: Decimal
    """How far from its line a component's mean may lie and still be near it, in levels."""


DEFAULT_POLICY = Policy(
    language_level=Cefr.C1,
    most_open=10,
    agreement_gate=Decimal("0.60"),
    agreement_least=20,
    is_moderated=False,
    moderation_percent=10,
    moderation_least=1,
    moderation_margin=Decimal("0.25"),
)
"""Until the body decides otherwise."""
