"""Automated assembly of forms from an item bank: exact rules first, then forms as alike as possible."""

from assessments.assembly.assemble import AssembledForm, Assembly, FormStatistic, assemble
from assessments.assembly.checks import Fault, form_faults
from assessments.assembly.rules import (
    BankItem,
    EarlierForm,
    Family,
    Rules,
    Statistic,
    difficulty,
    information,
    spread,
)

__all__ = [
    "AssembledForm",
    "Assembly",
    "BankItem",
    "EarlierForm",
    "Family",
    "Fault",
    "FormStatistic",
    "Rules",
    "Statistic",
    "assemble",
    "difficulty",
    "form_faults",
    "information",
    "spread",
]
