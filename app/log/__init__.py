"""One Merkle log per body over all its events, in the form of RFC 6962, told to outsiders as checkpoints.

Words: *leaf* is one event's hash; *node* a complete subtree; *checkpoint* a signed statement of size, root;
*guard* the last signed size and root, kept outside the database, so that setting a log back is seen.
On SQLite the sequencer runs inside each writing transaction, on PostgreSQL after commit in a worker.
"""
