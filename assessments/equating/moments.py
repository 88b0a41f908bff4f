"""Moments of score tables, and the standard error of whatever is computed from them alone.

The delta method needs the derivative of an equating function in every moment. The functions are written for
complex numbers, so that one evaluation a tiny step off the real axis gives each derivative to full precision
(complex-step differentiation, Squire & Trapp 1998) and no formula has to be derived by hand per method.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessments.arrays import Floats

Numbers = NDArray[np.complex128]

STEP = 1e-100
"""The imaginary step: so small that its square vanishes, which only a complex step allows."""
COUNT = 5


@dataclass(frozen=True, slots=True)
class Moments:
    """What a group's table says of its form (rows) and its anchor or second form (columns).

    Variances and the covariance divide by n, as in Kolen & Brennan: they describe the table of counts.
    """

    mean: Numbers
    anchor_mean: Numbers
    variance: Numbers
    anchor_variance: Numbers
    covariance: Numbers

    def turned(self) -> "Moments":
        """Return the moments with the two variables exchanged."""
        return Moments(self.anchor_mean, self.mean, self.anchor_variance, self.variance, self.covariance)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A table of counts with the scores of its rows and columns."""

    counts: Floats
    rows: Floats
    columns: Floats

    @property
    def size(self) -> float:
        """Count the persons."""
        return float(self.counts.sum())


def moments(sample: Sample) -> Floats:
    """Compute mean, anchor mean, variance, anchor variance and covariance (5,), dividing by n."""
    return _moments_and_errors(sample)[0]


def with_errors(
    function: Callable[[Sequence[Moments]], Numbers], samples: Sequence[Sample]
) -> tuple[Floats, Floats]:
    """Evaluate a function of the groups' moments and its standard errors by the delta method.

    `function` maps one `Moments` per group, each of shape (k, 1), to values (k, n_points). Returns values and
    standard errors (n_points,). The sampling covariance of the moments is the empirical one, up to fourth
    moments, so normality is not assumed. Source: Kolen 1985; Kolen & Brennan 2014, chapter 7.
    """
    found = [_moments_and_errors(sample) for sample in samples]
    base = np.concatenate([values for values, _ in found])
    shifted = np.vstack([base, base + 1j * STEP * np.eye(len(base))])
    values = function([as_moments(part) for part in np.split(shifted, len(samples), axis=1)])
    gradient = values[1:].imag / STEP
    variance = sum(
        np.einsum("ip,ij,jp->p", part, errors, part)
        for part, (_, errors) in zip(np.split(gradient, len(samples)), found, strict=True)
    )
    return values[0].real, np.sqrt(np.maximum(variance, 0.0))


def as_moments(values: Floats | Numbers) -> Moments:
    """Name moments that stand side by side (k, 5); each becomes a column (k, 1) of complex numbers."""
    mean, anchor_mean, variance, anchor_variance, covariance = np.split(
        np.asarray(values, dtype=np.complex128), COUNT, axis=1
    )
    return Moments(mean, anchor_mean, variance, anchor_variance, covariance)


def _moments_and_errors(sample: Sample) -> tuple[Floats, Floats]:
    """Return the moments (5,) and their sampling covariance (5, 5), from each person's influence on them."""
    shares = sample.counts.ravel() / sample.size
    rows = np.repeat(sample.rows, len(sample.columns))
    columns = np.tile(sample.columns, len(sample.rows))
    means = np.array([shares @ rows, shares @ columns])
    row, column = rows - means[0], columns - means[1]
    squares = np.stack([row * row, column * column, row * column])
    second = squares @ shares
    influence = np.vstack([row, column, squares - second[:, None]])
    return np.concatenate([means, second]), (influence * shares) @ influence.T / sample.size
