"""Circle-arc equating: a curve through both ends of the scales and a middle point, for tiny groups."""

import numpy as np

from assessments.arrays import Floats
from assessments.equating.designs import RawScale
from assessments.equating.moments import Numbers
from assessments.errors import NotEstimable


def circle_arc(middle: tuple[Numbers, Numbers], *, new: RawScale, old: RawScale, points: Floats) -> Numbers:
    """Give the equivalents (k, n_points) on the simplified circle-arc through a middle point (k, 1).

    The line through the ends of both scales is taken away; the arc goes through the middle point's distance
    from that line and is zero at both ends; the line is added again. Raises NotEstimable `middle_at_end`
    when the middle point lies at an end of the new scale, `middle_too_far` when no arc less than half a
    circle reaches it. Source: Livingston & Kim 2009, the simplified variant.
    """
    x, y = middle
    if np.any((x.real <= new.low) | (x.real >= new.high)):
        raise NotEstimable("middle_at_end", mean=float(x.real.flat[0]))
    tilt = old.width / new.width
    half, centre = new.width / 2, (new.low + new.high) / 2
    height = y - old.low - tilt * (x - new.low)
    room = half**2 - (x - centre) ** 2 - height**2
    if np.any(room.real <= 0):
        raise NotEstimable("middle_too_far", height=float(height.real.flat[0]))
    # Written with the curvature, which is zero for a straight line; the radius would not be finite.
    curvature = 2 * height / room
    chord = half**2 - (points - centre) ** 2
    arc = curvature * chord / (1 + np.sqrt(1 + curvature**2 * chord))
    return np.asarray(old.low + tilt * (points - new.low) + arc)
