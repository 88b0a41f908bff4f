"""Envelopes open only with their key and at their place; key files are private and never overwritten."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.secrets import (
    EnvelopeError,
    ExposedKeyError,
    KeyExistsError,
    KeyStore,
    MissingKeyError,
    Purpose,
    SecretKey,
    SecretsError,
    WrongKeyError,
    key_id_of,
)

BODY = UUID("01936f00-0000-7000-8000-000000000001")
OTHER = UUID("01936f00-0000-7000-8000-000000000002")
KEY = SecretKey("k1", bytes(range(32)))
SECRET = b"the secret bytes of a key"


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "keys", "correct horse", cost=4)


def test_an_envelope_has_four_parts_and_opens_again() -> None:
    envelope = KEY.seal(SECRET, place="a")

    assert envelope.startswith("v1:k1:")
    assert envelope.count(":") == 3
    assert KEY.open(envelope, place="a") == SECRET


def test_two_envelopes_of_one_text_differ() -> None:
    assert KEY.seal(SECRET, place="a") != KEY.seal(SECRET, place="a")


def test_an_envelope_does_not_open_at_another_place() -> None:
    with pytest.raises(WrongKeyError):
        KEY.open(KEY.seal(SECRET, place="a"), place="b")


def test_an_envelope_does_not_open_with_another_key_of_the_same_id() -> None:
    with pytest.raises(WrongKeyError):
        SecretKey("k1", bytes(32)).open(KEY.seal(SECRET, place="a"), place="a")


def test_an_envelope_renamed_to_another_key_id_does_not_open() -> None:
    renamed = KEY.seal(SECRET, place="a").replace(":k1:", ":k2:")

    with pytest.raises(WrongKeyError):
        SecretKey("k2", KEY.key).open(renamed, place="a")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_altered_character_goes_unnoticed(data: st.DataObject) -> None:
    envelope = KEY.seal(SECRET, place="a")
    at = data.draw(st.integers(0, len(envelope) - 1))
    char = data.draw(st.characters(codec="utf-8").filter(lambda c: c != envelope[at]))

    with pytest.raises(SecretsError):
        KEY.open(envelope[:at] + char + envelope[at + 1 :], place="a")


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_that_is_no_envelope_is_refused_in_words(text: str) -> None:
    with pytest.raises(SecretsError):
        KEY.open(text, place="a")


def test_a_second_spelling_of_the_same_base64_is_refused() -> None:
    with pytest.raises(EnvelopeError):
        KEY.open(KEY.seal(SECRET, place="a") + "=", place="a")


@pytest.mark.parametrize("kid", ["", "a:b", "a/b", "é", "x" * 81])
def test_a_key_id_that_would_break_the_envelope_is_refused(kid: str) -> None:
    with pytest.raises(SecretsError):
        SecretKey(kid, bytes(32))


def test_a_short_key_is_refused() -> None:
    with pytest.raises(SecretsError):
        SecretKey("k1", bytes(16))


def test_a_kept_key_comes_back_in_another_process_life(store: KeyStore, tmp_path: Path) -> None:
    store.put(BODY, Purpose.SEAL, "s1", SECRET)

    assert KeyStore(tmp_path / "keys", "correct horse", cost=5).get(BODY, Purpose.SEAL, "s1") == SECRET


def test_another_passphrase_opens_nothing_and_adds_nothing(store: KeyStore, tmp_path: Path) -> None:
    store.put(BODY, Purpose.SEAL, "s1", SECRET)
    stranger = KeyStore(tmp_path / "keys", "wrong", cost=4)

    with pytest.raises(WrongKeyError):
        stranger.get(BODY, Purpose.SEAL, "s1")
    with pytest.raises(WrongKeyError):
        stranger.put(BODY, Purpose.SEAL, "s2", SECRET)
    with pytest.raises(WrongKeyError):
        stranger.unlock()
    assert store.kids(BODY, Purpose.SEAL) == ("s1",)


def test_a_key_is_never_overwritten(store: KeyStore) -> None:
    store.put(BODY, Purpose.LOG, "l1", SECRET)

    with pytest.raises(KeyExistsError):
        store.put(BODY, Purpose.LOG, "l1", b"another")
    assert store.get(BODY, Purpose.LOG, "l1") == SECRET


def test_a_missing_key_is_named(store: KeyStore) -> None:
    with pytest.raises(MissingKeyError, match=r"t9\.key"):
        store.get(BODY, Purpose.TOKENS, "t9")


def test_purposes_and_bodies_are_kept_apart(store: KeyStore) -> None:
    store.put(BODY, Purpose.SEAL, "k", b"seal")
    store.put(BODY, Purpose.LOG, "k", b"log")
    store.put(OTHER, Purpose.SEAL, "k", b"other")

    kept = [
        store.get(BODY, Purpose.SEAL, "k"),
        store.get(BODY, Purpose.LOG, "k"),
        store.get(OTHER, Purpose.SEAL, "k"),
    ]
    assert kept == [b"seal", b"log", b"other"]
    assert store.kids(OTHER, Purpose.LOG) == ()


def test_a_key_file_put_in_the_place_of_another_does_not_open(store: KeyStore, tmp_path: Path) -> None:
    store.put(BODY, Purpose.SEAL, "k", SECRET)
    store.put(OTHER, Purpose.SEAL, "k", SECRET)
    folder = tmp_path / "keys"
    os.replace(folder / str(OTHER) / "seal" / "k.key", folder / str(BODY) / "seal" / "k.key")  # noqa: PTH105 - both spelt

    with pytest.raises(WrongKeyError):
        store.get(BODY, Purpose.SEAL, "k")


def test_files_are_0600_in_folders_0700_and_nothing_is_left_over(store: KeyStore, tmp_path: Path) -> None:
    store.put(BODY, Purpose.SEAL, "s1", SECRET)

    modes = {
        str(path.relative_to(tmp_path)): oct(path.stat().st_mode & 0o777)
        for path in [tmp_path / "keys", *(tmp_path / "keys").rglob("*")]
    }
    assert modes == {
        "keys": "0o700",
        "keys/passphrase.check": "0o600",
        f"keys/{BODY}": "0o700",
        f"keys/{BODY}/seal": "0o700",
        f"keys/{BODY}/seal/s1.key": "0o600",
    }


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_can_reach_is_refused(store: KeyStore, tmp_path: Path, mode: int) -> None:
    store.put(BODY, Purpose.SEAL, "s1", SECRET)
    (tmp_path / "keys" / str(BODY) / "seal" / "s1.key").chmod(mode)

    with pytest.raises(ExposedKeyError):
        store.get(BODY, Purpose.SEAL, "s1")


def test_a_folder_that_others_can_reach_is_refused(store: KeyStore, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o755)

    with pytest.raises(ExposedKeyError):
        store.put(BODY, Purpose.SEAL, "s1", SECRET)


def test_a_link_in_the_place_of_a_key_file_is_refused(store: KeyStore, tmp_path: Path) -> None:
    store.put(BODY, Purpose.SEAL, "s1", SECRET)
    (tmp_path / "keys" / str(BODY) / "seal" / "s2.key").symlink_to("s1.key")

    with pytest.raises(ExposedKeyError):
        store.get(BODY, Purpose.SEAL, "s2")


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"v1:scrypt-30-" + b"A" * 22 + b":AAAA:AAAA", b"v1:k:AAAA:AAAA"]
)
def test_a_damaged_key_file_is_refused_in_words(store: KeyStore, tmp_path: Path, content: bytes) -> None:
    store.put(BODY, Purpose.SEAL, "s1", SECRET)
    (tmp_path / "keys" / str(BODY) / "seal" / "s1.key").write_bytes(content)

    with pytest.raises(SecretsError):
        store.get(BODY, Purpose.SEAL, "s1")


def test_a_planted_file_cannot_make_us_derive_at_any_cost(store: KeyStore, tmp_path: Path) -> None:
    store.put(BODY, Purpose.SEAL, "s1", SECRET)
    dear = SecretKey("scrypt-30-" + "A" * 22, bytes(32)).seal(SECRET, place=f"{BODY}/seal/s1")
    (tmp_path / "keys" / str(BODY) / "seal" / "s1.key").write_text(dear)

    with pytest.raises(EnvelopeError, match="no way of deriving"):
        store.get(BODY, Purpose.SEAL, "s1")


@pytest.mark.parametrize("kid", ["../x", "a/b", "", ".hidden", "a\0b"])
def test_a_key_id_cannot_leave_the_folder(store: KeyStore, kid: str) -> None:
    with pytest.raises(SecretsError):
        store.put(BODY, Purpose.SEAL, kid, SECRET)


def test_one_derivation_serves_all_files_and_threads(
    store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipes: list[str] = []
    derive = KeyStore._derive

    def counted(self: KeyStore, recipe: str) -> bytes:
        recipes.append(recipe)
        return derive(self, recipe)

    monkeypatch.setattr(KeyStore, "_derive", counted)
    store.unlock()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.put(BODY, Purpose.FILES, f"f{n}", bytes([n])), range(20)))
        kept = list(pool.map(lambda n: store.get(BODY, Purpose.FILES, f"f{n}"), range(20)))

    assert kept == [bytes([n]) for n in range(20)]
    assert len(recipes) == 1


def test_a_kept_key_can_seal_envelopes_of_its_own(store: KeyStore) -> None:
    store.put(BODY, Purpose.FILES, "f1", bytes(32))
    envelope = store.secret_key(BODY, Purpose.FILES, "f1").seal(b"evidence", place="file 7")

    assert (
        store.secret_key(BODY, Purpose.FILES, key_id_of(envelope)).open(envelope, place="file 7")
        == b"evidence"
    )


def test_no_repr_or_message_shows_a_secret(store: KeyStore) -> None:
    store.put(BODY, Purpose.SEAL, "s1", SECRET)
    shown = [repr(store), repr(KEY), repr(vars(store).get("_wrapping"))]
    for attempt in (
        lambda: KEY.open(KEY.seal(SECRET, place="a"), place="b"),
        lambda: KEY.open("v1:x", place="a"),
    ):
        with pytest.raises(SecretsError) as caught:
            attempt()
        shown.append(repr(caught.value))

    for text in shown:
        assert "correct horse" not in text
        assert repr(KEY.key)[2:-1] not in text
        assert SECRET.decode() not in text


@pytest.mark.parametrize(("passphrase", "cost"), [("", 4), ("x", 0), ("x", 21)])
def test_a_store_without_passphrase_or_sane_cost_is_not_opened(
    tmp_path: Path, passphrase: str, cost: int
) -> None:
    with pytest.raises(SecretsError):
        KeyStore(tmp_path, passphrase, cost=cost)
