"""What every change leaves behind: canonical bytes, hash trees and signed notes, without any edge.

An *event* is the canonical JSON of one change to one aggregate. Its *leaf* is the hash of those bytes; the
aggregate's own chain and the body's log are both built from it, so that the two cannot drift apart.
A *checkpoint* is a signed statement of a log's size and root.
"""
