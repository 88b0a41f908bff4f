"""The certification decision: a person who took no part before weighs an immutable snapshot of the evidence.

Grant only when every requirement is met, refuse only with the ids of unmet ones; nothing overrides that.
Suspension and reinstatement are decisions too. Each can be explained later from its snapshot alone.
"""
