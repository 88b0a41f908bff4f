"""A person's skill card over time: ratings of a scheme version's elements by source, never mixed.

The *gap* is what is missing to a target level, the *pathway* the same in the order in which to close it, and
the *benchmark* the latest ratings of each source, for a review or a decision. Ratings are only added.
"""
