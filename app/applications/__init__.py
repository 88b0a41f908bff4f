"""The case: a person applies for level, phases and endorsements; a reviewer checks every prerequisite.

The review is the entry assessment. It admits, admits with gaps to be closed by a date, or re-orients to
training with the unmet requirement named. From `admitted` on the person is a candidate.

States: submitted → admitted | reoriented; admitted → examined; examined → granted | refused; admitted →
refused. Where a newer scheme version says so, an open case moves to it;
what that examines on top leads from examined back to admitted.
"""
