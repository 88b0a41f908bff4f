"""Evidence reports: whether forms and judged components still measure what they should (9.3.5, EXM-4).

A *report* is about one form, or one judged component of a scheme version, and one period that is over. It is
asked for, computed by a job outside any transaction, and stored once: a document of figures and a PDF drawn
from the same object. It reads what other features keep and changes nothing of it.

States of a report: pending → ready; a ready report is frozen.
"""
