"""Work that is done after a transaction: asked for inside it, carried out outside it, at least once.

Words: *job* is one thing to be done, named by kind, subject and key; the *outbox* holds what was asked for,
written in the asker's own transaction; a *handler*, `(caller, subject_id)`, carries a job out and must be
safe to run again. Only ids are kept here, never personal data. `drain` runs in this process what is due,
`engine` does it durably.
"""
