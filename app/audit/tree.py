"""The Merkle tree of RFC 6962: hashes, the growing edge, proofs and their verification, as pure functions.

A complete subtree never changes, so each is stored once under (level, index) and every proof is read from
them; nothing here knows where they are stored.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Self, TypeAlias

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

NodeReader: TypeAlias = Callable[[int, int], bytes]


class Node(NamedTuple):
    """A complete subtree: `position` counts the subtrees of 2**level leaves from the left."""

    level: int
    position: int
    digest: bytes


def leaf_hash(entry: bytes) -> bytes:
    """Hash an entry, kept apart from inner nodes by its prefix (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the roots of its complete subtrees, widest first."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    @classmethod
    def from_hex(cls, size: int, peaks: Sequence[str]) -> Self:
        """Take up a stored edge, refusing one that cannot belong to a tree of that size."""
        frontier = cls()
        frontier.size = size
        frontier._peaks = [bytes.fromhex(peak) for peak in peaks]
        widths = {len(peak) for peak in frontier._peaks}
        if size < 0 or len(peaks) != size.bit_count() or not widths <= {HASH_BYTES}:
            raise ValueError(f"{len(peaks)} hashes are not the edge of a tree of {size} leaves")
        return frontier

    def to_hex(self) -> list[str]:
        """Give the edge in the form in which it is stored beside the size."""
        return [peak.hex() for peak in self._peaks]

    def push(self, leaf: bytes) -> list[Node]:
        """Append a leaf hash; name every subtree that is complete from now on, the leaf itself first."""
        if len(leaf) != HASH_BYTES:
            raise ValueError(f"a leaf hash has {HASH_BYTES} bytes, not {len(leaf)}")
        complete = [Node(0, self.size, leaf)]
        while complete[-1].position & 1:
            level, position, right = complete[-1]
            complete.append(Node(level + 1, position >> 1, node_hash(self._peaks.pop(), right)))
        self._peaks.append(complete[-1].digest)
        self.size += 1
        return complete

    def root(self) -> bytes:
        """Give the root over all leaves so far."""
        return _join(self._peaks) if self._peaks else EMPTY_ROOT


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """Give the root over the given leaf hashes."""
    frontier = Frontier()
    for leaf in leaf_hashes:
        frontier.push(leaf)
    return frontier.root()


def root_at(size: int, node: NodeReader) -> bytes:
    """Give the root that the tree had when it was of that size."""
    return _range_root(0, size, node) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node: NodeReader) -> list[bytes]:
    """Show that a leaf is in the tree of that size (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    start, end, proof = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range_root(middle, end, node))
            end = middle
        else:
            proof.append(_range_root(start, middle, node))
            start = middle
    return proof[::-1]


def consistency_proof(old_size: int, new_size: int, node: NodeReader) -> list[bytes]:
    """Show that the tree of the old size is the beginning of the new one (RFC 6962, 2.1.2)."""
    if not 0 < old_size <= new_size:
        raise ValueError(f"no consistency proof from {old_size} to {new_size}")
    start, end, proof = 0, new_size, []
    while end != old_size:
        middle = start + _split(end - start)
        if old_size <= middle:
            proof.append(_range_root(middle, end, node))
            end = middle
        else:
            proof.append(_range_root(start, middle, node))
            start = middle
    if start > 0:  # else the last piece is the old root, which the verifier has
        proof.append(_range_root(start, end, node))
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Accept only a proof that leads from a 32-byte leaf hash to a 32-byte root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes((leaf, root, *proof)):
        return False
    here, last, reached = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            reached = node_hash(sibling, reached)
            here, last = _climb(here, last)
        else:
            reached = node_hash(reached, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and reached == root


def verify_consistency(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Accept only a proof that the new tree begins with the old; size 0 is no proof (RFC 9162, 2.1.4.2)."""
    if not 0 < old_size <= new_size or not _are_hashes((old_root, new_root, *proof)):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    here, last = old_size - 1, new_size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    return _climb_both(here, last, path) == (old_root, new_root)


def _climb_both(here: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            here, last = _climb(here, last)
        else:
            new = node_hash(new, sibling)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else None


def _climb(here: int, last: int) -> tuple[int, int]:
    """Skip the levels at which a right edge has no sibling."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def _split(width: int) -> int:
    """Give the largest power of two below the width."""
    return 1 << (width - 1).bit_length() - 1


def _range_root(start: int, end: int, node: NodeReader) -> bytes:
    """Give the root over [start, end) where the start is one that splitting a tree leads to."""
    pieces = []
    while start < end:
        level = (end - start).bit_length() - 1
        pieces.append(node(level, start >> level))
        start += 1 << level
    return _join(pieces)


def _join(pieces: Sequence[bytes]) -> bytes:
    root = pieces[-1]
    for piece in reversed(pieces[:-1]):
        root = node_hash(piece, root)
    return root
