"""The observed information against differences of the gradient, and its inverse where there is none."""

import numpy as np
import pytest

from assessments.irt.likelihood import expect, gradient, make_problem
from assessments.irt.models import Model, design, start
from assessments.irt.optimum import maximise
from assessments.irt.quadrature import normal_nodes
from assessments.irt.responses import read_responses
from assessments.irt.uncertainty import covariance, observed_information
from tests.assessments.irt.samples import holed, partial_credit

STEPS = [[-1.0, 0.2], [-0.6, 0.9], [-1.4, 0.3]]


def problem_of(model):
    rng = np.random.default_rng(1)
    x = holed(rng, partial_credit(rng, [1, 1.2, 0.8], STEPS, persons=300), 0.2)
    responses = read_responses(x)
    spread = design(model, responses.highest)
    free = start(model, responses.counts, spread)
    return make_problem(responses, normal_nodes(31), spread, is_graded=model.is_graded), free


@pytest.mark.parametrize("model", [Model.PCM, Model.RSM, Model.GPCM, Model.GRM])
def test_the_information_is_the_slope_of_the_gradient(model):
    problem, free = problem_of(model)

    def uphill(free):
        curves = problem.curves(problem.parameters(free))
        expected = expect(problem, problem.parameters(free), curves)
        return problem.design.T @ gradient(problem, curves, expected).ravel()

    shifts = 1e-5 * np.eye(len(free))
    numeric = np.array([(uphill(free - one) - uphill(free + one)) / 2e-5 for one in shifts])
    parameters = problem.parameters(free)
    by_score = expect(problem, parameters, problem.curves(parameters), by_score=True).by_score
    exact = observed_information(problem, parameters, problem.curves(parameters), by_score)
    assert exact == pytest.approx(numeric, abs=1e-4 * np.abs(numeric).max())


def test_a_matrix_that_is_no_information_has_no_covariance():
    assert covariance(np.diag([1.0, -1.0])) is None


def test_far_from_a_maximum_no_errors_are_given():
    problem, free = problem_of(Model.GPCM)

    ascent, summit = maximise(problem, free + 8, tol=1e-5, limit=1)

    assert not ascent.converged
    assert summit.covariance is None
