"""A log as static files in the layout of C2SP tlog-tiles: hashes and entries in tiles of 256."""

from pathlib import Path
from typing import Self

from app.audit.tree import leaf_hash, root_of

WIDTH = 256
MOST_BYTES = 2**16 - 1  # an entry's length is written in two bytes


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Name the file of a tile; the level is `entries` for bundles, a width below 256 marks a partial tile."""
    groups: list[str] = []
    while number >= 1000:
        groups.insert(0, f"{number % 1000:03d}")
        number //= 1000
    groups.insert(0, f"{number:03d}")
    steps = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{steps}" + ("" if width == WIDTH else f".p/{width}")


class TileWriter:
    """Writes the tiles of a log while its entries stream by, holding one tile of each level."""

    def __init__(self, folder: Path) -> None:
        self.size = 0
        self._folder = folder
        self._entries = bytearray()
        self._levels: list[list[bytes]] = [[]]

    def add(self, entry: bytes) -> None:
        """Append an entry and write what it completes."""
        if len(entry) > MOST_BYTES:
            raise ValueError(f"entry {self.size} has {len(entry)} bytes, more than a tile can hold")
        self._entries += len(entry).to_bytes(2, "big") + entry
        self._levels[0].append(leaf_hash(entry))
        self.size += 1
        if self.size % WIDTH == 0:
            self._write_entries()
            self._write_hashes()

    def close(self) -> Self:
        """Write the partial tiles at the right edge."""
        if self._entries:
            self._write_entries()
        for level, hashes in enumerate(self._levels):
            if hashes:
                self._write(level, self.size // WIDTH ** (level + 1), b"".join(hashes), len(hashes))
        return self

    def _write_entries(self) -> None:
        last = (self.size - 1) // WIDTH
        self._write("entries", last, bytes(self._entries), self.size - last * WIDTH)
        self._entries.clear()

    def _write_hashes(self) -> None:
        level = 0
        while len(hashes := self._levels[level]) == WIDTH:
            self._write(level, self.size // WIDTH ** (level + 1) - 1, b"".join(hashes), WIDTH)
            level += 1
            if level == len(self._levels):
                self._levels.append([])
            self._levels[level].append(root_of(hashes))
            hashes.clear()

    def _write(self, level: int | str, number: int, content: bytes, width: int) -> None:
        path = self._folder / tile_path(level, number, width)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
