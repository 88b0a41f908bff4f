#!/usr/bin/env python3
"""Check the export of a MentorCert audit log without trusting whoever made it; VERIFY.md explains it.

Needs Python 3.11 or newer and nothing else: no package, no network. Shares no code with the service.
Exit code: 0 = every check passed, 1 = a check failed, 2 = wrong use, or the export could not be read.
"""

import argparse
import base64
import gc
import hashlib
import sys
import zipfile
import zlib
from collections.abc import Iterator
from json import JSONDecoder, JSONEncoder, dumps, loads
from pathlib import Path
from typing import Any

FORMAT = "mentorcert-export/1"
CHECKS = ["manifest", "checkpoint", "events", "chains", "tiles", "root", "rows"]
EVENT_FIELDS = {"v", "body", "id", "stream", "sseq", "prev", "at", "event", "subject", "actor", "request"}
EVENT_FIELDS |= {"facts", "personal", "rows", "columns"}
MOST_EVENT, MOST_ROW, MOST_FILE, WIDTH = 2**16 - 1, 2**24, 2**25, 256  # bytes; hashes in a full tile
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
UNREADABLE = (OSError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile)

# Ed25519 (RFC 8032, 5.1), verification only. A point is x, y, z, t with x = X/z, y = Y/z, t = x*y/z.
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]
Key = tuple[str, bytes, bytes]  # name, key id, public key
Head = tuple[str, int, bytes]  # a log's origin, size and root
Folder = Path | zipfile.Path


def _add(a: Point, b: Point) -> Point:
    low, high = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    cross, along = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = high - low, along - cross, along + cross, high + low
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(scalar: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)  # not in constant time: nothing secret is handled here
    for bit in f"{scalar:b}":
        result = _add(result, result)
        result = _add(result, point) if bit == "1" else result
    return result


