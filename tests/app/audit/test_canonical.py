"""The canonical form agrees with RFC 8785 inside its profile and refuses everything outside."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from pathlib import Path
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audit.canonical import (
    DEEPEST,
    LARGEST,
    NotCanonical,
    canonical,
    commitment,
    digest,
    plain,
    value_key,
)

CASES = json.loads(Path("tests/data/audit/jcs-rfc8785.json").read_text())["cases"]
IN_PROFILE = ["arrays", "unicode"]
SALT = bytes(range(32))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
keys = st.text(st.characters(codec="ascii"), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


class Colour(StrEnum):
    RED = "red"


class Level(IntEnum):
    NOVICE = 1


class Mixed(Enum):
    FEE = Decimal("1.50")


@given(documents)
@settings(max_examples=300, deadline=None)
def test_bytes_equal_those_of_an_independent_implementation(document: object) -> None:
    assert canonical(document) == rfc8785.dumps(document)


@given(documents)
@settings(max_examples=100, deadline=None)
def test_reading_and_writing_again_gives_the_same_bytes(document: object) -> None:
    assert canonical(json.loads(canonical(document))) == canonical(document)


@pytest.mark.parametrize("name", IN_PROFILE)
def test_published_vectors_inside_the_profile_agree(name: str) -> None:
    document = json.loads(base64.b64decode(CASES[name]["input"]))

    assert canonical(document) == base64.b64decode(CASES[name]["output"])


@pytest.mark.parametrize("name", sorted(set(CASES) - set(IN_PROFILE)))
def test_published_vectors_outside_the_profile_are_refused(name: str) -> None:
    document = json.loads(base64.b64decode(CASES[name]["input"]))

    with pytest.raises(NotCanonical):
        canonical(document)


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        (1.0, ""),
        (float("nan"), ""),
        (2**53, ""),
        (-(2**53), ""),
        ({"a": [0, {"b/c~d": 0.5}]}, "/a/1/b~1c~0d"),
        ({"å": 1}, "/å"),
        ({1: 1}, "/1"),
        (["ok", "\ud800"], "/1"),
        ({"a": b"x"}, "/a"),
        ({"a": {1, 2}}, "/a"),
        ([Colour.RED], "/0"),
        ([Level.NOVICE], "/0"),
    ],
)
def test_a_value_outside_the_profile_is_refused_at_its_place(value: object, pointer: str) -> None:
    with pytest.raises(NotCanonical) as refusal:
        canonical(value)

    assert refusal.value.pointer == pointer


@pytest.mark.parametrize("wrap", [lambda inner: [inner], lambda inner: {"a": inner}])
def test_nesting_has_a_limit(wrap) -> None:
    value: object = 0
    for _ in range(DEEPEST):
        value = wrap(value)

    assert canonical(value)
    with pytest.raises(NotCanonical):
        canonical(wrap(value))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (UUID("0190A000-0000-7000-8000-0000000000AB"), "0190a000-0000-7000-8000-0000000000ab"),
        (date(2026, 2, 3), "2026-02-03"),
        (datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC), "2026-02-03T04:05:06.000000Z"),
        (
            datetime(2026, 1, 1, 0, 30, 0, 7, tzinfo=timezone(timedelta(hours=2))),
            "2025-12-31T22:30:00.000007Z",
        ),
        (Colour.RED, "red"),
        (Level.NOVICE, 1),
        (Mixed.FEE, "1.50"),
        (Decimal("0.10"), "0.10"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.00"), "0.00"),
        (Decimal("-2.5"), "-2.5"),
        (b"\x00\xff", "00ff"),
        ((1, None, True, "x"), [1, None, True, "x"]),
        ({Colour.RED: (date(2026, 1, 1),)}, {"red": ["2026-01-01"]}),
        ({UUID(int=1): 1}, {"00000000-0000-0000-0000-000000000001": 1}),
    ],
)
def test_each_kind_of_value_has_one_plain_form(value: object, expected: object) -> None:
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)
    assert canonical(plain(value)) == rfc8785.dumps(expected)


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"at": datetime(2026, 1, 1)}, "/at"),  # noqa: DTZ001 - a naive instant is what must be refused
        ([Decimal("NaN")], "/0"),
        ({"a": [1.5]}, "/a/0"),
        ({"a": {2}}, "/a"),
        ({7: 1}, "/7"),
        ({Level.NOVICE: 1}, "/1"),
        ({"a": {UUID(int=1): 1, str(UUID(int=1)): 2}}, "/a"),
    ],
)
def test_a_value_without_one_plain_form_is_refused_at_its_place(value: object, pointer: str) -> None:
    with pytest.raises(NotCanonical) as refusal:
        plain(value)

    assert refusal.value.pointer == pointer


def test_a_digest_is_the_hash_of_the_canonical_bytes() -> None:
    assert digest({"b": 1, "a": "é"}) == hashlib.sha256('{"a":"é","b":1}'.encode()).hexdigest()


def test_a_commitment_is_opened_by_the_key_of_its_value_alone() -> None:
    made = commitment(SALT, "family_name", "Ødegård")

    key = value_key(SALT, "family_name")

    assert made == hmac.new(key, '"Ødegård"'.encode(), "sha256").hexdigest()
    assert key == hmac.new(SALT, b"family_name", "sha256").digest()


def test_equal_values_under_other_names_or_salts_have_other_commitments() -> None:
    made = {commitment(SALT, "a", "x"), commitment(SALT, "b", "x"), commitment(SALT[::-1], "a", "x")}

    assert len(made) == 3


def test_a_commitment_takes_what_plain_takes() -> None:
    assert commitment(SALT, "born", date(1980, 1, 2)) == commitment(SALT, "born", "1980-01-02")


@pytest.mark.parametrize("salt", [b"", bytes(31), bytes(33)])
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(salt, "a", 1)
