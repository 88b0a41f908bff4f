"""The involvement ledger: who did what with a candidate, and hence who may do what next.

Impartiality needs facts that arise in features above this one, so they are brought here: every feature notes
its act in the same work and asks before it acts. Rows are never changed. Checks are on persons, whatever
account they use, and both calls lock the candidate first, so that two at once cannot slip past each other.
"""
