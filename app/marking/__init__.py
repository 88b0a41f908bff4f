"""Marking of judged components, blind and by two, and the release of every result.

Allocation *proposes* an assessor for a *seat*; she sees the names, declares conflicts, and only then holds an
*assignment* with a rating sheet under a pseudonym. Neither marker learns of the other's marks before both are
in. Two sheets that disagree too much call a third; a *result* is computed from the raw material and released
in one act.

States: proposal open → accepted | closed; assignment assigned → submitted, then frozen; a result once.
"""
