"""Reliability of a test and the error of its scores: internal consistency, composites, omega, CSEM."""

from assessments.reliability.composites import composite_reliability, stratified_alpha
from assessments.reliability.internal import (
    KNOWLEDGE_TEST,
    ONE_OF_SEVERAL,
    STANDS_ALONE,
    Reliability,
    cronbach_alpha,
    guttman_lambda2,
    kr20,
    kr21,
)
from assessments.reliability.omega import ItemLoading, Omega, omega_total
from assessments.reliability.precision import (
    ConditionalError,
    ConditionalErrors,
    csem_lord,
    csem_parts,
    spearman_brown,
    standard_error_of_difference,
    standard_error_of_measurement,
)

__all__ = [
    "KNOWLEDGE_TEST",
    "ONE_OF_SEVERAL",
    "STANDS_ALONE",
    "ConditionalError",
    "ConditionalErrors",
    "ItemLoading",
    "Omega",
    "Reliability",
    "composite_reliability",
    "cronbach_alpha",
    "csem_lord",
    "csem_parts",
    "guttman_lambda2",
    "kr20",
    "kr21",
    "omega_total",
    "spearman_brown",
    "standard_error_of_difference",
    "standard_error_of_measurement",
    "stratified_alpha",
]
