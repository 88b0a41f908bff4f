"""How consistently and how rightly a test puts candidates into levels, estimated from one sitting."""

from assessments.consistency.dependability import DEPENDABLE, CutDependability, Dependability, phi_lambda
from assessments.consistency.livingston_lewis import livingston_lewis
from assessments.consistency.model import (
    CONSISTENT,
    CONSISTENT_ONE_OFF,
    KAPPA_ONE_OFF,
    BetaTrueScores,
    CutConsistency,
    DecisionConsistency,
    Indices,
)
from assessments.consistency.number_correct import huynh, peng_subkoviak, subkoviak

__all__ = [
    "CONSISTENT",
    "CONSISTENT_ONE_OFF",
    "DEPENDABLE",
    "KAPPA_ONE_OFF",
    "BetaTrueScores",
    "CutConsistency",
    "CutDependability",
    "DecisionConsistency",
    "Dependability",
    "Indices",
    "huynh",
    "livingston_lewis",
    "peng_subkoviak",
    "phi_lambda",
    "subkoviak",
]
