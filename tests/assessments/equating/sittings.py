"""Candidates made up for the tests of equating, from seeds."""

import numpy as np

from assessments.equating import RawScale, anchor_groups, random_groups, single_group

SCALE = RawScale(0, 36)
ANCHOR = RawScale(0, 12)


def scores(rng, ability, items, difficulty=0.0):
    """Number-correct scores on items of one difficulty, under a logistic model."""
    return rng.binomial(items, 1 / (1 + np.exp(difficulty - ability)))


def anchored(rng, *, persons=400, gap=0.3, internal=True, harder=0.2):
    """Two groups whose abilities differ by `gap`; the old form is `harder`."""
    tables = []
    for shift, difficulty in ((0.0, 0.0), (gap, harder)):
        ability = rng.normal(shift, 1, persons)
        common = scores(rng, ability, 12)
        own = scores(rng, ability, 24 if internal else 36, difficulty)
        tables.append(np.column_stack([own + common if internal else own, common]))
    return anchor_groups(*tables, new=SCALE, old=SCALE, anchor=ANCHOR, internal=internal)


def randomised(rng, *, persons=400, harder=0.2):
    """Two groups of equal ability; the old form is `harder`."""
    new, old = (scores(rng, rng.normal(0, 1, persons), 36, difficulty) for difficulty in (0.0, harder))
    return random_groups(new, old, new=SCALE, old=SCALE)


def both(rng, *, persons=400, harder=0.2):
    """One group that sat both forms."""
    ability = rng.normal(0, 1, persons)
    return single_group(
        np.column_stack([scores(rng, ability, 36), scores(rng, ability, 36, harder)]), new=SCALE, old=SCALE
    )


def values(table):
    return np.array([row.equivalent.value for row in table.rows])


def errors(table):
    return np.array([row.equivalent.se for row in table.rows])


def codes(result):
    return [finding.code for finding in result.provenance.warnings]
