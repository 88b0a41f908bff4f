"""The ground floor: settings, clock, dates, ids, database, bases of tables and schemas, errors, problems.

Nothing here knows a feature. Words: *class* of a column says who may see it and how it enters the log;
*refusal* is an error that a rule raises on purpose.
"""
