"""How much of a score is the candidate's, and how many tasks and raters are enough.

A G-study splits observed variance into components of persons, facets (items, tasks, raters) and their
interactions; a D-study asks what error remains when scores are averaged over so many of each. All facets are
random. Relative error matters for ranking, absolute error for a pass line: a certification body reads Phi.
"""

from assessments.generalizability.d_study import Coefficient, DStudy, d_study, smallest_sizes
from assessments.generalizability.designs import Design
from assessments.generalizability.g_study import Component, GStudy, g_study

__all__ = ["Coefficient", "Component", "DStudy", "Design", "GStudy", "d_study", "g_study", "smallest_sizes"]
