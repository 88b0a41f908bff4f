"""The evidence report of a form or a judged component over a period (ISO/IEC 17024, 9.3.5; EXM-4).

Raw material in, a document of figures out: each with its interval, its line with source, and a verdict; below
the gate of its method it is not estimated, and the reason is named. Nothing here decides about a person.
"""

from assessments.report.figures import Estimated, Figure
from assessments.report.forms import CutReport, FormMaterial, FormReport, SetCut, form_report
from assessments.report.groups import GroupReport, ItemDifference, Outcome
from assessments.report.judged import (
    AssessorReport,
    JudgedMaterial,
    JudgedReport,
    Marking,
    RaterNumber,
    SheetAgreement,
    judged_report,
)
from assessments.report.lines import REPORT_LINES, NewLine, drawn
from assessments.report.passing import LevelPasses

__all__ = [
    "REPORT_LINES",
    "AssessorReport",
    "CutReport",
    "Estimated",
    "Figure",
    "FormMaterial",
    "FormReport",
    "GroupReport",
    "ItemDifference",
    "JudgedMaterial",
    "JudgedReport",
    "LevelPasses",
    "Marking",
    "NewLine",
    "Outcome",
    "RaterNumber",
    "SetCut",
    "SheetAgreement",
    "drawn",
    "form_report",
    "judged_report",
]
