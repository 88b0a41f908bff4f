"""Items as QTI 3 (1EdTech Question and Test Interoperability): content packages, in and out.

A *package* is a zip with a manifest and one `qti-assessment-item` file an item. Choice, ordering, written and
judgement items are written as QTI's choice, order, extended text and match interactions. Where QTI's own
templates score as we do, the item names one; otherwise it says that it is scored elsewhere, and by what rule.
What only a bank knows of an item stands in the manifest. `reading` names all that it does not understand, so
that nobody takes in half an item.
"""
