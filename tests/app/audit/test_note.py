"""Notes, keys and checkpoints are read as the public vectors of C2SP and Go ask."""

import base64
import hashlib
import json
import struct
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.audit.note import (
    BadNote,
    Checkpoint,
    Signer,
    decode_vkey,
    encode_vkey,
    note_text,
    open_note,
    sign_note,
)
from app.audit.tree import leaf_hash, root_of

FOLDER = Path("tests/data/audit")
VECTORS = json.loads((FOLDER / "signed-note-checkpoint-proof.json").read_text())
TESSERA = json.loads((FOLDER / "tlog-tiles-15.json").read_text())
SUNLIGHT = json.loads((FOLDER / "tlog-tiles-300.json").read_text())
ALICE = Signer("example.org/log/a", Ed25519PrivateKey.from_private_bytes(bytes(32)))
BOB = Signer("witness.example.org", Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)))


@pytest.mark.parametrize("case", VECTORS["notes"], ids=lambda case: case["desc"])
def test_public_note_vector(case: dict) -> None:
    note = base64.b64decode(case["note_b64"])
    verifiers = [decode_vkey(vkey) for vkey in case["vkeys"]]

    if not case["ok"]:
        with pytest.raises(BadNote):
            open_note(note, verifiers)
        return
    opened = open_note(note, verifiers)
    assert {key.name for key in opened.signed_by} == {key.name for key in verifiers}
    assert opened.text == note_text(note.decode())


@pytest.mark.parametrize("vkey", VECTORS["bad_vkeys"])
def test_public_bad_key_vector(vkey: str) -> None:
    with pytest.raises(BadNote):
        decode_vkey(vkey)


@pytest.mark.parametrize("case", VECTORS["notes"], ids=lambda case: case["desc"])
def test_a_key_is_written_as_it_was_read(case: dict) -> None:
    assert [encode_vkey(decode_vkey(vkey)) for vkey in case["vkeys"]] == case["vkeys"]


@pytest.mark.parametrize("case", VECTORS["checkpoint_bodies"], ids=lambda case: repr(case["body"][:20]))
def test_public_checkpoint_vector(case: dict) -> None:
    if not case["ok"]:
        with pytest.raises(BadNote):
            Checkpoint.parse(case["body"])
        return
    parsed = Checkpoint.parse(case["body"])
    assert (parsed.origin, parsed.size, parsed.rest) == (case["origin"], case["size"], case["rest"])
    assert parsed.text() == case["body"]


def _bundle(raw: bytes) -> list[bytes]:
    entries = []
    while raw:
        (length,) = struct.unpack(">H", raw[:2])
        entries.append(raw[2 : 2 + length])
        raw = raw[2 + length :]
    return entries


@pytest.mark.parametrize("size", range(16))
def test_every_checkpoint_of_a_foreign_log_opens_and_states_our_root(size: int) -> None:
    files = {path: base64.b64decode(text) for path, text in TESSERA["files"].items()}
    entries = _bundle(files.get(f"testdata/log/tile/entries/000.p/{size}", b""))

    opened = open_note(files[f"testdata/log/checkpoint.{size}"], [decode_vkey(TESSERA["vkey"])])

    stated = Checkpoint.parse(opened.text)
    assert (stated.size, stated.root) == (size, root_of(map(leaf_hash, entries)))


def test_the_root_and_inner_tile_of_a_foreign_log_over_one_tile() -> None:
    files = {
        path: base64.b64decode(text) for path, text in SUNLIGHT["files"].items() if "/mirror/000" in path
    }
    tiles = {path.split("/tile/")[1]: raw for path, raw in files.items() if "/tile/" in path}
    checkpoint = next(raw for path, raw in files.items() if path.endswith("/checkpoint"))
    raw = tiles["0/000"] + tiles["0/001.p/44"]
    leaves = [raw[at : at + 32] for at in range(0, len(raw), 32)]

    stated = Checkpoint.parse(note_text(checkpoint.decode()))

    assert (stated.size, stated.root) == (300, root_of(leaves))
    assert tiles["1/000.p/1"] == root_of(leaves[:256])


def test_a_note_by_two_keys_opens_with_either_and_names_who_signed() -> None:
    note = sign_note("hello\n", [ALICE, BOB])

    assert open_note(note, [decode_vkey(BOB.vkey)]).signed_by == (BOB.verifier,)
    assert len(open_note(note, [ALICE.verifier, BOB.verifier]).signed_by) == 2


def test_signing_again_gives_the_same_bytes() -> None:
    text = Checkpoint(ALICE.name, 3, hashlib.sha256(b"x").digest()).text()

    assert sign_note(text, [ALICE]) == sign_note(text, [ALICE])
    assert Checkpoint.parse(open_note(sign_note(text, [ALICE]), [ALICE.verifier]).text).size == 3


def test_a_bad_second_signature_of_a_known_key_is_refused() -> None:
    good, other = sign_note("hello\n", [ALICE]), sign_note("other\n", [ALICE])

    with pytest.raises(BadNote, match="bad signature"):
        open_note(good + other.splitlines(keepends=True)[-1], [ALICE.verifier])


def test_a_changed_text_is_refused() -> None:
    note = sign_note("hello\n", [ALICE]).replace("hello", "hallo")

    with pytest.raises(BadNote, match="bad signature"):
        open_note(note, [ALICE.verifier])


def test_a_key_under_another_keys_id_is_refused() -> None:
    name, _, key = ALICE.vkey.split("+", 2)

    with pytest.raises(BadNote, match="does not belong"):
        decode_vkey(f"{name}+{BOB.verifier.key_id.hex()}+{key}")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\x01b"])
def test_a_key_without_a_proper_name_is_refused(name: str) -> None:
    with pytest.raises(BadNote, match="name"):
        Signer(name, ALICE.private_key)


@pytest.mark.parametrize("text", ["no end", "tab\there\n"])
def test_a_text_that_is_no_note_is_not_signed(text: str) -> None:
    with pytest.raises(BadNote, match="lines"):
        sign_note(text, [ALICE])


@pytest.mark.parametrize(
    "note",
    [
        "a\n\n— x AAAAAA=\n",
        "a\n\n— x AAAA\n",
        "a\n\n— x AAAAAB==\n",
        "a\n\n— x\n",
        "a\n\n- x AAAAAAA=\n",
        "a\n\n— x\ud800 AAAAAAA=\n",
    ],
)
def test_a_malformed_signature_line_is_refused(note: str) -> None:
    with pytest.raises(BadNote) as refusal:
        open_note(note, [ALICE.verifier])

    assert "trusted" not in str(refusal.value)


@pytest.mark.parametrize(
    "body", ["Log\n01\nAAAA\n", "Log\n9223372036854775808\nAAAA\n", "Log\n1\nAAAA\nrest", "Log\n1\nAB==\n"]
)
def test_a_checkpoint_has_one_spelling(body: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.parse(body)
