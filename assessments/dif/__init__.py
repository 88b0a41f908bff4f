"""Differential item functioning: whether an item is harder for one group than for equally able others.

`comparison` reads who is compared with whom, by consent only; `purification` chooses the items on which they
are matched; `mantel_haenszel`, `standardisation`, `logistic` and `ordinal` are the methods. A flag says that
an item behaves differently, not that it is unfair: that is for a panel to judge from its content.
"""
