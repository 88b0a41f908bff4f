"""What happened, in one append-only stream of events, written in the same transaction as the change (REC-1).

Words: *stream* is the story of one aggregate (its root row's id); *sseq* is an event's number within it;
*leaf* is the hash of an event's exact bytes, the same for the stream's chain and for the body's Merkle log;
*commitment* is a salted hash by which a personal value can be proved later without standing in the log.
"""
