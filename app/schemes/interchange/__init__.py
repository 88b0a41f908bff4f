"""Competence frameworks out and in as 1EdTech CASE 1.1, the whole framework in one CFPackage.

What CASE has a place for stands in that place, in the first language of the scheme: units and elements are
CFItems, their order and nesting `isChildOf` associations, descriptors CFRubrics, mappings and lineage
CFAssociations, the licence a CFLicense. Everything else stands in `extensions` under the key `mentorcert`:
`texts` holds the other languages of a field (`{"fullStatement": {"es": "..."}}`), `members` what a unit, an
element, a level or the header has beyond CASE (`critical`, `kind`, `certifiable`), `level` the level of a
descriptor, `levels` marks the rubric that holds the levels themselves. What is read comes from CASE's own
fields first, so that a framework edited in another tool keeps its edits.
"""

from app.schemes.interchange.case_in import MOST_TOLD, Reading, framework_from, read
from app.schemes.interchange.case_out import Identity, case_package, framework_part
from app.schemes.interchange.merging import merged

__all__ = [
    "MOST_TOLD",
    "Identity",
    "Reading",
    "case_package",
    "framework_from",
    "framework_part",
    "merged",
    "read",
]
