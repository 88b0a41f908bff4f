"""One Merkle log per body over all its events, as RFC 6962 has it, told outside as C2SP checkpoints.

Words: *leaf* is one event's hash; *node* a complete subtree; *checkpoint* a signed statement of size and
root; *guard* the last signed size and root, kept outside the database, so that a log cut short or rolled back
is seen. On SQLite the sequencer runs inside each writing transaction, on PostgreSQL after commit in a worker.
"""
