"""The tamper-evident log of one certification body: what an outsider receives, and how it is checked.

An *export* is a folder with every event, the log's *tiles* (its hashes in fixed files of 256), the *state*
(every live audited row) and the signed *checkpoint*. The *offline verifier* checks an export and shares no
code with the service that wrote it. A *guard* is the last head that was signed, kept outside the database.
"""
