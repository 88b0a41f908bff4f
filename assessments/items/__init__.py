"""Classical item analysis: difficulty, discrimination, distractors, and flags with their thresholds."""

from assessments.items.analysis import ItemAnalysis, ItemRow, OptionRow, scored_item_analysis
from assessments.items.choices import item_analysis
from assessments.items.lines import ITEM_LINES, Flag, Lines

__all__ = [
    "ITEM_LINES",
    "Flag",
    "ItemAnalysis",
    "ItemRow",
    "Lines",
    "OptionRow",
    "item_analysis",
    "scored_item_analysis",
]
