"""Mail to people as records: what was said to whom, in which language, and whether it left.

A *notice* is written in the same work as the change that it tells of, and sent afterwards by a job. Its text
is kept as it was said; a one-time link in it is kept sealed and forgotten once the mail has left.

    written -> sent | given_up
"""
