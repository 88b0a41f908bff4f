"""Item response theory: models of single responses, fitted by maximum likelihood, and what follows from them.

Words: *theta* is the ability that the items share, *threshold* the theta at which a step of an item becomes
easier than not, *slope* how sharply the item tells people apart there. Candidates stand in rows, NaN is an
item that was not presented, and every fit refuses samples under its gate instead of giving a number.
"""
