"""Adaptive testing as a pure state machine: from what was answered so far to the next item, or the end.

    state ── next_item ──► Choice ── answered ──► state … until next_item gives a Stop

The item parameters come from a calibration elsewhere; nothing here estimates them.
"""

from assessments.adaptive.ability import Ability, Estimator, Prior, eap, wle
from assessments.adaptive.bank import Bank, Parameters
from assessments.adaptive.policy import Policy, Sprt
from assessments.adaptive.simulation import ExposureTable, Simulation, calibrate_exposure, simulate
from assessments.adaptive.state import Answered, State, answered, read_state
from assessments.adaptive.steps import Choice, Outcome, Stop, StopReason, next_item, replay

__all__ = [
    "Ability",
    "Answered",
    "Bank",
    "Choice",
    "Estimator",
    "ExposureTable",
    "Outcome",
    "Parameters",
    "Policy",
    "Prior",
    "Simulation",
    "Sprt",
    "State",
    "Stop",
    "StopReason",
    "answered",
    "calibrate_exposure",
    "eap",
    "next_item",
    "read_state",
    "replay",
    "simulate",
    "wle",
]