def _read_point(raw: bytes) -> Point:
    odd, y = divmod(int.from_bytes(raw, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and odd):
        raise ValueError("the key is not a point of the curve")
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the signature over the message is that of the public key."""
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or scalar >= ORDER:
        return False
    x, y, z, t = _read_point(public)
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    base = _read_point(bytes.fromhex("58" + "66" * 31))
    x, y, z, _ = _add(_times(scalar, base), _times(challenge, (P - x, y, z, P - t)))
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# --- Keys and checkpoints (C2SP signed-note, tlog-checkpoint). Whatever is malformed raises ValueError.
def _unbase64(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("base64 in a second spelling")
    return raw


def read_key(vkey: str) -> Key:
    """Read a key written as name, key id and key."""
    name, key_id, encoded = vkey.split("+", 2)
    raw = _unbase64(encoded)
    expected = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if not name or raw[:1] != b"\x01" or len(raw) != 33 or key_id != expected.hex():
        raise ValueError("not an Ed25519 key under its own id")
    return name, expected, raw[1:]


def ensure_signed(text: str, block: str, key: Key) -> None:
    """Refuse unless the key signed the text; lines under other keys are not looked at."""
    name, key_id, public = key
    *lines, end = block.split("\n")
    found = [(dash, whose, _unbase64(raw)) for dash, whose, raw in (line.split(" ") for line in lines)]
    known = [raw[4:] for dash, whose, raw in found if (dash, whose, raw[:4]) == ("—", name, key_id)]
    if end or not known or not all(is_signed(public, text.encode(), one) for one in known):
        raise ValueError(f"no good signature by the key {name}+{key_id.hex()}")


# --- Reading an export, and remembering what was found
def read_file(export: Folder, name: str) -> bytes:
    """Give one file's bytes, none when the export lacks it."""
    try:
        with (export / name).open("rb") as file:
            return bytes(file.read(MOST_FILE))
    except FileNotFoundError:
        return b""


def read_lines(export: Folder, name: str, most: int) -> Iterator[tuple[bytes, bool]]:
    """Yield each line without its end, and whether it was whole and not too long."""
    with (export / name).open("rb") as file:
        while line := file.readline(most + 1):
            yield line[:-1], line[-1] == 10


class Report:
    """What each check found: its first failure with the place, and how many failures there were."""

    def __init__(self, checks: list[str]) -> None:
        self.checks, self.found = checks, dict[str, dict[str, Any]]()

    def fail(self, check: str, says: str, **place: object) -> None:
        """Count a failure, keeping the first one's place and reason."""
        first = {"check": check, "ok": False, "says": says, "place": place, "failures": 0}
        self.found.setdefault(check, first)["failures"] += 1

    def passed(self, check: str, says: str) -> None:
        """Enter a check as passed unless it has failed."""
        self.found.setdefault(check, {"check": check, "ok": True, "says": says, "place": {}, "failures": 0})

    def result(self) -> dict[str, Any]:
        """Give the verdict and what each check found; a check that never came to its end has not passed."""
        checks = [self.found[name] for name in self.checks if name in self.found]
        return {"ok": len(checks) == len(self.checks) and all(c["ok"] for c in checks), "checks": checks}

    def text(self) -> str:
        """Give one line per check, and the verdict."""
        lines, result = [], self.result()
        for found in result["checks"]:
            says = ", ".join(f"{name} {value}" for name, value in found["place"].items())
            says += (": " if says else "") + found["says"]
            says += f" (and {found['failures'] - 1} more)" if found["failures"] > 1 else ""
            line = f"{'ok' if found['ok'] else 'FAILED':<8}{found['check']:<12}{says}"
            lines.append(ascii(line)[1:-1])  # names come from the export and must not steer the terminal
        return "\n".join([*lines, "RESULT  " + ("ok" if result["ok"] else "FAILED")]) + "\n"


def _whole(text: str) -> int:
    if abs(number := int(text)) >= 2**53:  # beyond what every reader holds exactly; int() refuses floats
        raise ValueError(text)
    return number


LOAD = JSONDecoder(parse_float=_whole, parse_constant=_whole, parse_int=_whole).raw_decode
DUMP = JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def parse(line: bytes) -> dict[str, Any] | None:
    """Read a canonical JSON object, or None when the bytes are anything else."""
    try:
        value, _ = LOAD(line.decode())
        return value if DUMP(value).encode() == line and isinstance(value, dict) else None
    except MALFORMED:
        return None


# --- The log's tree (RFC 6962) and tiles (C2SP tlog-tiles)
def _fold(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        odd = hashes[-1:] if len(hashes) & 1 else []  # goes up unchanged
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        hashes = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return hashes[0]


class Tree:
    """The tree over the events so far, compared with the export's tiles as each one fills."""

    def __init__(self, export: Folder, report: Report) -> None:
        self.export, self.report, self.size = export, report, 0
        self.levels, self.bundle = [list[bytes]()], list[bytes]()  # of the one tile in work on each level

    def append(self, event: bytes) -> str:
        """Append an event and give its leaf hash."""
        leaf = hashlib.sha256(b"\0" + event)
        self.levels[0].append(leaf.digest())
        self.bundle.append(len(event).to_bytes(2, "big") + event)
        self.size += 1
        level = 0
        while len(self.levels[level]) == WIDTH:
            self.compare(level)
            self.levels += [[]] if level + 1 == len(self.levels) else []
            self.levels[level + 1].append(_fold(self.levels[level]))
            self.levels[level] = []
            level += 1
        return leaf.hexdigest()

    def compare(self, level: int) -> None:
        """Compare the tile in work with its file, on the lowest level the events' own tile too."""
        span = WIDTH**level
        number = (self.size // span - 1) // WIDTH
        self._compare_file(f"tile/{level}/", number, self.levels[level], span)
        if level == 0:
            self._compare_file("tile/entries/", number, self.bundle, 1)
            self.bundle = []

    def _compare_file(self, folder: str, number: int, pieces: list[bytes], span: int) -> None:
        groups = f"{number:,}".split(",")
        path = "/".join([*(f"x{group:0>3}" for group in groups[:-1]), f"{groups[-1]:0>3}"])
        name = folder + path + (f".p/{len(pieces)}" if len(pieces) < WIDTH else "")
        content, at, index = read_file(self.export, name), 0, 0
        if content != b"".join(pieces):
            while index < len(pieces) - 1 and content.startswith(pieces[index], at):
                at, index = at + len(pieces[index]), index + 1
            says = "the file is not what the events give" if content else "the file is missing"
            place = {"event": (number * WIDTH + index) * span} if content else {}
            self.report.fail("tiles", says, **place, file=name)

    def root(self) -> bytes:
        """Give the root over the events so far."""
        tail: list[bytes] = []
        for level in self.levels:
            tail = [_fold(level + tail)] if level or tail else []
        return tail[0] if tail else hashlib.sha256(b"").digest()


# --- The checks
class Log:
    """The events read so far: their tree, the head of each stream, the last event of each row."""

    def __init__(self, export: Folder, report: Report, body: str | None) -> None:
        self.export, self.report, self.body, self.tree = export, report, body, Tree(export, report)
        self.heads: dict[str, tuple[int, str]] = {}
        # Index, stream, sseq, digest and columns of each row's last event; empty once seen in the state.
        self.rows: dict[tuple[str, str], tuple[Any, ...]] = {}
        self.columns: dict[tuple[str, ...], tuple[str, ...]] = {}

    def read(self, guard_size: int) -> bytes | None:
        """Check every event, and give the root that the log had at the guard's size."""
        tree, then = self.tree, None
        for event, is_whole in read_lines(self.export, "events.ndjson", MOST_EVENT):
            then, index = tree.root() if tree.size == guard_size else then, tree.size
            leaf, value = tree.append(event), parse(event)
            if value is None or not is_whole:
                self.report.fail("events", "not one line of canonical JSON below 64 KiB", event=index)
            else:
                self.take(index, value, leaf)
        for level in [level for level, hashes in enumerate(tree.levels) if hashes]:
            tree.compare(level)
        return tree.root() if tree.size == guard_size else then

    def take(self, index: int, event: dict[str, Any], leaf: str) -> None:
        """Check an event's form and its place in its stream, and note which rows it names."""
        try:
            self.body = self.body or event["body"]  # a broken manifest must not point at every event
            if event.keys() != EVENT_FIELDS or event["v"] != 1 or event["body"] != self.body:
                self.report.fail("events", "not an event of this body in this format", event=index)
            stream, sseq = event["stream"], event["sseq"]
            last, prev = self.heads.get(stream, (0, "0" * 64))
            if sseq != last + 1 or event["prev"] != prev:
                says = "does not link to the event before it" if sseq == last + 1 else f"follows sseq {last}"
                self.report.fail("chains", says, event=index, stream=stream, sseq=sseq)
            self.heads[stream] = sseq, leaf
            for table, row, digest in event["rows"]:
                if self.rows.get((table, row), (-1,))[0] == index:
                    self.report.fail("events", f"names the row {table} {row} twice", event=index)
                columns = tuple(event["columns"][table])
                columns = self.columns.setdefault(columns, columns)  # one copy, not one for each row
                self.rows[table, row] = index, stream, sseq, digest, columns
        except MALFORMED:
            self.report.fail("events", "not an event in this format", event=index)

    def check_row(self, row: dict[str, Any]) -> set[str]:
        """Compare a live row with the last event naming it; give the columns that no event covers yet."""
        table, key, values = row["table"], row["id"], row["values"]
        last = self.rows.get((table, key))
        if not last:
            says = "no event names this row" if last is None else "the row stands here twice"
            self.report.fail("rows", says, table=table, row=key)
            return set()
        self.rows[table, key] = ()
        index, stream, sseq, digest, columns = last
        covered = {column: values[column] for column in columns if column in values}
        found = {**row, "values": covered}  # a field besides these three would change the digest
        is_last = (values["rev"], values["stream"]) == (sseq, stream)
        if not is_last or hashlib.sha256(DUMP(found).encode()).hexdigest() != digest:
            rev = f"rev {values['rev']} of stream {values['stream']} is not its last event"
            says = f"not what the event recorded in {', '.join(columns)}" if is_last else rev
            self.report.fail("rows", says, table=table, row=key, event=index, stream=stream, sseq=sseq)
        return {f"{table}.{column}" for column in values.keys() - covered.keys() - {"rev", "stream"}}

    def check_rows(self) -> None:
        """Compare the state with the events, both ways."""
        live, uncovered = 0, set[str]()
        for line, is_whole in read_lines(self.export, "state.ndjson", MOST_ROW):
            row, live = parse(line) if is_whole else None, live + 1
            try:
                uncovered |= self.check_row(row or {})
            except MALFORMED:
                self.report.fail("rows", "not a row in canonical JSON", line=live)
        for index, table, key in sorted((last[0], *key) for key, last in self.rows.items() if last):
            self.report.fail("rows", "an event's row is missing", table=table, row=key, event=index)
        later = f"; not covered by any event yet: {', '.join(sorted(uncovered))}" if uncovered else ""
        self.report.passed("rows", f"{live} live rows are as their last events recorded them{later}")


def check_manifest(export: Folder, report: Report) -> dict[str, Any]:
    """Read what the export says of itself."""
    raw = read_file(export, "manifest.json")
    found = parse(raw[:-1]) if raw[-1:] == b"\n" else None
    if found is None or found.keys() != {"format", "body", "size", "at"} or found["format"] != FORMAT:
        report.fail("manifest", f"missing, or not of the format {FORMAT}", file="manifest.json")
    return {"body": None, "size": None, "at": None, **(found or {})}


def check_checkpoint(export: Folder, report: Report, vkey: str | None) -> Head | None:
    """Check who signed the checkpoint, and give the head that it states."""
    head: Head | None = None
    own = read_file(export, "keys/log.vkey").decode(errors="replace")
    try:
        text, _, block = read_file(export, "checkpoint").decode().rpartition("\n\n")
        origin, number, root, _ = f"{text}\n".split("\n", 3)
        if number != str(int(number)):
            raise ValueError("the size has a second spelling")
        head = origin, int(number), _unbase64(root)
        key = read_key(vkey or own.removesuffix("\n"))
        if own != (vkey or own.removesuffix("\n")) + "\n":
            report.fail("checkpoint", "not the key that was asked for", file="keys/log.vkey")
        ensure_signed(text + "\n", block, key)
        if key[0] != origin:
            raise ValueError(f"the key of {key[0]} does not speak for {origin}")
        trust = "as asked for" if vkey else "taken from the export itself: compare it with the published one"
        report.passed("checkpoint", f"signed for {origin} by key {key[1].hex()}, {trust}")
    except MALFORMED as error:
        report.fail("checkpoint", f"missing, malformed or not signed: {error}", file="checkpoint")
    return head


def verify(export: Folder, vkey: str | None = None, guard: Head | None = None) -> Report:
    """Run every check over an export."""
    report = Report([*CHECKS, "guard"] if guard else CHECKS)
    manifest, head = check_manifest(export, report), check_checkpoint(export, report, vkey)
    log, then = Log(export, report, manifest["body"]), None
    try:
        then = log.read(guard[1] if guard else -1)
        log.check_rows()
    except FileNotFoundError as error:
        report.fail("events", f"a file is missing: {error}")
    size, root = log.tree.size, log.tree.root()
    if manifest["size"] != size:
        report.fail("manifest", f"speaks of {manifest['size']} events, not {size}", file="manifest.json")
    if head is None or (size, root) != head[1:]:
        report.fail("root", f"{size} events give another root than the checkpoint's", file="checkpoint")
    if guard and (head is None or head[0] != guard[0] or then != guard[2]):
        says = f"cut off or forked: {size} events of this log do not continue the guard's {guard[1]}"
        report.fail("guard", says, guard=guard[0])
    report.passed("manifest", f"body {manifest['body']}, made {manifest['at']}")
    report.passed("events", f"{size} events in canonical form")
    report.passed("chains", f"{len(log.heads)} streams without gap")
    report.passed("tiles", "the tiles hold what the events give")
    report.passed("guard", "continues the log that the guard has seen")
    report.passed("root", f"size {size}, root {root.hex()}")
    return report


def open_export(path: Path) -> Folder:
    """Open a folder, or a zip file in which no name has two contents."""
    archive = None if path.is_dir() else zipfile.ZipFile(path)
    if archive and len(set(archive.namelist())) < len(archive.namelist()):
        raise zipfile.BadZipFile("two files have the same name")
    return zipfile.Path(archive) if archive else path


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Check the export of a MentorCert audit log.")
    parser.add_argument("export", type=Path, help="folder or zip file")
    parser.add_argument("--guard", type=Path, help="JSON file {origin, size, root in hex} kept elsewhere")
    parser.add_argument("--vkey", type=lambda text: read_key(text) and text, help="the log's published key")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    asked = parser.parse_args(arguments)
    try:
        guard = loads(asked.guard.read_bytes() if asked.guard else "null")
        head = (guard["origin"], int(guard["size"]), bytes.fromhex(guard["root"])) if asked.guard else None
        report = verify(open_export(asked.export), asked.vkey, head)
    except (*UNREADABLE, *MALFORMED) as error:
        sys.stderr.write(f"cannot check: {str(error)!a}\n")
        return 2
    sys.stdout.write(dumps(report.result()) + "\n" if asked.json else report.text())
    return 0 if report.result()["ok"] else 1


if __name__ == "__main__":
    gc.disable()  # nothing here is cyclic, and millions of small values are kept
    sys.exit(main())
